//! What each route takes and answers.

use super::links::Links;
use super::{SERVICE, readmodels_tag, stream_tag, to};
use crate::api::{Route, Target};
use crate::json::{Json, list, object};
use crate::specs::spec::Spec;
use crate::specs::{example, feed, words};
use sim::model::{CategoryId, CommandId, ReadmodelId};

pub fn operation(spec: &Spec<'_>, links: &Links<'_>, route: &Route) -> Json {
    match route.target {
        Target::Command(id) => command(spec, links, route, id),
        Target::Rows(id) => rows(spec, route, id),
        Target::Row(id) => row(spec, route, id),
        Target::PersonalData(id) => personal_data(spec, route, id),
        Target::Events => events(spec, route),
        Target::Live => health(route, "Whether the service runs", "It runs."),
        Target::Ready => ready(route),
    }
}

fn head(tag: &str, route: &Route, summary: &str, description: &str) -> Json {
    object! {
        "tags": list![tag],
        "operationId": &route.operation,
        "summary": summary,
        "description": description,
    }
}

/// Answers that have names among the components.
fn shared(responses: &mut Json, names: &[(&str, &str)]) {
    for (status, name) in names {
        responses.put(*status, to("responses", name));
    }
}

fn command(spec: &Spec<'_>, links: &Links<'_>, route: &Route, id: CommandId) -> Json {
    let command = spec.model.command(id);
    let category = spec.model.category(command.category);
    let accepted = object! {
        "description": "Accepted: what it leads to has happened. The answer is what was sent.",
        "headers": object! {
            "Correlation-Id": to("headers", "CorrelationId"),
            "Stream-Version": to("headers", "StreamVersion"),
        },
        "content": object! { "application/json": object! {
            "schema": to("schemas", spec.accepted_name(id)),
            "example": example::accepted(spec, id),
        } },
    };
    let links = links.of(id);
    let accepted = if links.is_empty() { accepted } else { accepted.with("links", links) };
    let mut responses = object! { "202": accepted };
    shared(
        &mut responses,
        &[
            ("400", "Refused"),
            ("405", "WrongMethod"),
            ("409", "Conflict"),
            ("412", "OtherVersion"),
            ("413", "TooLarge"),
            ("415", "WrongMediaType"),
            ("422", "KeyReused"),
        ],
    );
    head(
        &stream_tag(&category.context, &category.name),
        route,
        &words::summary(&command.name.label),
        &words::command(spec, id),
    )
    .with(
        "parameters",
        list![
            to("parameters", "IdempotencyKey"),
            to("parameters", "IfMatch"),
            to("parameters", "CorrelationId"),
        ],
    )
    .with(
        "requestBody",
        object! {
            "required": true,
            "content": object! { "application/json": object! {
                "schema": to("schemas", spec.command_name(id)),
                "example": example::command(spec, id),
            } },
        },
    )
    .with("responses", responses)
}

fn rows(spec: &Spec<'_>, route: &Route, id: ReadmodelId) -> Json {
    let readmodel = spec.model.readmodel(id);
    let found = object! {
        "type": "array", "maxItems": 1000i64, "items": to("schemas", spec.readmodel_name(id)),
    };
    let mut responses = object! {
        "200": answer("The rows that suit the filter.", found, list![example::row(spec, id)]),
    };
    shared(&mut responses, &[("400", "WrongQuery"), ("405", "WrongMethod")]);
    let tag = readmodels_tag(spec, readmodel.name.context);
    head(&tag, route, &words::summary(&readmodel.name.label), &words::readmodel(spec.model, readmodel))
        .with(
            "parameters",
            list![
                filter(spec, id, "the first hundred rows", object! { "limit": 10i64 }),
                to("parameters", "CorrelationId"),
            ],
        )
        .with("responses", responses)
}

fn row(spec: &Spec<'_>, route: &Route, id: ReadmodelId) -> Json {
    let readmodel = spec.model.readmodel(id);
    let found = to("schemas", spec.readmodel_name(id));
    let mut responses =
        object! { "200": answer("The first row that suits the filter.", found, example::row(spec, id)) };
    shared(&mut responses, &[("400", "WrongQuery"), ("404", "NotFound"), ("405", "WrongMethod")]);
    let tag = readmodels_tag(spec, readmodel.name.context);
    let summary = format!("{}: one row", words::summary(&readmodel.name.label));
    head(&tag, route, &summary, &words::readmodel(spec.model, readmodel))
        .with(
            "parameters",
            list![
                filter(spec, id, "the first row", super::filter::example(spec, id)),
                to("parameters", "CorrelationId"),
            ],
        )
        .with("responses", responses)
}

fn filter(spec: &Spec<'_>, id: ReadmodelId, without: &str, example: Json) -> Json {
    let description = format!(
        "Which rows, in which order, how many, as JSON: `where` holds conditions by column, such as `{{\"where\": {{\"column\": \"value\"}}}}`. Without it {without}."
    );
    object! {
        "name": "filter",
        "in": "query",
        "description": description,
        "content": object! { "application/json": object! {
            "schema": to("schemas", spec.filter_name(id)),
            "example": example,
        } },
    }
}

fn answer(description: &str, schema: Json, example: Json) -> Json {
    object! {
        "description": description,
        "headers": object! { "Correlation-Id": to("headers", "CorrelationId") },
        "content": object! { "application/json": object! { "schema": schema, "example": example } },
    }
}

fn personal_data(spec: &Spec<'_>, route: &Route, id: CategoryId) -> Json {
    let category = spec.model.category(id);
    let mut responses = object! { "204": object! {
        "description": "Erased. Asked again, the answer is the same.",
        "headers": object! { "Correlation-Id": to("headers", "CorrelationId") },
    } };
    shared(&mut responses, &[("404", "NotFound"), ("405", "WrongMethod")]);
    let name = words::plain(&category.name);
    head(
        &stream_tag(&category.context, &category.name),
        route,
        &format!("Erase the personal data of one {}", category.name),
        &format!(
            "Destroys the key of the stream, so that its personal values so far are read as `null` from then on. What \
             has happened stays. There is no way back.\n\nPersonal data of one {name}: {}.",
            words::personal(spec.model, id)
        ),
    )
    .with("parameters", list![
        object! {
            "name": "id",
            "in": "path",
            "required": true,
            "description": format!("The id of the {name}."),
            "schema": object! { "type": "string", "minLength": 1i64 },
            "example": example::value(&category.name, &category.id, sim::value::Type::TEXT),
        },
        to("parameters", "CorrelationId"),
    ])
    .with("responses", responses)
}

fn events(spec: &Spec<'_>, route: &Route) -> Json {
    let happened = object! { "type": "array", "maxItems": 1000i64, "items": to("schemas", "RecordedEvent") };
    let example = spec.all_events().take(1).map(|id| feed::example(spec, id)).collect();
    let mut responses = object! {
        "200": answer("The events after the position, oldest first.", happened, Json::List(example)),
    };
    shared(&mut responses, &[("400", "WrongQuery"), ("404", "NotFound"), ("405", "WrongMethod")]);
    let summary = "What has happened";
    let description = "All events in the order in which they happened, for other services that follow. Ask again with \
                       the last position that was read. Only there when the service was started with \
                       `EXPOSE_EVENTS=true`, else 404.";
    head(SERVICE, route, summary, description)
        .with(
            "parameters",
            list![
                number(
                    "after",
                    "Only events after this position.",
                    (0, crate::specs::schema::MAX_INTEGER),
                    0
                ),
                number("limit", "At most so many.", (1, 1000), 100),
                to("parameters", "CorrelationId"),
            ],
        )
        .with("responses", responses)
}

fn number(name: &str, description: &str, (least, most): (i64, i64), default: i64) -> Json {
    object! {
        "name": name,
        "in": "query",
        "description": description,
        "schema": object! {
            "type": "integer", "format": "int64", "minimum": least, "maximum": most, "default": default,
        },
    }
}

fn health(route: &Route, summary: &str, healthy: &str) -> Json {
    let responses = object! {
        "200": object! {
            "description": healthy,
            "content": object! { "application/json": object! {
                "schema": to("schemas", "Health"),
                "example": object! { "status": "ok" },
            } },
        },
        "405": to("responses", "WrongMethod"),
    };
    head(SERVICE, route, summary, "For whoever starts and stops services.").with("responses", responses)
}

fn ready(route: &Route) -> Json {
    let mut operation = health(route, "Whether the service takes requests", "Its stores answer.");
    if let Some(responses) = operation.entry("responses") {
        responses.put("503", to("responses", "NotReady"));
    }
    operation
}
