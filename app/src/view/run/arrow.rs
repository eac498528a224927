//! Arrows between stickies: from the edges that face each other, straight out and straight in, and over what stands
//! between. Pure.

use crate::decimals::number;
use board::layout::Frame;

/// From here on something may stand between two stickies, in wall pixels.
const FAR: f64 = 100.0;
const LONG: f64 = 11.0;
const WIDE: f64 = 6.5;

type Point = (f64, f64);

/// A cubic curve: where it begins, what pulls it, where it ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Arrow([Point; 4]);

impl Arrow {
    /// Through the free room: beside each other from side to side, over each other from edge to edge, and else around
    /// one corner by the lower way.
    pub fn between(from: Frame, to: Frame) -> Arrow {
        let (a, b) = (from.centre(), to.centre());
        let across = (to.at.x - from.right()).max(from.at.x - to.right());
        let along = (to.at.y - from.bottom()).max(from.at.y - to.bottom());
        if across > 0.0 && along > 0.0 && along < FAR {
            let side = |frame: Frame, right: bool| if right { frame.right() } else { frame.at.x };
            return match b.y > a.y {
                true => {
                    let (corner, end) = ((a.x, b.y), (side(to, a.x > b.x), b.y));
                    Arrow([(a.x, from.bottom()), corner, corner, end])
                }
                false => {
                    let (start, corner) = ((side(from, b.x > a.x), a.y), (b.x, a.y));
                    Arrow([start, corner, corner, (b.x, to.bottom())])
                }
            };
        }
        if across >= along && along < FAR {
            let forth = b.x > a.x;
            if across > FAR && (a.y - b.y).abs() < from.height / 2.0 {
                return Arrow::over(from, to, forth);
            }
            let (start, end) = if forth { (from.right(), to.at.x) } else { (from.at.x, to.right()) };
            let middle = (start + end) / 2.0;
            Arrow([(start, a.y), (middle, a.y), (middle, b.y), (end, b.y)])
        } else {
            let down = b.y > a.y;
            let (start, end) = if down { (from.bottom(), to.at.y) } else { (from.at.y, to.bottom()) };
            let middle = (start + end) / 2.0;
            Arrow([(a.x, start), (a.x, middle), (b.x, middle), (b.x, end)])
        }
    }

    /// A hop from one upper edge to the other.
    fn over(from: Frame, to: Frame, forth: bool) -> Arrow {
        let side = |frame: Frame, part: f64| frame.at.x + frame.width * part;
        let (x, end) =
            if forth { (side(from, 0.75), side(to, 0.25)) } else { (side(from, 0.25), side(to, 0.75)) };
        let high = from.at.y.min(to.at.y) - ((end - x).abs() * 0.3).min(110.0);
        Arrow([(x, from.at.y), (x, high), (end, high), (end, to.at.y)])
    }

    pub fn bow(&self) -> String {
        let [start, one, two, end] = self.0.map(written);
        ["M", &start, "C", &one, " ", &two, " ", &end].concat()
    }

    pub fn tip(&self) -> String {
        let [.., (px, py), (x, y)] = self.0;
        // The curve arrives along one axis.
        let (dx, dy) = if (x - px).abs() >= (y - py).abs() {
            ((x - px).signum(), 0.0)
        } else {
            (0.0, (y - py).signum())
        };
        let side = |way: f64| written((x - dx * LONG - dy * WIDE * way, y - dy * LONG - dx * WIDE * way));
        ["M", &side(1.0), "L", &written((x, y)), "L", &side(-1.0)].concat()
    }
}

fn written((x, y): Point) -> String {
    [number(x), number(y)].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sticky(x: f64, y: f64) -> Frame {
        Frame::new(x, y, 200.0, 200.0)
    }

    #[test]
    fn neighbours_are_joined_by_the_edges_that_face_each_other() {
        let right = Arrow::between(sticky(0.0, 0.0), sticky(300.0, 40.0));
        assert_eq!(right.bow(), "M200 100C250 100 250 140 300 140");
        assert_eq!(right.tip(), "M289 133.5L300 140L289 146.5");
        let down = Arrow::between(sticky(0.0, 0.0), sticky(210.0, 280.0));
        assert_eq!(down.bow(), "M100 200C100 380 100 380 210 380", "down, and then in from the side");
        let up = Arrow::between(sticky(0.0, 280.0), sticky(210.0, 0.0));
        assert_eq!(up.bow(), "M200 380C310 380 310 380 310 200", "out by the side, and then up");
        let far = Arrow::between(sticky(400.0, 0.0), sticky(0.0, 600.0));
        assert_eq!(far.bow(), "M500 200C500 400 100 400 100 600", "into another row from edge to edge");
        let under = Arrow::between(sticky(0.0, 0.0), sticky(10.0, 280.0));
        assert_eq!(under.bow(), "M100 200C100 240 110 240 110 280");
        let back = Arrow::between(sticky(300.0, 0.0), sticky(0.0, 0.0));
        assert_eq!(back.tip(), "M211 106.5L200 100L211 93.5");
    }

    #[test]
    fn what_stands_between_is_hopped_over() {
        let far = Arrow::between(sticky(0.0, 0.0), sticky(432.0, 0.0));
        assert_eq!(far.bow(), "M150 0C150 -99.6 482 -99.6 482 0");
        assert_eq!(far.tip(), "M475.5 -11L482 0L488.5 -11");
    }
}
