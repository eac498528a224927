//! What a room does once in a while, off the road of updates.

use super::{Room, now};
use crate::committer::Stopped;
use crate::log::Write;
use board::wire::CloseCode;
use bytes::Bytes;

/// A snapshot is written after so many bytes, however few rows they are.
const COMPACT_BYTES: usize = 256 << 10;

impl Room {
    /// Once in a while: presence that went silent, readers that stay behind, and a snapshot when it is time.
    pub async fn tick(&mut self) -> Result<(), Stopped> {
        let silent = self.presence.expire(now());
        for entry in &silent {
            if let Some(owner) = self.owners.remove(&entry.client)
                && let Some(member) = self.members.get_mut(&owner)
            {
                member.client = None;
            }
        }
        self.tell_presence(&silent);
        for member in self.members.values() {
            if member.behind.is_some_and(|since| since.elapsed() > self.limits.behind) {
                member.outbox.close(CloseCode::Overloaded);
            }
        }
        // Views of the changes have no reader here.
        self.replica.changes();
        self.compact().await
    }

    async fn compact(&mut self) -> Result<(), Stopped> {
        let due = self.row - self.compacted >= self.limits.snapshot || self.bytes_since >= COMPACT_BYTES;
        if !due || self.row == self.compacted || self.replica.has_pending() {
            return Ok(());
        }
        let state = Bytes::from(self.replica.snapshot());
        self.compacted = self.row;
        self.bytes_since = 0;
        self.size = state.len();
        let snapshot = Write::Snapshot { board: self.board.clone(), upto: self.row, time: now(), state };
        self.store.later(vec![snapshot]).await
    }
}
