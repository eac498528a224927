//! Starting and opening stickies, choosing kinds and tools.

use super::{Editing, Session};
use crate::messages;
use board::{At, Command, LineId, Point};
use emd::Kind;
use leptos::prelude::*;

impl Session {
    /// Starts writing a sticky that is not there yet; it enters the document with its first character.
    pub fn write(&self, kind: Kind, at: At, place: Option<Point>) {
        if !self.can_write() {
            return self.say(messages::VIEW_ONLY);
        }
        self.steered.set_value(true);
        self.armed.set(None);
        self.last_kind.set(kind);
        self.insertion.set(None);
        let serial = self.next_serial();
        self.editing.set(Some(Editing { line: None, kind, at, place, serial }));
    }

    /// Opens a sticky for writing.
    pub fn edit(&self, line: LineId) {
        if !self.can_write() {
            return self.say(messages::VIEW_ONLY);
        }
        let Some(kind) = self.with_board(|board| board.line(&line).map(|line| line.kind)) else { return };
        let serial = self.next_serial();
        self.editing.set(Some(Editing { line: Some(line), kind, at: At::End, place: None, serial }));
    }

    pub(super) fn next_serial(&self) -> u64 {
        self.serial.update_value(|serial| *serial += 1);
        self.serial.get_value()
    }

    /// A kind was chosen: the selection becomes it, or the next click places one.
    pub fn choose(&self, kind: Kind) {
        let lines = self.selection.get_untracked();
        self.last_kind.set(kind);
        if lines.is_empty() {
            self.armed.set(Some(kind));
        } else {
            self.run(Command::SetKind { lines, kind });
        }
    }

    pub fn take_hand(&self, hand: bool) {
        self.armed.set(None);
        self.hand.set(hand);
    }

    /// Where the next sticky comes in the order: after the selection, else at the end.
    pub fn after_selection(&self) -> At {
        self.selection.with_untracked(|all| all.last().cloned()).map_or(At::End, At::After)
    }
}
