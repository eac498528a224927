//! Groups and locks. A group is a word that its members share; a lock keeps the wall's hands off a sticky.

use super::fresh_word;
use crate::{Author, Board, Line, LineId, Op, Plan, layout};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Whether what happens on the wall leaves this line alone: it, or the sticky that it belongs to, is locked.
pub(super) fn is_locked(board: &Board, id: &LineId) -> bool {
    let locked = |id: &LineId| board.line(id).is_some_and(|line| line.locked);
    locked(id)
        || board.line(id).is_some_and(|line| !line.kind.is_on_wall()) && board.owner(id).is_some_and(locked)
}

/// Those of the lines that a hand on the wall may change.
pub(super) fn unlocked(board: &Board, lines: &[LineId]) -> Vec<LineId> {
    lines.iter().filter(|id| !is_locked(board, id)).cloned().collect()
}

/// The living stickies among the lines, in text order.
fn stickies<'a>(board: &'a Board, lines: &[LineId]) -> Vec<(&'a LineId, &'a Line)> {
    let wanted: HashSet<&LineId> = lines.iter().collect();
    layout::stickies(board).filter(|(id, _)| wanted.contains(id)).collect()
}

pub(super) fn group(board: &Board, lines: &[LineId], author: &mut Author<'_>) -> Plan {
    let members = stickies(board, lines);
    let first = members.first().and_then(|(_, line)| line.group.as_ref());
    let of_first = |line: &Line| line.group.as_ref() == first;
    let size = layout::stickies(board).filter(|(_, line)| of_first(line)).count();
    let is_one = first.is_some() && size == members.len() && members.iter().all(|(_, line)| of_first(line));
    if members.len() < 2 || is_one {
        return Plan::default();
    }
    let group: Arc<str> = fresh_word(author).into();
    let set = |(id, _): &(&LineId, &Line)| Op::SetGroup { id: (*id).clone(), group: Some(group.clone()) };
    Plan { ops: members.iter().map(set).collect(), touched: ids(&members) }
}

/// The groups that these lines are in, dissolved.
pub(super) fn ungroup(board: &Board, lines: &[LineId]) -> Plan {
    let members = stickies(board, lines);
    let groups: HashSet<&Arc<str>> = members.iter().filter_map(|(_, line)| line.group.as_ref()).collect();
    let grouped = board.order.iter().filter(|id| {
        board.line(id).and_then(|line| line.group.as_ref()).is_some_and(|group| groups.contains(group))
    });
    let ops = grouped.map(|id| Op::SetGroup { id: id.clone(), group: None }).collect();
    Plan { ops, touched: ids(&members) }
}

pub(super) fn lock(board: &Board, lines: &[LineId], locked: bool) -> Plan {
    let members = stickies(board, lines);
    let changed = members.iter().filter(|(_, line)| line.locked != locked);
    let ops = changed.map(|(id, _)| Op::SetLock { id: (*id).clone(), locked }).collect();
    Plan { ops, touched: ids(&members) }
}

/// For copies of grouped stickies: each group of theirs gets a copy too.
pub(super) fn regrouped(board: &Board, copied: &[&LineId], author: &mut Author<'_>) -> Vec<Option<Arc<str>>> {
    let mut fresh: HashMap<&Arc<str>, Arc<str>> = HashMap::new();
    let mut copy = |id: &LineId| {
        let group = board.line(id)?.group.as_ref()?;
        Some(fresh.entry(group).or_insert_with(|| fresh_word(author).into()).clone())
    };
    copied.iter().map(|id| copy(id)).collect()
}

fn ids(members: &[(&LineId, &Line)]) -> Vec<LineId> {
    members.iter().map(|(id, _)| (*id).clone()).collect()
}
