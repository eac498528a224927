//! Event Markdown: one line, one sticky.
//!
//! Invariants: parsing never fails and keeps every byte; a line's kind, name and properties depend on that line
//! alone; spans are byte ranges within the line.
//! Not here: what follows from the order of lines (streams, ownership, lookups): that is `eml::lower`.

mod comment;
mod complete;
mod document;
pub mod edit;
mod kind;
pub mod les;
mod line;
mod policy;
mod scan;
mod tokens;

pub use complete::{Completion, TYPES, complete, complete_property};
pub use document::{Document, parse, parse_with};
pub use kind::{Annotation, Kind, Step};
pub use line::{Line, Piece, line};
pub use policy::{Policy, policy, value, written};
pub use tokens::{Class, Token, tokens};
