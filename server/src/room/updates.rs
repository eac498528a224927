//! The road of an update through its room: checked against the board's size, merged, relayed, given to the committer.
//!
//! Invariants: what changed nothing is confirmed without a row, so that clients who join again and again do not grow
//! the log; only what stands on what is there (see `wire::Fit`) is taken in, so that the document never waits for
//! anything, and what is relayed and logged never does. Two tabs of one browser tell each other first and the server
//! second: who sends what does not stand is asked for everything, and nobody else is held up.

use super::{Member, Room, SocketId, frame, now, saving};
use crate::committer::Stopped;
use crate::log::Row;
use crate::outbox::Pushed;
use board::wire::{Clocks, CloseCode, Fit, Message, Role};
use bytes::Bytes;
use std::sync::Arc;
use std::time::Instant;

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
        // While nothing can be stored nothing is taken in; afterwards the room asks for all of it.
        member.owes |= self.read_only;
        if member.owes && (self.read_only || !step2) {
            self.go_without(id, update.len());
            return Ok(());
        }
        if self.is_over(self.limits.document, update.len()) {
            self.close(id, CloseCode::Full);
            return Ok(());
        }
        match self.clocks.fit(&update) {
            Ok(Fit::Whole(clocks)) => {
                self.said_everything(id, step2, false);
                self.merge(id, update, clocks).await
            }
            // Not even all that it has fits: what does is taken in, and the rest stays with it.
            Ok(Fit::Part { update, clocks }) if step2 => {
                self.said_everything(id, step2, true);
                self.merge(id, update, clocks).await
            }
            Ok(Fit::Part { .. }) => {
                self.ask_for_everything(id);
                self.go_without(id, update.len());
                Ok(())
            }
            Err(_) => {
                self.close(id, CloseCode::Malformed);
                Ok(())
            }
        }
    }

    /// Whoever made an update has what it stands on, even if somebody else made that and has not sent it yet: asked
    /// for everything that the room lacks, an honest client brings it along.
    fn ask_for_everything(&mut self, id: SocketId) {
        if let Some(member) = self.members.get_mut(&id) {
            member.owes = true;
            member.outbox.greet(frame(&Message::Step1(self.replica.state_vector())));
        }
    }

    /// Something is not taken in. Who was asked for everything, and only goes on, has to join again.
    fn go_without(&mut self, id: SocketId, bytes: usize) {
        let Some(member) = self.members.get_mut(&id).filter(|_| !self.read_only) else { return };
        member.unheard += bytes;
        if member.unheard > self.limits.pending {
            self.close(id, CloseCode::Resync);
        }
    }

    fn said_everything(&mut self, id: SocketId, everything: bool, lacks: bool) {
        if let Some(member) = self.members.get_mut(&id).filter(|_| everything) {
            (member.owes, member.lacks, member.unheard) = (false, lacks, 0);
        }
    }

    async fn merge(&mut self, id: SocketId, update: Vec<u8>, clocks: Clocks) -> Result<(), Stopped> {
        let Some(person) = self.members.get(&id).map(|member| member.person.clone()) else { return Ok(()) };
        self.remember_state();
        let heard = self.replica.heard();
        if self.replica.merge(&update).is_err() {
            self.close(id, CloseCode::Malformed);
            return Ok(());
        }
        self.clocks.advance(&clocks);
        if self.replica.heard() != heard {
            self.append(id, update, person).await?;
            self.warn_of_the_end();
            self.ask_who_lacked(id);
        }
        self.await_disk(id);
        Ok(())
    }

    /// There is something new on which the rest of what a page has may stand.
    fn ask_who_lacked(&mut self, from: SocketId) {
        let lacks = |member: &Member| member.page && member.lacks && !member.owes;
        let others = self.members.iter().filter(|(id, member)| **id != from && lacks(member));
        let others: Vec<SocketId> = others.map(|(id, _)| *id).collect();
        others.into_iter().for_each(|id| self.ask_for_everything(id));
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
            // Who has not asked yet could not place it, and gets it with the answer.
            if *id == from || member.known.is_none() {
                continue;
            }
            match member.outbox.push(frame.clone()) {
                Pushed::First => member.known = Some(self.mark.1.clone()),
                Pushed::Queued => {}
                Pushed::Behind => {
                    member.behind.get_or_insert_with(Instant::now);
                }
            }
        }
    }

    fn remember_state(&mut self) {
        if self.row >= self.mark.0 + self.limits.mark {
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
}
