//! What the observers of the document saw and the mirror has not looked at yet. Plain data.

use crate::command::Splice;
use crate::{Replica, record, text};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The inbox, which the observers share with the replica.
#[derive(Clone, Default)]
pub(crate) struct Shared(Arc<Mutex<Inbox>>);

impl Shared {
    pub fn lock(&self) -> MutexGuard<'_, Inbox> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Default)]
pub(crate) struct Inbox {
    /// The lines that were touched, and how their texts changed where that is all and is known.
    pub lines: BTreeMap<Arc<str>, Option<Vec<Splice>>>,
    pub people: HashSet<Arc<str>>,
    pub settings: bool,
    /// Keys of the map of runs.
    pub runs: HashSet<Arc<str>>,
    /// Updates of our own, to be sent.
    pub outgoing: Vec<Vec<u8>>,
    /// How many merges brought something that was not known.
    pub heard: u64,
}

impl Inbox {
    /// A transaction changed the document: our own, with its update, or one of others. One that changes nothing is
    /// not reported.
    pub fn changed(&mut self, own: Option<Vec<u8>>) {
        match own {
            Some(update) => self.outgoing.push(update),
            None => self.heard += 1,
        }
    }

    /// Something of this line changed that no splice tells.
    pub fn whole(&mut self, id: &Arc<str>) {
        self.lines.insert(id.clone(), None);
    }

    /// Something but the text of this line changed.
    pub fn beside_text(&mut self, id: &Arc<str>) {
        self.lines.entry(id.clone()).or_insert_with(|| Some(Vec::new()));
    }

    /// With more than one report of a text only the difference is sure.
    pub fn typed(&mut self, id: &Arc<str>, splices: Vec<Splice>) {
        let known = self.lines.entry(id.clone()).or_insert_with(|| Some(Vec::new()));
        *known = known.take().filter(Vec::is_empty).map(|_| splices);
    }
}

impl Replica {
    /// Updates of this replica's own transactions (undo and redo included) since the last call, ready to send.
    pub fn outgoing(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.inbox.lock().outgoing)
    }

    /// How many merges changed anything so far; equal before and after one that brought nothing new.
    pub fn heard(&self) -> u64 {
        self.inbox.lock().heard
    }
}

/// Splices from a report of what stays, goes and comes, from left to right.
#[derive(Default)]
pub(crate) struct Report {
    at: u32,
    pub splices: Vec<Splice>,
}

impl Report {
    pub fn stays(&mut self, count: u32) {
        self.at += count;
    }

    pub fn goes(&mut self, count: u32) {
        self.splices.push(Splice { at: self.at, delete: count, insert: String::new() });
    }

    pub fn comes(&mut self, insert: String) {
        let insert = record::one_line(insert);
        let length = text::len(&insert);
        self.splices.push(Splice { at: self.at, delete: 0, insert });
        self.at += length;
    }
}
