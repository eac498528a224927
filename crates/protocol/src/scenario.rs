//! Scenarios and how they came out.

use crate::Sticky;
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Verdict {
    pub name: String,
    /// The line of `// @scenario`.
    pub sticky: Sticky,
    pub passed: bool,
    /// One for each line of the scenario that says something: what it says and what happened.
    pub lines: Vec<Checked>,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Checked {
    pub line: Sticky,
    /// As it is written.
    pub expected: String,
    /// In the same form; the same words when it holds.
    pub actual: String,
    pub holds: bool,
    /// A sentence for people, when it does not hold.
    pub words: String,
}
