//! JSON Schema 2020-12: a file for each command, event and read model.

use super::spec::Spec;
use super::{example, shapes, words};
use crate::json::{Json, list, object};
use crate::{Care, Tree};

pub fn write(spec: &Spec<'_>, tree: &mut Tree) {
    let model = spec.model;
    let mut put = |folder: &str, name: &str, schema: Json| {
        tree.put(format!("schemas/{folder}/{name}.schema.json"), Care::Owned, schema.pretty());
    };
    for id in spec.all_commands() {
        let label = &model.command(id).name.label;
        let schema =
            file(label, words::command(spec, id), shapes::command(spec, id), example::command(spec, id));
        put("commands", spec.command_name(id), schema);
    }
    for id in spec.all_events() {
        let label = &model.event(id).name.label;
        let schema = file(label, words::event(spec, id), shapes::event(spec, id), example::event(spec, id));
        put("events", spec.event_name(id), schema);
    }
    for id in spec.all_readmodels() {
        let readmodel = model.readmodel(id);
        let words = words::readmodel(model, readmodel);
        let schema = file(&readmodel.name.label, words, shapes::row(spec, id), example::row(spec, id));
        put("readmodels", spec.readmodel_name(id), schema);
    }
}

fn file(label: &str, description: String, schema: Json, example: Json) -> Json {
    let head = object! {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": label, "description": description,
    };
    head.joined(schema).with("examples", list![example])
}
