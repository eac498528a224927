//! What comes out of the shared document, and how steps enter its history. Plain data.

use crate::command::Splice;
use crate::{LineId, PersonId};
use std::sync::Arc;

/// What changed in a board since the last `changes()`: plain data for the views.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A living line is there that was not (created, restored, arrived).
    Added(LineId),
    /// A living line is not there any more.
    Removed(LineId),
    /// Its text changed; the splices lead from the old text to the new one, in order.
    Text(LineId, Vec<Splice>),
    /// Its place in the order changed (`ord` or `of`, its own or its owner's).
    Moved(LineId),
    Placed(LineId),
    /// It was locked or unlocked, put into a group or taken out of one.
    Held(LineId),
    Person(PersonId),
    Settings,
    /// These entries of the runs changed: see `Replica::run_entry`.
    Runs(Vec<Arc<str>>),
}

/// How a plan enters the undo history of this replica.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A gesture of its own.
    New,
    /// Belongs to the gesture before (typing in one go).
    Extend,
    /// Nobody undoes this (seeding, migration, who I am).
    Untracked,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MergeError {
    /// The bytes are no update. Nothing was applied.
    Malformed(String),
}

impl MergeError {
    pub(crate) fn malformed(cause: impl std::fmt::Display) -> MergeError {
        MergeError::Malformed(cause.to_string())
    }
}

impl std::fmt::Display for MergeError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let MergeError::Malformed(cause) = self;
        write!(out, "these bytes are no update of a board: {cause}")
    }
}

impl std::error::Error for MergeError {}
