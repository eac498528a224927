//! What the machine finds out about a model by trying, and how a kept log suits a changed model.

use crate::step::Upcast;
use crate::{Position, Sticky};
use serde::{Deserialize, Serialize};

/// Something that was found by search, offered as a hotspot.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Insight {
    pub what: Found,
    pub sticky: Option<Sticky>,
    /// A question for people, fit for a hotspot: `How does anybody ever pay an order?`
    pub question: String,
    /// The commands that lead there, shortest first found.
    pub path: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// No reachable state lets this command succeed.
    NeverSucceeds,
    /// From this state of a thing no command of its stream succeeds any more, and nothing says that it is an end.
    Stuck,
    /// Policies that trigger each other without end.
    Loop,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Searched {
    pub insights: Vec<Insight>,
    pub states: u64,
    /// The search ended at its bound: what it did not find may still be there.
    pub bounded: bool,
}

/// Events, rules or columns of the kept log that do not fit the model any more.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Misfit {
    pub sticky: Option<Sticky>,
    /// For people.
    pub words: String,
    /// The events it is about: how many, and the first.
    pub events: u64,
    pub first: Position,
    /// What can be done about it, likeliest first.
    pub remedies: Vec<(String, Upcast)>,
}

/// Two runs, or a run and its branch.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// Both are the same up to here.
    pub common: Position,
    pub only_left: Vec<crate::log::Entry>,
    pub only_right: Vec<crate::log::Entry>,
    /// Read model, key, column, left, right.
    pub cells: Vec<(String, String, String, String, String)>,
}
