//! Edges and centres of what is carried fall in with those of what lies near, and lines show it. Without a grid.

use board::Point;
use board::layout::Frame;

/// So near, in screen pixels, that the hand may mean it.
pub const REACH: f64 = 8.0;
/// Two places are one.
const SAME: f64 = 0.01;

/// A line along which frames lie.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Guide {
    pub from: Point,
    pub to: Point,
}

/// A way that stickies go, and the guides that it follows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Snap {
    pub by: Point,
    pub guides: Vec<Guide>,
}

/// A frame seen along one axis.
#[derive(Clone, Copy)]
struct Span {
    start: f64,
    end: f64,
}

impl Span {
    fn across(frame: &Frame) -> Span {
        Span { start: frame.at.x, end: frame.at.x + frame.width }
    }

    fn down(frame: &Frame) -> Span {
        Span { start: frame.at.y, end: frame.at.y + frame.height }
    }

    fn edges(self) -> [f64; 2] {
        [self.start, self.end]
    }

    fn centre(self) -> f64 {
        f64::midpoint(self.start, self.end)
    }

    /// Every way from a line of this span to one of the other that is like it: edge to edge, centre to centre.
    fn ways(self, other: Span) -> impl Iterator<Item = (f64, f64)> {
        let edges = self.edges().into_iter().flat_map(move |a| other.edges().map(|b| (b - a, b)));
        edges.chain(std::iter::once((other.centre() - self.centre(), other.centre())))
    }
}

/// Where something that has been pulled `by` this way comes to lie among `others`; `reach` is in wall pixels.
pub fn snap(moving: &Frame, by: Point, others: &[Frame], reach: f64) -> Snap {
    let pulled = shifted(moving, by);
    let dx = nearest(Span::across(&pulled), others, Span::across, reach).unwrap_or(0.0);
    let dy = nearest(Span::down(&pulled), others, Span::down, reach).unwrap_or(0.0);
    let settled = shifted(&pulled, Point { x: dx, y: dy });
    let mut guides = along(&settled, others, Span::across, Span::down, |at, from, to| Guide {
        from: Point { x: at, y: from },
        to: Point { x: at, y: to },
    });
    guides.extend(along(&settled, others, Span::down, Span::across, |at, from, to| Guide {
        from: Point { x: from, y: at },
        to: Point { x: to, y: at },
    }));
    Snap { by: Point { x: by.x + dx, y: by.y + dy }, guides }
}

fn shifted(frame: &Frame, by: Point) -> Frame {
    Frame { at: Point { x: frame.at.x + by.x, y: frame.at.y + by.y }, ..*frame }
}

/// The shortest way that brings a line of `span` onto one of the others.
fn nearest(span: Span, others: &[Frame], axis: fn(&Frame) -> Span, reach: f64) -> Option<f64> {
    let ways = others.iter().flat_map(|other| span.ways(axis(other))).map(|(way, _)| way);
    ways.filter(|way| way.abs() <= reach).min_by(|a, b| a.abs().total_cmp(&b.abs()))
}

/// The lines on which the settled frame lies together with others, from end to end.
fn along(
    settled: &Frame,
    others: &[Frame],
    axis: fn(&Frame) -> Span,
    across: fn(&Frame) -> Span,
    guide: fn(f64, f64, f64) -> Guide,
) -> Vec<Guide> {
    let mut lines: Vec<(f64, Span)> = Vec::new();
    for other in others {
        let touching = axis(settled).ways(axis(other)).filter(|(way, _)| way.abs() < SAME);
        for (_, at) in touching {
            let seen = across(other);
            match lines.iter_mut().find(|(known, _)| (known - at).abs() < SAME) {
                Some((_, span)) => {
                    *span = Span { start: span.start.min(seen.start), end: span.end.max(seen.end) };
                }
                None => lines.push((at, seen)),
            }
        }
    }
    let own = across(settled);
    lines.into_iter().map(|(at, span)| guide(at, span.start.min(own.start), span.end.max(own.end))).collect()
}
