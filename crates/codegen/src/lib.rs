//! What leaves Squall: specifications and whole services, as files.
//!
//! Invariants: the same source gives the same bytes; a model with errors generates nothing, and all errors are told;
//! nothing that people wrote ends a string, a comment or a line of what is generated; names are quoted by the rules of
//! the language they stand in, nothing is escaped for HTML but what is HTML.
//! Not here: files and folders on a disk (`cli`), what a model means (`sim`, whose compiled model all targets read).

pub mod api;
pub mod compat;
pub mod json;
pub mod manifest;
pub mod merge;
mod node;
pub mod path;
pub mod plan;
mod python;
mod raise;
mod source;
mod specs;
mod steady;
mod target;
mod tree;
mod zip;

pub use self::zip::{NoZip, mode, zip};
pub use raise::{Foreign, NotRaised, Raised, raise_text};
pub use source::{NotReady, Source};
pub use target::Target;
pub use tree::{Care, File, Tree};

/// All files of a target.
pub fn generate(source: &Source, target: Target) -> Tree {
    let mut tree = Tree::default();
    match target {
        Target::Specifications => specs::write(source, &mut tree),
        Target::Node => node::write(source, &mut tree),
        Target::Python => python::write(source, &mut tree),
    }
    tree
}

/// What people get, as a folder or a zip: all files of a target, and what the next generation into the same folder wants
/// to know (`.squall`).
pub fn deliver(source: &Source, target: Target) -> Tree {
    let mut tree = generate(source, target);
    manifest::attach(source, target, &mut tree);
    tree
}
