//! Whether two answers are the same.

use crate::ids::{Ids, cut};
use serde_json::Value as Json;
use sim::http::Response;

const PROBLEM: &str = "application/problem+json";

/// How an answer differs from ours; empty where it does not.
pub fn answers(ids: &mut Ids, ours: &Response, theirs: &Response) -> Vec<String> {
    if ours.status != theirs.status {
        let body = cut(&theirs.body, 300);
        return vec![format!("status {}, not {}: {body}", theirs.status, ours.status)];
    }
    let mut found = Vec::new();
    for name in ["Stream-Version", "Correlation-Id"] {
        let (one, other) = (ours.header(name).unwrap_or(""), theirs.header(name).unwrap_or(""));
        found.extend(ids.same_words(one, other).err().map(|why| format!("{name}{why}")));
    }
    let (one, other) = (media(ours), media(theirs));
    if one != other {
        found.push(format!("media type {other:?}, not {one:?}"));
    }
    if methods(ours) != methods(theirs) {
        found.push(format!("Allow {:?}, not {:?}", methods(theirs), methods(ours)));
    }
    found.extend(bodies(ids, ours, theirs, one == PROBLEM).err().map(|why| format!("body{why}")));
    found
}

fn bodies(ids: &mut Ids, ours: &Response, theirs: &Response, problem: bool) -> Result<(), String> {
    if ours.body.is_empty() {
        let empty = theirs.body.is_empty();
        return if empty { Ok(()) } else { Err(format!(": {:?}, not empty", cut(&theirs.body, 300))) };
    }
    let read = |body: &str| {
        serde_json::from_str::<Json>(body).map_err(|_| format!(" is no JSON: {}", cut(body, 300)))
    };
    let (mut one, mut other) = (read(&ours.body)?, read(&theirs.body)?);
    if problem {
        // A sentence for people, in each system's own words.
        let detail = other.get("detail").and_then(Json::as_str).unwrap_or("");
        if detail.is_empty() {
            return Err(".detail is missing".into());
        }
        for body in [&mut one, &mut other] {
            body["detail"] = Json::Null;
        }
    }
    ids.same(&one, &other)
}

fn media(response: &Response) -> String {
    let media = response.header("Content-Type").unwrap_or("");
    media.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

fn methods(response: &Response) -> Vec<&str> {
    let mut methods: Vec<&str> = response
        .header("Allow")
        .unwrap_or("")
        .split(',')
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .collect();
    methods.sort_unstable();
    methods
}

/// How an event of the feed differs from ours. Positions may have gaps, times are each system's own.
pub fn event(ids: &mut Ids, ours: &Json, theirs: &Json) -> Result<(), String> {
    let (mut one, mut other) = (ours.clone(), theirs.clone());
    let time = other["metadata"]["time"].as_str().unwrap_or("");
    if time.len() < 20 || !time.ends_with('Z') || time.as_bytes().get(10) != Some(&b'T') {
        return Err(format!(".metadata.time: {time:?}"));
    }
    for event in [&mut one, &mut other] {
        event["position"] = Json::Null;
        event["metadata"]["time"] = Json::Null;
    }
    ids.same(&one, &other)
}
