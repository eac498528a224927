//! Places on a free board: beside the neighbour in the text, where nothing lies yet.

use super::flow::{ABOVE, OVER};
use super::{Frame, GAP, layout, size, size_of, stickies};
use crate::geometry::{Grid, bounds};
use crate::{Board, LineId, Point};
use emd::Kind;
use std::collections::HashMap;

/// A line whose place a plan settles, in text order.
pub(crate) struct Candidate<'a> {
    pub id: &'a LineId,
    pub kind: Kind,
    /// It has no place among its new neighbours yet.
    pub homeless: bool,
}

/// What lies on the wall, so far.
#[derive(Default)]
struct Wall {
    frames: HashMap<LineId, Frame>,
    grid: Grid,
}

impl Wall {
    fn put(&mut self, id: &LineId, frame: Frame) {
        self.grid.insert(id, &frame);
        self.frames.insert(id.clone(), frame);
    }

    fn take(&mut self, id: &LineId) {
        if let Some(frame) = self.frames.remove(id) {
            self.grid.remove(id, &frame);
        }
    }

    fn is_clear(&self, frame: &Frame) -> bool {
        let near = self.grid.near(frame);
        !near.iter().any(|id| self.frames.get(*id).is_some_and(|other| other.overlaps(frame)))
    }

    /// The nearest clear place beside a sticky, or on its corner where that is meant.
    fn beside(&self, neighbour: Option<&Frame>, kind: Kind, (width, height): (f64, f64)) -> Frame {
        let Some(host) = neighbour else {
            let corner = bounds(self.frames.values()).map_or(Point::default(), |all| all.at);
            let above = Frame::new(corner.x, corner.y - height - GAP, width, height);
            return if self.frames.is_empty() { Frame::new(0.0, 0.0, width, height) } else { above };
        };
        if matches!(kind, Kind::Hotspot | Kind::Opportunity) {
            return Frame::new(host.right() - OVER, host.at.y - ABOVE, width, height);
        }
        let right = Frame::new(host.right() + GAP, host.at.y, width, height);
        let below = Frame::new(host.at.x, host.bottom() + GAP, width, height);
        let first =
            if matches!(kind, Kind::ReadModel | Kind::Policy) { [below, right] } else { [right, below] };
        let step = (width + GAP, height + GAP);
        let rings = (1..60).flat_map(|ring| around(ring).map(move |(x, y)| (x * step.0, y * step.1)));
        let scan = rings.map(|(x, y)| right.moved(Point { x, y }));
        let clear = first.into_iter().chain(scan).find(|frame| self.is_clear(frame));
        clear.unwrap_or_else(|| {
            let end = bounds(self.frames.values()).map_or(0.0, |all| all.right());
            Frame::new(end + GAP, host.at.y, width, height)
        })
    }
}

/// The steps of a ring around a place, rightwards and downwards first.
fn around(ring: i32) -> impl Iterator<Item = (f64, f64)> {
    let mut steps: Vec<(i32, i32)> = (-ring..=ring)
        .flat_map(|x| (-ring..=ring).map(move |y| (x, y)))
        .filter(|(x, y)| x.abs().max(y.abs()) == ring)
        .collect();
    steps.sort_by_key(|(x, y)| (x.abs() + y.abs(), -y, -x));
    steps.into_iter().map(|(x, y)| (f64::from(x), f64::from(y)))
}

/// The frames of a free board: lines that have no place lie beside the sticky before them.
pub(super) fn free(board: &Board) -> HashMap<LineId, Frame> {
    let mut wall = Wall::default();
    for (id, line) in stickies(board) {
        if let Some(pos) = line.pos {
            let (width, height) = size_of(line);
            wall.put(id, Frame { at: pos, width, height });
        }
    }
    let mut before: Option<Frame> = None;
    for (id, line) in stickies(board) {
        let frame = match wall.frames.get(id) {
            Some(frame) => *frame,
            None => {
                let frame = wall.beside(before.as_ref(), line.kind, size_of(line));
                wall.put(id, frame);
                frame
            }
        };
        before = Some(frame);
    }
    wall.frames
}

/// On a free board: places beside their neighbours for lines that have none there yet.
pub(crate) fn places_for<'a>(
    board: &Board,
    candidates: impl Iterator<Item = Candidate<'a>>,
) -> HashMap<LineId, Point> {
    let candidates: Vec<Candidate<'_>> = candidates.filter(|line| line.kind.is_sticky()).collect();
    let mut places = HashMap::new();
    if !candidates.iter().any(|line| line.homeless) || !board.is_free() {
        return places;
    }
    let mut wall = Wall::default();
    for (id, frame) in layout(board).frames {
        wall.put(&id, frame);
    }
    for line in candidates.iter().filter(|line| line.homeless) {
        wall.take(line.id);
    }
    let mut before: Option<Frame> = None;
    for (at, line) in candidates.iter().enumerate() {
        if line.homeless {
            let after = || candidates[at..].iter().find_map(|line| wall.frames.get(line.id));
            let size =
                board.line(line.id).filter(|old| old.kind == line.kind).map_or(size(line.kind), size_of);
            let frame = wall.beside(before.as_ref().or_else(after), line.kind, size);
            wall.put(line.id, frame);
            places.insert(line.id.clone(), frame.at);
        }
        before = wall.frames.get(line.id).copied().or(before);
    }
    places
}
