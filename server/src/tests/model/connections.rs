//! How people come, send, read, break away and are sent away.

use super::World;
use super::person::{Kind, Line};
use crate::outbox::{Next, Outbox};
use crate::room::{Join, ToRoom};
use crate::tests::fake::PATIENCE;
use board::wire::{CloseCode, Message, Role};
use futures_util::FutureExt;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::time::timeout;

impl World {
    pub(super) async fn join(&mut self, who: usize) {
        if self.house.rooms.len() == 0 {
            // A room is opened when all that was written is on disk, or the disk is full.
            self.log.hold(false);
        }
        self.ids += 1;
        let person = &self.people[who];
        let outbox = Arc::new(Outbox::new(self.limits.queue));
        let room = loop {
            let room = self.house.rooms.enter(&self.house.board).expect("the board is there");
            let (joined, answer) = oneshot::channel();
            let join = ToRoom::Join(Join {
                id: self.ids,
                outbox: outbox.clone(),
                role: if person.kind == Kind::Reader { Role::View } else { Role::Edit },
                person: person.me.0.clone(),
                page: person.kind != Kind::Yjs,
                outdated: false,
                joined,
            });
            let sent = room.send(join).await.is_ok();
            if sent && timeout(PATIENCE, answer).await.expect("the room opens").is_ok() {
                break room;
            }
        };
        self.log.hold(true);
        let vector = person.replica.state_vector();
        let person = &mut self.people[who];
        person.line = Some(Line {
            id: self.ids,
            room,
            outbox,
            up: VecDeque::from([Message::Step1(vector)]),
            down: VecDeque::new(),
            may_catch_up: false,
            flowing: person.kind == Kind::Yjs,
            synced: false,
            sent: 0,
            frames: VecDeque::new(),
        });
    }

    /// The connection breaks, with all that was on its way.
    pub(super) fn lose(&mut self, who: usize) {
        if let Some(line) = self.people[who].line.take() {
            self.ghosts.push((line.id, line.room));
        }
    }

    pub(super) async fn notice_lost(&mut self) {
        for (id, room) in self.ghosts.drain(..) {
            let _ = room.send(ToRoom::Left(id)).await;
        }
    }

    /// Some of what waits is sent.
    pub(super) async fn upload(&mut self, who: usize, most: usize) -> bool {
        let Some(line) = &mut self.people[who].line else { return false };
        let count = most.min(line.up.len());
        for message in line.up.drain(..count) {
            let _ = line.room.send(ToRoom::Said(line.id, message)).await;
        }
        count > 0
    }

    /// Takes what waits from the room, and hears so many frames of it.
    pub(super) async fn download(&mut self, who: usize, most: usize) -> bool {
        let mut busy = false;
        let mut end = None;
        if let Some(line) = &mut self.people[who].line {
            if std::mem::take(&mut line.may_catch_up) {
                busy = true;
                let _ = line.room.send(ToRoom::CaughtUp(line.id)).await;
            }
            match line.outbox.next().now_or_never() {
                Some(Next::Frames(frames)) => line.down.extend(frames),
                Some(Next::CaughtUp) => line.may_catch_up = true,
                Some(Next::Close(code)) => end = Some(code),
                None => {}
            }
            busy |= line.may_catch_up || end.is_some();
        }
        let most = if end.is_some() { usize::MAX } else { most };
        for _ in 0..most {
            let person = &mut self.people[who];
            let Some(frame) = person.line.as_mut().and_then(|line| line.down.pop_front()) else { break };
            busy = true;
            let saved = person.hear(&frame);
            self.check_saved(who, saved);
        }
        if let Some(code) = end {
            let fine = [CloseCode::Restart, CloseCode::Resync, CloseCode::Internal];
            assert!(fine.contains(&code), "nobody did anything wrong: {code:?}");
            self.note(|| format!("{who} is sent away: {code:?}"));
            self.lose(who);
        }
        busy
    }
}
