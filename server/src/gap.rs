//! Updates that wait for others which have not come: who sent them, and how much it is.
//!
//! Normally empty: an honest client's updates come in order. It fills for a moment when two tabs of one browser tell
//! each other first and the server second.

use crate::room::SocketId;
use std::collections::BTreeSet;

#[derive(Default)]
pub struct Gap {
    opener: Option<SocketId>,
    senders: BTreeSet<SocketId>,
    bytes: usize,
}

impl Gap {
    /// Everything that comes while something waits counts, for it may wait as well.
    pub fn grow(&mut self, sender: SocketId, bytes: usize) {
        self.opener.get_or_insert(sender);
        self.senders.insert(sender);
        self.bytes += bytes;
    }

    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whose update was the first that had to wait.
    pub fn opener(&self) -> Option<SocketId> {
        self.opener
    }

    /// The gap is gone; the answer is who sent into it.
    pub fn close(&mut self) -> BTreeSet<SocketId> {
        self.bytes = 0;
        self.opener = None;
        std::mem::take(&mut self.senders)
    }
}
