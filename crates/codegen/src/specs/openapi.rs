//! OpenAPI 3.1: the one description of a service's HTTP face. Services serve this very document, and are tested by it.
//!
//! Invariants: it says what `sim::http` does, no more and no less; every operation has an id, a summary, a tag, and all
//! its answers; no answer holds what is only kept as a hash.

mod components;
mod filter;
mod links;
mod operations;

use super::spec::Spec;
use super::words;
use crate::api::{self, Route};
use crate::json::{Json, list, object};
use foldhash::{HashMap, HashSet};
use sim::model::CategoryId;

/// The tag of what every service has.
const SERVICE: &str = "Service";

pub fn document(spec: &Spec<'_>) -> Json {
    let routes = api::routes(spec.model);
    let links = links::Links::new(spec, &routes);
    let mut paths: Vec<(String, Json)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::default();
    for route in routes.iter().filter(is_of_the_model).chain(routes.iter().filter(own)) {
        let place = *places.entry(&route.path).or_insert(paths.len());
        if place == paths.len() {
            paths.push((route.path.clone(), Json::object()));
        }
        paths[place].1.put(route.method.name().to_lowercase(), operations::operation(spec, &links, route));
    }
    let solution = &spec.source.solution;
    object! {
        "openapi": "3.1.1",
        "info": object! {
            "title": title(&solution.name),
            "version": "1.0.0",
            "description": words::solution(spec.source),
        },
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "servers": list![object! { "url": "/", "description": "The service that serves this document." }],
        "security": Json::List(Vec::new()),
        "tags": tags(spec),
        "paths": Json::Object(paths),
        "components": components::components(spec),
    }
}

/// A title must be something.
pub fn title(name: &str) -> String {
    match name.trim() {
        "" => "Untitled".to_owned(),
        name => name.to_owned(),
    }
}

fn is_of_the_model(route: &&Route) -> bool {
    !matches!(route.target, api::Target::Events | api::Target::Live | api::Target::Ready)
}

fn own(route: &&Route) -> bool {
    !is_of_the_model(route)
}

/// Streams, read models by context, and what is the service's own.
fn tags(spec: &Spec<'_>) -> Json {
    let mut tags = Vec::new();
    let mut known = HashSet::default();
    let mut tag = |name: String, description: String| {
        if known.insert(name.clone()) {
            tags.push(object! { "name": name, "description": description });
        }
    };
    for (id, category) in (0..).map(CategoryId).zip(&spec.model.categories) {
        let description = words::category(spec, id);
        tag(stream_tag(&category.context, &category.name), description);
    }
    for readmodel in &spec.model.readmodels {
        let context = spec.model.contexts.get(readmodel.name.context as usize);
        tag(readmodels_tag(spec, readmodel.name.context), words::readmodels(context.map_or("", |one| one)));
    }
    tag(SERVICE.to_owned(), "The service itself: its health and what has happened.".to_owned());
    Json::List(tags)
}

fn stream_tag(context: &str, name: &str) -> String {
    match context.trim().is_empty() {
        true => name.to_owned(),
        false => format!("{context}: {name}"),
    }
}

fn readmodels_tag(spec: &Spec<'_>, context: u32) -> String {
    match spec.model.contexts.get(context as usize) {
        Some(context) if spec.model.contexts.len() > 1 => format!("{context}: read models"),
        _ => "Read models".to_owned(),
    }
}

/// A reference to a component.
fn to(kind: &str, name: &str) -> Json {
    object! { "$ref": format!("#/components/{kind}/{name}") }
}
