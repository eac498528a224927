//! Which changes of this page are on the server's disk, which this browser keeps, and what it has to write next.
//!
//! Plain counting, no browser. Own changes are numbered from 1. What is written must never leave a hole: a change
//! that was confirmed, and so is not written any more, has to be in the snapshot before a later one is written, or a
//! page that opens without the server would join what does not belong together.

use std::collections::VecDeque;

/// A change of this page that the server has not confirmed.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    pub seq: u64,
    /// Whether a gesture begins with it; people count gestures.
    pub begins: bool,
    pub update: Vec<u8>,
}

/// Changes of another page that were found in this browser: those of `client` up to `upto`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leftover {
    pub client: u64,
    pub upto: u64,
    /// How many gestures.
    pub count: usize,
}

/// What one transaction writes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Batch {
    pub rows: Vec<Change>,
    /// The whole board goes along. Only then is anything removed.
    pub snapshot: bool,
    /// Own rows up to this one are confirmed and go.
    pub done: u64,
    /// Rows of other pages that are confirmed and go.
    pub found: Vec<Leftover>,
    /// What the snapshot holds: all own changes up to this, and what was heard up to then.
    made: u64,
    heard: u64,
}

struct Frame {
    number: u64,
    upto: u64,
    /// What it held of what was found in this browser.
    found: Vec<Leftover>,
}

#[derive(Default)]
pub struct Ledger {
    made: u64,
    confirmed: u64,
    /// Rows up to this one have been written.
    kept: u64,
    /// Rows up to this one have gone again.
    gone: u64,
    open: VecDeque<Change>,
    /// Changes of other pages: not confirmed yet, and confirmed but still in the browser.
    found: Vec<Leftover>,
    finished: Vec<Leftover>,
    frames: VecDeque<Frame>,
    /// What the snapshot in the browser holds.
    snapshot: Option<(u64, u64)>,
}

impl Ledger {
    pub fn made(&mut self, update: Vec<u8>, begins: bool) -> u64 {
        self.made += 1;
        self.open.push_back(Change { seq: self.made, begins, update });
        self.made
    }

    pub fn found(&mut self, found: Leftover) {
        self.found.retain(|known| known.client != found.client);
        self.found.push(found);
    }

    // ---- the socket

    /// This frame of the socket held the own change `upto`; without one it held all there was to send, what was
    /// found in this browser too.
    pub fn sent(&mut self, number: u64, upto: Option<u64>) {
        let found = if upto.is_none() { self.found.clone() } else { Vec::new() };
        self.frames.push_back(Frame { number, upto: upto.unwrap_or(self.made), found });
    }

    /// The server has so many frames of this socket on its disk.
    pub fn saved(&mut self, count: u64) {
        while let Some(frame) = self.frames.pop_front_if(|frame| frame.number <= count) {
            self.confirmed = self.confirmed.max(frame.upto);
            self.found.retain(|found| !frame.found.contains(found));
            self.finished.extend(frame.found);
        }
        while self.open.pop_front_if(|change| change.seq <= self.confirmed).is_some() {}
    }

    /// The socket is gone; what was on its way may or may not have arrived.
    pub fn lost(&mut self) {
        self.frames.clear();
    }

    // ---- what people are told

    /// How many changes wait for the server.
    pub fn waiting(&self) -> usize {
        let own = self.open.iter().filter(|change| change.begins).count();
        let found: usize = self.found.iter().map(|found| found.count).sum();
        // The rest of a gesture of which the beginning arrived is a change too.
        own.max(usize::from(!self.open.is_empty())) + found
    }

    /// Whether closing the page loses nothing.
    pub fn is_kept(&self) -> bool {
        self.open.back().is_none_or(|last| last.seq <= self.kept)
    }

    // ---- the browser's storage

    /// What to write so that nothing is lost when the page closes now; `None` if that is so already.
    pub fn urgent(&self, heard: u64) -> Option<Batch> {
        (!self.is_kept()).then(|| self.batch(heard, false))
    }

    /// What to write so that the board opens as it is now, and what is confirmed goes; `None` if nothing is new.
    pub fn fresh(&self, heard: u64) -> Option<Batch> {
        let left = self.confirmed.min(self.kept) > self.gone;
        let stale = self.is_stale(heard) || !self.finished.is_empty() || left;
        stale.then(|| self.batch(heard, true))
    }

    /// What to write so that all of this holds; `None` if it does already.
    pub fn all(&self, heard: u64) -> Option<Batch> {
        self.fresh(heard).or_else(|| self.urgent(heard))
    }

    fn is_stale(&self, heard: u64) -> bool {
        self.snapshot.is_none_or(|(made, then)| made < self.confirmed || then != heard)
    }

    fn batch(&self, heard: u64, snapshot: bool) -> Batch {
        let rows = self.open.iter().filter(|change| change.seq > self.kept).cloned().collect();
        let snapshot = snapshot || self.is_stale(heard);
        let found = if snapshot { self.finished.clone() } else { Vec::new() };
        Batch { rows, snapshot, done: self.confirmed, found, made: self.made, heard }
    }

    /// The transaction went through.
    pub fn written(&mut self, batch: &Batch) {
        if let Some(last) = batch.rows.last() {
            self.kept = self.kept.max(last.seq);
        }
        if batch.snapshot {
            self.snapshot = Some((batch.made, batch.heard));
            self.gone = self.gone.max(batch.done);
            self.finished.retain(|found| !batch.found.contains(found));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seqs(batch: &Batch) -> Vec<u64> {
        batch.rows.iter().map(|row| row.seq).collect()
    }

    fn change(ledger: &mut Ledger) -> u64 {
        ledger.made(vec![0], true)
    }

    #[test]
    fn the_first_change_offline_takes_the_board_along_and_later_ones_go_alone() {
        let mut ledger = Ledger::default();
        change(&mut ledger);
        let batch = ledger.urgent(7).unwrap();
        assert!(batch.snapshot);
        ledger.written(&batch);
        assert!(ledger.is_kept() && ledger.urgent(7).is_none());
        change(&mut ledger);
        let batch = ledger.urgent(7).unwrap();
        assert_eq!((seqs(&batch), batch.snapshot), (vec![2], false));
    }

    #[test]
    fn a_change_is_never_written_over_a_hole() {
        let mut ledger = Ledger::default();
        let first = ledger.fresh(0).unwrap();
        ledger.written(&first);
        let seq = change(&mut ledger);
        ledger.sent(1, Some(seq));
        ledger.saved(1);
        ledger.lost();
        change(&mut ledger);
        let batch = ledger.urgent(0).unwrap();
        assert_eq!(seqs(&batch), [2]);
        assert!(batch.snapshot, "the confirmed change was never written as a row");
        assert_eq!(batch.done, 1);
    }

    #[test]
    fn rows_that_were_confirmed_after_the_last_snapshot_go_with_the_next_look() {
        let mut ledger = Ledger::default();
        change(&mut ledger);
        let first = ledger.urgent(7).unwrap();
        ledger.written(&first);
        let snapshot = ledger.fresh(7);
        snapshot.iter().for_each(|batch| ledger.written(batch));
        ledger.sent(1, Some(1));
        ledger.saved(1);
        let last = ledger.fresh(7).expect("the row is still in the browser");
        assert_eq!(last.done, 1);
        ledger.written(&last);
        assert!(ledger.fresh(7).is_none());
    }

    #[test]
    fn what_could_not_be_written_is_in_the_next_batch() {
        let mut ledger = Ledger::default();
        change(&mut ledger);
        let _refused = ledger.urgent(0).unwrap();
        change(&mut ledger);
        assert!(!ledger.is_kept());
        assert_eq!(seqs(&ledger.urgent(0).unwrap()), [1, 2]);
    }

    #[test]
    fn a_change_that_was_just_sent_is_written_when_the_page_closes_though_the_board_is_kept() {
        let mut ledger = Ledger::default();
        let first = ledger.all(0).unwrap();
        ledger.written(&first);
        assert!(ledger.all(0).is_none());
        let seq = change(&mut ledger);
        ledger.sent(1, Some(seq));
        let last = ledger.all(0).expect("the server has not confirmed it");
        assert_eq!((seqs(&last), last.snapshot), (vec![1], false));
        ledger.written(&last);
        assert!(ledger.is_kept() && ledger.all(0).is_none());
    }

    #[test]
    fn a_lost_socket_confirms_nothing() {
        let mut ledger = Ledger::default();
        let seq = change(&mut ledger);
        ledger.sent(1, Some(seq));
        ledger.lost();
        ledger.saved(1);
        assert_eq!(ledger.waiting(), 1);
        ledger.sent(1, None);
        ledger.saved(1);
        assert_eq!(ledger.waiting(), 0);
    }

    #[test]
    fn changes_of_a_closed_page_go_only_when_a_whole_document_is_confirmed_and_kept() {
        let mut ledger = Ledger::default();
        ledger.found(Leftover { client: 5, upto: 50, count: 50 });
        assert_eq!(ledger.waiting(), 50);
        ledger.sent(1, None);
        assert!(ledger.batch(0, true).found.is_empty());
        ledger.saved(1);
        assert_eq!(ledger.waiting(), 0);
        let batch = ledger.fresh(0).unwrap();
        assert_eq!(batch.found, [Leftover { client: 5, upto: 50, count: 50 }]);
        ledger.written(&batch);
        assert!(ledger.fresh(0).is_none());
    }

    #[test]
    fn the_end_of_a_gesture_counts_as_a_change_and_its_middle_does_not() {
        let mut ledger = Ledger::default();
        ledger.made(vec![0], true);
        ledger.made(vec![0], false);
        assert_eq!(ledger.waiting(), 1);
        ledger.sent(1, Some(1));
        ledger.saved(1);
        assert_eq!(ledger.waiting(), 1);
    }
}
