//! Storms: synthetic people drive the model.

use crate::{Position, Time};
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

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    pub commands: u64,
    pub accepted: u64,
    pub rejected: u64,
    pub events: u64,
    pub from: Position,
    pub until: Position,
    /// Events over time: start of each slice and how many.
    pub over_time: Vec<(Time, u64)>,
    pub by_type: Vec<(String, u64)>,
    /// Message of the rule and how often.
    pub rejections: Vec<(String, u64)>,
    pub longest_streams: Vec<(String, u64)>,
    /// How often each sticky took part: where the model is hot.
    pub heat: Vec<(crate::Sticky, u64)>,
    /// Commands that were never accepted, with what stood in their way most often.
    pub never: Vec<(String, String)>,
}
