//! A kind is chosen; the next click says where.

use super::{Effect, Input, Screen, State, View};
use emd::Kind;

pub fn step(kind: Kind, input: Input, view: &View<'_>) -> (State, Vec<Effect>) {
    match input {
        Input::Down { at, held, .. } if held.hand => {
            (State::Panning { last: at, way: Screen::default() }, vec![])
        }
        Input::Down { at, on, held } if held.right => (State::Pressing { from: at, on, held }, vec![]),
        Input::Up { at, .. } => (State::Idle, vec![Effect::Write { kind, around: view.to_wall(at) }]),
        Input::Cancel | Input::Pinch => (State::Idle, vec![]),
        Input::Down { .. } | Input::Move { .. } | Input::Rest | Input::Arm(_) => {
            (State::Placing { kind }, vec![])
        }
    }
}
