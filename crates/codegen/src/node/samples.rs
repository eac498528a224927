//! Values that tests send, of every type; and values of scenarios.

use super::typescript::quote;
use eml::Given;
use sim::model::words;
use sim::value::{Kind, Type, Value};

/// `'todo-1'` for an id, `'some text'`, `4.2`
pub fn sample(name: &str, r#type: Type) -> String {
    let stem = name.strip_suffix("Id").filter(|stem| !stem.is_empty());
    let one = match r#type.kind {
        Kind::Text => match stem {
            Some(stem) => quote(&format!("{}-1", words(stem).to_lowercase().replace(' ', "-"))),
            None => quote(&format!("some {}", words(name).to_lowercase())),
        },
        Kind::Integer => "3".into(),
        Kind::Decimal => "4.2".into(),
        Kind::Boolean => "true".into(),
        Kind::Date => "'2026-02-28'".into(),
        Kind::DateTime => "'2026-02-28T11:05:00Z'".into(),
        Kind::Uuid => "'6f0c4ea1-40b1-4b2a-9b6e-000000000001'".into(),
        Kind::Email => "'ann@example.org'".into(),
    };
    if r#type.list { format!("[{one}]") } else { one }
}

/// What a scenario says, as a value of that type; words where they are none.
pub fn given(given: &Given, r#type: Type) -> String {
    r#type.read(&given.value).map_or_else(|_| quote(&given.value), |value| literal(&value))
}

fn literal(value: &Value) -> String {
    match value {
        Value::Absent | Value::Erased => "undefined".into(),
        Value::Text(text) => quote(text),
        Value::List(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
