//! Nothing is held down.

use super::{Effect, Input, Screen, State};

pub fn step(input: Input) -> (State, Vec<Effect>) {
    match input {
        Input::Down { at, held, .. } if held.hand => {
            (State::Panning { last: at, way: Screen::default() }, vec![])
        }
        Input::Down { at, on, held } => (State::Pressing { from: at, on, held }, vec![]),
        _ => (State::Idle, vec![]),
    }
}
