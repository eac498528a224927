//! Where the caret was before and after each undo step that was made in the text, so that undo and redo bring it back.
//!
//! The history of edits is the board's; these are only footsteps beside it. A step is known again by the lines it
//! touched: where somebody undoes what they did on the wall, no footstep fits and the caret goes to what changed.

use super::lines::{Anchor, Shown};
use board::{Change, LineId};
use std::collections::HashSet;

/// Nobody goes back further one by one.
const MOST: usize = 500;

type Selected = (Anchor, Anchor);

struct Footstep {
    before: Option<Selected>,
    after: Option<Selected>,
    lines: HashSet<LineId>,
}

#[derive(Default)]
pub struct Footsteps {
    done: Vec<Footstep>,
    undone: Vec<Footstep>,
}

impl Footsteps {
    /// A step begins with this selected.
    pub fn leave(&mut self, shown: &Shown, (start, end): (u32, u32)) {
        self.undone.clear();
        if self.done.len() >= MOST {
            self.done.remove(0);
        }
        let before = shown.anchor(start).zip(shown.anchor(end));
        self.done.push(Footstep { before, after: None, lines: HashSet::new() });
    }

    /// The step has come this far.
    pub fn arrive(&mut self, changes: &[Change], shown: &Shown, (start, end): (u32, u32)) {
        if let Some(step) = self.done.last_mut() {
            step.after = shown.anchor(start).zip(shown.anchor(end));
            step.lines.extend(changes.iter().filter_map(line));
        }
    }

    /// Where the caret belongs after an undo or redo that made these changes.
    pub fn back(&mut self, redo: bool, changes: &[Change], shown: &Shown) -> Option<(u32, u32)> {
        let (from, to) =
            if redo { (&mut self.undone, &mut self.done) } else { (&mut self.done, &mut self.undone) };
        let same = |step: &Footstep| changes.iter().filter_map(line).any(|id| step.lines.contains(&id));
        let step = from.pop_if(|step| same(step))?;
        let place = if redo { step.after.as_ref() } else { step.before.as_ref() };
        let place = place.and_then(|(start, end)| Some((shown.position(start)?, shown.position(end)?)));
        to.push(step);
        place
    }
}

fn line(change: &Change) -> Option<LineId> {
    match change {
        Change::Added(id) | Change::Removed(id) | Change::Text(id, _) | Change::Moved(id) => Some(id.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: &[&str]) -> Shown {
        Shown::from_lines(lines.iter().map(|text| (LineId((*text).into()), *text)))
    }

    fn moved(line: &str) -> [Change; 1] {
        [Change::Moved(LineId(line.into()))]
    }

    #[test]
    fn the_caret_returns_to_where_the_step_began_and_forth_to_where_it_ended() {
        let (old, new) = (shown(&["ab", "cd"]), shown(&["cd", "ab"]));
        let mut footsteps = Footsteps::default();
        footsteps.leave(&old, (1, 1));
        footsteps.arrive(&moved("ab"), &new, (4, 4));
        assert_eq!(footsteps.back(false, &moved("ab"), &old), Some((1, 1)));
        assert_eq!(footsteps.back(true, &moved("ab"), &new), Some((4, 4)));
    }

    #[test]
    fn what_was_done_elsewhere_has_no_footsteps() {
        let text = shown(&["ab", "cd"]);
        let mut footsteps = Footsteps::default();
        footsteps.leave(&text, (1, 1));
        footsteps.arrive(&moved("ab"), &text, (1, 1));
        assert_eq!(footsteps.back(false, &moved("cd"), &text), None);
    }
}
