//! Talking to a Squall server: addresses of boards, requests, and what its refusals mean.

use anyhow::{Context, Result, bail};
use std::time::Duration;
use ureq::http::Response;
use ureq::{Agent, Body};

pub const DEFAULT_SERVER: &str = "http://127.0.0.1:3000";
/// More than any board has.
const LARGEST: u64 = 256 << 20;
const PATIENCE: Duration = Duration::from_secs(60);

/// A board on a server.
#[derive(PartialEq, Eq, Debug)]
pub struct Link {
    /// Without a slash at its end.
    pub server: String,
    /// `b`, `v` or `f`.
    letter: char,
    segment: String,
}

impl Link {
    /// A link as the page shows it, its path, or its last part.
    pub fn parse(text: &str, server: &str) -> Result<Link> {
        let text = text.trim();
        let (server, path) = match text.find("://") {
            Some(scheme) => {
                let host = scheme + "://".len();
                let end = text[host..].find('/').map_or(text.len(), |at| host + at);
                (address(&text[..end])?, &text[end..])
            }
            None => (address(server)?, text),
        };
        let path = path.split(['?', '#']).next().unwrap_or(path);
        // A server may be reached below a path of its proxy.
        let (base, rest) = match ["/b/", "/v/", "/f/"].iter().find_map(|way| Some((path.rfind(way)?, way))) {
            Some((at, way)) => (&path[..at], Some((way, &path[at + way.len()..]))),
            None => ("", None),
        };
        let (letter, name) = match rest {
            Some((way, name)) => (way.as_bytes()[1] as char, name),
            None => ('b', path),
        };
        let segment = name.split('.').next().unwrap_or(name);
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if segment.len() != 35 || !plain(segment) || segment.as_bytes()[12] != b'-' {
            bail!(
                "`{text}` is no link to a board: it looks like {DEFAULT_SERVER}/b/… or is the last part of that"
            );
        }
        Ok(Link { server: format!("{server}{base}"), letter, segment: segment.to_owned() })
    }

    /// Where the board is found in this format.
    pub fn content(&self, ending: &str) -> String {
        format!("{}/{}/{}.{ending}", self.server, self.letter, self.segment)
    }
}

/// A server's address as people type it.
pub fn address(text: &str) -> Result<String> {
    let text = text.trim().trim_end_matches('/');
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    if host.is_none_or(str::is_empty) {
        bail!("`{text}` is no address of a server: it begins with http:// or https://");
    }
    Ok(text.to_owned())
}

fn agent(url: &str) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .user_agent(concat!("squall/", env!("CARGO_PKG_VERSION")));
    // This machine is reached without the proxy that the environment may name.
    let host = url.split("://").nth(1).unwrap_or("").split(['/', ':']).next().unwrap_or("");
    let near = host == "localhost" || host.starts_with("127.") || host.starts_with('[');
    let config = if near { config.proxy(None) } else { config };
    config.build().into()
}

pub fn get(url: &str, server: &str) -> Result<Vec<u8>> {
    let answer = agent(url).get(url).call();
    read(answer.with_context(|| format!("cannot reach {server}"))?)
}

pub fn post(url: &str, json: &str, server: &str) -> Result<Vec<u8>> {
    let answer = agent(url).post(url).content_type("application/json").send(json);
    read(answer.with_context(|| format!("cannot reach {server}"))?)
}

/// The body of a good answer; of any other the server's own sentence.
fn read(mut answer: Response<Body>) -> Result<Vec<u8>> {
    let status = answer.status();
    let body = answer.body_mut().with_config().limit(LARGEST).read_to_vec();
    let body = body.context("the answer of the server breaks off")?;
    if status.is_success() {
        return Ok(body);
    }
    let words = String::from_utf8_lossy(&body);
    let words: String =
        words.lines().next().unwrap_or("").chars().filter(|c| !c.is_control()).take(300).collect();
    match status.as_u16() {
        404 => bail!("there is no board behind this link, or it was withdrawn"),
        410 => bail!("this board was deleted"),
        code if words.is_empty() || words.starts_with('<') => bail!("the server answers with {code}"),
        _ => bail!("the server says: {words}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEGMENT: &str = "aaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb";

    #[test]
    fn links_are_understood_as_people_copy_them() {
        let content = |text: &str| Link::parse(text, "http://localhost:3000/").unwrap().content("emd");
        let local = format!("http://localhost:3000/b/{SEGMENT}.emd");
        assert_eq!(content(SEGMENT), local);
        assert_eq!(content(&format!("/b/{SEGMENT}")), local);
        assert_eq!(content(&format!(" {SEGMENT}\n")), local);
        let far = format!("https://storm.example.org/v/{SEGMENT}");
        assert_eq!(content(&far), format!("{far}.emd"));
        assert_eq!(content(&format!("{far}.svg?theme=dark#L3")), format!("{far}.emd"));
        let below = format!("https://example.org/squall/f/{SEGMENT}");
        assert_eq!(content(&below), format!("{below}.emd"));
    }

    #[test]
    fn anything_else_is_refused_with_its_own_words() {
        for text in
            ["", "x", "http://localhost:3000", "http://localhost:3000/b/x", "ftp://a/b/x", "/etc/passwd"]
        {
            assert!(Link::parse(text, DEFAULT_SERVER).is_err(), "{text}");
        }
        assert!(Link::parse(SEGMENT, "localhost:3000").unwrap_err().to_string().contains("http://"));
    }
}
