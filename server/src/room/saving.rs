//! What is on disk, and who is told so; what happens while the disk is full.

use super::{Member, Room, SocketId, frame};
use crate::committer::Disk;
use board::wire::{Message, Role, refused};
use bytes::Bytes;
use std::collections::BTreeMap;

/// A frame that is not on disk yet.
pub(super) struct Unsaved {
    row: u64,
    pub(super) socket: SocketId,
    frames: u64,
}

impl Room {
    /// Everything this socket has sent so far is confirmed with the row that was appended last, unless some of it was
    /// not taken in.
    pub(super) fn await_disk(&mut self, id: SocketId) {
        let all_is_in = |member: &&Member| !member.owes && !member.lacks && !member.closing;
        let Some(member) = self.members.get(&id).filter(|member| member.page).filter(all_is_in) else {
            return;
        };
        self.unsaved.push_back(Unsaved { row: self.row, socket: id, frames: member.frames });
        if self.is_saved() {
            self.confirm();
        }
    }

    /// Tells everybody whose frames are on disk by now.
    pub fn confirm(&mut self) {
        let durable = *self.durable.borrow();
        let mut counts: BTreeMap<SocketId, u64> = BTreeMap::new();
        while let Some(front) = self.unsaved.front().filter(|front| front.row <= durable) {
            counts.insert(front.socket, front.frames);
            self.unsaved.pop_front();
        }
        for (id, count) in counts {
            if let Some(member) = self.members.get(&id) {
                member.outbox.saved(frame(&Message::Saved(count)));
            }
        }
    }

    /// From the first on nothing is taken in.
    pub fn read_only(&mut self) {
        self.read_only = true;
    }

    /// The disk became full, or has room again.
    pub fn disk(&mut self, disk: &Disk) {
        let read_only = *disk != Disk::Fine;
        if read_only == self.read_only {
            return;
        }
        self.read_only = read_only;
        let ask = frame(&Message::Step1(self.replica.state_vector()));
        for member in self.members.values() {
            if member.page {
                member.outbox.greet(if read_only { disk_full() } else { disk_ok() });
            }
            if !read_only && member.role >= Role::Edit {
                member.outbox.greet(ask.clone());
            }
        }
    }
}

pub(super) fn disk_full() -> Bytes {
    frame(&Message::Refused {
        code: refused::DISK_FULL.into(),
        message: "The server's disk is full. The board is read-only until there is room; what you type now is kept in this page.".into(),
    })
}

pub(super) fn disk_ok() -> Bytes {
    frame(&Message::Refused { code: refused::DISK_OK.into(), message: "The server can write again.".into() })
}

pub(super) fn nearly_full() -> Bytes {
    frame(&Message::Refused {
        code: refused::NEARLY_FULL.into(),
        message: "This board has nearly reached its largest size. Go on with a new board soon.".into(),
    })
}
