//! Opening a board from what this browser keeps of it, and what is said about what waits for the server.

use super::{Notice, Remedy, Session, set_if_new};
use crate::camera::Camera;
use crate::socket::Link;
use crate::store::{Keeper, Kept, Leftover};
use crate::{browser, messages, route};
use board::wire::{self, CloseCode, Limits, Role};
use board::{Board, PersonId};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// A browser that takes longer to open its storage is not waited for.
const PATIENCE_MS: u32 = 1_500;

impl Session {
    /// Shows what this browser keeps, then lets the link begin: its first question tells the server all of it.
    pub(super) fn recall_board(&self) {
        let session = *self;
        let Some(keeper) = session.keeper.get_value() else { return };
        let give_up = Timeout::new(PATIENCE_MS, move || session.begin_link());
        if let Some(camera) = browser::recall(&session.camera_key()).and_then(|kept| Camera::read(&kept)) {
            session.camera.set_value(camera);
            session.steered.set_value(true);
        }
        browser::spawn(async move {
            let kept = keeper.load().await;
            drop(give_up);
            session.take_kept(&keeper, kept);
            session.begin_link();
        });
        self.remember_at_the_end();
    }

    /// After a time without the server: tabs that were closed meanwhile may have left something.
    pub fn recall_again(&self) {
        let session = *self;
        browser::spawn(async move {
            if let Some(keeper) = session.keeper.get_value() {
                let kept = keeper.load().await;
                session.take_kept(&keeper, kept);
            }
        });
    }

    fn begin_link(&self) {
        self.with_keeper_and_link(|_, link| link.begin());
    }

    /// Boards first, then the changes that were made on them.
    fn take_kept(&self, keeper: &Keeper, mut kept: Kept) {
        let sound = |update: &Vec<u8>| wire::validate(update, &Limits::FROM_SERVER).is_ok();
        // What cannot be joined is not replaced by what this page writes.
        kept.snapshots.retain(|it| sound(&it.update));
        keeper.joined(&kept);
        let snapshots: Vec<Vec<u8>> = kept.snapshots.into_iter().map(|it| it.update).collect();
        let mut found: Vec<Leftover> = Vec::new();
        let mut rows = Vec::new();
        for row in kept.rows.into_iter().filter(|row| sound(&row.update)) {
            match found.last_mut().filter(|last| last.client == row.client) {
                Some(last) => {
                    last.upto = row.seq;
                    last.count += usize::from(row.begins);
                }
                None => found.push(Leftover { client: row.client, upto: row.seq, count: 1 }),
            }
            rows.push(row.update);
        }
        if !snapshots.is_empty() {
            if let Some(me) = browser::recall(&self.me_key()) {
                self.recall_me(PersonId(me.as_str().into()));
            }
            self.adopt_found(keeper, found, &[snapshots, rows].concat());
            self.flush();
            self.check();
            set_if_new(self.present, true);
        } else if !rows.is_empty() && self.synced.get_untracked() {
            self.adopt_found(keeper, found, &rows);
        } else if !rows.is_empty() {
            // Without the board they were made on they would be joined over a hole.
            self.held.set_value((found, rows));
        }
        if kept.damaged {
            self.say(messages::KEPT_DAMAGED);
        }
        // Something may have been done before there was anything to write to.
        if keeper.waiting().only_here {
            keeper.look(self.is_flowing());
        }
        self.tell_waiting();
    }

    /// The server's board is here: what was held back has something to stand on.
    pub(super) fn adopt_held(&self) {
        let (found, rows) = self.held.try_update_value(std::mem::take).unwrap_or_default();
        if let Some(keeper) = self.keeper.get_value().filter(|_| !rows.is_empty()) {
            self.adopt_found(&keeper, found, &rows);
        }
    }

    fn adopt_found(&self, keeper: &Keeper, found: Vec<Leftover>, rows: &[Vec<u8>]) {
        found.into_iter().for_each(|found| keeper.found(found));
        self.adopt(rows);
        self.tell_waiting();
    }

    /// Joins what another page of this browser made, and sends it on if the server does not get it anyway.
    pub fn adopt(&self, updates: &[Vec<u8>]) {
        let before = self.with_mirror(|mirror| mirror.replica.state_vector());
        let sound = updates.iter().filter(|update| wire::validate(update, &Limits::FROM_SERVER).is_ok());
        sound.for_each(|update| {
            self.merge(update);
        });
        if self.is_flowing() && self.can_write() {
            let diff = self.with_mirror(|mirror| mirror.replica.diff(&before));
            if let Ok(diff) = diff {
                self.with_keeper_and_link(|_, link| link.send_whole(diff));
            }
        }
    }

    // ---- what the status line says

    pub fn is_flowing(&self) -> bool {
        self.link.with_value(|link| link.as_ref().is_some_and(Link::is_flowing))
    }

    pub fn tell_waiting(&self) {
        if let Some(keeper) = self.keeper.get_value() {
            set_if_new(self.waiting, keeper.waiting());
        }
    }

    pub(super) fn with_keeper_and_link(&self, run: impl FnOnce(&Keeper, &Link)) {
        if let (Some(keeper), Some(link)) = (self.keeper.get_value(), self.link.get_value()) {
            run(&keeper, &link);
        }
    }

    /// For the link: what it sent and what came of it.
    pub fn keeper(&self) -> Option<Keeper> {
        self.keeper.get_value()
    }

    // ---- what is small enough for the other storage

    fn camera_key(&self) -> String {
        format!("squall.camera.{}", self.board_id())
    }

    fn me_key(&self) -> String {
        format!("squall.me.{}", self.board_id())
    }

    pub fn board_id(&self) -> String {
        self.segment.with_value(|segment| route::board_of(segment).to_owned())
    }

    /// Who I am on this board is the same every time; it signs what is made before the server has said so.
    pub(super) fn remember_me(&self) {
        browser::remember(&self.me_key(), &self.me().0);
    }

    /// A page that is put away writes what is missing at once: browsers need not say when they end it.
    fn remember_at_the_end(&self) {
        let session = *self;
        let remember = move || {
            if session.steered.get_value() {
                browser::remember(&session.camera_key(), &session.camera.get_value().kept());
            }
            session.with_keeper_and_link(|keeper, _| keeper.write_last());
        };
        let hidden = window_event_listener_untyped("visibilitychange", move |_| {
            if browser::document().hidden() {
                remember();
            }
        });
        let leaving = window_event_listener_untyped("pagehide", move |_| remember());
        let ask = window_event_listener(leptos::ev::beforeunload, move |event| {
            let waiting = session.waiting.get_untracked();
            if waiting.count > 0 && waiting.only_here && waiting.trouble.is_some() {
                event.prevent_default();
            }
        });
        on_cleanup(move || [hidden, leaving, ask].into_iter().for_each(|listener| listener.remove()));
    }

    /// The board is no more, or not for this link: what is on screen can be taken along, and nothing is added to it.
    pub fn is_withdrawn(&self, reason: CloseCode) {
        let text = self.with_board(Board::text);
        set_if_new(self.role, Role::View);
        if text.trim().is_empty() {
            self.say(messages::closed(reason));
        } else {
            self.tell(messages::closed(reason), Remedy::Aside(text));
        }
    }

    /// Ends the work on this board without closing the page.
    pub fn leave(&self) {
        self.with_keeper_and_link(|keeper, link| {
            keeper.write_last();
            link.close();
        });
    }

    /// A sentence that stays until it is answered.
    pub fn tell(&self, text: &str, remedy: Remedy) {
        self.notice.set(Some(Notice { text: text.to_owned(), remedy: Some(remedy) }));
    }
}
