//! Taking lines away and bringing them back. What belongs to a line goes and returns with it.

use crate::{Author, Board, LineId, Op, Plan, sequence};
use std::collections::HashSet;

pub(super) fn remove(board: &Board, lines: &[LineId], author: &mut Author<'_>) -> Plan {
    let wanted: HashSet<&LineId> = lines.iter().collect();
    let mut going: Option<bool> = None;
    let mut ops = Vec::new();
    for id in &board.order {
        let Some(line) = board.line(id) else {
            continue;
        };
        let own = wanted.contains(id);
        if line.kind.is_on_wall() {
            going = Some(own);
        }
        let belongs = line.kind.is_part() && going == Some(true);
        if own || belongs || wanted.contains(board.root(id)) {
            ops.push(Op::Remove { id: id.clone(), when: author.now });
        }
    }
    Plan { ops, touched: Vec::new() }
}

pub(super) fn restore(board: &Board, lines: &[LineId]) -> Plan {
    let mut ids: Vec<LineId> = Vec::new();
    for id in lines {
        let Some(gone) = board.line(id).and_then(|line| line.gone.as_ref()) else {
            continue;
        };
        ids.push(id.clone());
        // What went in the same gesture returns with it.
        let along = board.lines.iter().filter(|(other, line)| {
            line.gone.as_ref() == Some(gone) && board.root(other) == id && *other != id
        });
        ids.extend(along.map(|(id, _)| id.clone()));
        // Without its owner it would stay out of sight.
        let owners = sequence::owners(&board.lines, id);
        ids.extend(owners.filter(|id| is_gone(board, id)).cloned());
    }
    ids.sort();
    ids.dedup();
    Plan { ops: ids.into_iter().map(|id| Op::Restore { id }).collect(), touched: lines.to_vec() }
}

fn is_gone(board: &Board, id: &LineId) -> bool {
    board.line(id).is_some_and(|line| line.gone.is_some())
}
