//! Avro: a record for each event.
//!
//! Invariant: what may be missing or erased is a union with `null` that is `null` by default, so that events that get a
//! property stay readable, either way.

use super::shapes::PERSONAL;
use super::spec::Spec;
use super::words;
use crate::api::Unique;
use crate::json::{Json, list, object};
use crate::{Care, Tree};
use sim::model::EventId;
use sim::value::{Kind, Type};

pub fn write(spec: &Spec<'_>, tree: &mut Tree) {
    for id in spec.all_events() {
        let path = format!("avro/{}.avsc", spec.event_name(id));
        tree.put(path, Care::Owned, record(spec, id).pretty());
    }
}

fn record(spec: &Spec<'_>, id: EventId) -> Json {
    let event = spec.model.event(id);
    let always = spec.always_has_id(id).then_some(event.id).flatten();
    let mut names = Unique::default();
    let mut fields = Vec::new();
    for (index, property) in event.properties.iter().enumerate().filter(|(_, one)| !one.hashed) {
        let field = object! {
            "name": names.name(name(&property.name)),
            "doc": words::property(event, property),
        };
        let field = match always == Some(index) {
            true => field.with("type", of(property.r#type)),
            false => field.with("type", list!["null", of(property.r#type)]).with("default", Json::Null),
        };
        fields.push(if property.personal { field.with(PERSONAL, true) } else { field });
    }
    object! {
        "type": "record",
        "name": name(spec.event_name(id).rsplit('.').next().unwrap_or_default()),
        "namespace": namespace(spec, id),
        "doc": words::event(spec, id),
        "fields": fields,
    }
}

fn of(r#type: Type) -> Json {
    match r#type.list {
        true => object! { "type": "array", "items": one(r#type.kind) },
        false => one(r#type.kind),
    }
}

/// Dates and times may have no time zone, so they are texts; decimals have 18 digits either side of the point.
fn one(kind: Kind) -> Json {
    match kind {
        Kind::Text | Kind::Email | Kind::DateTime => "string".into(),
        Kind::Integer => "long".into(),
        Kind::Boolean => "boolean".into(),
        Kind::Decimal => object! {
            "type": "bytes", "logicalType": "decimal", "precision": 36i64, "scale": 18i64,
        },
        Kind::Date => object! { "type": "int", "logicalType": "date" },
        Kind::Uuid => object! { "type": "string", "logicalType": "uuid" },
    }
}

/// The solution, and the context where there are several.
fn namespace(spec: &Spec<'_>, id: EventId) -> String {
    let solution = name(&spec.source.solution.name);
    let category = spec.model.category(spec.model.event(id).category);
    match category.context.is_empty() {
        true => solution,
        false => format!("{solution}.{}", name(&category.context)),
    }
}

/// A name by Avro's rules: letters, digits and `_` of ASCII, no digit first.
fn name(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars().filter(|one| *one != ' ').take(100) {
        if out.is_empty() && character.is_ascii_digit() {
            out.push('_');
        }
        out.push(if character.is_ascii_alphanumeric() { character } else { '_' });
    }
    if out.is_empty() { "_".to_owned() } else { out }
}
