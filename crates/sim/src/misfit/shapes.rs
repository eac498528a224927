//! Events and columns: what events are called and hold, against what the model says they do.

use super::{Look, What};
use crate::log::{Recorded, SchemaId};
use crate::model::{EventId, ReadmodelId, folded};
use crate::upcast::{From, Reading};
use crate::value::Value;

impl Look<'_> {
    /// Looks at the shapes of events, and only at those events whose shape does not fit.
    pub(super) fn shapes(&mut self) {
        for (number, schema) in (0..).zip(self.log.schemas()) {
            for generation in 0..=self.readings.upcasts.len() {
                let Some(reading) = self.readings.upcasts.read(schema, generation) else { continue };
                let id = SchemaId(number);
                match self.names.find(&reading.context, &reading.name) {
                    Some(event) => self.properties(id, generation, event, &reading),
                    None => {
                        let Reading { context, name, .. } = reading;
                        self.each(id, generation, |look, event| {
                            let (context, name) = (context.clone(), name.clone());
                            look.note(What::Unknown { context, name }, event.position);
                        });
                    }
                }
            }
        }
    }

    /// All events of a schema and generation that are not skipped.
    fn each(&mut self, schema: SchemaId, generation: usize, mut see: impl FnMut(&mut Self, Recorded<'_>)) {
        let log = self.log;
        let Some(r#type) = log.type_of(schema) else { return };
        for event in log.of_type(r#type).iter().filter_map(|position| log.get(*position)) {
            let of =
                event.schema_id() == schema && self.readings.upcasts.generation(event.position) == generation;
            if of && !event.is_skipped() {
                see(self, event);
            }
        }
    }

    fn properties(&mut self, schema: SchemaId, generation: usize, event: EventId, reading: &Reading) {
        let model = self.model;
        for (property, wanted) in model.event(event).properties.iter().enumerate() {
            let name = folded(&wanted.name);
            let stored = reading.properties.iter().find(|(stored, _)| folded(stored) == name);
            let Some((_, from)) = stored else {
                self.missing(schema, generation, event, property);
                continue;
            };
            let (From::Stored(index) | From::StoredOr { index, .. }) = from else { continue };
            let written = self.log.schema_of(schema).and_then(|schema| schema.properties.get(*index));
            if written.is_some_and(|written| written.r#type != wanted.r#type) {
                self.each(schema, generation, |look, recorded| {
                    let value = from.value(recorded);
                    let unread = !value.is_blank() && !matches!(value, Value::Erased);
                    if unread && wanted.r#type.read(&value.words()).is_err() {
                        look.note(What::Unfit { event, property }, recorded.position);
                    }
                });
            }
        }
    }

    fn missing(&mut self, schema: SchemaId, generation: usize, event: EventId, property: usize) {
        let columns = self.columns(event, property);
        self.each(schema, generation, |look, recorded| {
            look.note(What::Missing { event, property }, recorded.position);
            columns.iter().for_each(|column| look.note(column.clone(), recorded.position));
        });
    }

    /// The columns that stay empty without a property of an event.
    fn columns(&self, event: EventId, property: usize) -> Vec<What> {
        let of = self.model.event(event).properties.get(property);
        let name = of.map(|property| folded(&property.name)).unwrap_or_default();
        let mut found = Vec::new();
        for (readmodel, of) in (0..).map(ReadmodelId).zip(&self.model.readmodels) {
            if !of.hears.iter().any(|heard| heard.event == event) {
                continue;
            }
            let shown = of.columns.iter().enumerate().filter(|(_, column)| column.shown);
            let empty = shown.filter(|(_, column)| folded(&column.name) == name);
            found.extend(empty.map(|(column, _)| What::Column { readmodel, column, event, property }));
        }
        found
    }
}
