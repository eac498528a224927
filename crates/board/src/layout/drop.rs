//! What dropping stickies means for the order: "left is earlier" is settled at the drop, within a row.

use super::{Frame, GAP, Layout};
use crate::{At, Board, LineId, Point};
use emd::Kind;
use std::collections::HashSet;

/// What a drop comes to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DropOutcome {
    /// Where the lines go in the order; `None`: it stays.
    pub at: Option<At>,
    /// The insertion mark, from its upper to its lower end.
    pub mark: Option<(Point, Point)>,
}

/// Two stickies are in one row if their centres are less than this apart, up and down.
const ROW: f64 = 110.0;

/// What dropping these stickies that far from where they lie would come to. The first of them in the text decides;
/// the order changes only if its centre passes that of an event, command, policy or read model in the same row.
pub fn drop(board: &Board, layout: &Layout, lines: &[LineId], by: Point) -> DropOutcome {
    let dragged: HashSet<&LineId> = lines.iter().collect();
    let lead = layout.order.iter().find(|id| dragged.contains(id)).and_then(|id| layout.frames.get(id));
    let Some(start) = lead else {
        return DropOutcome::default();
    };
    let (from, to) = (start.centre(), start.moved(by).centre());
    let row = row(board, layout, &dragged, to.y);
    let same_row = (to.y - from.y).abs() < ROW;
    let (low, high) = (from.x.min(to.x), from.x.max(to.x));
    let passes = |frame: &Frame| {
        let x = frame.centre().x;
        low < x && x < high
    };
    if same_row && !row.iter().any(|(_, frame)| passes(frame)) {
        return DropOutcome::default();
    }
    let split = row.partition_point(|(_, frame)| frame.centre().x < to.x);
    let left = split.checked_sub(1).and_then(|at| row.get(at));
    let right = row.get(split);
    let at = match (left, right) {
        (_, Some((id, _))) if same_row && to.x < from.x => At::Before((*id).clone()),
        (Some((id, _)), _) => At::After((*id).clone()),
        (None, Some((id, _))) => At::Before((*id).clone()),
        (None, None) => return DropOutcome::default(),
    };
    if !moves(board, &dragged, &at) {
        return DropOutcome::default();
    }
    DropOutcome {
        at: Some(at),
        mark: Some(mark(left.map(|(_, frame)| frame), right.map(|(_, frame)| frame))),
    }
}

/// What the order is read from, in the row at this height, from left to right.
fn row<'a>(
    board: &'a Board,
    layout: &'a Layout,
    dragged: &HashSet<&LineId>,
    y: f64,
) -> Vec<(&'a LineId, Frame)> {
    let counts = |id: &LineId| {
        let kind = board.line(id).map(|line| line.kind);
        matches!(kind, Some(Kind::Event | Kind::Command | Kind::Policy | Kind::ReadModel))
    };
    let mut row: Vec<(&LineId, Frame)> = layout
        .order
        .iter()
        .filter(|id| !dragged.contains(id) && counts(id))
        .filter_map(|id| Some((id, *layout.frames.get(id)?)))
        .filter(|(_, frame)| (frame.centre().y - y).abs() < ROW)
        .collect();
    row.sort_by(|(_, a), (_, b)| a.centre().x.total_cmp(&b.centre().x));
    row
}

/// Whether moving the block there changes the order of stickies at all.
fn moves(board: &Board, dragged: &HashSet<&LineId>, at: &At) -> bool {
    let is_dragged = |id: &LineId| dragged.contains(id) || dragged.contains(board.root(id));
    let sticky = |id: &&LineId| board.line(id).is_some_and(|line| line.kind.is_sticky());
    let order: Vec<&LineId> = board.order.iter().filter(sticky).collect();
    let (block, rest): (Vec<&LineId>, Vec<&LineId>) = order.iter().partition(|id| is_dragged(id));
    let place = match at {
        At::Start => Some(0),
        At::End => Some(rest.len()),
        At::Before(id) => rest.iter().position(|other| *other == id),
        At::After(id) => rest.iter().position(|other| *other == id).map(|at| at + 1),
    };
    let Some(place) = place else {
        return false;
    };
    let new = rest[..place].iter().chain(&block).chain(&rest[place..]);
    !new.eq(order.iter())
}

/// A line between the two, as high as they are.
fn mark(left: Option<&Frame>, right: Option<&Frame>) -> (Point, Point) {
    let frames = [left, right].into_iter().flatten();
    let top = frames.clone().map(|frame| frame.at.y).fold(f64::INFINITY, f64::min);
    let bottom = frames.map(Frame::bottom).fold(f64::NEG_INFINITY, f64::max);
    let x = match (left, right) {
        (Some(left), Some(right)) => (left.right() + right.at.x) / 2.0,
        (Some(left), None) => left.right() + GAP / 2.0,
        (None, Some(right)) => right.at.x - GAP / 2.0,
        (None, None) => 0.0,
    };
    (Point { x, y: top }, Point { x, y: bottom })
}
