//! Sensible example values. The same property has the same example everywhere, so that examples fit together.

use super::spec::Spec;
use crate::json::Json;
use sim::model::{CommandId, EventId, Parameter, ReadmodelId};
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
    parameters(spec, id, |_| true)
}

/// What a command answers.
pub fn accepted(spec: &Spec<'_>, id: CommandId) -> Json {
    parameters(spec, id, |parameter| !parameter.hashed)
}

fn parameters(spec: &Spec<'_>, id: CommandId, wanted: impl Fn(&Parameter) -> bool) -> Json {
    let command = spec.model.command(id);
    let thing = &spec.model.category(command.category).name;
    let wanted = command.parameters.iter().filter(|one| wanted(one));
    Json::Object(wanted.map(|one| (one.name.to_string(), value(thing, &one.name, one.r#type))).collect())
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
    let thing = spec.thing(&spec.model.readmodel(id).key);
    let cell = |column: super::spec::Column<'_>| {
        let r#type = column.types.first().copied().unwrap_or_default();
        (column.name.to_string(), value(thing, column.name, r#type))
    };
    Json::Object(spec.columns(id).into_iter().map(cell).collect())
}
