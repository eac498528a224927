//! Appending: optimistic concurrency, atomic batches, idempotency by id.

use super::records::Record;
use super::{ActorId, Log, SchemaId, StreamId};
use crate::value::Value;
use protocol::step::Expected;
use protocol::{Position, Time};
use std::fmt;

/// An event to append.
#[derive(Clone, PartialEq, Debug)]
pub struct New {
    pub stream: StreamId,
    pub schema: SchemaId,
    /// One for each property of the schema, in its order.
    pub data: Box<[Value]>,
    /// Worked out from the seed of the log and the position where there is none.
    pub id: Option<u128>,
    pub at: Time,
    pub by: ActorId,
    /// The first event of the whole story; where there is none, the first event of this batch.
    pub correlation: Option<Position>,
    /// The event that led to this one.
    pub causation: Option<Position>,
    /// The index of the step that it comes from.
    pub step: u32,
}

/// Where the events of a batch lie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Appended {
    pub first: Position,
    pub last: Position,
    /// They had been there already: nothing was appended.
    pub known: bool,
}

impl Appended {
    /// None for an empty batch.
    pub fn positions(&self) -> std::ops::RangeInclusive<Position> {
        self.first..=self.last
    }
}

/// Why nothing of a batch was appended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conflict {
    /// Somebody else wrote to the stream, or did not.
    Version { stream: StreamId, expected: Expected, actual: u64 },
    /// Some ids of the batch are known and others are not, so it is no repetition of an earlier one.
    PartlyKnown { known: Position },
    /// The stream or the schema is none of this log, or the values are not as many as the schema has properties.
    Unknown,
    /// There are as many events as a log can hold.
    Full,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Conflict::Version { expected: Expected::Version(expected), actual, .. } => {
                write!(f, "The stream is at version {actual}, not {expected}.")
            }
            Conflict::Version { actual, .. } => {
                write!(f, "The stream is at version {actual} already.")
            }
            Conflict::PartlyKnown { known } => {
                write!(f, "Part of these events is in the log already, the first at position {known}.")
            }
            Conflict::Unknown => f.write_str("The event fits no schema of this log."),
            Conflict::Full => f.write_str("The log is full."),
        }
    }
}

impl std::error::Error for Conflict {}

impl Log {
    /// Appends the batch whole or not at all. `expected` is about the stream of its first event. A batch whose ids
    /// are all known is there already, whatever the version: that is what makes a repetition safe.
    pub fn append(
        &mut self,
        expected: Expected,
        events: impl IntoIterator<Item = New>,
    ) -> Result<Appended, Conflict> {
        let before = self.head();
        let mut known: Option<(Position, Position)> = None;
        let mut refused = None;
        for event in events {
            if let Some(position) = event.id.and_then(|id| self.find_id(id)) {
                known = Some((known.map_or(position, |(first, _)| first), position));
                continue;
            }
            if self.head() == before {
                refused = self.conflict(expected, event.stream);
            }
            refused = refused.or_else(|| self.push(event, before + 1).err());
            if refused.is_some() {
                break;
            }
        }
        match (refused, known) {
            (None, None) => Ok(Appended { first: before + 1, last: self.head(), known: false }),
            (None, Some((first, last))) if self.head() == before => Ok(Appended { first, last, known: true }),
            (refused, known) => {
                self.cut(before);
                let partly = known.map(|(known, _)| Conflict::PartlyKnown { known });
                Err(refused.or(partly).unwrap_or(Conflict::Unknown))
            }
        }
    }

    /// What stands in the way of a writer who expects this of the stream.
    pub fn conflict(&self, expected: Expected, stream: StreamId) -> Option<Conflict> {
        let fits = match expected {
            Expected::Any => true,
            Expected::NoStream => self.stream(stream).is_empty(),
            Expected::Version(version) => self.version(stream) == version,
        };
        (!fits).then(|| Conflict::Version { stream, expected, actual: self.version(stream) })
    }

    fn push(&mut self, event: New, first: Position) -> Result<(), Conflict> {
        let position = self.head() + 1;
        let short = u32::try_from(position).map_err(|_| Conflict::Full)?;
        let shape = self.names.shapes.get(event.schema.0 as usize).ok_or(Conflict::Unknown)?;
        let name = self.names.streams.get(event.stream.0 as usize).ok_or(Conflict::Unknown)?;
        let stream = self.streams.get_mut(event.stream.0 as usize).ok_or(Conflict::Unknown)?;
        if shape.schema.properties.len() != event.data.len() {
            return Err(Conflict::Unknown);
        }
        let earlier = |at: Option<Position>| at.and_then(|at| u32::try_from(at).ok());
        stream.positions.push(position);
        stream.happens(event.schema, position);
        if let Some(category) = self.categories.get_mut(name.category.0 as usize) {
            category.push(position);
        }
        if let Some(r#type) = self.types.get_mut(shape.r#type.0 as usize) {
            r#type.push(position);
        }
        if let Some(id) = event.id {
            self.given.insert(id, short);
        }
        self.records.push(Record {
            data: event.data,
            at: event.at,
            stream: event.stream,
            schema: event.schema,
            version: stream.positions.len() as u32,
            by: event.by,
            step: event.step,
            correlation: earlier(event.correlation).or(earlier(Some(first))).unwrap_or(short),
            causation: earlier(event.causation).unwrap_or(0),
        });
        Ok(())
    }
}
