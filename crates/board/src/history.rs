//! Undo and redo, and which lines the steps removed: kept beside the document library's own stacks.
//!
//! Why: when two people delete one sticky, one record of it wins. The library would find nothing to undo in the
//! other's step, and undo the step before it instead.
//! Invariant: the lists are as long as the library's stacks, whose lengths are told after each change.

use crate::{Gone, LineId, Op, Replica, Step};

/// The lines that one step removed, each with what the step wrote.
pub(crate) type Removed = Vec<(LineId, Gone)>;

#[derive(Default)]
pub(crate) struct History {
    done: Vec<Removed>,
    undone: Vec<Removed>,
}

impl History {
    /// Something was done; the stacks are so long now.
    pub fn did(&mut self, done: usize, undone: usize, removed: Removed) {
        self.undone.truncate(undone);
        self.done.resize_with(done, Removed::new);
        if let Some(last) = self.done.last_mut() {
            last.extend(removed);
        }
    }

    /// Steps were undone, of which the last had an effect; the stacks are so long now.
    pub fn undid(&mut self, done: usize, undone: usize) {
        shift(&mut self.done, done, &mut self.undone, undone);
    }

    pub fn redid(&mut self, done: usize, undone: usize) {
        shift(&mut self.undone, undone, &mut self.done, done);
    }

    /// What undoing would bring back first; the step forgets it.
    pub fn take_last(&mut self) -> Removed {
        self.done.last_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Gives the last step back what was taken.
    pub fn put_last(&mut self, removed: Removed) {
        if let Some(last) = self.done.last_mut() {
            *last = removed;
        }
    }
}

fn shift(from: &mut Vec<Removed>, from_length: usize, to: &mut Vec<Removed>, to_length: usize) {
    let moved = from.get_mut(from_length).map(std::mem::take).unwrap_or_default();
    from.resize_with(from_length, Removed::new);
    if to_length > to.len() {
        to.resize_with(to_length - 1, Removed::new);
        to.push(moved);
    }
}

impl Replica {
    pub fn undo(&mut self) -> bool {
        self.reclaim();
        let done = self.undo.as_mut().is_some_and(|undo| undo.undo_blocking());
        let (left, undone) = self.steps();
        self.history.undid(left, undone);
        self.absorb();
        done
    }

    pub fn redo(&mut self) -> bool {
        let done = self.undo.as_mut().is_some_and(|undo| undo.redo_blocking());
        let (left, undone) = self.steps();
        self.history.redid(left, undone);
        self.absorb();
        done
    }

    /// How many steps could be undone and redone.
    pub(crate) fn steps(&self) -> (usize, usize) {
        self.undo.as_ref().map_or((0, 0), |undo| (undo.undo_stack().len(), undo.redo_stack().len()))
    }

    pub fn can_undo(&self) -> bool {
        self.undo.as_ref().is_some_and(|undo| undo.can_undo())
    }

    pub fn can_redo(&self) -> bool {
        self.undo.as_ref().is_some_and(|undo| undo.can_redo())
    }

    /// Lines that the step to be undone removed, and somebody else too: the removal is made ours alone, so that
    /// undoing it brings them back.
    fn reclaim(&mut self) {
        let removed = self.history.take_last();
        let lines = &self.board().lines;
        let (theirs, ours): (Removed, Removed) = removed.into_iter().partition(|(id, mine)| {
            lines.get(id).and_then(|line| line.gone.as_ref()).is_some_and(|gone| gone != mine)
        });
        self.history.put_last(ours);
        if theirs.is_empty() {
            return;
        }
        let restore: Vec<Op> = theirs.iter().map(|(id, _)| Op::Restore { id: id.clone() }).collect();
        self.apply(&restore, Step::Untracked);
        let again = |(id, gone): &(LineId, Gone)| Op::Remove { id: id.clone(), when: gone.when };
        let again: Vec<Op> = theirs.iter().map(again).collect();
        self.apply(&again, Step::Extend);
    }
}
