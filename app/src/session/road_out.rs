//! The road out: what became different reaches the views, once a frame.

use super::{Notice, Remedy, Session, set_if_new};
use crate::mirror::Mirror;
use crate::{browser, chunks};
use board::wire::Role;
use board::{Change, LineId};
use leptos::prelude::*;

impl Session {
    /// Called by the link when updates have been merged, and after own edits.
    pub fn ask_for_frame(&self) {
        if self.frame_asked.get_value() {
            return;
        }
        self.frame_asked.set_value(true);
        let session = *self;
        browser::next_frame(move || session.flush());
    }

    /// Brings every view up to date with the document now.
    pub fn flush(&self) {
        self.frame_asked.set_value(false);
        let Some(changes) = self.mirror.try_update_value(|mirror| {
            let changes = mirror.replica.changes();
            if !changes.is_empty() {
                mirror.flush(&changes);
            }
            changes
        }) else {
            return;
        };
        let (undo, redo) = self.with_mirror(|mirror| (mirror.replica.can_undo(), mirror.replica.can_redo()));
        set_if_new(self.can_undo, undo);
        set_if_new(self.can_redo, redo);
        if changes.is_empty() {
            return;
        }
        for (_, listener) in self.listeners.get_value() {
            listener(&changes);
        }
        if changes.iter().all(|change| matches!(change, Change::Runs(_))) {
            // Nothing that is on the wall or in the text.
            return self.with_keeper_and_link(|keeper, _| keeper.snapshot_later());
        }
        if changes.contains(&Change::Settings) && self.with_board(|board| board.format > board::FORMAT) {
            self.only_read();
        }
        set_if_new(self.stickies, self.with_mirror(Mirror::stickies));
        self.forget_the_gone(&changes);
        self.epoch.update(|epoch| *epoch += 1);
        self.with_keeper_and_link(|keeper, _| keeper.snapshot_later());
        self.ask_for_check();
    }

    /// The board is of a newer version than this page understands.
    pub fn only_read(&self) {
        set_if_new(self.role, Role::View);
        self.say(crate::messages::NEWER_FORMAT);
    }

    fn forget_the_gone(&self, changes: &[Change]) {
        let gone: Vec<&LineId> = changes
            .iter()
            .filter_map(|change| if let Change::Removed(id) = change { Some(id) } else { None })
            .collect();
        if gone.is_empty() {
            return;
        }
        if self.selection.with_untracked(|all| all.iter().any(|id| gone.contains(&id))) {
            self.selection.update(|all| all.retain(|id| !gone.contains(&id)));
        }
        let written =
            self.editing.with_untracked(|editing| editing.as_ref().and_then(|editing| editing.line.clone()));
        if let Some(line) = written.filter(|line| gone.contains(&line)) {
            self.editing.set(None);
            let by_me = self.with_board(|board| {
                board.line(&line).and_then(|line| line.gone.as_ref()).is_none_or(|gone| gone.who == self.me())
            });
            if !by_me {
                let text = crate::messages::REMOVED_WHILE_WRITING.to_owned();
                self.notice.set(Some(Notice { text, remedy: Some(Remedy::Restore(vec![line])) }));
            }
        }
    }

    fn ask_for_check(&self) {
        let session = *self;
        let quiet = gloo_timers::callback::Timeout::new(120, move || session.check());
        self.check_asked.set_value(Some(quiet));
    }

    /// Checks the text as it stands.
    pub fn check(&self) {
        chunks::check_soon(*self);
    }
}
