//! A rectangle is being drawn around stickies.

use super::{Effect, Input, State, View};
use crate::camera::Area;
use board::{LineId, Point};

pub fn step(
    from: Point,
    kept: Vec<LineId>,
    before: Vec<LineId>,
    input: Input,
    view: &View<'_>,
) -> (State, Vec<Effect>) {
    match input {
        Input::Move { at, .. } => {
            let area = between(from, view.to_wall(at));
            let mut selection = kept.clone();
            for line in view.wall.touching(area) {
                // Who takes one of a group takes the group.
                let fresh: Vec<LineId> =
                    view.wall.group(&line).into_iter().filter(|line| !selection.contains(line)).collect();
                selection.extend(fresh);
            }
            let effects = vec![Effect::Marquee(Some(area)), Effect::Select(selection)];
            (State::Marquee { from, kept, before }, effects)
        }
        Input::Up { .. } => (State::Idle, vec![Effect::Marquee(None)]),
        Input::Cancel | Input::Pinch => (State::Idle, vec![Effect::Marquee(None), Effect::Select(before)]),
        Input::Down { .. } | Input::Rest | Input::Arm(_) => (State::Marquee { from, kept, before }, vec![]),
    }
}

fn between(a: Point, b: Point) -> Area {
    Area { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() }
}
