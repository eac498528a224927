//! Values as JSON.

use super::{Decimal, Kind, MAX_ITEMS, Text, Type, Unfit, Value};
use serde_json::{Number, Value as Json};

impl Value {
    /// Nothing and what was erased are `null`. A decimal of more digits than a float keeps is a string.
    pub fn json(&self) -> Json {
        match self {
            Value::Absent | Value::Erased => Json::Null,
            Value::Text(text) => Json::String(text.to_string()),
            Value::Integer(number) => Json::from(*number),
            Value::Boolean(truth) => Json::Bool(*truth),
            Value::List(items) => Json::Array(items.iter().map(Value::json).collect()),
            Value::Decimal(number) => match number.is_exact_as_float().then(|| number.float()) {
                Some(float) => Number::from_f64(float).map_or(Json::Null, Json::Number),
                None => Json::String(number.to_string()),
            },
        }
    }

    /// The value and type of JSON that nobody gave a type for.
    pub fn of_json(json: &Json) -> Result<(Value, Type), Unfit> {
        let kind = |json: &Json| match json {
            Json::Bool(_) => Kind::Boolean,
            Json::Number(number) if number.is_i64() => Kind::Integer,
            Json::Number(number) if Decimal::read(&number.to_string()).is_some() => Kind::Decimal,
            _ => Kind::Text,
        };
        let r#type = match json {
            Json::Array(items) => {
                let first = items.first().map_or(Kind::Text, kind);
                let same = items.iter().all(|item| kind(item) == first);
                Type { kind: if same { first } else { Kind::Text }, list: true }
            }
            one => Type::one(kind(one)),
        };
        Ok((r#type.read_json(json)?, r#type))
    }
}

impl Type {
    /// Lenient where nothing is lost: a number may stand for a text, and words for a number.
    pub fn read_json(self, json: &Json) -> Result<Value, Unfit> {
        match (json, self.list) {
            (Json::Null, _) => Ok(Value::Absent),
            (Json::Array(items), true) if items.len() > MAX_ITEMS => Err(Unfit::TooMany),
            (Json::Array(items), true) => {
                let items: Result<Box<[Value]>, Unfit> =
                    items.iter().map(|item| self.kind.read_json(item)).collect();
                items.map(Value::List)
            }
            (Json::Array(_), false) => Err(Unfit::Nested),
            (Json::String(words), true) => self.read(words),
            (one, true) => Ok(Value::List([self.kind.read_json(one)?].into())),
            (one, false) => self.kind.read_json(one),
        }
    }
}

impl Kind {
    fn read_json(self, json: &Json) -> Result<Value, Unfit> {
        match json {
            Json::Null => Ok(Value::Absent),
            Json::Bool(truth) if self == Kind::Boolean => Ok(Value::Boolean(*truth)),
            Json::Bool(truth) => self.read(if *truth { "true" } else { "false" }),
            Json::Number(number) => match number.as_i64() {
                Some(number) if self == Kind::Integer => Ok(Value::Integer(number)),
                _ => self.read(&number.to_string()),
            },
            Json::String(words) if super::is_long(words) => Err(Unfit::TooLong),
            Json::String(words) if self == Kind::Text => Ok(Value::Text(Text::from(words.as_str()))),
            Json::String(words) => self.read(words),
            Json::Array(_) | Json::Object(_) => Err(Unfit::Nested),
        }
    }
}
