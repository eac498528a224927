//! AsyncAPI 3.0: the feed of events, each a message.

use super::spec::Spec;
use super::{feed, openapi, words};
use crate::json::{Json, list, object};
use foldhash::HashSet;
use sim::model::EventId;

pub fn document(spec: &Spec<'_>) -> Json {
    let mut channel = Json::object();
    let mut messages = Json::object();
    let mut schemas = object! { "Metadata": feed::metadata() };
    for id in spec.all_events() {
        let name = spec.event_name(id);
        channel.put(name, object! { "$ref": format!("#/components/messages/{name}") });
        messages.put(name, message(spec, id));
        schemas.put(name, feed::recorded(spec, id));
    }
    let solution = openapi::title(&spec.source.solution.name);
    object! {
        "asyncapi": "3.0.0",
        "info": object! {
            "title": format!("Events of {solution}"),
            "version": "1.0.0",
            "description": words::feed(),
            "license": object! { "name": "All rights reserved" },
            "tags": tags(spec),
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
            "messages": channel,
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
        "components": object! { "messages": messages, "schemas": schemas },
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

fn message(spec: &Spec<'_>, id: EventId) -> Json {
    let event = spec.model.event(id);
    object! {
        "name": feed::type_of(spec, id),
        "title": words::summary(&event.name.label),
        "summary": words::event(spec, id),
        "contentType": "application/json",
        "correlationId": object! { "location": "$message.payload#/metadata/correlationId" },
        "tags": list![object! { "name": spec.stream(id) }],
        "payload": object! { "$ref": format!("#/components/schemas/{}", spec.event_name(id)) },
        "examples": list![object! { "payload": feed::example(spec, id) }],
    }
}

/// The kinds of streams, each once.
fn tags(spec: &Spec<'_>) -> Json {
    let mut known = HashSet::default();
    let streams = spec.all_events().map(|id| (spec.stream(id), spec.model.event(id).category));
    let streams = streams.filter(|(name, _)| known.insert(name.clone()));
    let tag = |(name, id): (String, _)| {
        let category = spec.model.category(id);
        object! { "name": name, "description": words::category(spec.source, &category.name, &category.context) }
    };
    Json::List(streams.map(tag).collect())
}
