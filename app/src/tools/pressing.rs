//! The button is down and nothing has moved yet: a click, or the start of a drag, a marquee or a pan.

use super::{Effect, Held, Input, MOUSE_SLOP, Screen, State, TOUCH_SLOP, View, dragging, marquee, panning};
use board::LineId;

pub fn step(
    from: Screen,
    on: Option<LineId>,
    held: Held,
    input: Input,
    view: &View<'_>,
) -> (State, Vec<Effect>) {
    match input {
        // Keys held now count, not those of the press: Alt and Ctrl may come later.
        Input::Move { at, held: now } => {
            let slop = if held.touch { TOUCH_SLOP } else { MOUSE_SLOP };
            if at.far_from(from, slop) {
                let held =
                    Held { shift: held.shift || now.shift, alt: now.alt, command: now.command, ..held };
                start(from, at, on, held, view)
            } else {
                (State::Pressing { from, on, held }, vec![])
            }
        }
        Input::Up { .. } if held.right => (State::Idle, ask(from, on, view)),
        Input::Up { .. } => (State::Idle, click(from, on, held, view)),
        Input::Rest => (State::Idle, ask(from, on, view)),
        Input::Cancel | Input::Pinch => (State::Idle, vec![]),
        Input::Down { .. } | Input::Arm(_) => (State::Pressing { from, on, held }, vec![]),
    }
}

fn start(from: Screen, at: Screen, on: Option<LineId>, held: Held, view: &View<'_>) -> (State, Vec<Effect>) {
    if held.right {
        return panning::step(from, Screen::default(), Input::Move { at, held });
    }
    let pulled = on.filter(|_| !held.shift).map(|line| carried(&line, view)).unwrap_or_default();
    let (chosen, lines) = pulled;
    if !lines.is_empty() {
        let from = view.to_wall(from);
        let mut effects = Vec::new();
        if chosen != view.selection {
            effects.push(Effect::Select(chosen));
        }
        effects.push(dragging::ghost(from, &lines, at, held, view));
        return (State::Dragging { from, lines, before: view.selection.to_vec() }, effects);
    }
    if held.touch {
        return panning::step(from, Screen::default(), Input::Move { at, held });
    }
    let kept = if held.shift { view.selection.to_vec() } else { Vec::new() };
    marquee::step(view.to_wall(from), kept, view.selection.to_vec(), Input::Move { at, held }, view)
}

/// What is selected when this sticky is pulled, and what of it follows: locked ones stay where they are.
fn carried(line: &LineId, view: &View<'_>) -> (Vec<LineId>, Vec<LineId>) {
    if view.wall.is_locked(line) {
        return Default::default();
    }
    let chosen = if view.selection.contains(line) { view.selection.to_vec() } else { view.meant(line) };
    let lines = chosen.iter().filter(|line| !view.wall.is_locked(line)).cloned().collect();
    (chosen, lines)
}

fn click(from: Screen, on: Option<LineId>, held: Held, view: &View<'_>) -> Vec<Effect> {
    match on {
        Some(line) if held.shift => {
            let meant = view.wall.group(&line);
            let mut selection = view.selection.to_vec();
            if selection.contains(&line) {
                selection.retain(|other| !meant.contains(other));
            } else {
                selection.extend(meant.into_iter().filter(|line| !view.selection.contains(line)));
            }
            vec![Effect::Select(selection)]
        }
        Some(line) => vec![Effect::Select(view.meant(&line))],
        None if held.shift => vec![],
        None => vec![Effect::Select(Vec::new()), Effect::Insertion(view.to_wall(from))],
    }
}

/// The menu is about what is selected, so a sticky outside of the selection is selected first.
fn ask(at: Screen, on: Option<LineId>, view: &View<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    match &on {
        Some(line) if view.selection.contains(line) => {}
        Some(line) => effects.push(Effect::Select(view.meant(line))),
        None => {
            effects.push(Effect::Select(Vec::new()));
            effects.push(Effect::Insertion(view.to_wall(at)));
        }
    }
    effects.push(Effect::Menu { at, on });
    effects
}
