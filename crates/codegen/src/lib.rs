//! What leaves Squall: specifications and whole services, as files.
//!
//! Invariants: the same source gives the same bytes; a model with errors generates nothing, and all errors are told;
//! nothing that people wrote ends a string, a comment or a line of what is generated; names are quoted by the rules of
//! the language they stand in, nothing is escaped for HTML but what is HTML.
//! Not here: files and folders on a disk (`cli`), what a model means (`sim`, whose compiled model all targets read).

mod node;
mod python;
mod source;
mod specs;
mod target;
mod tree;

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
