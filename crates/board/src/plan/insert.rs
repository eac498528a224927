//! New lines: one sticky, pasted lines, copies.

use super::arrange::{Piece, arrange};
use super::hold;
use super::splice::Returning;
use crate::layout::Frame;
use crate::{At, Author, Board, Line, LineId, Op, Plan, Point, layout, paste};
use emd::Kind;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The row before which something at this place goes. What belongs to a line stands between it and what follows it.
pub(super) fn row_at(board: &Board, at: &At) -> Option<usize> {
    match at {
        At::Start => Some(0),
        At::End => Some(board.order.len()),
        At::Before(id) => board.position(board.root(id)),
        At::After(id) => {
            let root = board.root(id);
            let mut row = board.position(root)? + 1;
            // An annotation belongs to the sticky before it, be that written down or not.
            let belongs = |other: &LineId| {
                let kind = board.line(other).map(|line| line.kind);
                board.root(other) == root || kind.is_some_and(Kind::is_part)
            };
            while board.order.get(row).is_some_and(belongs) {
                row += 1;
            }
            Some(row)
        }
    }
}

pub(super) fn add(board: &Board, at: &At, text: &str, place: Option<Point>, author: &mut Author<'_>) -> Plan {
    let Some(row) = row_at(board, at) else {
        return Plan::default();
    };
    let text = crate::record::one_line(text.to_owned());
    let plan = arrange(board, row..row, vec![Piece::New(text)], author);
    put(board, plan, place)
}

pub(super) fn paste(
    board: &Board,
    at: &At,
    text: &str,
    place: Option<Point>,
    author: &mut Author<'_>,
) -> Plan {
    let Some(row) = row_at(board, at) else {
        return Plan::default();
    };
    let mut returning = Returning::new(board, author);
    let text = paste::read(text);
    let pieces =
        lines(&text).filter(|line| !line.trim().is_empty()).map(|line| returning.piece(line)).collect();
    let mut plan = arrange(board, row..row, pieces, author);
    only_stickies(board, &mut plan);
    put(board, plan, place)
}

/// Nobody wants annotations selected.
fn only_stickies(board: &Board, plan: &mut Plan) {
    let Plan { ops, touched } = plan;
    let made = ops.iter().filter_map(|op| match op {
        Op::Create { id, line } => Some(id).filter(|_| line.kind.is_on_wall()),
        _ => None,
    });
    let made: HashSet<&LineId> = made.collect();
    touched.retain(|id| match board.line(id) {
        Some(line) => line.kind.is_on_wall(),
        None => made.contains(id),
    });
}

/// The lines of a text, without their line ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// Copies of these stickies, with all that belongs to them, after the last of them.
pub(super) fn duplicate(board: &Board, lines: &[LineId], by: Point, author: &mut Author<'_>) -> Plan {
    let wanted: HashSet<&LineId> = lines.iter().map(|id| board.root(id)).collect();
    let rows: Vec<usize> =
        (0..board.order.len()).filter(|&row| wanted.contains(board.root(&board.order[row]))).collect();
    let Some(last) = rows.last() else {
        return Plan::default();
    };
    let copied: Vec<&LineId> = rows.iter().map(|&row| &board.order[row]).collect();
    let pieces = copied.iter().filter_map(|id| Some(Piece::New(board.line(id)?.text.clone()))).collect();
    let groups = hold::regrouped(board, &copied, author);
    let mut plan = arrange(board, last + 1..last + 1, pieces, author);
    let groups: HashMap<LineId, Option<Arc<str>>> = plan.touched.iter().cloned().zip(groups).collect();
    for op in &mut plan.ops {
        if let Op::Create { id, line } = op {
            line.group = groups.get(id).cloned().flatten();
        }
    }
    if board.is_free() {
        let layout = layout::layout(board);
        let frames = copied.iter().map(|id| layout.frames.get(*id));
        let frames: HashMap<LineId, Option<&Frame>> = plan.touched.iter().cloned().zip(frames).collect();
        for op in &mut plan.ops {
            if let Op::Create { id, line: Line { pos: Some(pos), .. } } = op
                && let Some(Some(frame)) = frames.get(id)
            {
                *pos = Point { x: frame.at.x + by.x, y: frame.at.y + by.y };
            }
        }
    }
    only_stickies(board, &mut plan);
    plan
}

/// Where a person pointed at a spot, the new stickies lie from there on, as they would in flow; a flowing board is
/// set free by that.
fn put(board: &Board, mut plan: Plan, place: Option<Point>) -> Plan {
    let Some(place) = place else {
        return plan;
    };
    let new: Vec<(&LineId, &Line)> = plan
        .ops
        .iter()
        .filter_map(|op| match op {
            Op::Create { id, line } => Some((id, line)),
            Op::Restore { id } => Some((id, board.line(id)?)),
            _ => None,
        })
        .filter(|(_, line)| line.kind.is_on_wall())
        .collect();
    let frames = layout::block(&new).into_iter().map(|frame| frame.moved(place).at);
    let places: HashMap<LineId, Point> = new.iter().map(|(id, _)| (*id).clone()).zip(frames).collect();
    for op in &mut plan.ops {
        if let Op::Create { id, line } = op {
            line.pos = places.get(id).copied();
        }
    }
    plan.ops.retain(|op| !matches!(op, Op::SetPos { id, .. } if places.contains_key(id)));
    let back: Vec<LineId> = restored(&plan.ops).collect();
    plan.ops.extend(back.into_iter().filter_map(|id| {
        let pos = Some(*places.get(&id)?);
        Some(Op::SetPos { id, pos })
    }));
    if !board.is_free() {
        plan.ops.extend(layout::all_places(board));
    }
    plan
}

fn restored(ops: &[Op]) -> impl Iterator<Item = LineId> {
    ops.iter().filter_map(|op| if let Op::Restore { id } = op { Some(id.clone()) } else { None })
}
