//! Who may talk to this server at all: Host and Origin, and the headers that keep the page to itself.
//!
//! A page of another site must not use a visitor's browser to reach boards, so a request that names an Origin must
//! name this server's own. Against names that point here by trickery, Host must be an IP address, a name without
//! dots, a local name, or that of `--public-url`.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// Host (with port) of `--public-url`, lower case.
pub fn public_host(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split('/').next()?.to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

pub async fn check(State(public): State<Arc<Option<String>>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let authority = request.uri().authority().map(|a| a.as_str().to_owned());
    let host = text(headers, header::HOST).map(str::to_owned).or(authority);
    let Some(host) = host.map(|host| host.to_ascii_lowercase()) else {
        return refuse(StatusCode::BAD_REQUEST, "a request names its host\n");
    };
    if !is_ours(&host, public.as_deref()) {
        let hint =
            "this server does not know that it is reached under this name; start it with --public-url\n";
        return refuse(StatusCode::MISDIRECTED_REQUEST, hint);
    }
    if let Some(origin) = text(headers, header::ORIGIN)
        && !is_same(origin, &host, public.as_deref())
    {
        return refuse(StatusCode::FORBIDDEN, "this is for the server's own pages\n");
    }
    let mut response = next.run(request).await;
    protect(response.headers_mut(), &host);
    response
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn refuse(status: StatusCode, why: &'static str) -> Response {
    (status, why).into_response()
}

/// The host without its port.
fn name(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or(rest);
    }
    host.split(':').next().unwrap_or(host)
}

fn is_ours(host: &str, public: Option<&str>) -> bool {
    let name = name(host);
    let local = name.ends_with(".localhost") || name.ends_with(".local") || !name.contains('.');
    Some(host) == public
        || public.map(self::name) == Some(name)
        || name.parse::<IpAddr>().is_ok()
        || local && !name.is_empty()
}

fn is_same(origin: &str, host: &str, public: Option<&str>) -> bool {
    let origin = public_host(origin);
    // Behind a proxy the host may be the proxy's; the public address is right as well.
    origin.as_deref() == Some(host) || origin.is_some() && origin.as_deref() == public
}

/// Whether browsers treat the page as a secure context: this machine itself, or a name that a proxy with TLS serves.
fn is_trustworthy(host: &str) -> bool {
    let name = name(host);
    let loopback = name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let without_port = !host.contains(':');
    loopback
        || name == "localhost"
        || name.ends_with(".localhost")
        || (without_port && name.contains('.') && name.parse::<IpAddr>().is_err())
}

fn protect(headers: &mut HeaderMap, host: &str) {
    // Older Safari does not count the socket as 'self'.
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; connect-src 'self' ws://{host} wss://{host}; worker-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let mut set = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    // On plain http in a local network browsers ignore this one and complain about it in their console.
    if is_trustworthy(host) {
        set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    }
    // What is no page has said already what it allows, which is less.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let mut set = |name: header::HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        set(header::CONTENT_SECURITY_POLICY, &policy);
        set(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_local_names_are_ours_and_other_names_are_not() {
        for host in [
            "127.0.0.1:3000",
            "192.168.1.7",
            "[::1]:3000",
            "localhost:3000",
            "laptop",
            "laptop.local:80",
            "a.localhost",
        ] {
            assert!(is_ours(host, None), "{host}");
        }
        assert!(!is_ours("evil.example:3000", None));
        assert!(is_ours("board.example", Some("board.example")));
        assert!(!is_ours("evil.example", Some("board.example")));
    }

    #[test]
    fn an_origin_is_ours_when_it_is_the_host_itself() {
        assert!(is_same("http://192.168.1.7:3000", "192.168.1.7:3000", None));
        assert!(!is_same("http://192.168.1.7:3001", "192.168.1.7:3000", None));
        assert!(!is_same("null", "192.168.1.7:3000", None));
        let public = public_host("https://board.example/squall");
        assert!(is_same("https://board.example", "10.0.0.1:80", public.as_deref()));
    }
}
