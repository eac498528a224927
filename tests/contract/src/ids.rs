//! Ids that two systems made up, each its own: which of theirs stands for which of ours.
//!
//! Invariant: one stands for one, in both directions; what was not made up is compared to the letter. Ours are told by
//! their version: the simulator makes UUIDs of version 8, which nobody else does here.

use serde_json::Value as Json;
use sim::http::Request;
use std::collections::HashMap;
use std::fmt::Write;

#[derive(Debug, Default)]
pub struct Ids {
    theirs: HashMap<String, String>,
    ours: HashMap<String, String>,
}

const LENGTH: usize = 36;

impl Ids {
    /// A request as they understand it.
    pub fn request(&self, request: &Request) -> Request {
        Request {
            path: self.outgoing(&request.path),
            query: self.outgoing(&request.query),
            body: match std::str::from_utf8(&request.body) {
                Ok(body) => self.outgoing(body).into_bytes(),
                Err(_) => request.body.clone(),
            },
            ..request.clone()
        }
    }

    fn outgoing(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = made_up(rest) {
            let (before, from) = rest.split_at(at);
            let (ours, after) = from.split_at(LENGTH);
            out.push_str(before);
            out.push_str(self.theirs.get(ours).map_or(ours, String::as_str));
            rest = after;
        }
        out + rest
    }

    /// Whether both are the same, but for what was made up; where not, how they differ.
    pub fn same(&mut self, ours: &Json, theirs: &Json) -> Result<(), String> {
        match (ours, theirs) {
            (Json::String(ours), Json::String(theirs)) => self.same_words(ours, theirs),
            (Json::Number(one), Json::Number(other)) if one.as_f64() == other.as_f64() => Ok(()),
            (Json::Array(one), Json::Array(other)) if one.len() == other.len() => {
                let mut pairs = one.iter().zip(other).enumerate();
                pairs.try_for_each(|(at, (one, other))| self.within(&at, one, other))
            }
            (Json::Array(one), Json::Array(other)) => {
                Err(format!(": {} items, not {}: {}", other.len(), one.len(), short(theirs)))
            }
            (Json::Object(one), Json::Object(other)) => {
                if let Some(name) = other.keys().find(|name| !one.contains_key(*name)) {
                    return Err(format!(": {name} is too much"));
                }
                let missing = |name| format!(": {name} is missing");
                one.iter().try_for_each(|(name, ours)| {
                    self.within(name, ours, other.get(name).ok_or_else(|| missing(name))?)
                })
            }
            (one, other) if one == other => Ok(()),
            (one, other) => Err(format!(": {}, not {}", short(other), short(one))),
        }
    }

    fn within(&mut self, place: &dyn std::fmt::Display, ours: &Json, theirs: &Json) -> Result<(), String> {
        self.same(ours, theirs).map_err(|why| format!(".{place}{why}"))
    }

    pub fn same_words(&mut self, ours: &str, theirs: &str) -> Result<(), String> {
        let differ = || Err(format!(": {theirs:?}, not {ours:?}"));
        let (mut left, mut right) = (ours, theirs);
        while let Some(at) = made_up(left) {
            let (Some(before), Some(other)) = (right.get(..at), right.get(at..at + LENGTH)) else {
                return differ();
            };
            if before != &left[..at] || !is_uuid(other) {
                return differ();
            }
            let one = &left[at..at + LENGTH];
            let known = self.theirs.entry(one.into()).or_insert_with(|| other.into()).clone();
            let back = self.ours.entry(other.into()).or_insert_with(|| one.into()).clone();
            if known != other || back != one {
                return Err(format!(": {other} stands for {back}, and {one} is {known}"));
            }
            (left, right) = (&left[at + LENGTH..], &right[at + LENGTH..]);
        }
        if left == right { Ok(()) } else { differ() }
    }
}

/// JSON for people, not too long.
pub fn short(json: &Json) -> String {
    cut(&json.to_string(), 300)
}

pub fn cut(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((at, _)) => {
            let mut words = words[..at].to_owned();
            // Writing to a string cannot fail.
            let _ = write!(words, "\u{2026}");
            words
        }
        None => words.to_owned(),
    }
}

/// Where the first id of ours begins.
pub fn made_up(text: &str) -> Option<usize> {
    let dashes = text.match_indices('-').filter_map(|(dash, _)| dash.checked_sub(8));
    dashes.into_iter().find(|at| {
        text.get(*at..at + LENGTH).is_some_and(|part| is_uuid(part) && part.as_bytes()[14] == b'8')
    })
}

fn is_uuid(words: &str) -> bool {
    let dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    words.len() == LENGTH
        && words.bytes().enumerate().all(|(at, byte)| match dash(at) {
            true => byte == b'-',
            false => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const OURS: &str = "0f0c4ea1-40b1-8b2a-9b6e-000000000001";
    const OTHER: &str = "0f0c4ea1-40b1-8b2a-9b6e-000000000002";
    const THEIRS: &str = "9f0c4ea1-40b1-4b2a-9b6e-000000000009";

    #[test]
    fn one_id_stands_for_one() {
        let mut ids = Ids::default();
        assert_eq!(ids.same_words(&format!("Todo-{OURS}"), &format!("Todo-{THEIRS}")), Ok(()));
        assert_eq!(ids.same(&json!({"id": OURS, "n": 5}), &json!({"n": 5.0, "id": THEIRS})), Ok(()));
        assert!(ids.same_words(OTHER, THEIRS).is_err());
        assert!(ids.same_words(OURS, OTHER).is_err());
        let request = Request { path: format!("/a/{OURS}/b"), ..Request::default() };
        assert_eq!(ids.request(&request).path, format!("/a/{THEIRS}/b"));
    }

    #[test]
    fn what_was_not_made_up_is_compared_to_the_letter() {
        let mut ids = Ids::default();
        for (ours, theirs) in [
            (json!("a"), json!("b")),
            (json!(THEIRS), json!(OURS)),
            (json!([1]), json!([1, 2])),
            (json!({"a": ""}), json!({})),
            (json!({}), json!({"a": null})),
            (json!(1), json!("1")),
        ] {
            assert!(ids.same(&ours, &theirs).is_err(), "{ours} {theirs}");
        }
    }
}
