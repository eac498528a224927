//! The log and its streams, as developers look at them.

use crate::{Position, Sticky, Time};
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Entry {
    pub position: Position,
    /// `Todo-1`
    pub stream: String,
    /// Counted from 1.
    pub version: u64,
    /// `TodoAdded`
    pub r#type: String,
    /// `Todo Added`
    pub label: String,
    pub context: String,
    pub sticky: Option<Sticky>,
    /// Name and value, as people read them.
    pub data: Vec<(String, String)>,
    pub at: Time,
    pub by: String,
    pub id: String,
    pub correlation: Position,
    /// The event that led to it by a policy.
    pub causation: Option<Position>,
    pub skipped: bool,
    /// Its personal data cannot be read any more.
    pub erased: bool,
    /// The step that it came from.
    pub step: usize,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Filter {
    /// Words that occur in type, stream or data, in any case.
    pub search: String,
    /// `Todo-1`, `$all`, `$ce-Todo`, `$et-TodoAdded`; empty is `$all`.
    pub stream: String,
    pub types: Vec<String>,
    pub by: String,
    /// Nothing after this position.
    pub until: Option<Position>,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Page {
    /// How many there are that suit the filter.
    pub total: u64,
    /// Newest first.
    pub entries: Vec<Entry>,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Stream {
    pub name: String,
    pub category: String,
    /// Since it was last deleted.
    pub events: u64,
    /// Counts on over deletions: what a writer expects.
    pub version: u64,
    pub last: Position,
    pub deleted: bool,
    /// Holds personal data that can be erased.
    pub personal: bool,
    pub forgotten: bool,
    /// What of this stream's events decides commands: `TodoAdded 1x`, with the version it stands for.
    pub snapshot: Vec<(String, u64)>,
}

/// One event with its neighbours in the chain, both ways, and its JSON.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Detail {
    pub entry: Entry,
    pub causes: Vec<Entry>,
    pub effects: Vec<Entry>,
    /// Pretty JSON of data and metadata.
    pub json: String,
}

/// A reader of the log and how far it is.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Subscription {
    /// Name of the read model or policy.
    pub name: String,
    pub checkpoint: Position,
    pub behind: u64,
}
