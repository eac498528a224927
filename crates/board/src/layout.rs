//! Places for stickies: flow (from the order) and free (from `pos`), the drop rules. Pure.
//!
//! Invariants: every sticky has a frame; in flow nothing overlaps but what is meant to (an actor on its command, a
//! hotspot or opportunity on the sticky before it), no edge of a region runs through a sticky, and the wall reads
//! from left to right, row by row, in text order.

mod beside;
mod drop;
mod flow;
mod regions;
mod slice;

pub(crate) use beside::{Candidate, places_for};
pub use drop::{DropOutcome, at, drop};

use crate::geometry::bounds;
use crate::{Board, Line, LineId, Op, Point};
use emd::{Annotation, Kind};
use std::collections::HashMap;

/// Where a sticky lies and how large it is.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Frame {
    pub at: Point,
    pub width: f64,
    pub height: f64,
}

/// The frames of all stickies (annotations, scenario lines, blanks and carets have none).
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub frames: HashMap<LineId, Frame>,
    /// The stickies in reading order: text order.
    pub order: Vec<LineId>,
    /// What lies under the stickies: bands and outlines, from the lowest to the topmost.
    pub regions: Vec<Region>,
    /// The shape of the board that this is the layout of.
    shape: u64,
}

/// A part of the wall that a line speaks for.
#[derive(Clone, PartialEq, Debug)]
pub struct Region {
    /// The chapter, lane or context; for `Pivotal` the event that is.
    pub line: LineId,
    pub shape: Shape,
    pub frame: Frame,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A range of the timeline.
    Chapter,
    /// A band within the chapter.
    Lane,
    /// An outline around the lines of a context.
    Context,
    /// A line over the full height of the row.
    Pivotal,
}

pub const GAP: f64 = 20.0;
/// From a pivotal event to its line, and from there to what comes after.
const PIVOTAL: f64 = 20.0;

/// No title is longer than this.
const LONGEST: f64 = 3800.0;

/// Width and height of a sticky of this kind. Headings are as long as their text: see `size_of`.
pub const fn size(kind: Kind) -> (f64, f64) {
    match kind {
        Kind::Actor => (100.0, 100.0),
        Kind::Hotspot | Kind::Opportunity => (170.0, 170.0),
        Kind::Screen | Kind::Scenario(_) => (320.0, 200.0),
        Kind::Term | Kind::Note => (200.0, 120.0),
        Kind::Heading(1) => (420.0, 60.0),
        Kind::Heading(_) | Kind::Chapter | Kind::Lane | Kind::Context => (420.0, 40.0),
        _ => (200.0, 200.0),
    }
}

/// Which of two stickies that are meant to overlap lies on top: the one with the higher number. Hit tests and views
/// go by this first and by text order second (an actor comes before the command that it lies on).
pub const fn layer(kind: Kind) -> u8 {
    match kind {
        Kind::Actor | Kind::Hotspot | Kind::Opportunity => 1,
        _ => 0,
    }
}

/// Width and height of this line's sticky.
pub fn size_of(line: &Line) -> (f64, f64) {
    size_of_text(line.kind, &line.text)
}

/// Titles are as long as what they say.
pub(crate) fn size_of_text(kind: Kind, text: &str) -> (f64, f64) {
    let (width, height) = size(kind);
    let letter = match kind {
        Kind::Heading(1) => 18.0,
        Kind::Heading(_) | Kind::Chapter | Kind::Lane | Kind::Context => 13.0,
        _ => return (width, height),
    };
    // Scripts from here on have letters that are as wide as they are high.
    let wide = |sign: char| if sign < '\u{1100}' { 1.0 } else { 1.9 };
    let name = emd::line(text).name.text;
    let needed = name.chars().map(wide).sum::<f64>() * letter + 2.0 * GAP;
    (needed.clamp(width, LONGEST), height)
}

impl Layout {
    /// Whether laying the board out would come to the same: no need to.
    pub fn is_of(&self, board: &Board) -> bool {
        self.shape == board.shape
    }

    /// The stickies from the lowest to the topmost one.
    pub fn stacking(&self, board: &Board) -> Vec<LineId> {
        let layer = |id: &LineId| board.line(id).map_or(0, |line| layer(line.kind));
        let mut order = self.order.clone();
        order.sort_by_key(layer);
        order
    }
}

/// Lays the whole board out.
pub fn layout(board: &Board) -> Layout {
    let stickies = read(board);
    let (frames, rows) = match board.is_free() {
        true => (beside::free(&stickies), None),
        false => {
            let (frames, rows) = flow::flow(&stickies);
            (frames, Some(rows))
        }
    };
    let regions = regions::regions(&stickies, &frames, rows.as_deref());
    let order: Vec<LineId> = stickies.iter().map(|sticky| sticky.id.clone()).collect();
    Layout { frames: order.iter().cloned().zip(frames).collect(), order, regions, shape: board.shape }
}

/// The places that these lines would have in flow if there were no others, in text order.
pub(crate) fn flow_of(board: &Board, wanted: impl Fn(&Line) -> bool) -> Vec<(LineId, Frame)> {
    let mut stickies = read(board);
    stickies.retain(|sticky| wanted(sticky.line));
    let (frames, _) = flow::flow(&stickies);
    stickies.iter().map(|sticky| sticky.id.clone()).zip(frames).collect()
}

/// The frames of these lines as if they were a board of their own, from the origin on, in the same order.
pub(crate) fn block(lines: &[(&LineId, &Line)]) -> Vec<Frame> {
    let sticky = |&(id, line): &(_, _)| Sticky { id, line, size: size_of(line), pivotal: false };
    let (mut frames, _) = flow::flow(&lines.iter().map(sticky).collect::<Vec<_>>());
    let corner = bounds(&frames).unwrap_or_default().at;
    for frame in &mut frames {
        *frame = frame.moved(Point { x: -corner.x, y: -corner.y });
    }
    frames
}

/// What a layout reads of a sticky.
struct Sticky<'a> {
    id: &'a LineId,
    line: &'a Line,
    size: (f64, f64),
    pivotal: bool,
}

/// The stickies in text order.
fn read(board: &Board) -> Vec<Sticky<'_>> {
    let mut stickies: Vec<Sticky<'_>> = Vec::with_capacity(board.order.len());
    for (id, line) in board.order.iter().filter_map(|id| Some((id, board.line(id)?))) {
        if line.kind.is_on_wall() {
            stickies.push(Sticky { id, line, size: size_of(line), pivotal: false });
        } else if line.kind == Kind::Annotation(Annotation::Pivotal)
            && let Some(last) = stickies.last_mut()
        {
            last.pivotal = last.line.kind == Kind::Event;
        }
    }
    stickies
}

pub(crate) fn stickies(board: &Board) -> impl Iterator<Item = (&LineId, &Line)> {
    let lines = board.order.iter().filter_map(|id| Some((id, board.line(id)?)));
    lines.filter(|(_, line)| line.kind.is_on_wall())
}

/// Steps that write down the place of every sticky: the board is free from then on.
pub(crate) fn all_places(board: &Board) -> Vec<Op> {
    let layout = layout(board);
    let place =
        |id: &LineId| layout.frames.get(id).map(|frame| Op::SetPos { id: id.clone(), pos: Some(frame.at) });
    layout.order.iter().filter_map(place).collect()
}
