//! The vocabulary of a run: what people do (`step`), what they are shown (the other modules), and how the page asks
//! the worker for it (`request`). Plain data with its JSON, no behaviour: `sim` computes it, `worker` carries it, the
//! page and the command line show it. `ship` is the same for what leaves: files, and calls of a future API.
//!
//! Invariants: a step is stored in shared documents, so what was once written stays readable (new fields have
//! defaults); everything else lives only between a page and the worker of the same build.
//! Stickies are named by the index of their line in the text of the model that was given, counted from 0.

pub mod insight;
pub mod log;
pub mod request;
pub mod scenario;
pub mod ship;
pub mod step;
pub mod storm;
pub mod table;
pub mod trace;

/// A position in the log: the first event has 1; 0 is before everything.
pub type Position = u64;

/// The index of a line in the text of the model, counted from 0.
pub type Sticky = usize;

/// Milliseconds since 1970 on the clock of the run.
pub type Time = i64;
