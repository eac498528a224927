//! Requests with answers written down, as files: `stories/*.http`.
//!
//! `## ` begins a story, which is told to a system in which nothing has happened. A request is a line, `POST /path {…}`
//! or `GET /path?filter={…}`, its headers lines that begin with two spaces; then the answer in the same way: the
//! status, the body if it is compared, and headers.

use crate::client::Subject;
use crate::requests::line;
use anyhow::{Context, Result, bail};
use serde_json::Value as Json;
use sim::http::{Request, Response};

#[derive(Clone, Debug)]
pub struct Story {
    pub name: String,
    pub exchanges: Vec<Exchange>,
}

/// A request with the answer that is expected.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    pub request: Request,
    pub status: u16,
    pub body: Option<Json>,
    pub headers: Vec<(String, String)>,
}

pub fn read(text: &str) -> Result<Vec<Story>> {
    let mut stories: Vec<Story> = Vec::new();
    let mut asked = false;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    for line in lines {
        if let Some(name) = line.strip_prefix("## ") {
            stories.push(Story { name: name.into(), exchanges: Vec::new() });
            continue;
        }
        let story = stories.last_mut().context("a line before the first story")?;
        if let Some(header) = line.strip_prefix("  ") {
            let (name, value) = header.split_once(": ").with_context(|| format!("no header: {line}"))?;
            let exchange = story.exchanges.last_mut().context("a header before the first request")?;
            let headers = if asked { &mut exchange.request.headers } else { &mut exchange.headers };
            headers.retain(|(known, _)| known != name);
            headers.push((name.into(), value.into()));
        } else if line.starts_with(|first: char| first.is_ascii_digit()) {
            asked = false;
            let (status, body) = line.split_once(' ').unwrap_or((line, ""));
            let exchange = story.exchanges.last_mut().context("an answer before the first request")?;
            exchange.status = status.parse().with_context(|| format!("no status: {line}"))?;
            if !body.is_empty() {
                exchange.body = Some(serde_json::from_str(body).with_context(|| format!("no JSON: {body}"))?);
            }
        } else {
            asked = true;
            story.exchanges.push(Exchange { request: request(line)?, ..Exchange::default() });
        }
    }
    Ok(stories)
}

fn request(line: &str) -> Result<Request> {
    let Some((method, rest)) = line.split_once(' ') else { bail!("no request: {line}") };
    let (target, body) = match method {
        "POST" => rest.split_once(' ').unwrap_or((rest, "")),
        _ => (rest, ""),
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (query, escaped) = match query.strip_prefix("filter=") {
        Some(filter) if !filter.contains("&filter=") => {
            (String::new(), format!("filter={}", codegen::api::percent(filter)))
        }
        _ => (query.replace('{', "%7B").replace('}', "%7D"), String::new()),
    };
    let headers = match body.is_empty() {
        true => Vec::new(),
        false => vec![("Content-Type".into(), "application/json".into())],
    };
    Ok(Request {
        method: method.into(),
        path: path.into(),
        query: query + &escaped,
        headers,
        body: body.into(),
    })
}

impl Story {
    /// Tells the story and returns what is answered otherwise.
    pub fn tell(&self, subject: &mut impl Subject) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for exchange in &self.exchanges {
            let answer = subject.ask(&exchange.request)?;
            let differences = exchange.compare(&answer);
            let told = |why| format!("{}: {}\n      {why}", self.name, line(&exchange.request));
            found.extend(differences.into_iter().map(told));
        }
        Ok(found)
    }
}

impl Exchange {
    fn compare(&self, answer: &Response) -> Vec<String> {
        let mut found = Vec::new();
        if answer.status != self.status {
            found.push(format!("status {}, not {}: {}", answer.status, self.status, answer.body));
        }
        if let Some(wanted) = &self.body {
            let mut actual = serde_json::from_str(&answer.body).unwrap_or(Json::Null);
            let mut wanted = wanted.clone();
            for body in [&mut wanted, &mut actual] {
                // A sentence for people, in each system's own words.
                if let Some(detail) = body.get_mut("detail") {
                    *detail = Json::Null;
                }
            }
            let same = crate::ids::Ids::default().same(&wanted, &actual);
            found.extend(same.err().map(|why| format!("body{why}")));
        }
        for (name, wanted) in &self.headers {
            let actual = answer.header(name).unwrap_or("");
            if actual.split(';').next().map(str::trim) != Some(wanted) {
                found.push(format!("{name}: {actual:?}, not {wanted:?}"));
            }
        }
        found
    }
}
