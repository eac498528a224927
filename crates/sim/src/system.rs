//! A living system: a log with the read models that follow it, under one model. The bare road of a command: decide,
//! append, project. No steps, no traces, no policies: those are `policies` and `run`.
//!
//! Invariants: a rejected command appends nothing; the same calls give the same system; taken back to a mark it is as
//! it was then.

use crate::decide::{Facts, Refusal, decide, is_empty};
use crate::log::{self, ActorId, Appended, Conflict, Log, New, Property, Schema, SchemaId, StreamId};
use crate::model::{CategoryId, CommandId, Event, EventId, Fill, Model, ReadmodelId};
use crate::project::Projections;
use crate::reading::{self, Readings};
use crate::value::{Kind, Text, Value};
use protocol::step::{Expected, Upcast};
use protocol::{Position, Time};
use std::sync::Arc;

/// A log holds no more events.
pub const MAX_EVENTS: Position = 2_000_000;
/// Upcasts are tried one after the other.
pub const MOST_UPCASTS: usize = 500;
/// How far back a stream is asked for what a command does not say.
const CARRY: usize = 256;

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
    /// An id that is missing from a creating command is made up, from this where it must be a UUID.
    pub ids: Option<u64>,
    /// The event that led to this command by a policy.
    pub cause: Option<Position>,
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

    /// From here on the system is under this model; what is in the log is read under it.
    pub fn enter(&mut self, model: Arc<Model>) {
        self.model = model;
        self.bind();
        self.renew();
    }

    /// Finds the categories and schemas of the model in the log. A category whose context was renamed goes on where
    /// its streams are.
    fn bind(&mut self) {
        let model = self.model.clone();
        self.categories = model.categories.iter().map(|own| self.bound(&own.context, &own.name)).collect();
        let schemas = model.events.iter().map(|event| self.log.schema(&schema(&model, event)));
        self.schemas = schemas.collect();
    }

    fn bound(&mut self, context: &Text, name: &Text) -> log::CategoryId {
        let exact = self.log.find_category(context, name).filter(|id| !self.log.of_category(*id).is_empty());
        if let Some(exact) = exact {
            return exact;
        }
        let own = |context: &str| {
            self.model.categories.iter().any(|own| own.context == context && own.name == *name)
        };
        let known = (0..).map(log::CategoryId).zip(self.log.categories());
        let mut renamed = known
            .filter(|(id, category)| category.name == *name && !self.log.of_category(*id).is_empty())
            .filter(|(_, category)| !own(&category.context));
        match (renamed.next(), renamed.next()) {
            (Some((id, _)), None) => id,
            _ => self.log.category(context, name),
        }
    }

    /// Works out again how events are read, and all read models as far as they had heard.
    pub fn renew(&mut self) {
        self.readings.renew(&self.model, &self.log);
        let heard = self.projections.checkpoint();
        self.projections = Projections::new(&self.model);
        let until = if self.lag { heard } else { self.log.head() };
        self.project_until(until, u64::MAX, |_, _, _| {});
        self.begun = self.count();
    }

    /// How many streams have events.
    pub fn begun(&self) -> u64 {
        self.begun.iter().map(|begun| u64::from(*begun)).sum()
    }

    fn count(&self) -> Vec<u32> {
        let mut begun = vec![0; self.log.categories().len()];
        for stream in self.log.streams().filter(|stream| self.log.version(*stream) > 0) {
            let category = self.log.category_of(stream).and_then(|id| begun.get_mut(id.0 as usize));
            if let Some(begun) = category {
                *begun += 1;
            }
        }
        begun
    }

    /// The values of a command as people write them, for `send`. Names that it does not have are passed over.
    pub fn read(&self, command: CommandId, written: &[(String, String)]) -> Box<[Value]> {
        let command = self.model.command(command);
        let mut values = vec![Value::Absent; command.parameters.len()];
        for (name, words) in written {
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
        let id = command.id.and_then(|id| values.get_mut(id));
        let stream = id.and_then(|id| {
            if let (Value::Absent, Some(seed), true) = (&*id, call.ids, command.creates) {
                *id = self.made_up(command, category, seed);
            }
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
        let events: Vec<New> = command
            .outcomes
            .iter()
            .map(|outcome| New {
                stream,
                schema: self.schemas[outcome.event.index()],
                data: self.data(model.event(outcome.event), &outcome.fill, values, stream),
                id: None,
                at: call.at,
                by: call.by,
                correlation,
                causation: call.cause,
                step: call.step,
            })
            .collect();
        let appended = self.log.append(call.expected, events).map_err(Refused::Conflict)?;
        if fresh && appended.first <= appended.last {
            self.begins(category);
        }
        if !self.lag {
            self.project_until(appended.last, u64::MAX, tell);
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

    /// An id that no stream has: short, so that people can say it, unless the model wants a UUID.
    fn made_up(&self, command: &crate::model::Command, category: log::CategoryId, seed: u64) -> Value {
        let kind = command.id.and_then(|id| command.parameters.get(id)).map(|id| id.r#type.kind);
        if kind == Some(Kind::Uuid) {
            return Value::text(uuid(seed, self.log.head()));
        }
        let begun = self.begun.get(category.0 as usize).copied().unwrap_or(0);
        let mut number = i64::from(begun) + 1;
        loop {
            let words = smol_str::format_smolstr!("{number}");
            let stream = self.log.find_stream(category, &words);
            if stream.is_none_or(|stream| self.log.version(stream) == 0) {
                return match kind {
                    Some(Kind::Integer) => Value::Integer(number),
                    _ => Value::Text(words),
                };
            }
            number += 1;
        }
    }

    fn data(&self, event: &Event, fill: &[Fill], values: &[Value], stream: StreamId) -> Box<[Value]> {
        let of = |(property, fill): (usize, &Fill)| match fill {
            Fill::Parameter(index) => values.get(*index).cloned().unwrap_or_default(),
            Fill::Hashed(index) => values.get(*index).map(|value| self.hashed(value)).unwrap_or_default(),
            Fill::Yes => Value::Boolean(true),
            Fill::Carried => self.carried(stream, event, property),
        };
        fill.iter().enumerate().map(of).collect()
    }

    /// What the stream knew last of a property.
    pub(crate) fn carried(&self, stream: StreamId, event: &Event, property: usize) -> Value {
        let Some(name) = event.properties.get(property).map(|property| &property.name) else {
            return Value::Absent;
        };
        let recent = self.log.stream(stream).iter().rev().take(CARRY);
        let known = recent.filter(|position| !self.log.is_skipped(**position)).find_map(|position| {
            let recorded = self.log.get(*position)?;
            let read = self.readings.get(recorded)?;
            let properties = &self.model.event(read.event).properties;
            let at = properties.iter().position(|one| one.name == *name)?;
            let value = read.value(recorded, at);
            (!is_empty(value)).then(|| value.clone())
        });
        known.unwrap_or_default()
    }

    /// A stand-in for what a real system would store: it cannot be read back, and is the same for the same words.
    pub(crate) fn hashed(&self, value: &Value) -> Value {
        if is_empty(value) {
            return value.clone();
        }
        let words = value.words();
        let seed = 0xcbf2_9ce4_8422_2325 ^ self.log.seed();
        let sum =
            words.bytes().fold(seed, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Value::Text(smol_str::format_smolstr!("hash:{:016x}", mix(sum)))
    }

    /// The values of a policy's command, from the event that triggered it.
    pub fn values(&self, policy: crate::model::PolicyId, position: Position) -> Option<Box<[Value]>> {
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
        self.renew();
    }

    pub fn delete(&mut self, stream: StreamId) -> bool {
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
        self.bind();
        self.readings.learn(&self.model, &self.log);
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
        self.begun = self.count();
    }

    /// The same, where the log was read under another model, or otherwise.
    pub fn restore(&mut self, mark: log::Mark, checkpoint: Position, model: Arc<Model>, upcasts: usize) {
        self.log.rewind(mark);
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
        if self.readings.upcasts.is_empty() {
            let happened = self.log.happened(stream).iter();
            let mut last = happened.filter_map(|happened| self.log.get(happened.last));
            return last.any(|recorded| self.readings.get(recorded).is_some_and(|read| read.event == event));
        }
        self.log.stream(stream).iter().any(|position| self.event_at(*position) == Some(event))
    }
}

/// The shape that an event of that name has in the model.
pub fn schema_named(model: &Model, context: &str, name: &str) -> Option<Schema> {
    Some(schema(model, model.event(reading::Names::of(model).find(context, name)?)))
}

fn schema(model: &Model, event: &Event) -> Schema {
    let category = model.category(event.category);
    let properties = event.properties.iter().map(|one| Property {
        name: one.name.clone(),
        r#type: one.r#type,
        personal: one.personal,
    });
    Schema {
        context: category.context.clone(),
        stream: category.name.clone(),
        name: event.name.name.clone(),
        properties: properties.collect(),
    }
}

/// The finaliser of splitmix64: every bit of the input moves half of the output.
pub fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A UUID of version 8.
fn uuid(seed: u64, position: Position) -> String {
    let high = mix(seed ^ mix(position.wrapping_add(0x9e37_79b9_7f4a_7c15)));
    let low = mix(high ^ position);
    let (high, low) = (high & !0xf000 | 0x8000, low & !(0b11 << 62) | 0b10 << 62);
    let (a, b, c) = (high >> 32, (high >> 16) & 0xffff, high & 0xffff);
    format!("{a:08x}-{b:04x}-{c:04x}-{:04x}-{:012x}", low >> 48, low & 0xffff_ffff_ffff)
}
