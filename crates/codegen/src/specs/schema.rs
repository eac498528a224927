//! The types of a model as JSON Schema 2020-12: one table for OpenAPI, AsyncAPI and the schemas alone.
//!
//! Invariants: what a schema accepts is what a service accepts, and a service's answers fit theirs; every text is
//! bounded and holds no NUL, which databases refuse.

use crate::json::{Json, object};
use sim::value::{Kind, MAX_ITEMS, MAX_TEXT, Type};

/// Whole numbers that every reader of JSON keeps.
pub const MAX_INTEGER: i64 = 9_007_199_254_740_991;
/// Ids and keys are short enough for any index.
pub const MAX_KEY: usize = 255;

const TEXT: &str = r"^[^\u0000]*$";
const DATE: &str = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
const MOMENT: &str = concat!(
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ]",
    r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?",
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?$"
);
const UUID: &str = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
const EMAIL: &str = r"^[^@\s\u0000]+@[^@\s\u0000]+$";
/// Decimals have at most 18 digits before and behind the point.
const DECIMAL_BOUND: &str = "1000000000000000000";

/// Any value of the type. Texts that are ids or keys are shorter.
pub fn value(r#type: Type, is_key: bool) -> Json {
    let most = if is_key { MAX_KEY } else { MAX_TEXT };
    match r#type.list {
        true => object! { "type": "array", "items": one(r#type.kind, most), "maxItems": MAX_ITEMS },
        false => one(r#type.kind, most),
    }
}

/// A value of the type that is something: what a required parameter wants.
pub fn something(r#type: Type, is_key: bool) -> Json {
    let value = value(r#type, is_key);
    match r#type {
        Type { list: true, .. } => value.with("minItems", 1i64),
        Type { kind: Kind::Text, .. } => value.with("minLength", 1i64),
        _ => value,
    }
}

fn one(kind: Kind, most: usize) -> Json {
    match kind {
        Kind::Text => text(TEXT, most),
        Kind::Integer => object! {
            "type": "integer", "format": "int64", "minimum": -MAX_INTEGER, "maximum": MAX_INTEGER,
        },
        Kind::Decimal => object! {
            "type": "number",
            "exclusiveMinimum": Json::Number(format!("-{DECIMAL_BOUND}")),
            "exclusiveMaximum": Json::Number(DECIMAL_BOUND.to_owned()),
        },
        Kind::Boolean => object! { "type": "boolean" },
        Kind::Date => text(DATE, 10).with("format", "date"),
        Kind::DateTime => text(MOMENT, 35),
        Kind::Uuid => text(UUID, 36).with("format", "uuid"),
        // Not `format: email`, which takes fewer addresses than there are.
        Kind::Email => text(EMAIL, most),
    }
}

fn text(pattern: &str, most: usize) -> Json {
    object! { "type": "string", "maxLength": most, "pattern": pattern }
}

pub fn null() -> Json {
    object! { "type": "null" }
}

/// Any of these; where there is but one, that.
pub fn any(mut schemas: Vec<Json>) -> Json {
    match schemas.len() {
        1 => schemas.remove(0),
        _ => object! { "anyOf": schemas },
    }
}

/// An object of these properties and no others.
pub fn closed(properties: Vec<(String, Json)>, required: Vec<String>) -> Json {
    let mut schema = object! { "type": "object", "additionalProperties": false };
    if !required.is_empty() {
        schema.put("required", required);
    }
    schema.with("properties", Json::Object(properties))
}
