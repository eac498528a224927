//! Event Markdown: one line, one sticky.
//!
//! Invariants: parsing never fails and keeps every byte; a line's kind, name and properties depend on that line
//! alone; spans are byte ranges within the line.
//! Not here: what follows from the order of lines (streams, ownership, lookups): that is `eml::lower`.

pub mod edit;
mod kind;
mod line;

pub use kind::{Annotation, Kind, Step};
pub use line::{Line, Piece, line};
