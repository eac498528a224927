//! Members whose updates wait for others that have not come: how far they reach, and how much it is.
//!
//! Normally empty: an honest client's updates come in order. It fills for a moment when two tabs of one browser tell
//! each other first and the server second. Who waits here waits alone: others are confirmed as ever.

use crate::room::SocketId;
use board::wire::{Clocks, Reach};
use std::collections::BTreeMap;

#[derive(Default)]
struct Waiting {
    /// What must be there until all that this member sent is there.
    reach: Reach,
    bytes: usize,
}

#[derive(Default)]
pub struct Gap {
    members: BTreeMap<SocketId, Waiting>,
    /// What members sent who have gone, where it was not all there.
    left: Option<Reach>,
}

impl Gap {
    pub fn is_open(&self) -> bool {
        !self.members.is_empty() || self.left.is_some()
    }

    pub fn holds(&self, member: SocketId) -> bool {
        self.members.contains_key(&member)
    }

    /// An update that is not all there. The answer is whether it is the first of this member.
    pub fn grow(&mut self, member: SocketId, reach: &Reach, bytes: usize) -> bool {
        let first = !self.holds(member);
        let waiting = self.members.entry(member).or_default();
        waiting.reach.join(reach);
        waiting.bytes += bytes;
        first
    }

    pub fn bytes(&self) -> usize {
        self.members.values().map(|waiting| waiting.bytes).sum()
    }

    /// Of whom everything is there by now: they wait no longer.
    pub fn settle(&mut self, clocks: &Clocks) -> Vec<SocketId> {
        self.left.take_if(|reach| reach.is_within(clocks));
        let settled = self.members.extract_if(.., |_, waiting| waiting.reach.is_within(clocks));
        settled.map(|(member, _)| member).collect()
    }

    /// A member goes, and what it sent stays.
    pub fn leave(&mut self, member: SocketId) {
        if let Some(waiting) = self.members.remove(&member) {
            self.left.get_or_insert_default().join(&waiting.reach);
        }
    }

    /// Whether something waits, and nobody is left who sent it.
    pub fn is_deserted(&self) -> bool {
        self.members.is_empty() && self.left.is_some()
    }
}
