//! Events from elsewhere become events of a log.

use super::read::{Broken, Foreign, MAX_KINDS, Why, read};
use crate::log::{Conflict, Log, New, Property, Schema, StreamId};
use crate::value::{Text, Type, Unfit, Value};
use protocol::step::Expected;
use protocol::{Position, Time};

/// What an import needs to know of the run.
pub struct Import<'a> {
    /// For events that say no time and nobody.
    pub at: Time,
    pub by: &'a str,
    /// The index of the step.
    pub step: u32,
    /// The model's schema of an event by context and name.
    pub schema: &'a dyn Fn(&str, &str) -> Option<Schema>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Imported {
    pub appended: u64,
    /// They had been in the log already.
    pub known: u64,
    /// Of what was appended.
    pub first: Position,
    pub last: Position,
}

impl Import<'_> {
    /// Takes in all events of the text, or none.
    pub fn take(&self, log: &mut Log, text: &str) -> Result<Imported, Broken> {
        let mark = log.mark();
        let imported = self.take_all(log, text);
        if imported.is_err() {
            log.rewind(mark);
        }
        imported
    }

    fn take_all(&self, log: &mut Log, text: &str) -> Result<Imported, Broken> {
        let mut imported = Imported { first: log.head() + 1, ..Imported::default() };
        for event in read(text) {
            let event = event?;
            let line = event.line;
            match self.append(log, event).map_err(|why| Broken { line, why })? {
                true => imported.known += 1,
                false => imported.appended += 1,
            }
        }
        imported.last = log.head();
        Ok(imported)
    }

    /// Says whether it was there already.
    fn append(&self, log: &mut Log, event: Foreign) -> Result<bool, Why> {
        let own = (self.schema)(&event.context, &event.r#type);
        let known = own.and_then(|schema| Some((fit(&schema, &event)?, schema)));
        let (data, schema) = match known {
            Some(known) => known,
            None => guess(&event)?,
        };
        let kinds = log.schemas().len();
        let id = log.schema(&schema);
        if log.schemas().len() > kinds.max(MAX_KINDS) {
            return Err(Why::TooManyKinds);
        }
        let correlation = event.correlation.filter(|id| Some(*id) != event.id);
        let new = New {
            stream: stream(
                log,
                &schema.context,
                event.category.as_ref().unwrap_or(&schema.stream),
                &event.stream,
            ),
            schema: id,
            data,
            id: event.id,
            at: event.at.unwrap_or(self.at),
            by: log.actor(if event.by.is_empty() { self.by } else { &event.by }),
            correlation: correlation.and_then(|id| log.find_id(id)),
            causation: event.causation.and_then(|id| log.find_id(id)),
            step: self.step,
        };
        let appended: Result<_, Conflict> = log.append(Expected::Any, [new]);
        appended.map(|appended| appended.known).map_err(Why::Conflict)
    }
}

/// `Todo-1` of the category `Todo`; a name of another form is a stream of its own in its category.
fn stream(log: &mut Log, context: &str, category: &str, name: &str) -> StreamId {
    let key = match name.strip_prefix(category) {
        Some("") => "",
        Some(rest) => rest.strip_prefix('-').unwrap_or(name),
        None => name,
    };
    let category = log.category(context, category);
    log.stream_id(category, &Text::from(key))
}

/// The values by the model's schema, where it has a place for all of them and they are of its types.
fn fit(schema: &Schema, event: &Foreign) -> Option<Box<[Value]>> {
    if event.data.iter().any(|(name, _)| schema.index(name).is_none()) {
        return None;
    }
    let value = |property: &Property| {
        // Where the model has forgotten that data is personal, the file still knows.
        if !property.personal && event.personal.iter().any(|name| property.name == name) {
            return None;
        }
        value(event, &property.name, property.r#type, property.personal).ok()
    };
    schema.properties.iter().map(value).collect()
}

fn value(event: &Foreign, name: &str, r#type: Type, personal: bool) -> Result<Value, Unfit> {
    match event.data.get(name) {
        Some(serde_json::Value::Null) if personal && event.erased => Ok(Value::Erased),
        Some(json) => r#type.read_json(json),
        None => Ok(Value::Absent),
    }
}

/// A schema made from the event itself: no model knows it.
fn guess(event: &Foreign) -> Result<(Box<[Value]>, Schema), Why> {
    let mut properties = Vec::with_capacity(event.data.iter().len());
    let mut data = Vec::with_capacity(event.data.iter().len());
    for (name, json) in event.data.iter() {
        let unfit = |unfit| Why::Value { property: name.clone(), unfit };
        let (_, r#type) = Value::of_json(json).map_err(unfit)?;
        let personal = event.personal.contains(name);
        data.push(value(event, name, r#type, personal).map_err(unfit)?);
        properties.push(Property { name: name.as_str().into(), r#type, personal });
    }
    let before_dash = || event.stream.split('-').next().unwrap_or_default().into();
    let schema = Schema {
        context: event.context.clone(),
        stream: event.category.clone().unwrap_or_else(before_dash),
        name: event.r#type.clone(),
        properties,
    };
    Ok((data.into(), schema))
}
