//! What happens to events without changing them: streams are deleted softly, keys of personal data are destroyed,
//! events are skipped; and the way back to an earlier state of the log.

use super::{Log, Position, SchemaId, Stream, StreamId};

/// A deletion or an erasure, with what is needed to take it back.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    head: Position,
    stream: StreamId,
    deleted: u32,
    forgotten: u32,
}

/// A state of the log that can be returned to, for as long as it is not returned to an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    pub head: Position,
    deeds: usize,
    shapes: usize,
    guarded: usize,
}

impl Log {
    /// The stream reads as empty and can be begun again; versions count on. Says whether there was anything to
    /// delete.
    pub fn delete(&mut self, stream: StreamId) -> bool {
        let Some(of) = self.remember(stream, |of| !of.visible().is_empty()) else { return false };
        // The head, and so every count, fits into 32 bits: appending sees to it.
        of.deleted = of.positions.len() as u32;
        of.happened.truncate(0);
        true
    }

    /// Destroys the key under which the personal data of the stream lies until now. Says whether there was any.
    pub fn forget(&mut self, stream: StreamId) -> bool {
        if !self.has_personal(stream) {
            return false;
        }
        let head = self.head();
        let Some(of) = self.remember(stream, |_| true) else { return false };
        of.forgotten = head as u32;
        true
    }

    /// A property is personal in all events of this shape, those of old too.
    pub fn guard(&mut self, schema: SchemaId, property: usize) {
        let Some(shape) = self.names.shapes.get_mut(schema.0 as usize) else { return };
        if shape.personal.get(property) == Some(&false) {
            shape.regard(property, true);
            self.guarded.push((schema, property));
        }
    }

    /// Personal data that can be erased.
    pub fn has_personal(&self, stream: StreamId) -> bool {
        let Some(of) = self.streams.get(stream.0 as usize) else { return false };
        let recent = of.positions.iter().rev().take_while(|position| **position > u64::from(of.forgotten));
        let schemas = recent.filter_map(|position| self.records.get(*position)).map(|record| record.schema);
        schemas
            .into_iter()
            .any(|schema| self.names.shapes.get(schema.0 as usize).is_some_and(|shape| shape.has_personal))
    }

    pub fn is_deleted(&self, stream: StreamId) -> bool {
        self.is_deleted_at(stream, self.head())
    }

    /// The same, as it was at a position.
    pub fn is_deleted_at(&self, stream: StreamId, until: Position) -> bool {
        self.hidden_at(stream, until) > 0 && self.stream_at(stream, until).is_empty()
    }

    /// So many of its first events were hidden at a position, with what was done to it then.
    pub(super) fn hidden_at(&self, stream: StreamId, until: Position) -> usize {
        let now = self.streams.get(stream.0 as usize).map_or(0, |of| of.deleted as usize);
        if now == 0 || until >= self.head() {
            return now;
        }
        let later = self.journal.partition_point(|deed| deed.head <= until);
        let undone = self.journal[later..].iter().find(|deed| deed.stream == stream);
        undone.map_or(now, |deed| deed.deleted as usize)
    }

    pub fn is_forgotten(&self, stream: StreamId) -> bool {
        self.streams.get(stream.0 as usize).is_some_and(|of| of.forgotten > 0)
    }

    fn remember(&mut self, stream: StreamId, wanted: impl Fn(&Stream) -> bool) -> Option<&mut Stream> {
        let head = self.head();
        let of = self.streams.get_mut(stream.0 as usize).filter(|of| wanted(of))?;
        self.journal.push(Deed { head, stream, deleted: of.deleted, forgotten: of.forgotten });
        Some(of)
    }

    /// The event is left out by whoever reads for a decision or a read model, or is taken in again. Says whether
    /// that is anything new.
    pub fn skip(&mut self, position: Position, skip: bool) -> bool {
        let Some(stream) = self.records.get(position).map(|record| record.stream) else { return false };
        let new = match skip {
            true => self.skipped.insert(position),
            false => self.skipped.remove(&position),
        };
        if new {
            self.snapshot(stream);
        }
        new
    }

    pub fn is_skipped(&self, position: Position) -> bool {
        !self.skipped.is_empty() && self.skipped.contains(&position)
    }

    /// Works the snapshot of a stream out again.
    fn snapshot(&mut self, stream: StreamId) {
        let Some(of) = self.streams.get_mut(stream.0 as usize) else { return };
        of.happened.truncate(0);
        for index in of.deleted as usize..of.positions.len() {
            let Some(position) = of.positions.get(index).copied() else { continue };
            let Some(record) = self.records.get(position) else { continue };
            if !self.skipped.contains(&position) {
                of.happens(record.schema, position);
            }
        }
    }

    pub fn mark(&self) -> Mark {
        Mark { head: self.head(), deeds: self.journal.len(), ..self.shapes() }
    }

    fn shapes(&self) -> Mark {
        Mark { shapes: self.names.shapes.len(), guarded: self.guarded.len(), ..Mark::default() }
    }

    /// As the log was then: later events are gone, later deletions and erasures are taken back, and later shapes are
    /// unknown. Other names stay known, because nothing depends on those that nothing has; and events stay skipped,
    /// because skipping is about reading.
    pub fn rewind(&mut self, to: Mark) {
        self.cut(to.head);
        while self.journal.len() > to.deeds {
            let Some(deed) = self.journal.pop() else { break };
            if let Some(of) = self.streams.get_mut(deed.stream.0 as usize) {
                of.deleted = deed.deleted;
                of.forgotten = deed.forgotten;
            }
            self.snapshot(deed.stream);
        }
        while self.guarded.len() > to.guarded {
            let Some((schema, property)) = self.guarded.pop() else { break };
            if let Some(shape) = self.names.shapes.get_mut(schema.0 as usize) {
                shape.regard(property, false);
            }
        }
        self.names.truncate_shapes(to.shapes);
    }

    /// As the log was when this was its last position, with what was done to it then. Shapes stay known.
    pub fn truncate(&mut self, to: Position) {
        let deeds = self.journal.partition_point(|deed| deed.head <= to);
        self.rewind(Mark { head: to, deeds, ..self.shapes() });
    }

    /// Takes away the events after `to`.
    pub(super) fn cut(&mut self, to: Position) {
        if self.head() <= to {
            return;
        }
        for index in self.categories.iter_mut().chain(&mut self.types) {
            index.truncate(index.partition_point(|known| *known <= to));
        }
        let records = (to + 1..=self.head()).filter_map(|position| self.records.get(position));
        let mut touched: Vec<StreamId> = records.map(|record| record.stream).collect();
        touched.sort_unstable();
        touched.dedup();
        self.records.truncate(to);
        self.given.truncate(to);
        for stream in touched {
            if let Some(of) = self.streams.get_mut(stream.0 as usize) {
                of.positions.truncate(of.positions.partition_point(|known| *known <= to));
            }
            self.snapshot(stream);
        }
    }
}
