//! What leaves the board as a service: its files as they are generated in this page, and the API that it would have.
//!
//! Everything here comes with the part `ship` of the page (see `chunks`), so nothing else of the page may name it.
//! `generator` asks the worker that makes it all, `reply` reads what it says; `build` is what somebody looks at of the files, `last` what they took
//! last time, `difference` how a file became another since then, `tree` the files in their folders; `api` is what somebody tries of the API; `raise` makes texts of foreign
//! files that come in.
//! Invariants: the text that is generated from is the one that the board's download as Event Markdown holds, so files
//! are the same from here and from the command line; nothing leaves the page but what a person saves.
//! Not here: the views (`view::ship`), what is generated (`codegen`, in the worker).

mod api;
mod build;
mod difference;
mod generator;
mod last;
mod raise;
mod reply;
mod request;
mod tree;

pub use api::{Api, Tried, key};
pub use build::{Build, Known, Problem, Shown};
pub use difference::{Difference, Part};
pub use last::Mark;
pub use raise::raise;
pub use request::{curl, pretty, request};
pub use tree::{Node, Tree};
