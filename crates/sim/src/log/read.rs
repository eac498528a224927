//! Reading: single events, streams, categories, types, and the log forwards and backwards.

use super::records::Record;
use super::{CategoryId, Happened, Log, Schema, SchemaId, StreamId, TypeId, names};
use crate::value::{Text, Value};
use protocol::{Position, Time};

static ERASED: Value = Value::Erased;
static ABSENT: Value = Value::Absent;

/// An event as it lies in the log.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    log: &'a Log,
    record: &'a Record,
    pub position: Position,
}

impl Log {
    pub fn get(&self, position: Position) -> Option<Recorded<'_>> {
        let record = self.records.get(position)?;
        Some(Recorded { log: self, record, position })
    }

    /// Positions of the events of a stream since it was last deleted.
    pub fn stream(&self, stream: StreamId) -> &[Position] {
        self.streams.get(stream.0 as usize).map_or(&[], |of| of.visible())
    }

    /// The same, as it was at a position.
    pub fn stream_at(&self, stream: StreamId, until: Position) -> &[Position] {
        upto(self.ever(stream), until).get(self.hidden_at(stream, until)..).unwrap_or(&[])
    }

    /// All positions of a stream, those before a deletion too.
    pub fn ever(&self, stream: StreamId) -> &[Position] {
        self.streams.get(stream.0 as usize).map_or(&[], |of| &of.positions)
    }

    /// Counts all events that the stream ever had.
    pub fn version(&self, stream: StreamId) -> u64 {
        self.streams.get(stream.0 as usize).map_or(0, |of| of.positions.len() as u64)
    }

    /// What decides commands of a stream. Few: one for each schema of its events.
    pub fn happened(&self, stream: StreamId) -> &[Happened] {
        self.streams.get(stream.0 as usize).map_or(&[], |of| &of.happened)
    }

    /// `$ce-Todo`
    pub fn of_category(&self, category: CategoryId) -> &[Position] {
        self.categories.get(category.0 as usize).map_or(&[], |all| all)
    }

    /// `$et-TodoAdded`
    pub fn of_type(&self, r#type: TypeId) -> &[Position] {
        self.types.get(r#type.0 as usize).map_or(&[], |all| all)
    }

    /// Events after a position, oldest first: `$all`.
    pub fn after(&self, position: Position) -> impl DoubleEndedIterator<Item = Recorded<'_>> {
        self.range(position.saturating_add(1), self.head())
    }

    /// Events from one position to another, both included; reversed it reads backwards.
    pub fn range(&self, from: Position, to: Position) -> impl DoubleEndedIterator<Item = Recorded<'_>> {
        (from.max(1)..=to.min(self.head())).filter_map(|position| self.get(position))
    }
}

/// The first of sorted positions, up to and with one.
pub(crate) fn upto(positions: &[Position], until: Position) -> &[Position] {
    positions.get(..positions.partition_point(|position| *position <= until)).unwrap_or(&[])
}

impl<'a> Recorded<'a> {
    pub fn stream(&self) -> StreamId {
        self.record.stream
    }

    /// `1` of `Todo-1`.
    pub fn stream_key(&self) -> &'a str {
        self.log.stream_key(self.record.stream)
    }

    pub fn schema_id(&self) -> SchemaId {
        self.record.schema
    }

    pub fn schema(&self) -> &'a Schema {
        &self.shape().schema
    }

    pub fn type_id(&self) -> TypeId {
        self.shape().r#type
    }

    fn shape(&self) -> &'a names::Shape {
        // Appending made sure that there is one.
        &self.log.names.shapes[self.record.schema.0 as usize]
    }

    /// Counted from 1 within its stream.
    pub fn version(&self) -> u64 {
        u64::from(self.record.version)
    }

    pub fn at(&self) -> Time {
        self.record.at
    }

    pub fn actor(&self) -> super::ActorId {
        self.record.by
    }

    pub fn by(&self) -> &'a str {
        self.log.actor_name(self.record.by)
    }

    pub fn id(&self) -> u128 {
        self.log.id_at(self.position, self.record)
    }

    /// The first event of the story that this one belongs to.
    pub fn correlation(&self) -> Position {
        u64::from(self.record.correlation)
    }

    pub fn causation(&self) -> Option<Position> {
        (self.record.causation > 0).then_some(u64::from(self.record.causation))
    }

    pub fn step(&self) -> usize {
        self.record.step as usize
    }

    pub fn is_skipped(&self) -> bool {
        self.log.is_skipped(self.position)
    }

    /// It has personal data that cannot be read any more.
    pub fn is_erased(&self) -> bool {
        let shape = self.shape();
        shape.has_personal && (0..shape.schema.properties.len()).any(|index| self.value(index) == &ERASED)
    }

    fn is_forgotten(&self) -> bool {
        self.log
            .streams
            .get(self.record.stream.0 as usize)
            .is_some_and(|of| self.position <= u64::from(of.forgotten))
    }

    /// By the index of the property in the schema: when the event was written, or since.
    pub fn is_personal(&self, index: usize) -> bool {
        self.shape().personal.get(index) == Some(&true)
    }

    /// By the index of the property in the schema; `Absent` beyond its end.
    pub fn value(&self, index: usize) -> &'a Value {
        let value = self.record.data.get(index).unwrap_or(&ABSENT);
        if !self.is_forgotten() {
            return value;
        }
        match self.is_personal(index) && !matches!(value, Value::Absent) {
            true => &ERASED,
            false => value,
        }
    }

    pub fn get(&self, property: &str) -> Option<&'a Value> {
        self.schema().index(property).map(|index| self.value(index))
    }

    /// All properties with their values.
    pub fn data(self) -> impl ExactSizeIterator<Item = (&'a Text, &'a Value)> {
        let properties = self.schema().properties.iter().enumerate();
        properties.map(move |(index, property)| (&property.name, self.value(index)))
    }
}
