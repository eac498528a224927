//! What happens on the wall: dropping and aligning stickies, and tidying up.

use super::rearrange::move_lines;
use crate::geometry::bounds;
use crate::layout::{self, Frame, Layout};
use crate::{Author, Board, Edge, Line, LineId, Op, Plan, Point};
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

/// Back to flow: nothing has a place of its own. Around locked stickies that have one the rest lies as in flow.
pub(super) fn tidy(board: &Board) -> Plan {
    let is_pinned = |line: &Line| line.locked && line.pos.is_some();
    let pinned: Vec<Frame> = layout::stickies(board)
        .filter(|(_, line)| is_pinned(line))
        .filter_map(|(_, line)| {
            let (width, height) = layout::size_of(line);
            Some(Frame { at: line.pos?, width, height })
        })
        .collect();
    let places: HashMap<LineId, Point> = match bounds(&pinned) {
        None => HashMap::new(),
        Some(locked) => beside_locked(board, &locked, |line| !is_pinned(line)),
    };
    let mut ids: Vec<&LineId> = board
        .lines
        .iter()
        .filter(|(_, line)| line.pos.is_some() && !is_pinned(line))
        .map(|(id, _)| id)
        .collect();
    ids.extend(places.keys().filter(|id| board.line(id).is_some_and(|line| line.pos.is_none())));
    ids.sort();
    let ops = ids.into_iter().map(|id| Op::SetPos { id: id.clone(), pos: places.get(id).copied() }).collect();
    Plan { ops, touched: Vec::new() }
}

/// Places in flow for these stickies, under the locked ones where they would lie on each other.
fn beside_locked(board: &Board, locked: &Frame, wanted: impl Fn(&Line) -> bool) -> HashMap<LineId, Point> {
    let flow = layout::flow_of(board, wanted);
    let all = bounds(flow.iter().map(|(_, frame)| frame)).unwrap_or_default();
    let down = if all.overlaps(locked) { locked.bottom() + 2.0 * layout::GAP - all.at.y } else { 0.0 };
    flow.into_iter().map(|(id, frame)| (id, Point { x: frame.at.x, y: frame.at.y + down })).collect()
}
