//! AsyncAPI 3.0: the feed of events, each a message.

use super::spec::{Spec, component};
use super::{feed, openapi, words};
use crate::api::Unique;
use crate::json::{Json, list, object};
use foldhash::HashMap;
use sim::model::{CategoryId, EventId};

pub fn document(spec: &Spec<'_>) -> Json {
    let tags = tags(spec);
    let by_category: HashMap<CategoryId, &str> =
        tags.iter().map(|(key, (of, _))| (*of, key.as_str())).collect();
    let mut channel = Vec::new();
    let mut messages = Vec::new();
    let mut schemas = vec![("Metadata".to_owned(), feed::metadata())];
    for id in spec.all_events() {
        let name = spec.event_name(id).to_owned();
        channel.push((name.clone(), object! { "$ref": format!("#/components/messages/{name}") }));
        let of = by_category.get(&spec.model.event(id).category).copied();
        messages.push((name.clone(), message(spec, id, of)));
        schemas.push((name, feed::recorded(spec, id)));
    }
    let solution = openapi::title(&spec.source.solution.name);
    object! {
        "asyncapi": "3.0.0",
        "info": object! {
            "title": format!("Events of {solution}"),
            "version": "1.0.0",
            "description": words::feed(),
            "tags": tags.iter().map(|(key, _)| tag(key)).collect::<Vec<Json>>(),
        },
        "defaultContentType": "application/json",
        "servers": object! { "service": object! {
            "host": "localhost:3001",
            "protocol": "http",
            "description": "The service, started with `EXPOSE_EVENTS=true`.",
        } },
        "channels": object! { "events": object! {
            "address": "/events",
            "title": "What has happened",
            "description": words::feed(),
            "servers": list![object! { "$ref": "#/servers/service" }],
            "messages": Json::Object(channel),
        } },
        "operations": object! { "tellEvents": object! {
            "action": "send",
            "title": "Tell what has happened",
            "summary": "Oldest first, after the position that was asked for.",
            "channel": object! { "$ref": "#/channels/events" },
            "bindings": object! { "http": object! {
                "method": "GET", "query": query(), "bindingVersion": "0.3.0",
            } },
        } },
        "components": object! {
            "messages": Json::Object(messages),
            "schemas": Json::Object(schemas),
            "tags": Json::Object(tags.into_iter().map(|(key, (_, tag))| (key, tag)).collect()),
        },
    }
}

fn query() -> Json {
    object! {
        "type": "object",
        "properties": object! {
            "after": object! { "type": "integer", "minimum": 0i64, "description": "Only events after this position." },
            "limit": object! {
                "type": "integer", "minimum": 1i64, "maximum": 1000i64, "description": "At most so many.",
            },
        },
    }
}

fn message(spec: &Spec<'_>, id: EventId, of: Option<&str>) -> Json {
    let event = spec.model.event(id);
    object! {
        "name": feed::type_of(spec, id),
        "title": words::summary(&event.name.label),
        "summary": words::event(spec, id),
        "contentType": "application/json",
        "correlationId": object! { "location": "$message.payload#/metadata/correlationId" },
        "tags": of.map(tag).into_iter().collect::<Vec<Json>>(),
        "payload": object! { "$ref": format!("#/components/schemas/{}", spec.event_name(id)) },
        "examples": list![object! { "payload": feed::example(spec, id) }],
    }
}

/// By its key among the components: a kind of stream.
type Tag = (String, (CategoryId, Json));

fn tag(key: &str) -> Json {
    object! { "$ref": format!("#/components/tags/{key}") }
}

/// The kinds of streams that have events.
fn tags(spec: &Spec<'_>) -> Vec<Tag> {
    let mut keys = Unique::default();
    let mut tags: Vec<Tag> = Vec::new();
    for id in spec.all_events() {
        let of = spec.model.event(id).category;
        if tags.last().is_some_and(|(_, (known, _))| *known == of) {
            continue;
        }
        let description = words::category(spec, of);
        let tag = object! { "name": spec.stream(id), "description": description };
        tags.push((keys.name(component(&spec.stream(id))), (of, tag)));
    }
    tags
}
