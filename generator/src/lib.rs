//! The third wasm of the page: what leaves a board, made beside the page's own thread. Fetched when somebody wants it.
//!
//! A message is the JSON of `protocol::ship::Message`, an answer that of `Reply`. A zip is an array of two: the reply,
//! and a buffer with the bytes, which is handed over and not copied.
//! Invariants: whatever a message holds, it is answered; nothing is kept but the last text with what was made of it,
//! the one before that it was compared with, and the calls of the API, all of which the page can give again at any time.
//! Not here: what is generated (`codegen`), what the API answers (`sim::http`), how the page starts this and asks it
//! (`app/src/ship/generator.rs`).

mod api;
mod desk;
mod operations;
mod ordered;
#[cfg(target_arch = "wasm32")]
mod port;
mod shelf;

pub use desk::{Desk, Said};
