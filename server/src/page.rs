//! The page that the binary carries: built by `cargo xtask build` into `target/dist`, embedded from there.
//!
//! A debug build reads the files from disk at each request. Without a built page there is a sentence that says how
//! to build it. The page itself is told which build it is (`<meta name="squall-build">`): it says so when it opens a
//! socket, and learns from the answer that the server has a newer one.

use crate::preview::Preview;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/dist"]
#[allow_missing = true]
struct Built;

const INDEX: &str = "index.html";
const MISSING: &str = "<!doctype html><meta charset=utf-8><title>Squall</title>\
<p>This server was built without its page. Run <code>cargo xtask build</code> and start it again.\n";

/// One file, brotli where the browser takes it.
pub fn file(name: &str, headers: &HeaderMap) -> Response {
    let twin = Built::get(&format!("{name}.br")).filter(|_| takes_brotli(headers));
    let compressed = twin.is_some();
    let Some(found) = twin.or_else(|| Built::get(name)) else {
        return missing(name);
    };
    let cache = if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let tag = format!("\"{}\"", hex(&found.metadata.sha256_hash()[..16]));
    let plain =
        [(header::CACHE_CONTROL, cache), (header::VARY, "accept-encoding"), (header::ETAG, tag.as_str())];
    let known = headers.get(header::IF_NONE_MATCH);
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, plain).into_response();
    }
    let mut response =
        (plain, [(header::CONTENT_TYPE, content_type(name))], found.data.into_owned()).into_response();
    if compressed {
        let brotli = header::HeaderValue::from_static("br");
        response.headers_mut().insert(header::CONTENT_ENCODING, brotli);
    }
    response
}

fn missing(name: &str) -> Response {
    if name == INDEX {
        let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
        return (StatusCode::SERVICE_UNAVAILABLE, html, MISSING).into_response();
    }
    (StatusCode::NOT_FOUND, "not found\n").into_response()
}

/// Names the page's build: its index refers to everything else by hash.
pub fn build() -> Option<String> {
    let index = Built::get(INDEX)?;
    Some(hex(&index.metadata.sha256_hash()[..8]))
}

/// The page, with what it shows before it is opened.
pub fn index(headers: &HeaderMap, preview: Option<(&Preview, &str)>) -> Response {
    let found = Built::get(INDEX).and_then(|found| String::from_utf8(found.data.into_owned()).ok());
    let (Some(html), Some(build)) = (found, build()) else {
        return missing(INDEX);
    };
    let html = with_tags(&html, &build, preview);
    let tag = format!("\"{}\"", hex(&Sha256::digest(html.as_bytes())[..16]));
    let plain = [(header::CACHE_CONTROL, "no-cache"), (header::ETAG, tag.as_str())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, plain).into_response();
    }
    (plain, [(header::CONTENT_TYPE, content_type(INDEX))], html).into_response()
}

fn with_tags(html: &str, build: &str, preview: Option<(&Preview, &str)>) -> String {
    let mut tags = format!("<meta name=\"squall-build\" content=\"{build}\">\n");
    let mut html = html.to_owned();
    if let Some((preview, address)) = preview {
        tags.push_str(&preview.tags(address));
        html = html.replacen("<title>Squall</title>", &format!("<title>{}</title>", preview.heading()), 1);
    }
    html.replacen("</head>", &format!("{tags}</head>"), 1)
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
            name.trim() == "br" && !matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
}

/// `style-3f9a0c12.css`, `app-3f9a0c12_bg.wasm`: the build's way of naming what never changes.
fn is_hashed(name: &str) -> bool {
    name.split(['.', '_', '/']).any(|part| {
        part.rsplit_once('-')
            .is_some_and(|(_, hash)| hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_immutable() {
        assert!(is_hashed("app-3f9a0c1233aabbcc_bg.wasm"));
        assert!(is_hashed("style-3f9a0c12.css"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("well-known.txt"));
    }

    #[test]
    fn the_page_learns_its_build_and_shows_the_board_only_with_a_preview() {
        let html = "<head>\n<title>Squall</title>\n</head>";
        let build = "<meta name=\"squall-build\" content=\"abc\">\n";
        assert_eq!(with_tags(html, "abc", None), format!("<head>\n<title>Squall</title>\n{build}</head>"));
        let preview = Preview { title: "<TODO>".into(), stickies: 3 };
        let shown = with_tags(html, "abc", Some((&preview, "http://localhost/v/x")));
        assert!(shown.contains("<title>&lt;TODO&gt; \u{b7} Squall</title>"), "{shown}");
        assert!(shown.contains("content=\"3 stickies on a Squall board\""), "{shown}");
    }

    #[test]
    fn brotli_is_sent_only_to_who_takes_it() {
        let with = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
            takes_brotli(&headers)
        };
        assert!(with("gzip, deflate, br, zstd"));
        assert!(with("br;q=0.5"));
        assert!(!with("br;q=0, gzip"));
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
