//! What happens on the wall: dropping stickies, and tidying up.

use super::rearrange::move_lines;
use crate::{Author, Board, LineId, Op, Plan, Point, layout};
use std::collections::HashSet;

pub(super) fn drop(board: &Board, lines: &[LineId], by: Point, author: &mut Author<'_>) -> Plan {
    let layout = layout::layout(board);
    let wanted: HashSet<&LineId> = lines.iter().collect();
    let dragged: Vec<LineId> = board
        .order
        .iter()
        .filter(|id| wanted.contains(id) && layout.frames.contains_key(*id))
        .cloned()
        .collect();
    if dragged.is_empty() || !(by.x.is_finite() && by.y.is_finite()) {
        return Plan::default();
    }
    let outcome = layout::drop(board, &layout, &dragged, by);
    let mut plan = match &outcome.at {
        Some(at) => move_lines(board, &dragged, at, author),
        None => Plan::default(),
    };
    // The drop says where everything lies; what the move would have placed gives way.
    plan.ops.retain(|op| !matches!(op, Op::SetPos { .. }));
    let free = board.is_free();
    for id in &board.order {
        let Some(frame) = layout.frames.get(id) else {
            continue;
        };
        let mut pos = frame.at;
        let moved = wanted.contains(id);
        if moved {
            pos = Point { x: pos.x + by.x, y: pos.y + by.y };
        }
        let placed = board.line(id).is_some_and(|line| line.pos.is_some());
        if moved || !free || !placed {
            plan.ops.push(Op::SetPos { id: id.clone(), pos: Some(pos) });
        }
    }
    plan.touched = dragged;
    plan
}

/// Back to flow: nothing has a place of its own.
pub(super) fn tidy(board: &Board) -> Plan {
    let placed = board.lines.iter().filter(|(_, line)| line.pos.is_some());
    let mut ids: Vec<&LineId> = placed.map(|(id, _)| id).collect();
    ids.sort();
    Plan {
        ops: ids.into_iter().map(|id| Op::SetPos { id: id.clone(), pos: None }).collect(),
        touched: Vec::new(),
    }
}
