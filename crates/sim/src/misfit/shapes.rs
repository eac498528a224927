//! Events and columns: what events are called and hold, against what the model says they do.

use super::{Look, What};
use crate::log::{Schema, SchemaId};
use crate::model::{EventId, Property, ReadmodelId, folded};
use crate::upcast::{From, Reading};
use crate::value::{Text, Value};
use foldhash::HashMap;

/// What is wrong with all events of a shape, or may be with some of them.
enum Trouble<'a> {
    All(What),
    /// The property was of another type: its values may be none of the new one.
    Unfit {
        event: EventId,
        property: usize,
        from: From,
        wanted: &'a Property,
    },
}

impl<'a> Look<'a> {
    /// Looks at the shapes of events, and at the events only where a shape does not fit.
    pub(super) fn shapes(&mut self) {
        let troubles = self.troubles();
        if troubles.is_empty() {
            return;
        }
        let log = self.log;
        for recorded in log.after(0).filter(|recorded| !recorded.is_skipped()) {
            let generation = self.readings.upcasts.generation(recorded.position);
            for trouble in troubles.get(&(recorded.schema_id(), generation)).into_iter().flatten() {
                match trouble {
                    Trouble::All(what) => self.note(what.clone(), recorded.position),
                    Trouble::Unfit { event, property, from, wanted }
                        if is_unfit(from.value(recorded), wanted) =>
                    {
                        self.note(What::Unfit { event: *event, property: *property }, recorded.position);
                    }
                    Trouble::Unfit { .. } => {}
                }
            }
        }
    }

    /// By schema and generation.
    fn troubles(&self) -> HashMap<(SchemaId, usize), Vec<Trouble<'a>>> {
        let mut troubles = HashMap::default();
        let upcasts = &self.readings.upcasts;
        for (id, schema) in (0..).map(SchemaId).zip(self.log.schemas()) {
            for generation in upcasts.generations() {
                let Some(reading) = upcasts.read(schema, generation) else { continue };
                let found = match self.names.find(&reading.context, &reading.name) {
                    Some(event) => self.properties(schema, event, &reading),
                    None => {
                        vec![Trouble::All(What::Unknown { context: reading.context, name: reading.name })]
                    }
                };
                if !found.is_empty() {
                    troubles.insert((id, generation), found);
                }
            }
        }
        troubles
    }

    fn properties(&self, schema: &Schema, event: EventId, reading: &Reading) -> Vec<Trouble<'a>> {
        let stored: HashMap<Text, &From> =
            reading.properties.iter().map(|(name, from)| (folded(name), from)).collect();
        let mut found = Vec::new();
        let model = self.model;
        for (property, wanted) in model.event(event).properties.iter().enumerate() {
            match stored.get(&folded(&wanted.name)) {
                None => {
                    found.push(Trouble::All(What::Missing { event, property }));
                    found.extend(self.columns(event, property).into_iter().map(Trouble::All));
                }
                Some(From::Default(_)) => {}
                Some(from @ (From::Stored(index) | From::StoredOr { index, .. })) => {
                    let written = schema.properties.get(*index);
                    if written.is_some_and(|written| written.r#type != wanted.r#type) {
                        found.push(Trouble::Unfit { event, property, from: (*from).clone(), wanted });
                    }
                }
            }
        }
        found
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

fn is_unfit(value: &Value, wanted: &Property) -> bool {
    let said = !value.is_blank() && !matches!(value, Value::Erased);
    said && wanted.r#type.read(&value.words()).is_err()
}
