//! The product as people meet it: a real server process, real browsers, real pointers and keys.
//!
//! A test is a [`play`] on a [`Stage`]: the stage has a server of its own on a free port with its own data directory,
//! and a browser of its own in which every [`Person`] has a context (storage, cookies) of their own.
//! Invariants: waiting is always for a condition with a deadline, never for a time; whatever a page reports as an
//! error fails the test; a failure leaves screenshots, console logs and the server's log in `target/e2e/<test>`.

mod axe;
mod board;
mod browser;
mod cable;
mod firefox;
mod gestures;
mod keys;
mod person;
mod pointer;
mod server;
mod stage;
mod tabs;

pub use axe::Violation;
pub use cable::Flow;
pub use chromiumoxide::cdp::browser_protocol::input::MouseButton;

pub use board::{Sticky, agree, sticky};
pub use firefox::Firefox;
pub use person::{Look, Person, Target, role};
pub use pointer::Point;
pub use server::{Links, Server};
pub use stage::{Stage, play};

/// How long anything may take before a test gives up. Generous: it is only spent when something is wrong.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);
