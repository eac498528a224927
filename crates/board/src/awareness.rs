//! Who is here: the map of presence records that y-protocols calls awareness, for server and page.
//!
//! Invariants: a record only moves forward in its client's clock; a client that left is remembered for a while, so
//! that a late copy of its record does not bring it back. The clock is an argument. Nothing here enters the document.
//! Not here: which client may speak for which record (the server binds them), what is inside a record.

use crate::wire::lib0::{Reader, write_bytes, write_uint};
use std::collections::BTreeMap;

/// A record that was not renewed for this long is taken away, and a removal forgotten (milliseconds).
pub const EXPIRY: u64 = 30_000;

/// One client's entry in an awareness update.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub client: u64,
    pub clock: u64,
    /// JSON, or `None` when the client has left.
    pub state: Option<String>,
}

/// Reads an awareness update that has passed the validator; entries after a flaw are left out.
pub fn read(update: &[u8]) -> Vec<Entry> {
    let mut reader = Reader::new(update);
    let mut entries = Vec::new();
    let count = reader.uint().unwrap_or(0);
    for _ in 0..count {
        let Some(entry) = entry(&mut reader) else {
            break;
        };
        entries.push(entry);
    }
    entries
}

fn entry(reader: &mut Reader<'_>) -> Option<Entry> {
    let client = reader.uint().ok()?;
    let clock = reader.uint().ok()?;
    let state = reader.string().ok()?;
    Some(Entry { client, clock, state: (state.trim() != "null").then(|| state.to_owned()) })
}

pub fn write<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<u8> {
    let mut body = Vec::new();
    let mut count = 0;
    for entry in entries {
        count += 1;
        write_uint(&mut body, entry.client);
        write_uint(&mut body, entry.clock);
        write_bytes(&mut body, entry.state.as_deref().unwrap_or("null").as_bytes());
    }
    let mut out = Vec::with_capacity(body.len() + 4);
    write_uint(&mut out, count);
    out.extend(body);
    out
}

struct Record {
    clock: u64,
    state: Option<String>,
    renewed: u64,
}

/// All records of a board.
#[derive(Default)]
pub struct Awareness {
    records: BTreeMap<u64, Record>,
}

impl Awareness {
    /// Takes an entry in. The answer is whether it said anything new (a renewal is news: it keeps others' copies).
    pub fn apply(&mut self, entry: Entry, now: u64) -> bool {
        if let Some(known) = self.records.get(&entry.client) {
            let leaves = entry.clock == known.clock && entry.state.is_none() && known.state.is_some();
            if entry.clock <= known.clock && !leaves {
                return false;
            }
        }
        self.records.insert(entry.client, Record { clock: entry.clock, state: entry.state, renewed: now });
        true
    }

    /// The JSON of everybody who is here.
    pub fn states(&self) -> impl Iterator<Item = (u64, &str)> {
        self.records.iter().filter_map(|(client, record)| Some((*client, record.state.as_deref()?)))
    }

    pub fn contains(&self, client: u64) -> bool {
        self.records.contains_key(&client)
    }

    /// Everybody who is here as one update; `None` when nobody is.
    pub fn encode(&self) -> Option<Vec<u8>> {
        let entries: Vec<Entry> = self
            .records
            .iter()
            .filter(|(_, record)| record.state.is_some())
            .map(|(client, record)| Entry {
                client: *client,
                clock: record.clock,
                state: record.state.clone(),
            })
            .collect();
        (!entries.is_empty()).then(|| write(&entries))
    }

    /// A client has left; the entry tells the others. Its clock stays, as y-protocols' server does it: then the
    /// client is seen again with its next renewal when it comes back under the same number.
    pub fn remove(&mut self, client: u64, now: u64) -> Option<Entry> {
        let record = self.records.get_mut(&client)?;
        record.state.take()?;
        record.renewed = now;
        Some(Entry { client, clock: record.clock, state: None })
    }

    /// Takes away who was silent for too long; the entries tell the others.
    pub fn expire(&mut self, now: u64) -> Vec<Entry> {
        let old = |record: &Record| now.saturating_sub(record.renewed) > EXPIRY;
        self.records.retain(|_, record| record.state.is_some() || !old(record));
        let silent: Vec<u64> =
            self.records.iter().filter(|(_, record)| old(record)).map(|(client, _)| *client).collect();
        silent.into_iter().filter_map(|client| self.remove(client, now)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(client: u64, clock: u64, state: Option<&str>) -> Entry {
        Entry { client, clock, state: state.map(str::to_owned) }
    }

    #[test]
    fn an_older_record_does_not_replace_a_newer_one() {
        let mut here = Awareness::default();
        assert!(here.apply(entry(1, 2, Some("2")), 0));
        assert!(!here.apply(entry(1, 2, Some("3")), 0));
        assert!(!here.apply(entry(1, 1, None), 0));
        assert_eq!(here.states().collect::<Vec<_>>(), [(1, "2")]);
    }

    #[test]
    fn a_removal_with_the_same_clock_counts_and_a_late_copy_does_not_revive() {
        let mut here = Awareness::default();
        here.apply(entry(1, 2, Some("{}")), 0);
        assert!(here.apply(entry(1, 2, None), 0));
        assert!(!here.apply(entry(1, 2, Some("{}")), 0));
        assert_eq!(here.encode(), None);
    }

    #[test]
    fn who_is_silent_for_more_than_thirty_seconds_is_taken_away_once() {
        let mut here = Awareness::default();
        here.apply(entry(7, 4, Some("{}")), 1_000);
        assert_eq!(here.expire(31_000), []);
        assert_eq!(here.expire(31_001), [entry(7, 4, None)]);
        assert_eq!(here.expire(31_002), []);
        assert!(here.contains(7));
        here.expire(90_000);
        assert!(!here.contains(7));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let entries = [entry(1, 2, Some("{\"a\":1}")), entry(1 << 50, 9, None)];
        assert_eq!(read(&write(&entries)), entries);
    }
}
