//! The second wasm of the page: runs of the model, beside the page's own thread.
//!
//! A message is the JSON of `protocol::request::Message`, an answer that of `Reply`; one `Done`, `Failed` or answer
//! ends a message, `Progress` does not. Messages about one run are carried out in their order; what takes long is
//! done in slices, so that others are answered meanwhile and `Cancel` arrives.
//! Invariants: whatever a message holds, it is answered; nothing is kept but the present text and the runs, which the
//! page can give again at any time.
//! Not here: what a run does (`sim`), how the page starts this and asks it (`app/src/run/worker.rs`).

mod answer;
mod desk;
mod job;
#[cfg(target_arch = "wasm32")]
mod port;
mod runs;
mod steps;

pub use desk::Desk;
