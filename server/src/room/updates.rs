//! The road of an update through its room: checked against the board's size, merged, relayed, given to the committer.
//!
//! Invariants: what changed nothing is confirmed without a row, so that clients who join again and again do not grow
//! the log; what waits for updates that have not come is neither relayed nor logged nor confirmed.

use super::{Room, SocketId, frame, fresh_replica, now, saving};
use crate::committer::Stopped;
use crate::log::Row;
use crate::outbox::Pushed;
use board::wire::{CloseCode, Message, Role};
use bytes::Bytes;
use std::sync::Arc;
use std::time::Instant;

/// After so many updates the state vector that readers are remembered by is made anew.
const MARK_EVERY: u64 = 128;
/// Per cent of a board's size at which those who write are warned.
const NEARLY: usize = 80;

impl Room {
    pub(super) async fn update(&mut self, id: SocketId, update: Vec<u8>, step2: bool) -> Result<(), Stopped> {
        let Some(member) = self.members.get_mut(&id) else {
            return Ok(());
        };
        if member.role < Role::Edit {
            // The answer to a `Step1` says that there is nothing new; all else is writing.
            if !(step2 && update.first() == Some(&0)) {
                self.close(id, CloseCode::ViewOnly);
            }
            return Ok(());
        }
        member.frames += 1;
        // While nothing can be stored nothing is taken in; afterwards the server asks for all of it.
        if self.read_only {
            member.owes = true;
            return Ok(());
        }
        member.owes &= !step2;
        if update == [0, 0] {
            self.await_disk(id);
            return Ok(());
        }
        let person = member.person.clone();
        if self.is_over(self.limits.document, update.len()) {
            self.close(id, CloseCode::Full);
            return Ok(());
        }
        self.merge(id, update, person).await
    }

    async fn merge(&mut self, id: SocketId, update: Vec<u8>, person: Arc<str>) -> Result<(), Stopped> {
        self.remember_state();
        let len = update.len();
        let (heard, waited) = (self.replica.heard(), self.replica.has_pending());
        if self.replica.merge(&update).is_err() {
            self.close(id, CloseCode::Malformed);
            return Ok(());
        }
        let waits = self.replica.has_pending();
        if self.replica.heard() != heard {
            let whole = if waited || waits {
                // Only what has found its place goes on.
                match self.replica.settled_since(&self.mark.1) {
                    Ok(diff) => diff,
                    Err(_) => return Ok(()),
                }
            } else {
                update
            };
            self.append(id, whole, person).await?;
            self.warn_of_the_end();
        }
        if waits {
            self.gap.grow(id, len);
            if self.gap.bytes() > self.limits.pending {
                self.close(id, CloseCode::Resync);
                self.forget_gap();
            }
            return Ok(());
        }
        for waiting in self.gap.close() {
            self.await_disk(waiting);
        }
        self.await_disk(id);
        Ok(())
    }

    /// Relays first, then gives the row to the committer.
    async fn append(&mut self, from: SocketId, update: Vec<u8>, person: Arc<str>) -> Result<(), Stopped> {
        let bytes = Bytes::from(update);
        self.relay(from, frame(&Message::Update(bytes.to_vec())));
        self.row += 1;
        self.size += bytes.len();
        self.bytes_since += bytes.len();
        let row = Row { board: self.board.clone(), seq: self.row, time: now(), person, bytes };
        self.store.append(row, &self.durable).await
    }

    fn relay(&mut self, from: SocketId, frame: Bytes) {
        for (id, member) in &mut self.members {
            if *id == from {
                continue;
            }
            match member.outbox.push(frame.clone()) {
                Pushed::First if member.known.is_some() => {
                    member.known = Some(self.mark.1.clone());
                }
                Pushed::First | Pushed::Queued => {}
                Pushed::Behind => {
                    member.behind.get_or_insert_with(Instant::now);
                }
            }
        }
    }

    fn remember_state(&mut self) {
        if self.row >= self.mark.0 + MARK_EVERY {
            self.mark = (self.row, self.replica.state_vector().into());
        }
    }

    /// The sum of updates is more than the document; only when it is over the budget the document is measured.
    fn is_over(&mut self, budget: usize, more: usize) -> bool {
        if self.size + more > budget {
            self.size = self.replica.snapshot().len();
        }
        self.size + more > budget
    }

    /// Who writes is told once, while there is still room to finish.
    fn warn_of_the_end(&mut self) {
        if self.nearly_full || !self.is_over(self.limits.document / 100 * NEARLY, 0) {
            return;
        }
        self.nearly_full = true;
        for member in self.members.values().filter(|member| member.page && member.role >= Role::Edit) {
            member.outbox.greet(saving::nearly_full());
        }
    }

    /// What waits for updates that never came is given up: the document is made anew without it, and everybody who
    /// sent meanwhile is asked for what is missing. Nothing of it was confirmed.
    pub(super) fn forget_gap(&mut self) {
        let Ok(mut replica) = fresh_replica() else {
            return;
        };
        let settled = self.replica.settled_since(&[0]).unwrap_or_default();
        if replica.merge(&settled).is_ok() && !replica.has_pending() {
            replica.changes();
            self.replica = replica;
        }
        let ask = frame(&Message::Step1(self.replica.state_vector()));
        for id in self.gap.close() {
            if let Some(member) = self.members.get_mut(&id).filter(|member| !member.closing) {
                member.owes = true;
                member.outbox.greet(ask.clone());
            }
        }
    }
}
