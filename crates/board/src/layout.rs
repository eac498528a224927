//! Places for stickies: flow (from the order) and free (from `pos`), the drop rules. Pure.

use crate::{At, Board, LineId, Op, Point};
use emd::Kind;
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
}

pub const GAP: f64 = 20.0;

/// Width and height of a sticky of this kind.
pub const fn size(kind: Kind) -> (f64, f64) {
    match kind {
        Kind::Actor => (100.0, 100.0),
        Kind::Hotspot | Kind::Opportunity => (170.0, 170.0),
        Kind::Screen => (320.0, 200.0),
        Kind::Term | Kind::Note => (200.0, 120.0),
        Kind::Heading(1) => (420.0, 60.0),
        Kind::Heading(_) | Kind::Chapter | Kind::Lane | Kind::Context => (420.0, 40.0),
        _ => (200.0, 200.0),
    }
}

/// Lays the whole board out.
pub fn layout(board: &Board) -> Layout {
    let mut layout = Layout::default();
    let mut x = 0.0;
    for id in &board.order {
        let Some(line) = board.line(id).filter(|line| line.kind.is_sticky()) else {
            continue;
        };
        let (width, height) = size(line.kind);
        let at = line.pos.unwrap_or(Point { x, y: 0.0 });
        x += width + GAP;
        layout.frames.insert(id.clone(), Frame { at, width, height });
    }
    layout
}

/// A line whose place a plan settles.
pub(crate) struct Candidate<'a> {
    pub id: &'a LineId,
    pub kind: Kind,
    /// It has no place among its new neighbours yet.
    pub homeless: bool,
}

/// On a free board: places beside their neighbours for lines that have none there yet.
pub(crate) fn places_for<'a>(
    board: &Board,
    candidates: impl Iterator<Item = Candidate<'a>>,
) -> HashMap<LineId, Point> {
    let _ = (board, candidates);
    HashMap::new()
}

/// Steps that write down the place of every sticky: the board is free from then on.
pub(crate) fn all_places(board: &Board) -> Vec<Op> {
    let layout = layout(board);
    board
        .order
        .iter()
        .filter_map(|id| {
            let frame = layout.frames.get(id)?;
            Some(Op::SetPos { id: id.clone(), pos: Some(frame.at) })
        })
        .collect()
}

/// What a drop comes to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DropOutcome {
    /// Where the lines go in the order; `None`: it stays.
    pub at: Option<At>,
    /// The insertion mark, from its upper to its lower end.
    pub mark: Option<(Point, Point)>,
}

/// What dropping these stickies that far from where they lie would come to.
pub fn drop(board: &Board, layout: &Layout, lines: &[LineId], by: Point) -> DropOutcome {
    let _ = (board, layout, lines, by);
    DropOutcome::default()
}
