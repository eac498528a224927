//! What is done to what has happened: events are left out or read otherwise, streams deleted or forgotten, others write
//! to the log; and the way back to how everything was.

use super::System;
use crate::log::{self, Log, StreamId};
use crate::model::Model;
use crate::project::Projections;
use protocol::Position;
use protocol::step::Upcast;
use std::sync::Arc;

impl System {
    /// An event is left out by decisions and read models, or taken in again. Says whether that is anything new.
    pub fn skip(&mut self, position: Position, skip: bool) -> bool {
        let new = self.log.skip(position, skip);
        if new {
            self.renew();
        }
        new
    }

    /// Leaves out several events at once and says which of them were not left out before.
    pub fn skip_all(&mut self, positions: impl Iterator<Item = Position>) -> Vec<Position> {
        let skipped = positions.filter(|position| self.log.skip(*position, true)).collect();
        self.renew();
        skipped
    }

    /// From here on, what was recorded until now is read through it.
    pub fn upcast(&mut self, upcast: Upcast) {
        self.readings.upcasts.push(upcast, self.log.head());
        self.bind();
        self.renew();
    }

    pub fn delete(&mut self, stream: StreamId) -> bool {
        self.walks.clear();
        self.log.delete(stream)
    }

    /// A key of a read model may have been personal too.
    pub fn forget(&mut self, stream: StreamId) -> bool {
        let new = self.log.forget(stream);
        if new {
            self.renew();
        }
        new
    }

    /// Lets others write to the log; what they wrote is read and projected.
    pub fn write<T>(&mut self, write: impl FnOnce(&mut Log) -> T) -> T {
        let result = write(&mut self.log);
        self.walks.clear();
        self.bind();
        self.readings.learn(&self.model, &self.log);
        self.guard();
        self.begun = self.count();
        if !self.lag {
            self.project_until(self.log.head(), u64::MAX, |_, _, _| {});
        }
        result
    }

    /// As it was: the log at a mark, read models at a checkpoint.
    pub fn rewind(&mut self, mark: log::Mark, checkpoint: Position) {
        self.projections.rewind(&self.model, &self.readings, &self.log, checkpoint);
        self.log.rewind(mark);
        self.walks.clear();
        self.begun = self.count();
    }

    /// The same, where the log was read under another model, or otherwise.
    pub fn restore(&mut self, mark: log::Mark, checkpoint: Position, model: Arc<Model>, upcasts: usize) {
        self.log.rewind(mark);
        self.walks.clear();
        self.readings.upcasts.truncate(upcasts);
        self.model = model;
        self.bind();
        self.readings.renew(&self.model, &self.log);
        self.projections = Projections::new(&self.model);
        self.project_until(checkpoint, u64::MAX, |_, _, _| {});
        self.begun = self.count();
    }

    /// Takes a skip back; `restore` makes it felt.
    pub fn unskip(&mut self, position: Position, skipped: bool) {
        self.log.skip(position, skipped);
    }
}
