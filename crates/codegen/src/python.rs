//! A service in Python, on the library `eventsourcing`.

use crate::{Source, Tree};

pub fn write(_source: &Source, _tree: &mut Tree) {}
