//! A service for Node, in TypeScript.

use crate::{Source, Tree};

pub fn write(_source: &Source, _tree: &mut Tree) {}
