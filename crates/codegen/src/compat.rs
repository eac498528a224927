//! What a new model makes of events that are stored already, and of everybody who reads them.
//!
//! The schemas of the last generation are kept beside its manifest (`.squall/events.json`) and compared with the new
//! ones, as Avro resolves schemas: *backward* is that the new service reads old events, *forward* that what was
//! generated before reads new ones. Every property but the stream's id may be left out of an event.
//! Not here: upcasts of a run in the page (`sim`).

mod words;

use serde_json::{Map, Value, json};
use sim::model::{Event, Model};
use sim::value::{Kind, Type};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Goes up when older programs would misread it.
const SCHEMA: u64 = 1;

/// The events of a model, by their full names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Schema {
    pub events: BTreeMap<String, EventSchema>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventSchema {
    /// `Todo`, or `Ordering.Todo` where there are several contexts.
    pub stream: String,
    /// `todoId`
    pub id: String,
    pub properties: BTreeMap<String, Property>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Property {
    pub r#type: Type,
    pub hashed: bool,
    pub personal: bool,
}

/// One difference between two generations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The event's full name: the old one, where it was renamed.
    pub event: String,
    pub what: What,
    /// The new service understands events that are stored.
    pub backward: bool,
    /// What was generated before understands new events.
    pub forward: bool,
    pub severity: Severity,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    EventAdded,
    EventRemoved,
    EventRenamed {
        to: String,
    },
    StreamChanged {
        from: String,
        to: String,
    },
    PropertyAdded {
        name: String,
    },
    PropertyRemoved {
        name: String,
    },
    PropertyRenamed {
        from: String,
        to: String,
    },
    Retyped {
        name: String,
        from: Type,
        to: Type,
    },
    /// From now on only its hash is stored, or no longer.
    Hashed {
        name: String,
        now: bool,
    },
    /// From now on it can be erased, or no longer.
    Personal {
        name: String,
        now: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Nobody has to do anything.
    Fine,
    /// Worth a thought.
    Notice,
    /// Stored facts, or readers of them, lose something.
    Breaking,
}

impl Schema {
    pub fn of(model: &Model) -> Schema {
        Schema { events: model.events.iter().map(|event| schema(model, event)).collect() }
    }

    /// One event a line.
    pub fn text(&self) -> String {
        let mut out = format!("{{\n  \"schema\": {SCHEMA},\n  \"events\": {{");
        for (index, (name, event)) in self.events.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let _ = write!(out, "{comma}\n    {}: {}", Value::from(name.as_str()), event.json());
        }
        out.push_str("\n  }\n}\n");
        out
    }

    /// `None`: it is damaged, or of a newer version, so that nothing can be compared.
    pub fn read(text: &str) -> Option<Schema> {
        let value: Value = serde_json::from_str(text).ok()?;
        if value["schema"].as_u64()? > SCHEMA {
            return None;
        }
        let events = value["events"].as_object()?;
        let read = |(name, event): (&String, &Value)| Some((name.clone(), EventSchema::read(event)?));
        Some(Schema { events: events.iter().map(read).collect::<Option<_>>()? })
    }
}

fn schema(model: &Model, event: &Event) -> (String, EventSchema) {
    let category = model.category(event.category);
    let stream = match category.context.is_empty() {
        true => category.name.to_string(),
        false => format!("{}.{}", category.context, category.name),
    };
    let property = |one: &sim::model::Property| {
        (one.name.to_string(), Property { r#type: one.r#type, hashed: one.hashed, personal: one.personal })
    };
    let properties = event.properties.iter().map(property).collect();
    (event.name.full.to_string(), EventSchema { stream, id: category.id.to_string(), properties })
}

impl EventSchema {
    fn json(&self) -> Value {
        let properties = self.properties.iter().map(|(name, property)| (name.clone(), property.json()));
        let properties: Map<String, Value> = properties.collect();
        json!({"stream": self.stream, "id": self.id, "properties": properties})
    }

    fn read(value: &Value) -> Option<EventSchema> {
        let property = |(name, value): (&String, &Value)| Some((name.clone(), Property::read(value)?));
        Some(EventSchema {
            stream: value["stream"].as_str()?.to_owned(),
            id: value["id"].as_str()?.to_owned(),
            properties: value["properties"].as_object()?.iter().map(property).collect::<Option<_>>()?,
        })
    }
}

impl Property {
    fn json(self) -> Value {
        let mut out = Map::new();
        out.insert("type".to_owned(), Value::from(self.r#type.to_string()));
        let flags = [("hashed", self.hashed), ("personal", self.personal)];
        out.extend(
            flags.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name.to_owned(), Value::Bool(true))),
        );
        Value::Object(out)
    }

    fn read(value: &Value) -> Option<Property> {
        let flag = |name: &str| value[name].as_bool().unwrap_or(false);
        let r#type = Type::of(value["type"].as_str()?);
        Some(Property { r#type, hashed: flag("hashed"), personal: flag("personal") })
    }
}

/// All differences: events in the order of their names, then those that are new.
pub fn compare(before: &Schema, after: &Schema) -> Vec<Change> {
    let gone: Vec<_> = before.events.iter().filter(|(name, _)| !after.events.contains_key(*name)).collect();
    let mut added: Vec<_> =
        after.events.iter().filter(|(name, _)| !before.events.contains_key(*name)).collect();
    let mut changes = Vec::new();
    for (name, event) in &before.events {
        if let Some(later) = after.events.get(name) {
            compare_events(name, event, later, &mut changes);
        }
    }
    for (name, event) in gone {
        let alike = |(_, later): &(&String, &EventSchema)| *later == event;
        // Two that are alike could both be meant.
        let twin = added.iter().filter(|one| alike(one)).count() == 1;
        match added.iter().position(alike).filter(|_| twin) {
            Some(index) => {
                let to = added.remove(index).0.clone();
                changes.push(change(name, What::EventRenamed { to }, [false, false], Severity::Breaking));
            }
            None => changes.push(change(name, What::EventRemoved, [false, true], Severity::Breaking)),
        }
    }
    changes
        .extend(added.iter().map(|(name, _)| change(name, What::EventAdded, [true, false], Severity::Fine)));
    changes
}

fn change(event: &str, what: What, [backward, forward]: [bool; 2], severity: Severity) -> Change {
    Change { event: event.to_owned(), what, backward, forward, severity }
}

fn compare_events(name: &str, before: &EventSchema, after: &EventSchema, out: &mut Vec<Change>) {
    if before.stream != after.stream {
        let what = What::StreamChanged { from: before.stream.clone(), to: after.stream.clone() };
        out.push(change(name, what, [false, false], Severity::Breaking));
    }
    let gone = before.properties.iter().filter(|(one, _)| !after.properties.contains_key(*one));
    let gone: Vec<_> = gone.collect();
    let mut added: Vec<_> =
        after.properties.iter().filter(|(one, _)| !before.properties.contains_key(*one)).collect();
    for (property, old) in &before.properties {
        if let Some(new) = after.properties.get(property) {
            compare_properties(name, property, *old, *new, out);
        }
    }
    for (property, old) in gone {
        let is_id = *property == before.id;
        match renamed(property, *old, &added) {
            Some(index) => {
                let what =
                    What::PropertyRenamed { from: property.clone(), to: added.remove(index).0.clone() };
                out.push(change(name, what, [!is_id, !is_id], Severity::Breaking));
            }
            None => {
                let what = What::PropertyRemoved { name: property.clone() };
                out.push(change(name, what, [true, !is_id], Severity::Breaking));
            }
        }
    }
    for (property, _) in added {
        let is_id = *property == after.id;
        let severity = if is_id { Severity::Breaking } else { Severity::Fine };
        out.push(change(name, What::PropertyAdded { name: property.clone() }, [!is_id, true], severity));
    }
}

/// The property that an old one has become: the only one of its kind, or the only one that sounds like it.
fn renamed(name: &str, old: Property, added: &[(&String, &Property)]) -> Option<usize> {
    let alike: Vec<usize> = (0..added.len()).filter(|index| *added[*index].1 == old).collect();
    let sounds = |index: &usize| words::sounds_like(name, added[*index].0);
    let mut similar = alike.iter().copied().filter(sounds);
    match (similar.next(), similar.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

fn compare_properties(event: &str, name: &str, old: Property, new: Property, out: &mut Vec<Change>) {
    let name = || name.to_owned();
    if old.r#type != new.r#type {
        let (backward, forward) = (reads(old.r#type, new.r#type), reads(new.r#type, old.r#type));
        let severity = if backward { Severity::Notice } else { Severity::Breaking };
        let what = What::Retyped { name: name(), from: old.r#type, to: new.r#type };
        out.push(change(event, what, [backward, forward], severity));
    }
    if old.hashed != new.hashed {
        let what = What::Hashed { name: name(), now: new.hashed };
        out.push(change(event, what, [true, true], Severity::Breaking));
    }
    if old.personal != new.personal {
        let what = What::Personal { name: name(), now: new.personal };
        out.push(change(event, what, [true, true], Severity::Notice));
    }
}

/// Whether a reader of type `to` takes every value that was written as `from`. Dates, ids and addresses are texts of a
/// certain form; numbers of two kinds are not stored alike.
fn reads(from: Type, to: Type) -> bool {
    let formed = matches!(from.kind, Kind::Date | Kind::DateTime | Kind::Uuid | Kind::Email);
    from == to || from.list == to.list && formed && to.kind == Kind::Text
}

#[cfg(test)]
mod tests;
