//! From EML back to Event Markdown: a model as the text that means it.
//!
//! Invariant: the text means the model (`lower(raise(model))` is the model, but for the order of what has none), or a
//! finding names what Event Markdown cannot say. This is not hoped for but found out: the text is lowered again.
//! What the model does not know (chapters, screens, hotspots, where stickies lie) is not made up.

mod facts;
mod order;
mod shown;
mod story;
mod writer;

use crate::lower::{Profile, lower};
use crate::model::{Place, Solution};
use std::fmt;

/// A model as Event Markdown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Raised {
    pub text: String,
    /// What the text does not mean, or not as the model does.
    pub findings: Vec<Unsaid>,
}

/// Something that Event Markdown cannot say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unsaid {
    /// Where it stands in the text that the model was read from.
    pub place: Option<Place>,
    /// `the command AddItem of Todo`
    pub of: String,
    pub why: Why,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// It is not in the text's model; the words say what it would take.
    Lost(&'static str),
    /// The text's model has it, this one has not.
    Gained,
    Other {
        said: String,
        becomes: String,
    },
}

/// Writes a model as Event Markdown.
pub fn raise(solution: &Solution) -> Raised {
    let text = writer::text(solution);
    let again = lower(&emd::parse(&text), Profile::Squall).solution;
    Raised { findings: facts::compare(solution, &again), text }
}

impl fmt::Display for Unsaid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = &self.of;
        match &self.why {
            Why::Lost("") => write!(out, "Event Markdown cannot say {of}."),
            Why::Lost(reason) => write!(out, "Event Markdown cannot say {of}: {reason}."),
            Why::Gained => write!(out, "Event Markdown cannot leave out {of}."),
            Why::Other { said, becomes } if becomes.is_empty() => {
                write!(out, "Event Markdown cannot say {of} `{said}`: none would be left.")
            }
            Why::Other { said, becomes } => {
                write!(out, "Event Markdown cannot say {of} `{said}`: it would be `{becomes}`.")
            }
        }
    }
}
