//! Taking lines away and bringing them back. What belongs to a line goes and returns with it.

use crate::{Author, Board, LineId, Op, Plan, sequence};
use std::collections::{HashMap, HashSet};

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
    let mut belongings: HashMap<&LineId, Vec<&LineId>> = HashMap::new();
    for (id, root) in board.lines.keys().map(|id| (id, board.root(id))).filter(|(id, root)| id != root) {
        belongings.entry(root).or_default().push(id);
    }
    let gone = |id: &LineId| board.line(id).and_then(|line| line.gone.as_ref());
    let mut ids: Vec<LineId> = Vec::new();
    for id in lines.iter().filter(|id| gone(id).is_some()) {
        ids.push(id.clone());
        // What went in the same gesture returns with it.
        let along = belongings.get(id).into_iter().flatten().filter(|other| gone(other) == gone(id));
        ids.extend(along.map(|id| (*id).clone()));
        // Without its owner it would stay out of sight.
        ids.extend(sequence::owners(&board.lines, id).filter(|id| gone(id).is_some()).cloned());
    }
    ids.sort();
    ids.dedup();
    Plan { ops: ids.into_iter().map(|id| Op::Restore { id }).collect(), touched: lines.to_vec() }
}
