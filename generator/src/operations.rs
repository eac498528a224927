//! What an OpenAPI document says that can be done, in its own order, with an example of everything that is sent.
//!
//! Invariant: whatever the document says or leaves out, there is an answer; references that lead in circles end.

use protocol::ship::{Operation, Parameter};
use serde_json::{Map, Value, json};

/// Where the document lies among the specifications.
pub const DOCUMENT: &str = "openapi.json";

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
const JSON: &str = "application/json";
/// References are followed so far, and schemas so deep.
const DEEPEST: usize = 12;

pub fn of(document: &str) -> Vec<Operation> {
    let root: Value = serde_json::from_str(document).unwrap_or_default();
    let reader = Reader { root: &root };
    let mut found = Vec::new();
    for (path, item) in entries(&root["paths"]) {
        for (method, operation) in entries(item) {
            if METHODS.contains(&method.as_str()) {
                found.push(reader.operation(method, path, item, operation));
            }
        }
    }
    // As the document orders its headings; what has none of those comes last.
    let tags: Vec<&str> = list(&root["tags"]).iter().filter_map(|tag| tag["name"].as_str()).collect();
    found.sort_by_key(|operation| tags.iter().position(|tag| *tag == operation.tag).unwrap_or(usize::MAX));
    found
}

struct Reader<'a> {
    root: &'a Value,
}

impl<'a> Reader<'a> {
    fn operation(&self, method: &str, path: &str, item: &'a Value, operation: &'a Value) -> Operation {
        let body = &self.meant(&operation["requestBody"])["content"][JSON];
        let shared = list(&item["parameters"]).iter().chain(list(&operation["parameters"]));
        Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
            tag: text(&operation["tags"][0]),
            summary: text(&operation["summary"]),
            description: text(&operation["description"]),
            parameters: shared.map(|parameter| self.parameter(self.meant(parameter))).collect(),
            body: body.is_object().then(|| pretty(&self.example(body))),
            responses: entries(&operation["responses"])
                .map(|(status, response)| (status.clone(), text(&self.meant(response)["description"])))
                .collect(),
        }
    }

    fn parameter(&self, parameter: &'a Value) -> Parameter {
        let example = self.example(parameter);
        Parameter {
            name: text(&parameter["name"]),
            place: text(&parameter["in"]),
            required: parameter["required"] == true,
            description: text(&parameter["description"]),
            example: match example {
                Value::Null => String::new(),
                Value::String(words) => words,
                other => other.to_string(),
            },
        }
    }

    /// What is said to be an example, or else what its schema makes of it. Parameters without an example have none.
    fn example(&self, holder: &'a Value) -> Value {
        if let Some(example) = holder.get("example") {
            return example.clone();
        }
        if let Some((_, example)) = entries(&holder["examples"]).next() {
            return self.meant(example)["value"].clone();
        }
        match holder.get("in") {
            Some(_) => first_example(self.meant(&holder["schema"])).cloned().unwrap_or_default(),
            None => self.made(&holder["schema"], DEEPEST),
        }
    }

    /// A value that fits a schema.
    fn made(&self, schema: &'a Value, deep: usize) -> Value {
        let schema = self.meant(schema);
        if let Some(example) = first_example(schema) {
            return example.clone();
        }
        if deep == 0 {
            return Value::Null;
        }
        let kind = schema["type"].as_str().or(schema["type"][0].as_str()).unwrap_or_default();
        match (kind, schema["format"].as_str().unwrap_or_default()) {
            ("object", _) => {
                let properties = entries(&schema["properties"]);
                let fields = properties.map(|(name, schema)| (name.clone(), self.made(schema, deep - 1)));
                Value::Object(fields.collect::<Map<_, _>>())
            }
            ("array", _) => json!([self.made(&schema["items"], deep - 1)]),
            ("integer" | "number", _) => json!(1),
            ("boolean", _) => json!(true),
            ("string", "uuid") => json!("0f8fad5b-d9cb-469f-a165-70867728950e"),
            ("string", "date-time") => json!("2026-01-31T12:00:00Z"),
            ("string", "date") => json!("2026-01-31"),
            ("string", "email") => json!("ann@example.com"),
            ("string", _) => json!("text"),
            _ => Value::Null,
        }
    }

    /// What a reference leads to; anything else is meant as it stands.
    fn meant(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..DEEPEST {
            let Some(place) = value["$ref"].as_str().and_then(|place| place.strip_prefix('#')) else { break };
            value = self.root.pointer(place).unwrap_or(&Value::Null);
        }
        value
    }
}

fn first_example(schema: &Value) -> Option<&Value> {
    schema.get("example").or_else(|| schema["examples"].get(0)).or_else(|| schema.get("default"))
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
