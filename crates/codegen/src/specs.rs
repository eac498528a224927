//! Specifications and documentation: part of every target, and a target of their own.

use crate::{Source, Tree};

pub fn write(_source: &Source, _tree: &mut Tree) {}
