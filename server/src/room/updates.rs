//! The road of an update through its room: checked against the board's size, merged, relayed, given to the committer.
//!
//! Invariants: what changed nothing is confirmed without a row, so that clients who join again and again do not grow
//! the log; what waits for updates that have not come is neither relayed nor logged nor confirmed, and what lies behind a
//! hole (see `wire::Reach`) waits.

use super::{Room, SocketId, frame, fresh_replica, now, saving};
use crate::committer::Stopped;
use crate::gap::Gap;
use crate::log::Row;
use crate::outbox::Pushed;
use board::MergeError;
use board::wire::{Clocks, CloseCode, Message, Reach, Role};
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
        // While nothing can be stored nothing is taken in; afterwards the server asks for all of it. What comes before
        // that answer may build on what was not taken in, and is part of it.
        member.owes = self.read_only || member.owes && !step2;
        if member.owes {
            return Ok(());
        }
        if update == [0, 0] {
            self.await_disk(id);
            return Ok(());
        }
        let person = member.person.clone();
        if self.is_over(self.limits.document, update.len()) {
            self.close(id, CloseCode::Full);
            return Ok(());
        }
        match Reach::of(&update) {
            Ok(reach) => self.merge(id, update, reach, person).await,
            Err(_) => {
                self.close(id, CloseCode::Malformed);
                Ok(())
            }
        }
    }

    async fn merge(
        &mut self,
        id: SocketId,
        update: Vec<u8>,
        reach: Reach,
        person: Arc<str>,
    ) -> Result<(), Stopped> {
        self.remember_state();
        let len = update.len();
        let heard = self.replica.heard();
        let follows = reach.follows(&self.clocks);
        if self.replica.merge(&update).is_err() {
            self.close(id, CloseCode::Malformed);
            return Ok(());
        }
        let news = self.replica.heard() != heard;
        if follows && !self.gap.is_open() && !self.replica.has_pending() {
            self.clocks.take_in(&reach);
            if news {
                self.append(Some(id), update, person).await?;
                self.warn_of_the_end();
            }
            self.await_disk(id);
            return Ok(());
        }
        self.count_clocks();
        if !reach.is_within(&self.clocks) {
            self.wait(id, &reach, len);
        }
        if news && let Ok(whole) = self.settled_since(&self.mark.1) {
            // It may hold what others sent and what waited: its sender needs it as well.
            self.append(None, whole, person).await?;
            self.warn_of_the_end();
        }
        for member in self.gap.settle(&self.clocks) {
            self.await_disk(member);
        }
        self.await_disk(id);
        self.forget_what_nobody_waits_for();
        Ok(())
    }

    /// Some of what a member sent waits. Whoever made an edit has what it builds on, even if it was somebody else's:
    /// asked for everything that the room lacks, an honest client brings it along.
    fn wait(&mut self, id: SocketId, reach: &Reach, bytes: usize) {
        let first = self.gap.grow(id, reach, bytes);
        if self.gap.bytes() > self.limits.pending {
            self.close(id, CloseCode::Resync);
            self.gap.leave(id);
        } else if let Some(member) = self.members.get(&id).filter(|_| first) {
            member.outbox.greet(frame(&Message::Step1(self.replica.state_vector())));
        }
    }

    /// Like the replica's, without what lies behind a hole: whoever gets it has no gap.
    pub(super) fn settled_since(&self, state_vector: &[u8]) -> Result<Vec<u8>, MergeError> {
        let diff = self.replica.settled_since(state_vector)?;
        if !self.gap.is_open() {
            return Ok(diff);
        }
        self.clocks.whole_of(&diff).map_err(|error| MergeError::Malformed(error.to_string()))
    }

    /// Relays first, then gives the row to the committer.
    async fn append(
        &mut self,
        from: Option<SocketId>,
        update: Vec<u8>,
        person: Arc<str>,
    ) -> Result<(), Stopped> {
        let bytes = Bytes::from(update);
        self.relay(from, frame(&Message::Update(bytes.to_vec())));
        self.row += 1;
        self.size += bytes.len();
        self.bytes_since += bytes.len();
        let row = Row { board: self.board.clone(), seq: self.row, time: now(), person, bytes };
        self.store.append(row, &self.durable).await
    }

    fn relay(&mut self, from: Option<SocketId>, frame: Bytes) {
        for (id, member) in &mut self.members {
            if Some(*id) == from {
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

    /// Those who sent what still waits have gone: the document is made anew without it. Nothing of it was confirmed.
    pub(super) fn forget_what_nobody_waits_for(&mut self) {
        if !self.gap.is_deserted() {
            return;
        }
        let (Ok(settled), Ok(mut replica)) = (self.settled_since(&[0]), fresh_replica()) else { return };
        if replica.merge(&settled).is_ok() && !replica.has_pending() {
            replica.changes();
            self.replica = replica;
            self.gap = Gap::default();
        }
    }

    /// After something waited they are not what was sent.
    fn count_clocks(&mut self) {
        if let Ok(clocks) = Clocks::of(&self.replica.state_vector()) {
            self.clocks = clocks;
        }
    }
}
