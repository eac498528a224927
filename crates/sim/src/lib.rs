//! The model plays itself: an event store, decisions, projections and policies over an EML model.
//!
//! Invariants: the same steps with the same models give the same log; a rejected command appends nothing; a read
//! model is a fold of events; facts are never rewritten: erasure makes them unreadable and leaves the position.
//! Not here: clocks, randomness, files, screens: time, ids and seeds come with the steps.

pub mod compare;
pub mod decide;
pub mod http;
pub mod log;
pub mod messages;
pub mod misfit;
pub mod model;
mod moment;
pub mod policies;
pub mod project;
pub mod reading;
pub mod record;
pub mod run;
pub mod sample;
pub mod scenario;
pub mod search;
pub mod storm;
pub mod system;
pub mod transfer;
pub mod upcast;
pub mod value;
pub mod views;
