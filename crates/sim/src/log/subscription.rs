//! Readers that remember how far they are.

use super::{CategoryId, Log, Position, Recorded, StreamId, TypeId, read};

/// What a subscription hears of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    All,
    Stream(StreamId),
    Category(CategoryId),
    Types(Vec<TypeId>),
}

/// Catches up from its checkpoint; at the head of the log it is live: whoever appends lets it hear at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subscription {
    pub source: Source,
    checkpoint: Position,
}

impl Subscription {
    pub fn new(source: Source) -> Subscription {
        Subscription { source, checkpoint: 0 }
    }

    /// It has heard of everything up to here.
    pub fn checkpoint(&self) -> Position {
        self.checkpoint
    }

    /// How many events it has not heard of.
    pub fn behind(&self, log: &Log) -> u64 {
        let after =
            |positions: &[Position]| (positions.len() - read::upto(positions, self.checkpoint).len()) as u64;
        match &self.source {
            Source::All => log.head().saturating_sub(self.checkpoint),
            Source::Stream(stream) => after(log.stream(*stream)),
            Source::Category(category) => after(log.of_category(*category)),
            Source::Types(types) => types.iter().map(|r#type| after(log.of_type(*r#type))).sum(),
        }
    }

    /// The next event for it, which it has heard of from now on. `None`: it is live.
    pub fn next<'a>(&mut self, log: &'a Log) -> Option<Recorded<'a>> {
        let first =
            |positions: &[Position]| positions.get(read::upto(positions, self.checkpoint).len()).copied();
        let position = match &self.source {
            Source::All => Some(self.checkpoint + 1).filter(|position| *position <= log.head()),
            Source::Stream(stream) => first(log.stream(*stream)),
            Source::Category(category) => first(log.of_category(*category)),
            Source::Types(types) => types.iter().filter_map(|r#type| first(log.of_type(*r#type))).min(),
        };
        self.checkpoint = position.unwrap_or_else(|| log.head().max(self.checkpoint));
        log.get(position?)
    }
}
