//! How recorded events are read under the present model: which of its events they are, and where its properties lie.
//!
//! Invariant: reading is total; an event that the model does not know, or that an upcast leaves out, is no event of it
//! and is passed over by decisions, read models and policies alike.

use crate::log::{Log, Recorded, Schema, SchemaId};
use crate::model::{EventId, Model, folded};
use crate::upcast::{From, Upcasts};
use crate::value::{Text, Value};
use foldhash::HashMap;

static ABSENT: Value = Value::Absent;

#[derive(Clone, Debug, Default)]
pub struct Readings {
    pub upcasts: Upcasts,
    /// By generation, then by schema.
    known: Vec<Vec<Option<Read>>>,
    schemas: usize,
}

/// How the events of one schema and generation are read.
#[derive(Clone, Debug)]
pub struct Read {
    pub event: EventId,
    /// For each property of the model's event.
    from: Box<[Option<From>]>,
}

impl Read {
    /// Whether the event holds the property, be it blank.
    pub fn has(&self, property: usize) -> bool {
        matches!(self.from.get(property), Some(Some(_)))
    }

    pub fn value<'a>(&'a self, recorded: Recorded<'a>, property: usize) -> &'a Value {
        match self.from.get(property) {
            Some(Some(From::Stored(index))) => recorded.value(*index),
            Some(Some(from)) => from.value(recorded),
            _ => &ABSENT,
        }
    }
}

impl Readings {
    /// How a log is read under a model.
    pub fn under(model: &Model, log: &Log, upcasts: &Upcasts) -> Readings {
        let mut readings = Readings { upcasts: upcasts.clone(), ..Readings::default() };
        readings.renew(model, log);
        readings
    }

    pub fn get(&self, recorded: Recorded<'_>) -> Option<&Read> {
        let generation = match self.upcasts.is_empty() {
            true => 0,
            false => self.upcasts.generation(recorded.position),
        };
        self.known.get(generation)?.get(recorded.schema_id().0 as usize)?.as_ref()
    }

    /// Whether events of a schema were this event before a generation.
    pub fn once(&self, schema: SchemaId, generation: usize, event: EventId) -> bool {
        let before = self.known.iter().take(generation);
        let mut read = before.filter_map(|known| known.get(schema.0 as usize)?.as_ref());
        read.any(|read| read.event == event)
    }

    /// Where the values lie of properties that are personal in the model.
    pub fn personal(&self, model: &Model) -> Vec<(SchemaId, usize)> {
        let read = self.known.iter().flat_map(|known| (0..).map(SchemaId).zip(known));
        let stored =
            read.filter_map(|(schema, read)| Some((schema, read.as_ref()?))).flat_map(|(schema, read)| {
                let properties = model.event(read.event).properties.iter().zip(&read.from);
                properties.filter_map(move |(property, from)| match from {
                    Some(From::Stored(index) | From::StoredOr { index, .. }) if property.personal => {
                        Some((schema, *index))
                    }
                    _ => None,
                })
            });
        stored.collect()
    }

    /// Works out everything again: the model or the upcasts are others.
    pub fn renew(&mut self, model: &Model, log: &Log) {
        self.known.clear();
        self.known.resize(self.upcasts.len() + 1, Vec::new());
        self.schemas = 0;
        self.learn(model, log);
    }

    /// Works out schemas that were not known before.
    pub fn learn(&mut self, model: &Model, log: &Log) {
        if self.schemas == log.schemas().len() && !self.known.is_empty() {
            return;
        }
        let names = Names::of(model);
        self.known.resize(self.upcasts.len() + 1, Vec::new());
        for generation in self.upcasts.generations() {
            let Some(known) = self.known.get_mut(generation) else { continue };
            for schema in log.schemas().skip(known.len()) {
                known.push(read(model, &names, schema, generation, &self.upcasts));
            }
        }
        self.schemas = log.schemas().len();
    }
}

/// Events by context and name, and by name alone where only one has it: a context that was renamed keeps its events.
pub(crate) struct Names<'a> {
    exact: HashMap<(&'a str, &'a str), EventId>,
    alone: HashMap<&'a str, Option<EventId>>,
}

impl<'a> Names<'a> {
    pub fn of(model: &'a Model) -> Names<'a> {
        let mut names = Names { exact: HashMap::default(), alone: HashMap::default() };
        for (id, event) in (0..).map(EventId).zip(&model.events) {
            let context = &model.category(event.category).context;
            names.exact.entry((context, &event.name.name)).or_insert(id);
            let alone = names.alone.entry(&event.name.name);
            alone.and_modify(|known| *known = None).or_insert(Some(id));
        }
        names
    }

    pub fn find(&self, context: &str, name: &str) -> Option<EventId> {
        let exact = self.exact.get(&(context, name)).copied();
        exact.or_else(|| self.alone.get(name).copied().flatten())
    }
}

fn read(
    model: &Model,
    names: &Names<'_>,
    schema: &Schema,
    generation: usize,
    upcasts: &Upcasts,
) -> Option<Read> {
    let reading = upcasts.read(schema, generation)?;
    let event = names.find(&reading.context, &reading.name)?;
    let stored: HashMap<Text, &From> =
        reading.properties.iter().map(|(name, from)| (folded(name), from)).collect();
    let properties = model.event(event).properties.iter();
    let from = properties.map(|property| stored.get(&folded(&property.name)).map(|from| (*from).clone()));
    Some(Read { event, from: from.collect() })
}
