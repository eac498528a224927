//! The wall is being pulled.

use super::{Effect, Input, Screen, State};

pub fn step(last: Screen, input: Input) -> (State, Vec<Effect>) {
    match input {
        Input::Move { at, .. } => {
            (State::Panning { last: at }, vec![Effect::Pan { dx: at.x - last.x, dy: at.y - last.y }])
        }
        Input::Up { .. } | Input::Cancel => (State::Idle, vec![]),
        Input::Down { .. } | Input::Arm(_) => (State::Panning { last }, vec![]),
    }
}
