//! A rectangle is being drawn around stickies.

use super::{Effect, Input, Screen, State, View};
use crate::camera::Area;
use board::LineId;

pub fn step(from: Screen, kept: Vec<LineId>, input: Input, view: &View<'_>) -> (State, Vec<Effect>) {
    match input {
        Input::Move { at, .. } => {
            let area = between(from, at, view);
            let mut selection = kept.clone();
            selection.extend((view.touching)(area).into_iter().filter(|line| !kept.contains(line)));
            (State::Marquee { from, kept }, vec![Effect::Marquee(Some(area)), Effect::Select(selection)])
        }
        Input::Up { .. } => (State::Idle, vec![Effect::Marquee(None)]),
        Input::Cancel => (State::Idle, vec![Effect::Marquee(None), Effect::Select(kept)]),
        Input::Down { .. } | Input::Arm(_) => (State::Marquee { from, kept }, vec![]),
    }
}

fn between(from: Screen, to: Screen, view: &View<'_>) -> Area {
    let (a, b) = (view.camera.to_wall(from.x, from.y), view.camera.to_wall(to.x, to.y));
    Area { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() }
}
