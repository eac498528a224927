//! A living system: a log with the read models that follow it, under one model. The bare road of a command: decide,
//! append, project. No steps, no traces, no policies: those are `policies` and `run`.
//!
//! Invariants: a rejected command appends nothing; the same calls give the same system; taken back to a mark it is as
//! it was then.

mod bind;
mod carried;
mod cell;
mod fill;
mod past;

pub use bind::schemas_of;
pub use fill::mix;
pub(crate) use fill::uuid;

use crate::decide::{Facts, Refusal, decide, fit, is_empty, refusals};
use crate::log::{self, ActorId, Appended, Conflict, Log, New, SchemaId, StreamId};
use crate::model::{CategoryId, CommandId, EventId, Model, PolicyId, ReadmodelId};
use crate::project::Projections;
use crate::reading::Readings;
use crate::value::{Text, Unfit, Value};
use protocol::step::Expected;
use protocol::{Position, Time};
use std::sync::Arc;

/// A log holds no more events.
pub const MAX_EVENTS: Position = 2_000_000;
/// Values of one command that are looked at.
const MOST_VALUES: usize = 1_000;
/// Upcasts are tried one after the other.
pub const MOST_UPCASTS: usize = 500;

#[derive(Clone, Debug)]
pub struct System {
    model: Arc<Model>,
    log: Log,
    /// By `EventId`.
    schemas: Vec<SchemaId>,
    /// By `CategoryId` of the model.
    categories: Vec<log::CategoryId>,
    readings: Readings,
    projections: Projections,
    /// How many streams of a category of the log have begun.
    begun: Vec<u32>,
    /// What streams knew last, as far as it took long to find out.
    walks: carried::Walks,
    /// Room for the events of one command, so that it need not be found again for each.
    batch: Vec<New>,
    /// Read models hear of events only when they are let.
    pub lag: bool,
}

/// How a command comes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Call {
    pub at: Time,
    pub by: ActorId,
    pub step: u32,
    pub expected: Expected,
    pub ids: Ids,
    /// The event that led to this command by a policy.
    pub cause: Option<Position>,
}

/// Where an id comes from that is missing from a creating command. UUIDs are worked out from the number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Ids {
    /// Nowhere: the command must say it.
    #[default]
    Said,
    /// A number, as short as people say it, unless the model wants a UUID.
    Short(u64),
    /// A UUID, unless the model wants a number.
    Uuids(u64),
}

/// Why nothing came of a command.
#[derive(Clone, PartialEq, Debug)]
pub enum Refused {
    Refusals(Vec<Refusal>),
    Conflict(Conflict),
}

impl System {
    pub fn new(model: Arc<Model>, seed: u64) -> System {
        let mut system = System {
            model: Arc::default(),
            log: Log::new(seed),
            schemas: Vec::new(),
            categories: Vec::new(),
            readings: Readings::default(),
            projections: Projections::default(),
            begun: Vec::new(),
            walks: carried::Walks::default(),
            batch: Vec::new(),
            lag: false,
        };
        system.enter(model);
        system
    }

    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    pub fn log(&self) -> &Log {
        &self.log
    }

    pub fn readings(&self) -> &Readings {
        &self.readings
    }

    pub fn projections(&self) -> &Projections {
        &self.projections
    }

    pub fn actor(&mut self, name: &str) -> ActorId {
        self.log.actor(name)
    }

    /// How many streams have events.
    pub fn begun(&self) -> u64 {
        self.begun.iter().map(|begun| u64::from(*begun)).sum()
    }

    /// The values of a command as people write them, for `send`. Names that it does not have are passed over.
    pub fn read(&self, command: CommandId, written: &[(String, String)]) -> Box<[Value]> {
        let command = self.model.command(command);
        let mut values = vec![Value::Absent; command.parameters.len()];
        for (name, words) in written.iter().take(MOST_VALUES) {
            let Some(index) = command.parameter(name) else { continue };
            let value = command.parameters[index].r#type.read(words);
            // What is no value of its type stays as it is, to be refused with a reason.
            values[index] = value.unwrap_or_else(|_| Value::text(words.as_str()));
        }
        values.into()
    }

    /// The bare road: decides, and appends and projects what was decided.
    pub fn send(
        &mut self,
        command: CommandId,
        values: &mut [Value],
        call: &Call,
        tell: impl FnMut(ReadmodelId, &Text, Position),
    ) -> Result<Appended, Refused> {
        let model = self.model.clone();
        let command = model.command(command);
        let category = self.categories[command.category.index()];
        let id = command.id.and_then(|id| Some((id, values.get_mut(id)?)));
        let stream = id.and_then(|(place, id)| {
            if *id == Value::Absent && call.ids != Ids::Said && command.creates {
                *id = self.made_up(command, category, call.ids);
            }
            // `decide` tells if it is none of its type.
            let _ = fit(id, command.parameters[place].r#type);
            self.stream(category, id)
        });
        decide(command, values, stream, self).map_err(Refused::Refusals)?;
        if self.log.head() >= MAX_EVENTS {
            return Err(Refused::Conflict(Conflict::Full));
        }
        let key = command.id.and_then(|id| values.get(id)).map(Value::words).unwrap_or_default();
        let stream = stream.unwrap_or_else(|| self.log.stream_id(category, &key));
        let fresh = self.log.version(stream) == 0;
        let correlation = call.cause.and_then(|cause| self.log.get(cause)).map(|cause| cause.correlation());
        let mut batch = std::mem::take(&mut self.batch);
        batch.extend(command.outcomes.iter().map(|outcome| New {
            stream,
            schema: self.schemas[outcome.event.index()],
            data: self.data(model.event(outcome.event), &outcome.fill, values, stream),
            id: None,
            at: call.at,
            by: call.by,
            correlation,
            causation: call.cause,
            step: call.step,
        }));
        let appended = self.log.append(call.expected, batch.drain(..));
        self.batch = batch;
        let appended = appended.map_err(Refused::Conflict)?;
        if fresh && appended.first <= appended.last {
            self.begins(category);
        }
        if !self.lag {
            self.project_until(appended.last, u64::MAX, tell);
        }
        Ok(appended)
    }

    /// All that stands in the way of a command, some of whose values do not fit their parameters. Nothing is appended.
    pub fn refusals(&self, id: CommandId, values: &[Value], unfit: &[(usize, Unfit)]) -> Vec<Refusal> {
        let command = self.model.command(id);
        let own = command.id.filter(|own| unfit.iter().all(|(index, _)| index != own));
        let stream = own.and_then(|own| self.stream(self.category(command.category), values.get(own)?));
        refusals(command, values, unfit, stream, self)
    }

    /// Appends an event that nobody decides on and nothing follows from. It is made when its stream is known.
    pub fn append_fact(
        &mut self,
        category: log::CategoryId,
        key: &Text,
        make: impl FnOnce(&mut System, StreamId) -> New,
    ) -> Result<Appended, Conflict> {
        let stream = self.log.stream_id(category, key);
        let fresh = self.log.version(stream) == 0;
        let new = make(self, stream);
        let appended = self.log.append(Expected::Any, [new])?;
        if fresh {
            self.begins(category);
        }
        if !self.lag {
            self.project_until(appended.last, u64::MAX, |_, _, _| {});
        }
        Ok(appended)
    }

    fn begins(&mut self, category: log::CategoryId) {
        let index = category.0 as usize;
        if self.begun.len() <= index {
            self.begun.resize(index + 1, 0);
        }
        self.begun[index] += 1;
    }

    fn stream(&self, category: log::CategoryId, id: &Value) -> Option<StreamId> {
        match id {
            Value::Text(key) => self.log.find_stream(category, key),
            other if is_empty(other) => None,
            other => self.log.find_stream(category, &other.words()),
        }
    }

    /// The values of a policy's command, from the event that triggered it.
    pub fn values(&self, policy: PolicyId, position: Position) -> Option<Box<[Value]>> {
        let policy = self.model.policies.get(policy.index())?;
        let recorded = self.log.get(position)?;
        let read = self.readings.get(recorded)?;
        let value = |property: &Option<usize>| {
            property.map(|property| read.value(recorded, property).clone()).unwrap_or_default()
        };
        Some(policy.fill.iter().map(value).collect())
    }

    /// The event of the model that lies there, if it is one.
    pub fn event_at(&self, position: Position) -> Option<EventId> {
        let recorded = self.log.get(position).filter(|_| !self.log.is_skipped(position))?;
        self.readings.get(recorded).map(|read| read.event)
    }

    /// Read models take in what they have not heard of, at most so many events that matter to them.
    pub fn catch_up(&mut self, most: u64, tell: impl FnMut(ReadmodelId, &Text, Position)) {
        self.project_until(self.log.head(), most, tell);
    }

    fn project_until(&mut self, until: Position, most: u64, tell: impl FnMut(ReadmodelId, &Text, Position)) {
        self.projections.catch_up(&self.model, &self.readings, &self.log, (until, most), tell);
    }

    pub fn category(&self, category: CategoryId) -> log::CategoryId {
        self.categories[category.index()]
    }

    pub fn schema(&self, event: EventId) -> SchemaId {
        self.schemas[event.index()]
    }
}

impl Facts for System {
    fn exists(&self, readmodel: ReadmodelId, key: &Value) -> bool {
        self.projections.exists(readmodel, key)
    }

    fn happened(&self, stream: StreamId, event: EventId) -> bool {
        let happened = self.log.happened(stream);
        let mut last = happened.iter().filter_map(|happened| self.log.get(happened.last));
        if last.any(|recorded| self.readings.get(recorded).is_some_and(|read| read.event == event)) {
            return true;
        }
        // Only where upcasts make the event of earlier ones of a schema, and not of the last, all must be looked at.
        let upcasts = &self.readings.upcasts;
        let mut repeated = happened.iter().filter(|happened| happened.times > 1);
        repeated.any(|one| self.readings.once(one.schema, upcasts.generation(one.last), event))
            && log::upto(self.log.stream(stream), upcasts.head())
                .iter()
                .any(|at| self.event_at(*at) == Some(event))
    }
}
