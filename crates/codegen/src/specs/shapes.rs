//! What goes in and comes out of a service, as JSON Schema: commands, what they answer, events, rows of read models.

use super::spec::{Column, Spec};
use super::{schema, words};
use crate::json::{Json, object};
use sim::model::{Command, CommandId, EventId, ReadmodelId};
use sim::value::Type;

/// Marks personal data in every specification that lets itself be extended.
pub const PERSONAL: &str = "x-personal-data";

/// The body of a command.
pub fn command(spec: &Spec<'_>, id: CommandId) -> Json {
    let command = spec.model.command(id);
    let mut properties = Vec::new();
    let mut required = Vec::new();
    for parameter in &command.parameters {
        let (r#type, is_key) = (parameter.r#type, spec.is_key(&parameter.name));
        let wanted = parameter.required || parameter.lookup.is_some();
        let schema = if wanted { schema::something(r#type, is_key) } else { schema::value(r#type, is_key) };
        let mut schema = described(schema, words::parameter(spec.model, command, parameter));
        if parameter.hashed {
            schema.put("writeOnly", true);
        }
        mark(&mut schema, is_personal(spec, command, &parameter.name));
        if wanted {
            required.push(parameter.name.to_string());
        }
        properties.push((parameter.name.to_string(), schema));
    }
    schema::closed(properties, required)
}

/// What a command answers that was accepted: what was sent, without what is only kept as a hash.
pub fn accepted(spec: &Spec<'_>, id: CommandId) -> Json {
    let command = spec.model.command(id);
    let mut properties = Vec::new();
    let mut required = Vec::new();
    for parameter in command.parameters.iter().filter(|one| !one.hashed) {
        let mut schema = schema::value(parameter.r#type, spec.is_key(&parameter.name));
        mark(&mut schema, is_personal(spec, command, &parameter.name));
        if parameter.required || parameter.lookup.is_some() {
            required.push(parameter.name.to_string());
        }
        properties.push((parameter.name.to_string(), schema));
    }
    schema::closed(properties, required)
}

/// What is told of an event: all its properties that have a value, but those that are hashed; `null` where it was
/// erased.
pub fn event(spec: &Spec<'_>, id: EventId) -> Json {
    let event = spec.model.event(id);
    let mut properties = Vec::new();
    for property in event.properties.iter().filter(|one| !one.hashed) {
        let mut any = vec![schema::value(property.r#type, spec.is_key(&property.name))];
        any.extend(property.personal.then(schema::null));
        let mut schema = described(schema::any(any), words::property(event, property));
        mark(&mut schema, property.personal);
        properties.push((property.name.to_string(), schema));
    }
    let always = spec.always_has_id(id).then_some(event.id).flatten();
    let always = always.and_then(|id| event.properties.get(id)).filter(|id| !id.hashed);
    schema::closed(properties, always.iter().map(|id| id.name.to_string()).collect())
}

/// A row of a read model: an empty text where nothing was said yet, `null` where it was erased.
pub fn row(spec: &Spec<'_>, id: ReadmodelId) -> Json {
    let readmodel = spec.model.readmodel(id);
    let mut properties = Vec::new();
    let mut required = Vec::new();
    for column in spec.columns(id) {
        let mut schema = described(cell(spec, &column), words::column(readmodel, column.name));
        mark(&mut schema, column.personal);
        required.push(column.name.to_string());
        properties.push((column.name.to_string(), schema));
    }
    schema::closed(properties, required)
}

fn cell(spec: &Spec<'_>, column: &Column<'_>) -> Json {
    let mut any: Vec<Json> = Vec::new();
    if !column.types.contains(&Type::TEXT) {
        any.push(object! { "const": "" });
    }
    any.extend(column.types.iter().map(|r#type| schema::value(*r#type, spec.is_key(column.name))));
    any.extend(column.personal.then(schema::null));
    schema::any(any)
}

fn described(mut schema: Json, words: String) -> Json {
    schema.put("description", words);
    schema
}

fn mark(schema: &mut Json, personal: bool) {
    if personal {
        schema.put(PERSONAL, true);
    }
}

/// Whether any event that a command leads to keeps the parameter as personal data.
pub fn is_personal(spec: &Spec<'_>, command: &Command, parameter: &str) -> bool {
    let mut events = command.outcomes.iter().map(|outcome| spec.model.event(outcome.event));
    events.any(|event| {
        let property = event.property(parameter).and_then(|at| event.properties.get(at));
        property.is_some_and(|property| property.personal)
    })
}
