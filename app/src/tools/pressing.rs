//! The button is down and nothing has moved yet: a click, or the start of a drag, a marquee or (by touch) a pan.

use super::{Effect, Held, Input, MOUSE_SLOP, Screen, State, TOUCH_SLOP, View, marquee, way};
use board::LineId;

pub fn step(
    from: Screen,
    on: Option<LineId>,
    held: Held,
    input: Input,
    view: &View<'_>,
) -> (State, Vec<Effect>) {
    match input {
        Input::Move { at, .. } => {
            let slop = if held.touch { TOUCH_SLOP } else { MOUSE_SLOP };
            if at.far_from(from, slop) {
                start(from, at, on, held, view)
            } else {
                (State::Pressing { from, on, held }, vec![])
            }
        }
        Input::Up { .. } => (State::Idle, click(from, on, held, view)),
        Input::Cancel => (State::Idle, vec![]),
        Input::Down { .. } | Input::Arm(_) => (State::Pressing { from, on, held }, vec![]),
    }
}

fn start(from: Screen, at: Screen, on: Option<LineId>, held: Held, view: &View<'_>) -> (State, Vec<Effect>) {
    match on {
        Some(line) => {
            let carried = if view.selection.contains(&line) { view.selection.to_vec() } else { vec![line] };
            let mut effects = Vec::new();
            if carried != view.selection {
                effects.push(Effect::Select(carried.clone()));
            }
            effects.push(Effect::Ghost { lines: carried.clone(), by: way(from, at, view.camera) });
            (State::Dragging { from, lines: carried, copy: held.alt }, effects)
        }
        None if held.touch => {
            (State::Panning { last: at }, vec![Effect::Pan { dx: at.x - from.x, dy: at.y - from.y }])
        }
        None => {
            let kept = if held.shift { view.selection.to_vec() } else { Vec::new() };
            marquee::step(from, kept, Input::Move { at, held }, view)
        }
    }
}

fn click(from: Screen, on: Option<LineId>, held: Held, view: &View<'_>) -> Vec<Effect> {
    match on {
        Some(line) if held.shift => {
            let mut selection = view.selection.to_vec();
            match selection.iter().position(|id| *id == line) {
                Some(at) => {
                    selection.remove(at);
                }
                None => selection.push(line),
            }
            vec![Effect::Select(selection)]
        }
        Some(line) => vec![Effect::Select(vec![line])],
        None => vec![Effect::Select(Vec::new()), Effect::Insertion(view.camera.to_wall(from.x, from.y))],
    }
}
