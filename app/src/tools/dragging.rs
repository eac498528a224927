//! Stickies are being carried. The document hears of it once, at the end.

use super::{Effect, Held, Input, Screen, Snap, State, View};
use board::{LineId, Point};

pub fn step(
    from: Point,
    lines: Vec<LineId>,
    before: Vec<LineId>,
    input: Input,
    view: &View<'_>,
) -> (State, Vec<Effect>) {
    match input {
        Input::Move { at, held } => {
            let ghost = ghost(from, &lines, at, held, view);
            (State::Dragging { from, lines, before }, vec![ghost])
        }
        Input::Up { at, held } => {
            let by = way(from, &lines, at, held, view).by;
            let end = if held.alt { Effect::Duplicate { lines, by } } else { Effect::Drop { lines, by } };
            (State::Idle, vec![Effect::Unghost, end])
        }
        Input::Cancel | Input::Pinch => {
            let mut effects = vec![Effect::Unghost];
            if before != view.selection {
                effects.push(Effect::Select(before));
            }
            (State::Idle, effects)
        }
        Input::Down { .. } | Input::Rest | Input::Arm(_) => (State::Dragging { from, lines, before }, vec![]),
    }
}

pub fn ghost(from: Point, lines: &[LineId], at: Screen, held: Held, view: &View<'_>) -> Effect {
    Effect::Ghost { lines: lines.to_vec(), snap: way(from, lines, at, held, view), copy: held.alt }
}

fn way(from: Point, lines: &[LineId], at: Screen, held: Held, view: &View<'_>) -> Snap {
    let to = view.to_wall(at);
    let by = Point { x: to.x - from.x, y: to.y - from.y };
    if held.command { Snap { by, guides: Vec::new() } } else { view.wall.snap(lines, by) }
}
