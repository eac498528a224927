//! The contract of generated services: requests, the answers that `sim::http` gives them, and services that have to
//! give the same.
//!
//! Invariants: what is expected is computed and written down nowhere; the same seed asks the same; each difference is
//! told with its request. What is made up (ids, times, positions) differs between two systems: `ids` lets each of
//! theirs stand for one of ours.

pub mod boards;
pub mod client;
pub mod compare;
pub mod draw;
pub mod filters;
pub mod ids;
pub mod requests;
pub mod scenarios;
pub mod session;
pub mod stories;
pub mod storms;
