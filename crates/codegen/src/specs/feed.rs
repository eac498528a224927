//! Events as others are told of them: in the feed of a service, in messages and in CloudEvents.

use super::spec::Spec;
use super::{example, schema, shapes};
use crate::json::{Json, list, object};
use sim::model::EventId;

/// A moment that all examples share.
pub const TIME: &str = "2026-01-05T11:05:30.250Z";
const MOMENT: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$";

/// The type of an event as it is recorded: `TodoAdded`, in several contexts `Shop.OrderPlaced`.
pub fn type_of(spec: &Spec<'_>, id: EventId) -> String {
    spec.model.event(id).name.full.to_string()
}

/// One entry of the feed.
pub fn recorded(spec: &Spec<'_>, id: EventId) -> Json {
    let number = || object! { "type": "integer", "format": "int64", "minimum": 1i64 };
    let properties = vec![
        ("position".to_owned(), number().with("description", "Where it stands among all events.")),
        (
            "stream".to_owned(),
            object! { "type": "string", "description": format!("`{}-` and the id.", spec.stream(id)) },
        ),
        ("version".to_owned(), number().with("description", "Where it stands in its stream.")),
        ("type".to_owned(), object! { "const": type_of(spec, id) }),
        ("data".to_owned(), shapes::event(spec, id)),
        ("metadata".to_owned(), object! { "$ref": "#/components/schemas/Metadata" }),
    ];
    let required = properties.iter().map(|(name, _)| name.clone()).collect();
    schema::closed(properties, required)
}

pub fn metadata() -> Json {
    object! {
        "type": "object",
        "description": "When it happened, and because of what.",
        "additionalProperties": false,
        "required": list!["id", "time", "correlationId", "causationId"],
        "properties": object! {
            "id": object! { "type": "string", "format": "uuid", "description": "The event's own." },
            "time": object! { "type": "string", "format": "date-time", "pattern": MOMENT },
            "correlationId": object! { "type": "string", "description": "That of the request." },
            "causationId": object! {
                "type": "string", "description": "The command that led to it, or the event that did so by a policy.",
            },
        },
    }
}

/// An entry as it may be.
pub fn example(spec: &Spec<'_>, id: EventId) -> Json {
    let r#type = type_of(spec, id);
    object! {
        "position": 1i64,
        "stream": format!("{}-{}", spec.stream(id), example_key(spec, id)),
        "version": 1i64,
        "type": r#type.as_str(),
        "data": example::event(spec, id),
        "metadata": object! {
            "id": example_id(&r#type),
            "time": TIME,
            "correlationId": example_id("correlation"),
            "causationId": example_id("causation"),
        },
    }
}

/// The id of the stream in the example of an event.
pub fn example_key(spec: &Spec<'_>, id: EventId) -> String {
    let event = spec.model.event(id);
    let category = spec.model.category(event.category);
    let property = event.id.and_then(|id| event.properties.get(id));
    let (name, r#type) = property.map_or((&category.id, Default::default()), |one| (&one.name, one.r#type));
    match example::value(&category.name, name, r#type) {
        Json::Text(text) => text,
        other => other.compact(),
    }
}

/// A made-up UUID that is the same for the same name.
pub fn example_id(name: &str) -> String {
    match example::value("", name, sim::value::Type::one(sim::value::Kind::Uuid)) {
        Json::Text(text) => text,
        other => other.compact(),
    }
}
