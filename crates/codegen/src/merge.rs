//! Files in which both have a say, key by key: `package.json`, `pyproject.toml`, `compose.yaml`.
//!
//! What people added, changed or took out stays so; what only the generator said is brought up to date; what the
//! generator no longer says goes, if nobody changed it. For that the file as it was last generated is kept as the base.
//! Invariants: merging the same again changes nothing; text that says nothing different stays byte by byte (comments,
//! order, indentation); what comes out reads as what was merged, or there is an error.
//! Not here: when files are merged (`plan`).

mod json;
mod keyed;
pub mod lines;
mod toml;
mod yaml;

use keyed::{Edit, Value};
use std::fmt;

/// A file brought up to date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    pub text: String,
    /// Where people and generator say different things, and people's stayed: `dependencies.fastify`.
    pub kept: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoMerge {
    /// Only JSON, TOML and YAML have keys.
    Format,
    /// The file as people left it cannot be read.
    Unreadable(String),
    /// It is written in a way that cannot be changed key by key.
    Unusual(String),
}

impl fmt::Display for NoMerge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoMerge::Format => write!(out, "only JSON, TOML and YAML are merged"),
            NoMerge::Unreadable(why) => write!(out, "it cannot be read: {why}"),
            NoMerge::Unusual(what) => write!(out, "it is written in a way that cannot be merged: {what}"),
        }
    }
}

impl std::error::Error for NoMerge {}

/// A language of keys and values.
struct Format {
    read: fn(&str) -> Result<Value, NoMerge>,
    /// Changes a text. Values come from `ours`.
    write: fn(theirs: &str, ours: &str, edits: &[Edit]) -> Result<String, NoMerge>,
}

impl Format {
    fn of(path: &str) -> Option<Format> {
        match path.rsplit('.').next()? {
            "json" => Some(Format { read: json::read, write: json::write }),
            "toml" => Some(Format { read: toml::read, write: toml::write }),
            "yaml" | "yml" => Some(Format { read: yaml::read, write: yaml::write }),
            _ => None,
        }
    }
}

/// Brings `theirs` up to date. Without a base nobody knows what was changed, so all that is there stays.
pub fn merge(path: &str, base: Option<&str>, ours: &str, theirs: &str) -> Result<Merged, NoMerge> {
    let format = Format::of(path).ok_or(NoMerge::Format)?;
    // Line ends are people's too: lines come back with theirs.
    let end = if theirs.contains("\r\n") { "\r\n" } else { "\n" };
    let theirs = &theirs.replace("\r\n", "\n");
    // A base that cannot be read, for somebody was there too, is none.
    let base = base.and_then(|base| (format.read)(base).ok());
    let outcome = keyed::merge(base.as_ref(), &(format.read)(ours)?, &(format.read)(theirs)?);
    let text = match outcome.edits.is_empty() {
        true => theirs.clone(),
        false => (format.write)(theirs, ours, &outcome.edits)?,
    };
    match (format.read)(&text) {
        Ok(value) if value.is(&outcome.value) => {
            Ok(Merged { text: text.replace('\n', end), kept: outcome.kept })
        }
        _ => Err(NoMerge::Unusual("the merged text would say something else".to_owned())),
    }
}

#[cfg(test)]
mod tests;
