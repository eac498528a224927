//! A kind is chosen; the next click says where.

use super::{Effect, Input, State, View};
use emd::Kind;

pub fn step(kind: Kind, input: Input, view: &View<'_>) -> (State, Vec<Effect>) {
    match input {
        Input::Down { at, held, .. } if held.hand => (State::Panning { last: at }, vec![]),
        Input::Up { at, .. } => {
            let around = view.camera.to_wall(at.x, at.y);
            (State::Idle, vec![Effect::Write { kind, around }])
        }
        Input::Cancel => (State::Idle, vec![]),
        Input::Down { .. } | Input::Move { .. } | Input::Arm(_) => (State::Placing { kind }, vec![]),
    }
}
