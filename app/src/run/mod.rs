//! The run of a board on this page: which one is looked at, what was done in it, where it stands.
//!
//! Everything here comes with the part `run` of the page (see `chunks`), so nothing else of the page may name it.
//! Invariants: a run is its list of steps; what is on screen is what the worker computed from them, and nothing of it
//! is kept here longer than that.
//! Not here: the views (`view::run`), the simulation itself (`sim`, in the worker).

mod play;
mod worker;

pub use play::{Known, Play, Which};
pub use worker::Worker;
