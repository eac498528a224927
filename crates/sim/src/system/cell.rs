//! What rows of read models show.

use super::System;
use crate::model::ReadmodelId;
use crate::project::Row;
use crate::value::Value;
use protocol::Position;

impl System {
    /// The last value that an event gave to a column of a row by then, and that event.
    pub(crate) fn told_to(
        &self,
        id: ReadmodelId,
        row: &Row,
        column: usize,
        until: Position,
    ) -> Option<(&Value, Position)> {
        let column = self.model.readmodel(id).columns.get(column)?;
        row.events(until).rev().find_map(|position| {
            let recorded = self.log.get(position)?;
            let read = self.readings.get(recorded)?;
            let value = read.value(recorded, self.model.event(read.event).column(column)?);
            (!matches!(value, Value::Absent)).then_some((value, position))
        })
    }

    /// What it is now.
    pub(crate) fn cell(&self, id: ReadmodelId, row: &Row, column: usize) -> Value {
        self.told_to(id, row, column, Position::MAX).map(|(value, _)| value.clone()).unwrap_or_default()
    }
}
