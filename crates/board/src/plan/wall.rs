//! What happens on the wall: dropping and aligning stickies, and tidying up.

use super::rearrange::move_lines;
use crate::geometry::bounds;
use crate::layout::{self, Layout};
use crate::{Author, Board, Edge, LineId, Op, Plan, Point};
use std::collections::{HashMap, HashSet};

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
    let place = |id: &LineId| {
        let at = layout.frames.get(id)?.at;
        Some((id.clone(), Point { x: at.x + by.x, y: at.y + by.y }))
    };
    let places = dragged.iter().filter_map(place).collect();
    plan.ops.extend(settle(board, &layout, &places));
    plan.touched = dragged;
    plan
}

/// Every one of these stickies goes to one edge of what they take up together.
pub(super) fn align(board: &Board, lines: &[LineId], edge: Edge) -> Plan {
    let layout = layout::layout(board);
    let wanted: HashSet<&LineId> = lines.iter().collect();
    let members = || layout.order.iter().filter(|id| wanted.contains(id));
    let Some(all) = bounds(members().filter_map(|id| layout.frames.get(id))) else {
        return Plan::default();
    };
    let aligned = |id: &LineId| {
        let frame = layout.frames.get(id)?;
        let Point { x, y } = frame.at;
        let to = match edge {
            Edge::Left => Point { x: all.at.x, y },
            Edge::Right => Point { x: all.right() - frame.width, y },
            Edge::Top => Point { x, y: all.at.y },
            Edge::Bottom => Point { x, y: all.bottom() - frame.height },
        };
        (to != frame.at).then(|| (id.clone(), to))
    };
    let places: HashMap<LineId, Point> = members().filter_map(aligned).collect();
    if places.is_empty() {
        return Plan::default();
    }
    Plan { ops: settle(board, &layout, &places), touched: members().cloned().collect() }
}

/// Steps that bring stickies to new places. On a free board everything has a place of its own, so what has none yet
/// is given the one where it lies.
fn settle(board: &Board, layout: &Layout, places: &HashMap<LineId, Point>) -> Vec<Op> {
    let free = board.is_free();
    let step = |id: &LineId| {
        let placed = board.line(id).is_some_and(|line| line.pos.is_some());
        let pos = match places.get(id) {
            Some(place) => *place,
            None if free && placed => return None,
            None => layout.frames.get(id)?.at,
        };
        Some(Op::SetPos { id: id.clone(), pos: Some(pos) })
    };
    layout.order.iter().filter_map(step).collect()
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
