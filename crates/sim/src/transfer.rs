//! The log to take away and to bring in: JSON lines as event stores show their events, and CloudEvents 1.0, one event
//! a line.
//!
//! Invariants: what was exported and is imported into an empty log is the same log, erased data erased; ids that are
//! known are not appended again; an import is taken in whole or not at all. Whatever a file holds is bounded and
//! answered with a sentence that names the line.

mod bring;
mod read;
mod write;

pub use bring::{Import, Imported};
pub use read::{Broken, Data, Foreign, MAX_EVENTS, Why, read};
pub use write::{export, line, pretty};
