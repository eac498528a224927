//! CloudEvents 1.0: how an event is told to the world. The schema of the envelope, and an example of each event.
//!
//! The type is that of the feed, the subject the stream; what led to it are extensions.

use super::spec::Spec;
use super::{example, feed, schema, words};
use crate::json::{Json, list, object};
use crate::{Care, Tree};
use sim::model::EventId;

pub fn write(spec: &Spec<'_>, tree: &mut Tree) {
    tree.put("cloudevents/envelope.schema.json", Care::Owned, envelope(spec).pretty());
    for id in spec.all_events() {
        let path = format!("cloudevents/{}.json", spec.event_name(id));
        tree.put(path, Care::Owned, cloud_event(spec, id).pretty());
    }
}

/// Where all events come from: a relative reference that says the solution's name.
fn source(spec: &Spec<'_>) -> String {
    format!("/{}", crate::api::percent(&spec.source.solution.name.replace(' ', "")))
}

fn envelope(spec: &Spec<'_>) -> Json {
    let types: Vec<String> = spec.all_events().map(|id| feed::type_of(spec, id)).collect();
    let text =
        |description: &str| object! { "type": "string", "minLength": 1i64, "description": description };
    let data = spec.all_events().map(|id| {
        object! { "$ref": format!("../schemas/events/{}.schema.json", spec.event_name(id)) }
    });
    let properties = object! {
        "specversion": object! { "const": "1.0" },
        "id": text("The event's own, the same however often it is delivered.").with("format", "uuid"),
        "source": object! { "const": source(spec) },
        "type": object! { "enum": types },
        "subject": text("The stream: its kind, `-` and its id."),
        "time": text("When it happened.").with("format", "date-time"),
        "datacontenttype": object! { "const": "application/json" },
        "data": schema::any(data.collect()),
        "correlationid": text("That of the request from which it followed."),
        "causationid": text("The command that led to it, or the event that did so by a policy."),
        "streamversion": object! {
            "type": "integer", "minimum": 1i64, "maximum": 2_147_483_647i64, "description": "Where it stands in its stream.",
        },
    };
    let required = list!["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"];
    object! {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("CloudEvents of {}", super::openapi::title(&spec.source.solution.name)),
        "description": words::envelope(),
        "type": "object",
        "required": required,
        "properties": properties,
    }
}

fn cloud_event(spec: &Spec<'_>, id: EventId) -> Json {
    let r#type = feed::type_of(spec, id);
    object! {
        "specversion": "1.0",
        "id": feed::example_id(&r#type),
        "source": source(spec),
        "type": r#type,
        "subject": format!("{}-{}", spec.stream(id), feed::example_key(spec, id)),
        "time": feed::TIME,
        "datacontenttype": "application/json",
        "correlationid": feed::example_id("correlation"),
        "causationid": feed::example_id("causation"),
        "streamversion": 1i64,
        "data": example::event(spec, id),
    }
}
