//! Schemas, answers, parameters and headers that several operations share.

use super::{filter, to};
use crate::json::{Json, list, object};
use crate::specs::spec::Spec;
use crate::specs::{feed, schema, shapes, words};

pub fn components(spec: &Spec<'_>) -> Json {
    object! {
        "schemas": schemas(spec),
        "responses": responses(),
        "parameters": parameters(),
        "headers": headers(),
    }
}

fn schemas(spec: &Spec<'_>) -> Json {
    let model = spec.model;
    let mut schemas = Vec::new();
    let mut put = |name: &str, schema: Json| schemas.push((name.to_owned(), schema));
    let titled = |label: &str, description: String, schema: Json| {
        object! { "title": label, "description": description }.joined(schema)
    };
    for id in spec.all_commands() {
        let label = &model.command(id).name.label;
        let body = titled(label, "What the command takes.".to_owned(), shapes::command(spec, id));
        put(spec.command_name(id), body);
        let said = titled(label, "What was sent of the command.".to_owned(), shapes::accepted(spec, id));
        put(spec.accepted_name(id), said);
    }
    for id in spec.all_readmodels() {
        let readmodel = model.readmodel(id);
        let label = &readmodel.name.label;
        let row = titled(label, words::readmodel(model, readmodel), shapes::row(spec, id));
        put(spec.readmodel_name(id), row);
        let asked =
            titled(label, "Which rows, in which order, how many.".to_owned(), filter::filter(spec, id));
        put(spec.filter_name(id), asked);
    }
    for id in spec.all_events() {
        let label = &model.event(id).name.label;
        put(spec.event_name(id), titled(label, words::event(spec, id), feed::recorded(spec, id)));
    }
    let events = spec.all_events().map(|id| to("schemas", spec.event_name(id))).collect();
    put("RecordedEvent", titled("What happened", "Any event.".to_owned(), schema::any(events)));
    put("Metadata", feed::metadata());
    put("Condition", filter::condition());
    put("Failure", failure());
    put("Refusal", refusal());
    put("Problem", problem());
    put("Health", health());
    Json::Object(schemas)
}

fn failure() -> Json {
    object! {
        "type": "object",
        "description": "One reason why a command is refused.",
        "additionalProperties": false,
        "required": list!["field", "msg"],
        "properties": object! {
            "field": object! {
                "type": "string", "description": "The parameter that is wrong; empty where it is none in particular.",
            },
            "msg": object! { "type": "string", "description": "What is wrong." },
        },
    }
}

fn refusal() -> Json {
    object! {
        "type": "object",
        "description": "All reasons why a command is refused.",
        "additionalProperties": false,
        "required": list!["message"],
        "properties": object! {
            "message": object! { "type": "array", "minItems": 1i64, "items": to("schemas", "Failure") },
        },
    }
}

/// RFC 9457.
fn problem() -> Json {
    object! {
        "type": "object",
        "description": "What went wrong, by RFC 9457.",
        "required": list!["type", "title", "status", "detail"],
        "properties": object! {
            "type": object! { "type": "string", "format": "uri-reference" },
            "title": object! { "type": "string" },
            "status": object! { "type": "integer", "minimum": 400i64, "maximum": 599i64 },
            "detail": object! { "type": "string", "description": "A sentence for people." },
            "errors": object! {
                "type": "array",
                "items": to("schemas", "Failure"),
                "description": "All reasons why a command is refused.",
            },
        },
    }
}

fn health() -> Json {
    object! {
        "type": "object",
        "description": "How the service is.",
        "required": list!["status"],
        "properties": object! { "status": object! { "type": "string" } },
    }
}

fn responses() -> Json {
    let mut responses = Json::object();
    responses.put("Refused", refused());
    let problems = [
        ("WrongQuery", 400, "Bad Request", "The query is none that this route takes."),
        ("NotFound", 404, "Not Found", "There is nothing here."),
        (
            "WrongMethod",
            405,
            "Method Not Allowed",
            "The path is known, with other methods: those of `Allow`.",
        ),
        (
            "Conflict",
            409,
            "Conflict",
            "Others wrote to the stream at the same time, five times in a row. Try again.",
        ),
        (
            "OtherVersion",
            412,
            "Precondition Failed",
            "The stream is at another version than `If-Match` says.",
        ),
        ("TooLarge", 413, "Content Too Large", "The body has more than 1,048,576 bytes."),
        ("WrongMediaType", 415, "Unsupported Media Type", "The body is not `application/json`."),
        ("KeyReused", 422, "Unprocessable Content", "The `Idempotency-Key` was used for another request."),
        ("NotReady", 503, "Service Unavailable", "A store does not answer."),
    ];
    for (name, status, title, description) in problems {
        responses.put(name, problem_response(status, title, description));
    }
    if let Some(headers) = responses.entry("WrongMethod").and_then(|response| response.entry("headers")) {
        headers.put("Allow", to("headers", "Allow"));
    }
    responses
}

fn problem_response(status: i64, title: &str, description: &str) -> Json {
    object! {
        "description": description,
        "headers": object! { "Correlation-Id": to("headers", "CorrelationId") },
        "content": object! { "application/problem+json": object! {
            "schema": to("schemas", "Problem"),
            "example": object! { "type": "about:blank", "title": title, "status": status, "detail": description },
        } },
    }
}

/// As LES says it, or as a problem where `Accept` asks for one or the body cannot be read.
fn refused() -> Json {
    let failures = || list![object! { "field": "", "msg": "The reason." }];
    let problem = object! {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400i64,
        "detail": "The command is refused.",
        "errors": failures(),
    };
    object! {
        "description": "Refused, with all reasons; as a problem where `Accept` names `application/problem+json`. Or the \
                        request cannot be read: its body is no JSON object of the command's parameters, or a header \
                        is wrong.",
        "headers": object! { "Correlation-Id": to("headers", "CorrelationId") },
        "content": object! {
            "application/json": object! {
                "schema": to("schemas", "Refusal"),
                "example": object! { "message": failures() },
            },
            "application/problem+json": object! { "schema": to("schemas", "Problem"), "example": problem },
        },
    }
}

fn parameters() -> Json {
    // Without examples: playgrounds would send them with everything.
    let header = |name: &str, description: &str, schema: Json| {
        object! { "name": name, "in": "header", "description": description, "schema": schema }
    };
    object! {
        "IdempotencyKey": header(
            "Idempotency-Key",
            "A command that is sent again with the same key is carried out once, and answered as it was then.",
            object! { "type": "string", "minLength": 1i64, "maxLength": 255i64, "pattern": "^[!-~]+$" },
        ),
        "IfMatch": header(
            "If-Match",
            "The version in quotes that the stream must be at: `\"0\"` where it must not be there yet.",
            object! { "type": "string", "pattern": "^\"[0-9]{1,15}\"$" },
        ),
        "CorrelationId": header(
            "Correlation-Id",
            "Stands in the metadata of all events that follow from the request. Printable characters without spaces, at \
             most 255: another one is replaced.",
            object! { "type": "string" },
        ),
    }
}

fn headers() -> Json {
    let text =
        |description: &str| object! { "description": description, "schema": object! { "type": "string" } };
    object! {
        "CorrelationId": text("What stands in the metadata of all events that followed."),
        "StreamVersion": object! {
            "description": "The version of the command's stream, for `If-Match`.",
            "schema": object! { "type": "integer", "format": "int64", "minimum": 0i64 },
        },
        "Allow": text("The methods of the path."),
    }
}
