//! Event Markdown out of Mermaid's `eventmodeling` diagrams: each frame becomes a sticky.
//!
//! Invariants: whatever Mermaid's own grammar takes is read; anything else is refused with its line; what was drawn by
//! `mermaid` comes back with its names, properties, policies and contexts.
//! What a diagram cannot tell (types, rules) is not made up. An event that nothing leads to is told where it stands:
//! behind a command it becomes that one's, as on every wall.

mod parse;
mod scan;
mod stickies;

use std::fmt;

/// Why a text is no such diagram.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoDiagram {
    /// Counted from 0.
    pub line: usize,
    pub why: Why,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// Its first word is not `eventmodeling`.
    OtherDiagram,
    /// Something else was expected here.
    Expected(&'static str),
    /// It points at a frame or at data that is not there.
    Unknown(String),
    TooLarge,
}

/// More frames than any wall has stickies.
const MOST: usize = 20_000;
/// Bytes of a diagram, and of the text that it becomes.
const LARGEST: usize = 8 << 20;

/// The text of a diagram as Event Markdown.
pub fn from_mermaid(text: &str) -> Result<String, NoDiagram> {
    if text.len() > LARGEST {
        return Err(NoDiagram { line: 0, why: Why::TooLarge });
    }
    stickies::text(&parse::diagram(text)?)
}

impl fmt::Display for NoDiagram {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Why::OtherDiagram => write!(
                out,
                "this is no Mermaid diagram of the kind `eventmodeling`, which is the one that can be read"
            ),
            Why::Expected(what) => write!(out, "line {}: {what} is expected here", self.line + 1),
            Why::Unknown(name) => write!(out, "line {}: there is no `{name}`", self.line + 1),
            Why::TooLarge => write!(out, "this diagram is larger than any wall"),
        }
    }
}
