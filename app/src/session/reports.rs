//! What the link reports: updates, who I am here, and that the board is whole.

use super::{Session, set_if_new};
use crate::{browser, chunks};
use board::wire::Role;
use board::{Command, PersonId, Step};
use leptos::prelude::*;

impl Session {
    /// Merges an update that has passed the validator; `false` if it was no update after all.
    pub fn merge(&self, update: &[u8]) -> bool {
        let merged =
            self.mirror.try_update_value(|mirror| mirror.replica.merge(update).is_ok()).unwrap_or(false);
        self.ask_for_frame();
        merged
    }

    pub(super) fn recall_me(&self, me: PersonId) {
        self.me.set_value(me.clone());
        self.mirror.update_value(|mirror| mirror.replica.set_me(me));
    }

    pub fn greeted(&self, person: &str, role: Role, server_now: f64) {
        self.recall_me(PersonId(person.into()));
        self.remember_me();
        self.clock_offset.set_value(server_now - browser::now());
        self.granted.set_value(role);
        let newer = self.with_board(|board| board.format > board::FORMAT);
        set_if_new(self.role, if newer { Role::View } else { role });
        self.show();
    }

    /// Milliseconds since 1970 on the room's clock.
    pub fn room_time(&self) -> f64 {
        browser::now() + self.clock_offset.get_value()
    }

    /// The first step 2 is in: what is on screen is the board. Signs in once per visit.
    pub fn complete(&self) {
        if self.synced.get_untracked() {
            return;
        }
        self.adopt_held();
        self.flush();
        self.check();
        set_if_new(self.present, true);
        self.synced.set(true);
        self.offer_aside();
        chunks::fetch_ahead();
    }

    /// The board knows who writes on it; once a visit.
    pub fn sign_in(&self) {
        let me = self.me();
        let (name, colour) = (self.name.get_untracked(), self.colour.get_untracked());
        let known = self.with_board(|board| {
            board.people.get(&me).is_some_and(|person| person.name == name && person.colour == colour)
        });
        if self.can_write() && !known && !me.0.is_empty() {
            self.act(Command::Introduce { name, colour }, Step::Untracked);
        }
    }
}
