//! Places on a free board: beside the neighbour in the text, where nothing lies yet.

use super::slice::{ABOVE, OVER};
use super::{Frame, GAP, Sticky, block, layout};
use crate::geometry::{Grid, bounds};
use crate::{Board, Line, LineId, Point};
use emd::Kind;
use std::collections::HashMap;

/// From all that lies on the wall to a new part of it.
const APART: f64 = 140.0;

/// More new lines than this in a row lie in a block, as they would in flow.
const FEW: usize = 3;

/// A line whose place a plan settles, in text order.
pub(crate) struct Candidate<'a> {
    pub id: &'a LineId,
    pub kind: Kind,
    pub text: &'a str,
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
    fn beside(&self, neighbour: Option<&(Kind, Frame)>, kind: Kind, (width, height): (f64, f64)) -> Frame {
        let Some((host_kind, host)) = neighbour else {
            let corner = bounds(self.frames.values()).map_or(Point::default(), |all| all.at);
            let above = Frame::new(corner.x, corner.y - height - GAP, width, height);
            return if self.frames.is_empty() { Frame::new(0.0, 0.0, width, height) } else { above };
        };
        if matches!(kind, Kind::Hotspot | Kind::Opportunity) {
            return Frame::new(host.right() - OVER, host.at.y - ABOVE, width, height);
        }
        if is_title(kind) {
            let all = bounds(self.frames.values()).unwrap_or(*host);
            return Frame::new(all.at.x, all.bottom() + APART, width, height);
        }
        let right = Frame::new(host.right() + GAP, host.at.y, width, height);
        let below = Frame::new(host.at.x, host.bottom() + GAP, width, height);
        let hangs = matches!(kind, Kind::ReadModel | Kind::Policy) || is_title(*host_kind);
        let first = if hangs { [below, right] } else { [right, below] };
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

/// What stands over others begins a part of the wall of its own.
fn is_title(kind: Kind) -> bool {
    matches!(kind, Kind::Heading(_) | Kind::Chapter | Kind::Lane | Kind::Context)
}

/// The steps of a ring around a place, rightwards and downwards first.
fn around(ring: i32) -> impl Iterator<Item = (f64, f64)> {
    // Each step as one number that sorts as it is to be tried: the page has that sort already.
    const HALF: i32 = 1 << 19;
    let mut steps: Vec<u64> = (-ring..=ring)
        .flat_map(|x| (-ring..=ring).map(move |y| (x, y)))
        .filter(|(x, y)| x.abs().max(y.abs()) == ring)
        .map(|(x, y)| {
            [x.abs() + y.abs(), HALF - y, HALF - x].iter().fold(0, |all, part| all << 20 | *part as u64)
        })
        .collect();
    steps.sort_unstable();
    let part = |step: u64| f64::from(HALF - (step & 0xF_FFFF) as i32);
    steps.into_iter().map(move |step| (part(step), part(step >> 20)))
}

/// The frames of a free board: lines that have no place lie beside the sticky before them.
pub(super) fn free(stickies: &[Sticky<'_>]) -> Vec<Frame> {
    let own = |sticky: &Sticky<'_>| {
        let (width, height) = sticky.size;
        sticky.line.pos.map(|at| Frame { at, width, height })
    };
    let mut frames: Vec<Option<Frame>> = stickies.iter().map(own).collect();
    if frames.iter().any(Option::is_none) {
        let mut wall = Wall::default();
        for (sticky, frame) in stickies.iter().zip(&frames) {
            if let Some(frame) = frame {
                wall.put(sticky.id, *frame);
            }
        }
        let mut before: Option<(Kind, Frame)> = None;
        for (sticky, frame) in stickies.iter().zip(&mut frames) {
            let kind = sticky.line.kind;
            let place = frame.unwrap_or_else(|| wall.beside(before.as_ref(), kind, sticky.size));
            if frame.replace(place).is_none() {
                wall.put(sticky.id, place);
            }
            before = Some((kind, place));
        }
    }
    frames.into_iter().flatten().collect()
}

/// On a free board: places beside their neighbours for lines that have none there yet.
pub(crate) fn places_for<'a>(
    board: &Board,
    candidates: impl Iterator<Item = Candidate<'a>>,
) -> HashMap<LineId, Point> {
    let candidates: Vec<Candidate<'_>> = candidates.filter(|line| line.kind.is_on_wall()).collect();
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
    let mut before: Option<(Kind, Frame)> = None;
    let mut next = 0;
    while let Some(line) = candidates.get(next) {
        if !line.homeless {
            before = wall.frames.get(line.id).map(|frame| (line.kind, *frame)).or(before);
            next += 1;
            continue;
        }
        let run = candidates[next..].iter().take_while(|line| line.homeless).count();
        let there = |line: &Candidate<'_>| Some((line.kind, *wall.frames.get(line.id)?));
        let neighbour = before.or_else(|| candidates[next + run..].iter().find_map(there));
        // What comes together stays together.
        let count = if run > FEW { run } else { 1 };
        let lines: Vec<Line> =
            candidates[next..next + count].iter().map(|line| Line::new(line.text.to_owned())).collect();
        let named = candidates[next..].iter().map(|line| line.id).zip(&lines).collect::<Vec<_>>();
        let block = block(&named);
        let all = bounds(&block).unwrap_or_default();
        let corner = wall.beside(neighbour.as_ref(), line.kind, (all.width, all.height)).at;
        for ((id, line), frame) in named.into_iter().zip(block) {
            let frame = frame.moved(corner);
            wall.put(id, frame);
            places.insert(id.clone(), frame.at);
            before = Some((line.kind, frame));
        }
        next += count;
    }
    places
}
