//! The wall is being pulled.

use super::{Effect, Input, Screen, State};

pub fn step(last: Screen, way: Screen, input: Input) -> (State, Vec<Effect>) {
    match input {
        Input::Move { at, .. } => {
            let (dx, dy) = (at.x - last.x, at.y - last.y);
            let way = Screen { x: way.x + dx, y: way.y + dy };
            (State::Panning { last: at, way }, vec![Effect::Pan { dx, dy }])
        }
        Input::Up { .. } | Input::Pinch => (State::Idle, vec![]),
        Input::Cancel => (State::Idle, vec![Effect::Pan { dx: -way.x, dy: -way.y }]),
        Input::Down { .. } | Input::Rest | Input::Arm(_) => (State::Panning { last, way }, vec![]),
    }
}
