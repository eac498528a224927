//! Rectangles, hit tests, bounds, fitting a view. Pure.

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

    /// The frame with these two opposite corners, in any order.
    pub fn between(a: Point, b: Point) -> Frame {
        Frame::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
    }
}

/// The smallest frame around all of them; `None` around nothing.
pub fn bounds<'a>(frames: impl IntoIterator<Item = &'a Frame>) -> Option<Frame> {
    frames.into_iter().copied().reduce(|all, frame| all.with(&frame))
}

/// The topmost frame under a point: stickies lie on each other in the given order, the last on top.
pub fn hit<'a>(
    order: impl IntoIterator<Item = &'a LineId, IntoIter: DoubleEndedIterator>,
    frames: &HashMap<LineId, Frame>,
    point: Point,
) -> Option<&'a LineId> {
    let holds = |id: &&LineId| frames.get(*id).is_some_and(|frame| frame.holds(point));
    order.into_iter().rev().find(holds)
}

/// What an area touches (a marquee).
pub fn within<'a>(
    order: impl IntoIterator<Item = &'a LineId>,
    frames: &HashMap<LineId, Frame>,
    area: &Frame,
) -> impl Iterator<Item = &'a LineId> {
    let touches = |id: &&LineId| frames.get(*id).is_some_and(|frame| frame.overlaps(area));
    order.into_iter().filter(touches)
}

/// How the wall is seen: the wall point at the view's top left corner, and screen pixels per wall pixel.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct View {
    pub corner: Point,
    pub zoom: f64,
}

pub const LEAST_ZOOM: f64 = 0.05;
pub const MOST_ZOOM: f64 = 4.0;

/// The view that shows `content` in the middle of a screen area, at most at full size.
pub fn fit(content: &Frame, width: f64, height: f64, padding: f64) -> View {
    let room = |side: f64| (side - 2.0 * padding).max(1.0);
    let zoom = (room(width) / content.width.max(1.0))
        .min(room(height) / content.height.max(1.0))
        .clamp(LEAST_ZOOM, 1.0);
    let centre = content.centre();
    View { corner: Point { x: centre.x - width / zoom / 2.0, y: centre.y - height / zoom / 2.0 }, zoom }
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
    fn a_view_that_fits_shows_all_of_the_content_in_the_middle() {
        let content = Frame::new(-100.0, 50.0, 3000.0, 500.0);
        let view = fit(&content, 1440.0, 900.0, 128.0);
        let (left, right) = (view.corner.x, view.corner.x + 1440.0 / view.zoom);
        assert!(left < content.at.x && content.right() < right);
        assert!((content.at.x - left - (right - content.right())).abs() < 1e-6);
        assert_eq!(fit(&frame(0.0, 0.0), 1440.0, 900.0, 128.0).zoom, 1.0);
    }

    #[test]
    fn the_topmost_frame_under_a_point_is_hit() {
        let (a, b) = (LineId("a".into()), LineId("b".into()));
        let frames = HashMap::from([(a.clone(), frame(0.0, 0.0)), (b.clone(), frame(100.0, 0.0))]);
        let order = [&a, &b];
        let hit_at = |x| hit(order, &frames, Point { x, y: 50.0 });
        assert_eq!(hit_at(150.0), Some(&b));
        assert_eq!(hit_at(50.0), Some(&a));
        assert_eq!(hit_at(500.0), None);
    }

    #[test]
    fn a_marquee_takes_what_it_touches_whichever_corner_it_began_at() {
        let (a, b) = (LineId("a".into()), LineId("b".into()));
        let frames = HashMap::from([(a.clone(), frame(0.0, 0.0)), (b.clone(), frame(500.0, 0.0))]);
        let area = Frame::between(Point { x: 300.0, y: 300.0 }, Point { x: 150.0, y: -10.0 });
        assert_eq!(within([&a, &b], &frames, &area).collect::<Vec<_>>(), [&a]);
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
