//! The shared document of a board: its lines, its people, its settings.
//!
//! Invariants: all peers with the same updates print the same text; a line exists once; every note is a line;
//! reading is total: hostile or foreign records never break it; presence, camera and selection never enter the
//! document. Only `doc.rs` may name yrs. Time, ids and randomness are arguments.
//! Not here: sockets, storage, DOM.

pub mod awareness;
mod change;
pub mod command;
pub mod doc;
pub mod file;
pub mod geometry;
mod history;
mod inbox;
pub mod layout;
mod mirror;
mod model;
pub mod order;
pub mod paste;
pub mod plan;
mod record;
pub mod runs;
mod sequence;
pub mod text;
pub mod wire;

pub use change::{Change, MergeError, Step};
pub use command::{At, Author, Command, Edge, Op, Plan};
pub use doc::Replica;
pub use model::{Board, FORMAT, Gone, Level, Line, LineId, Person, PersonId, Point};
pub use plan::plan;
