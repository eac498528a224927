//! Rectangles, bounds, and what lies near what. Pure.

use crate::layout::Frame;
use crate::{LineId, Point};
use std::collections::HashMap;

impl Frame {
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Frame {
        Frame { at: Point { x, y }, width, height }
    }

    pub fn right(&self) -> f64 {
        self.at.x + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.at.y + self.height
    }

    pub fn centre(&self) -> Point {
        Point { x: self.at.x + self.width / 2.0, y: self.at.y + self.height / 2.0 }
    }

    pub fn holds(&self, point: Point) -> bool {
        point.x >= self.at.x && point.x < self.right() && point.y >= self.at.y && point.y < self.bottom()
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Frame) -> bool {
        self.at.x < other.right()
            && other.at.x < self.right()
            && self.at.y < other.bottom()
            && other.at.y < self.bottom()
    }

    pub fn moved(&self, by: Point) -> Frame {
        Frame { at: Point { x: self.at.x + by.x, y: self.at.y + by.y }, ..*self }
    }

    pub fn grown(&self, margin: f64) -> Frame {
        Frame::new(
            self.at.x - margin,
            self.at.y - margin,
            self.width + 2.0 * margin,
            self.height + 2.0 * margin,
        )
    }

    /// The smallest frame around both.
    pub fn with(&self, other: &Frame) -> Frame {
        let (x, y) = (self.at.x.min(other.at.x), self.at.y.min(other.at.y));
        Frame::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }
}

/// The smallest frame around all of them; `None` around nothing.
pub fn bounds<'a>(frames: impl IntoIterator<Item = &'a Frame>) -> Option<Frame> {
    frames.into_iter().copied().reduce(|all, frame| all.with(&frame))
}

/// A uniform grid over frames: what lies near a point or in an area, without looking at everything.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    cells: HashMap<(i64, i64), Vec<LineId>>,
}

const CELL: f64 = 400.0;

fn cells(frame: &Frame) -> impl Iterator<Item = (i64, i64)> + use<> {
    let cell = |at: f64| (at / CELL).floor() as i64;
    let (left, right) = (cell(frame.at.x), cell(frame.right()));
    let (top, bottom) = (cell(frame.at.y), cell(frame.bottom()));
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

impl Grid {
    pub fn insert(&mut self, id: &LineId, frame: &Frame) {
        for cell in cells(frame) {
            self.cells.entry(cell).or_default().push(id.clone());
        }
    }

    pub fn remove(&mut self, id: &LineId, frame: &Frame) {
        for cell in cells(frame) {
            if let Some(ids) = self.cells.get_mut(&cell) {
                ids.retain(|other| other != id);
            }
        }
    }

    /// What may lie in an area, without repetition.
    pub fn near(&self, area: &Frame) -> Vec<&LineId> {
        let wide = area.width / CELL * (area.height / CELL) > self.cells.len() as f64;
        let mut ids: Vec<&LineId> = if wide {
            self.cells.values().flatten().collect()
        } else {
            cells(area).filter_map(|cell| self.cells.get(&cell)).flatten().collect()
        };
        ids.sort();
        ids.dedup();
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(x: f64, y: f64) -> Frame {
        Frame::new(x, y, 200.0, 200.0)
    }

    #[test]
    fn frames_that_touch_do_not_overlap() {
        assert!(!frame(0.0, 0.0).overlaps(&frame(200.0, 0.0)));
        assert!(frame(0.0, 0.0).overlaps(&frame(199.0, 199.0)));
    }

    #[test]
    fn the_grid_finds_what_lies_in_an_area() {
        let mut grid = Grid::default();
        let ids: Vec<LineId> = (0..100).map(|nth| LineId(format!("{nth:02}").into())).collect();
        for (nth, id) in ids.iter().enumerate() {
            grid.insert(id, &frame(nth as f64 * 220.0, 0.0));
        }
        let near = grid.near(&Frame::new(2200.0, 0.0, 10.0, 10.0));
        assert!(near.contains(&&ids[10]) && near.len() < 10);
        grid.remove(&ids[10], &frame(2200.0, 0.0));
        assert!(!grid.near(&Frame::new(2200.0, 0.0, 10.0, 10.0)).contains(&&ids[10]));
        assert_eq!(grid.near(&Frame::new(-1e9, -1e9, 2e9, 2e9)).len(), 99);
    }
}
