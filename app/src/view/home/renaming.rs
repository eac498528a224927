//! Renaming a board from the first page. A name is the board's first heading, so the board is opened unseen, its
//! heading written, and left again when the server has it; this browser keeps the change where that takes long.

use super::Home;
use crate::boards::Known;
use crate::messages;
use crate::session::{SaveState, Session};
use board::wire::Role;
use elements::live;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

const PATIENCE_MS: u32 = 8_000;

pub fn rename(home: Home, board: Known, title: String) {
    let Some(segment) = board.edit.clone().or(board.facilitate.clone()) else { return };
    home.busy.set(true);
    let owner = Owner::new();
    let guest = owner.with(|| Session::open(segment, Role::Edit));
    guest.hands.set(Some(crate::session::carry_out));
    let end = move |trouble: Option<&str>| {
        guest.leave();
        home.busy.set(false);
        home.trouble.set(trouble.map(str::to_owned));
        home.refresh();
    };
    let give_up = Timeout::new(PATIENCE_MS, move || {
        let kept = guest.present.get_untracked() && guest.waiting.get_untracked().count > 0;
        end(Some(if kept { messages::NAME_KEPT } else { messages::NOT_RENAMED }));
    });
    let mut give_up = Some(give_up);
    let mut written = false;
    owner.with(|| {
        live(move || {
            // The title as it is now, not as it was when this browser was here last.
            let offline = guest.save.get() == SaveState::Offline;
            if (guest.synced.get() || (guest.present.get() && offline)) && !written {
                written = true;
                guest.set_title(&title);
                crate::boards::titled(&guest.board_id(), &title);
            }
            let saved = guest.save.get() == SaveState::Saved && guest.waiting.get().count == 0;
            if written
                && (saved || guest.save.get() == SaveState::Refused)
                && let Some(give_up) = give_up.take()
            {
                give_up.cancel();
                end((!saved).then_some(messages::NOT_RENAMED));
            }
        });
    });
    home.guests.update_value(|guests| guests.push(owner));
}
