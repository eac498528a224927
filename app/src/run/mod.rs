//! The run of a board on this page: which one is looked at, what was done in it, where it stands.
//!
//! Everything here comes with the part `run` of the page (see `chunks`), so nothing else of the page may name it.
//! `play` is what views see; `deeds` what people do; `shelf` where runs are kept; `tape` the steps of one; `road` how
//! the worker is kept in step with them.
//! Invariants: a run is its list of steps; what is on screen is what the worker computed from them, and nothing of it
//! is kept here longer than that; one's own steps take the road of everybody's.
//! Not here: the views (`view::run`), the simulation itself (`sim`, in the worker).

mod deeds;
mod play;
mod road;
mod shelf;
mod tape;
mod worker;

pub use play::{Known, Play, Which};
pub use worker::Worker;
