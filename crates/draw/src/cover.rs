//! What is stuck on a sticky's corners, and how much of the sticky it hides: words keep clear of it, as on the page.

use board::geometry::Grid;
use board::layout::{Frame, Layout, layer};
use board::{Board, LineId};

/// How much is hidden, in pixels of the wall.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Cover {
    /// From the right edge, by what lies on the upper half.
    pub right: f64,
    /// From the left edge, by what lies on the lower half.
    pub left: f64,
    /// From the lower edge, by the same.
    pub bottom: f64,
}

/// The stickies that lie on others.
pub struct Covers<'a> {
    layout: &'a Layout,
    grid: Grid,
}

impl<'a> Covers<'a> {
    pub fn of(board: &Board, layout: &'a Layout) -> Covers<'a> {
        let mut grid = Grid::default();
        for (id, frame) in &layout.frames {
            if board.line(id).is_some_and(|line| layer(line.kind) > 0) {
                grid.insert(id, frame);
            }
        }
        Covers { layout, grid }
    }

    /// What lies on this sticky; on what is itself stuck on others lies nothing.
    pub fn on(&self, id: &LineId, frame: &Frame) -> Cover {
        let near = self.grid.near(frame);
        if near.contains(&id) {
            return Cover::default();
        }
        let mut cover = Cover::default();
        for top in
            near.into_iter().filter_map(|id| self.layout.frames.get(id)).filter(|top| top.overlaps(frame))
        {
            let (here, there) = (frame.centre(), top.centre());
            if there.y < here.y && there.x > here.x {
                cover.right = cover.right.max(frame.right() - top.at.x);
            } else if there.y > here.y && there.x < here.x {
                cover.left = cover.left.max(top.right() - frame.at.x);
                cover.bottom = cover.bottom.max(frame.bottom() - top.at.y);
            }
        }
        cover
    }
}
