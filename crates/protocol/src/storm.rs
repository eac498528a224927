//! Storms: synthetic people drive the model.

use crate::{Position, Sticky, Time};
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Storm {
    pub seed: u64,
    pub people: u32,
    pub commands: u32,
    /// Simulated commands per simulated second.
    pub speed: f64,
    /// Weights of commands by name; those that are missing weigh 1.
    #[serde(default)]
    pub mix: Vec<(String, f64)>,
    /// How many of a hundred commands are sloppy: values missing, unknown ids, out of order.
    #[serde(default)]
    pub mistakes: u32,
}

/// What came of a storm.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// Commands that people sent; those of policies are not among them.
    pub commands: u64,
    pub accepted: u64,
    pub rejected: u64,
    pub events: u64,
    /// The first and the last position of its events; none where `from` is after `until`.
    pub from: Position,
    pub until: Position,
    /// Events over time: start of each slice and how many. Slices are of one length.
    pub over_time: Vec<(Time, u64)>,
    /// How long one slice is, in milliseconds.
    pub slice: Time,
    /// Events by their type, the most frequent first.
    pub by_type: Vec<Counted>,
    /// Why commands were refused, the most frequent first.
    pub rejections: Vec<Refused>,
    /// Streams with the most events of this storm.
    pub longest_streams: Vec<Long>,
    /// How many streams took part.
    pub streams: u64,
    /// How often each sticky took part: where the model is hot. The hottest first.
    pub heat: Vec<(Sticky, u64)>,
    /// Commands that people sent and that were never accepted, with what stood in their way most often.
    pub never: Vec<Refused>,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Counted {
    /// As it stands on the sticky.
    pub label: String,
    pub sticky: Option<Sticky>,
    pub times: u64,
}

/// A rule that refused a command.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Refused {
    /// The command, as it stands on the sticky.
    pub label: String,
    pub sticky: Option<Sticky>,
    /// In LES's words.
    pub message: String,
    /// For people.
    pub plain: String,
    pub times: u64,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Long {
    /// `Todo-1`, for developers.
    pub stream: String,
    /// `Todo`
    pub category: String,
    pub events: u64,
}
