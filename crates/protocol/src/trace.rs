//! What a step brought about, told along the wall, and the forms that people fill in.

use crate::{Position, Sticky};
use serde::{Deserialize, Serialize};

/// A command as a form.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Form {
    /// `Context.Command` where there are several contexts.
    pub command: String,
    /// As it stands on the sticky: `Add Item`.
    pub label: String,
    pub sticky: Option<Sticky>,
    /// Who usually does it: the actor before the command.
    pub actor: Option<String>,
    pub fields: Vec<Field>,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Field {
    /// `dueDate`
    pub name: String,
    /// `Due date`
    pub label: String,
    /// `string`, `integer`, `decimal`, `boolean`, `date`, `datetime`, `uuid`, `email`, or a list of them.
    pub r#type: String,
    pub required: bool,
    /// A sensible value to begin with.
    pub example: String,
    /// What exists and may be chosen: key and words for it.
    pub choices: Vec<(String, String)>,
    /// An id of a thing that comes into being with this command: people need not see it.
    pub made_up: bool,
    pub hashed: bool,
}

/// What one step brought about.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Trace {
    /// Index of the step.
    pub step: usize,
    pub at: crate::Time,
    pub by: String,
    /// One sentence for people: `Ann: Add Item`.
    pub words: String,
    /// In the order in which it happened.
    pub links: Vec<Link>,
    /// The log's last position before and after.
    pub before: Position,
    pub after: Position,
}

/// One sticky that took part.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Link {
    pub what: What,
    pub sticky: Option<Sticky>,
    /// As it stands on the sticky.
    pub name: String,
    /// The index of the link in `links` that brought it about.
    pub cause: Option<usize>,
    /// The event that was appended.
    pub position: Option<Position>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum What {
    Command,
    Rejected {
        failures: Vec<Failure>,
    },
    /// The stream had another version than the writer expected.
    Conflict {
        stream: String,
        expected: u64,
        actual: u64,
    },
    Event,
    /// A policy was triggered and its command sent, or it waits: for its turn, or for an answer.
    Policy {
        waits: Option<u64>,
        asks: Option<String>,
    },
    /// A policy that leads back to itself, or further than the bound: the names along the loop.
    Loop {
        names: Vec<String>,
    },
    /// A row of a read model came into being or changed.
    Readmodel {
        key: String,
    },
    /// A step that is none of these: a setting, an erasure, an import. `problem` says why nothing came of it.
    Note {
        words: String,
        problem: bool,
    },
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Failure {
    /// The parameter, or empty.
    pub field: String,
    /// In LES's words: `todoId is a required field.`
    pub message: String,
    /// For people: `Please fill in the due date.`
    pub plain: String,
}

/// A policy that waits.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Waiting {
    pub id: u64,
    pub sticky: Option<Sticky>,
    pub name: String,
    /// The event that triggered it.
    pub position: Position,
    /// The condition that a person must judge.
    pub asks: Option<String>,
}
