//! The event store: one append-only log with global positions, and in it a stream per instance of an aggregate,
//! category streams and event-type streams.
//!
//! Invariants: positions count from 1 without gaps; what was appended is never changed or moved; a batch is appended
//! whole or not at all; a known id is never appended twice; what personal values were is reached only through the
//! key of their stream, so that destroying it erases them and leaves the positions. The same calls give the same log.
//! Names are interned: an event costs its values and a few numbers. Not here: what may be appended (`decide`).

mod append;
mod blocks;
mod erase;
pub(crate) mod few;
mod ids;
mod names;
mod read;
mod records;
mod subscription;

pub use append::{Appended, Conflict, New};
pub use erase::Mark;
pub use ids::{read_uuid, uuid};
pub use names::{ActorId, Category, CategoryId, EventType, Property, Schema, SchemaId, StreamId, TypeId};
pub use read::Recorded;
pub(crate) use read::upto;
pub use subscription::{Source, Subscription};

use foldhash::fast::FixedState;
use protocol::Position;
use std::collections::{BTreeSet, HashMap};

type Map<K, V> = HashMap<K, V, FixedState>;

/// See the head of this module.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Where ids of events come from that nobody gave one.
    seed: u64,
    records: records::Records,
    names: names::Names,
    streams: blocks::Blocks<Stream>,
    /// By category and by event type, in the order of their numbers.
    categories: Vec<Vec<Position>>,
    types: Vec<Vec<Position>>,
    given: ids::Given,
    skipped: BTreeSet<Position>,
    /// Deletions and erasures in the order they were made, so that they can be taken back.
    journal: Vec<erase::Deed>,
    /// Properties that turned out to be personal after events were written, in this order.
    guarded: Vec<(SchemaId, usize)>,
}

/// One instance of an aggregate.
#[derive(Clone, Debug, Default)]
struct Stream {
    positions: few::Few<Position>,
    happened: few::Few<Happened>,
    /// So many of its first events are hidden, because it was deleted after them.
    deleted: u32,
    /// Up to here the key of its personal data is destroyed.
    forgotten: u32,
}

/// The snapshot of a stream that decisions need: how often an event of this schema happened since the stream began
/// or was deleted, those left aside that are skipped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Happened {
    pub schema: SchemaId,
    pub times: u32,
    /// Position of the last one.
    pub last: Position,
}

impl Log {
    pub fn new(seed: u64) -> Log {
        Log { seed, ..Log::default() }
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The last position; 0 while the log is empty.
    pub fn head(&self) -> Position {
        self.records.len()
    }

    pub fn is_empty(&self) -> bool {
        self.head() == 0
    }
}

impl Stream {
    fn visible(&self) -> &[Position] {
        self.positions.get(self.deleted as usize..).unwrap_or(&[])
    }

    fn happens(&mut self, schema: SchemaId, position: Position) {
        match self.happened.as_mut_slice().iter_mut().find(|happened| happened.schema == schema) {
            Some(happened) => {
                happened.times += 1;
                happened.last = position;
            }
            None => self.happened.push(Happened { schema, times: 1, last: position }),
        }
    }
}
