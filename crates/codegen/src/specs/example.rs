//! Sensible example values. The same property has the same example everywhere, so that examples fit together.

use super::spec::Spec;
use crate::json::Json;
use sim::model::{CommandId, EventId, ReadmodelId, folded};
use sim::sample::Sampler;
use sim::value::{Kind, Type};

/// All examples are of one person.
const SEED: u64 = 7;

/// One value, as JSON.
pub fn value(thing: &str, name: &str, r#type: Type) -> Json {
    let is_id = name.ends_with("Id") && r#type == Type::TEXT;
    let sampled =
        if is_id { Sampler::new("", name, Type::one(Kind::Uuid)) } else { Sampler::new(thing, name, r#type) };
    let words = sampled.example(SEED, 0);
    r#type.read(&words).map_or(Json::Null, |value| sim::http::json(&value).into())
}

/// The body of a command.
pub fn command(spec: &Spec<'_>, id: CommandId) -> Json {
    let command = spec.model.command(id);
    let thing = &spec.model.category(command.category).name;
    let parameters = command.parameters.iter();
    Json::Object(parameters.map(|one| (one.name.to_string(), value(thing, &one.name, one.r#type))).collect())
}

/// What a command answers.
pub fn accepted(spec: &Spec<'_>, id: CommandId) -> Json {
    let Json::Object(mut body) = command(spec, id) else { return Json::Null };
    let parameters = &spec.model.command(id).parameters;
    body.retain(|(name, _)| parameters.iter().any(|parameter| parameter.name == name && !parameter.hashed));
    Json::Object(body)
}

/// What is told of an event.
pub fn event(spec: &Spec<'_>, id: EventId) -> Json {
    let event = spec.model.event(id);
    let thing = &spec.model.category(event.category).name;
    let properties = event.properties.iter().filter(|one| !one.hashed);
    Json::Object(properties.map(|one| (one.name.to_string(), value(thing, &one.name, one.r#type))).collect())
}

/// A row of a read model.
pub fn row(spec: &Spec<'_>, id: ReadmodelId) -> Json {
    let thing = thing(spec, id);
    let cell = |column: super::spec::Column<'_>| {
        let r#type = column.types.first().copied().unwrap_or_default();
        (column.name.to_string(), value(&thing, column.name, r#type))
    };
    Json::Object(spec.columns(id).into_iter().map(cell).collect())
}

/// What the rows of a read model are about: the stream whose id is its key.
fn thing(spec: &Spec<'_>, id: ReadmodelId) -> String {
    let key = folded(&spec.model.readmodel(id).key);
    let category = spec.model.categories.iter().find(|category| folded(&category.id) == key);
    category.map(|category| category.name.to_string()).unwrap_or_default()
}
