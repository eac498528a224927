//! Specifications and documentation: part of every target, and a target of their own.
//!
//! Invariants: files stand at the root of the tree, so that a target grafts them where it wants them; all of them
//! describe the same service, the one of `sim::http`; what is personal is marked wherever a format lets it.

mod example;
mod feed;
mod openapi;
mod schema;
mod shapes;
mod spec;
mod words;

use crate::{Care, Source, Tree};
use spec::Spec;

/// All of them.
pub fn write(source: &Source, tree: &mut Tree) {
    let spec = Spec::new(source);
    tree.put("openapi.json", Care::Owned, openapi::document(&spec).pretty());
}
