//! What the page asks of the generator, and what it is told: files of a target, and calls of the API that a service
//! of the model would have.
//!
//! Every question brings the text it is about, so a generator that has to be started anew needs to be told nothing
//! else. Only the API has a past: see `Ask::Call`.

use serde::{Deserialize, Serialize};

use crate::{Sticky, Time};

/// One message to the generator. The reply carries its `id`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Message {
    pub id: u32,
    pub ask: Ask,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reply {
    pub id: u32,
    pub say: Say,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum Ask {
    /// Answered by `Targets`.
    Targets,
    /// Answered by `Files` or `NotReady`.
    Generate { text: String, target: String },
    /// Answered by `Text`.
    File { text: String, target: String, path: String },
    /// How a file differs from what was made of the text `before`. Answered by a `Text` as `diff -u` writes it, without
    /// the names; by `NoSuchFile` where that was no file with this hash: this is another generator, then.
    Difference { before: String, hash: String, text: String, target: String, path: String },
    /// Answered by the bytes themselves, beside the reply: see `generator`.
    Zip { text: String, target: String },
    /// A file that is no Event Markdown as Event Markdown: EML, a Mermaid diagram or a picture that Squall drew, as its
    /// name says. Answered by `Text`.
    Raise { name: String, text: String },
    /// What the API of this model can do. Answered by `Operations` or `NotReady`.
    Api { text: String },
    /// The calls from index `keep` on are these; the API begins anew where `keep` is 0. Answered by the `Answer` to the
    /// last one, or by `Failed` with `Behind` where the calls before `keep` are not known.
    Call { text: String, keep: usize, calls: Vec<Call> },
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum Say {
    Targets(Vec<Target>),
    Files(Vec<File>),
    NotReady(Vec<Finding>),
    Text(String),
    Zip,
    Operations(Vec<Operation>),
    Answer(Answer),
    Failed(Failed),
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failed {
    NoSuchTarget,
    NoSuchFile,
    /// The API has not heard the calls before these.
    Behind,
    /// The file does not become Event Markdown, with the reason.
    NotRaised(String),
    /// The files could not be put into a zip.
    NoZip(String),
    /// The message could not be read.
    Unreadable(String),
    /// The generator ended, or cannot be started; with its last words. The next message starts another.
    Stopped(String),
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Target {
    pub id: String,
    pub title: String,
}

/// A generated file, without its text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct File {
    pub path: String,
    pub care: Care,
    /// In bytes.
    pub size: usize,
    /// Two files with the same text have the same one.
    pub hash: String,
}

/// Whose a file is, once it is on a disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Care {
    Owned,
    Once,
    Merged,
}

/// An error that keeps the model from being generated from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Finding {
    pub rule: String,
    pub message: String,
    pub help: String,
    /// Of the text that was given, counted from 0.
    pub line: Option<Sticky>,
}

/// One operation of the API, as its OpenAPI document describes it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Operation {
    pub method: String,
    pub path: String,
    /// Under which heading it stands.
    pub tag: String,
    pub summary: String,
    pub description: String,
    pub parameters: Vec<Parameter>,
    /// An example of what is sent, as JSON text; nothing is sent where there is none.
    pub body: Option<String>,
    /// Status and what it means.
    pub responses: Vec<(String, String)>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Parameter {
    pub name: String,
    /// `path`, `query` or `header`
    pub place: String,
    pub required: bool,
    pub description: String,
    pub example: String,
}

/// One request to the API, with what a clock and a die said.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Call {
    pub at: Time,
    pub seed: u64,
    pub method: String,
    /// Without the query, percent-encoded.
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// What happened because of it, policies' commands too: the events' names as they stand on their stickies.
    pub events: Vec<String>,
}
