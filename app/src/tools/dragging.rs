//! Stickies are being carried. The document hears of it once, at the end.

use super::{Effect, Input, Screen, State, View, way};
use board::LineId;

pub fn step(
    from: Screen,
    lines: Vec<LineId>,
    copy: bool,
    input: Input,
    view: &View<'_>,
) -> (State, Vec<Effect>) {
    match input {
        Input::Move { at, held } => {
            let by = way(from, at, view.camera);
            (
                State::Dragging { from, lines: lines.clone(), copy: held.alt },
                vec![Effect::Ghost { lines, by }],
            )
        }
        Input::Up { at, held } => {
            let by = way(from, at, view.camera);
            let end = if held.alt { Effect::Duplicate { lines, by } } else { Effect::Drop { lines, by } };
            (State::Idle, vec![Effect::Unghost, end])
        }
        Input::Cancel => (State::Idle, vec![Effect::Unghost]),
        Input::Down { .. } | Input::Arm(_) => (State::Dragging { from, lines, copy }, vec![]),
    }
}
