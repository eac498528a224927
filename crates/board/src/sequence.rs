//! The order of the text: a line that belongs to another (`of`) stands right after it, the rest stands by its key.
//!
//! Invariants: the order is total and the same for everybody with the same records; a cycle of owners, an owner
//! that is missing and a record without a key are all orders like any other. A line whose owner is gone is not in
//! the text: deleting and restoring an owner takes its annotations along in one write.

use crate::{Board, Line, LineId};
use std::collections::HashMap;

/// Longer chains of owners than this are nobody's intention.
const HOPS: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Key<'a> {
    /// A line without a key sorts last.
    keyless: bool,
    ord: &'a str,
    id: &'a LineId,
}

/// Where a line stands in the text; comparing two of them is comparing the lines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Place<'a> {
    root: Key<'a>,
    /// `None` for a line that belongs to itself: it stands before what belongs to it.
    own: Option<Key<'a>>,
}

type Lines = HashMap<LineId, Line>;

/// The line that this one stands with: its owner's owner's … owner, or itself.
pub(crate) fn root<'a>(lines: &'a Lines, id: &'a LineId) -> &'a LineId {
    owners(lines, id).last().unwrap_or(id)
}

/// The owners of a line, nearest first; none at all if they run in a circle.
pub(crate) fn owners<'a>(lines: &'a Lines, id: &'a LineId) -> impl Iterator<Item = &'a LineId> {
    let first = owner(lines, id).filter(|_| !is_endless(lines, id));
    std::iter::successors(first, |id| owner(lines, id))
}

fn owner<'a>(lines: &'a Lines, id: &LineId) -> Option<&'a LineId> {
    let owner = lines.get(id)?.of.as_ref()?;
    lines.contains_key(owner).then_some(owner)
}

/// Whether the owners of a line run in a circle, or nearly so.
pub(crate) fn is_endless(lines: &Lines, id: &LineId) -> bool {
    std::iter::successors(owner(lines, id), |id| owner(lines, id)).nth(HOPS).is_some()
}

pub(crate) fn is_alive(lines: &Lines, id: &LineId) -> bool {
    let here = |id: &LineId| lines.get(id).is_some_and(|line| line.gone.is_none());
    here(id) && owners(lines, id).all(here)
}

pub(crate) fn place<'a>(lines: &'a Lines, id: &'a LineId) -> Place<'a> {
    let key = |id: &'a LineId| {
        let ord = lines.get(id).and_then(|line| line.ord.as_deref());
        Key { keyless: ord.is_none(), ord: ord.unwrap_or_default(), id }
    };
    let root = root(lines, id);
    Place { root: key(root), own: (root != id).then(|| key(id)) }
}

/// The living lines in text order, from scratch.
pub(crate) fn sorted(lines: &Lines) -> Vec<LineId> {
    let mut living: Vec<(Place<'_>, &LineId)> =
        lines.keys().filter(|id| is_alive(lines, id)).map(|id| (place(lines, id), id)).collect();
    living.sort_unstable();
    living.into_iter().map(|(_, id)| id.clone()).collect()
}

impl Board {
    /// The line's place in the text, counted from 0; `None` for a line that is not in the text.
    pub fn position(&self, id: &LineId) -> Option<usize> {
        if !self.lines.contains_key(id) {
            return None;
        }
        let wanted = place(&self.lines, id);
        let found = self.order.binary_search_by(|other| place(&self.lines, other).cmp(&wanted)).ok()?;
        (self.order.get(found) == Some(id)).then_some(found)
    }

    /// The line that this one stands with in the text: itself, unless it belongs to another.
    pub fn root<'a>(&'a self, id: &'a LineId) -> &'a LineId {
        root(&self.lines, id)
    }

    /// The sticky that an annotation is shown on: the one it belongs to, or else the sticky line before it.
    pub fn owner(&self, id: &LineId) -> Option<&LineId> {
        let own = self.lines.get(id)?.of.as_ref();
        let sticky = |id: &LineId| self.lines.get(id).is_some_and(|line| line.kind.is_on_wall());
        if let Some(owner) = own.filter(|owner| sticky(owner)) {
            return Some(owner);
        }
        let at = self.position(id)?;
        self.order[..at].iter().rev().find(|id| sticky(id))
    }
}
