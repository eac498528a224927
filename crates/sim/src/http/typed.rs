//! JSON as values and values as JSON. Strict, so that what an OpenAPI document says of a type is all that it takes.

use crate::value::{Kind, MAX_ITEMS, Type, Unfit, Value, is_long};
use serde_json::{Number, Value as Json};
use std::fmt::Write;

/// What names a stream or a row has no more characters.
const MAX_ID: usize = 255;
/// Whole numbers that every reader of JSON keeps.
const MAX_INTEGER: f64 = 9_007_199_254_740_991.0;

/// The value of a parameter; `id`: it names a stream or a row.
pub fn read(r#type: Type, json: &Json, id: bool) -> Result<Value, Unfit> {
    match (json, r#type.list) {
        (one, false) => item(r#type.kind, one, id),
        (Json::Array(items), true) if items.len() > MAX_ITEMS => Err(Unfit::TooMany),
        (Json::Array(items), true) => {
            let items: Result<Box<[Value]>, Unfit> =
                items.iter().map(|one| item(r#type.kind, one, id)).collect();
            items.map(Value::List)
        }
        (_, true) => Err(Unfit::Single),
    }
}

fn item(kind: Kind, json: &Json, id: bool) -> Result<Value, Unfit> {
    let unfit = Unfit::Not(kind);
    match (kind, json) {
        (Kind::Integer, Json::Number(number)) => {
            let whole = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= MAX_INTEGER);
            whole.map(|number| Value::Integer(number as i64)).ok_or(unfit)
        }
        // What a double makes of it: elsewhere numbers are nothing else.
        (Kind::Decimal, Json::Number(number)) => match number.as_f64().map(|number| format!("{number:e}")) {
            Some(words) => Type::one(kind).read(&words),
            None => Err(unfit),
        },
        (Kind::Boolean, Json::Bool(truth)) => Ok(Value::Boolean(*truth)),
        (Kind::Integer | Kind::Decimal | Kind::Boolean, _) => Err(unfit),
        (_, Json::String(words)) if words.contains('\0') => Err(unfit),
        (Kind::Text, Json::String(words)) if is_long(words) => Err(Unfit::TooLong),
        (_, Json::String(words)) if id && words.chars().count() > MAX_ID => Err(Unfit::LongId),
        (Kind::Text, Json::String(words)) => Ok(Value::text(words.as_str())),
        (_, Json::String(words)) if words.is_empty() || words.trim() != words => Err(unfit),
        (_, Json::String(words)) => Type::one(kind).read(words),
        _ => Err(unfit),
    }
}

/// A value in an answer: nothing is `""`, what was erased `null`, and a decimal a number.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Absent => Json::String(String::new()),
        Value::Decimal(number) => {
            let float = number.to_string().parse().ok().and_then(Number::from_f64);
            float.map_or(Json::Null, |float| match float.as_f64() {
                Some(whole) if whole.fract() == 0.0 && whole.abs() <= MAX_INTEGER => Json::from(whole as i64),
                _ => Json::Number(float),
            })
        }
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        other => other.json(),
    }
}

/// A JSON object whose properties stay in their order.
#[derive(Debug)]
pub struct Object(String);

impl Object {
    pub fn new() -> Object {
        Object("{".into())
    }

    pub fn put(self, name: &str, value: impl Into<Json>) -> Object {
        let value = value.into().to_string();
        self.raw(name, &value)
    }

    /// `json` is JSON already.
    pub fn raw(mut self, name: &str, json: &str) -> Object {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{}:{json}", Json::from(name));
        self
    }

    pub fn done(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A JSON array of what is JSON already.
pub fn array(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!("[{}]", items.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_type_of_their_parameter_and_nothing_is_converted() {
        for (name, json, wanted) in [
            ("string", "\" a \"", Ok(Value::text(" a "))),
            ("string", "5", Err(Unfit::Not(Kind::Text))),
            ("string", "null", Err(Unfit::Not(Kind::Text))),
            ("string", "\"\\u0000\"", Err(Unfit::Not(Kind::Text))),
            ("integer", "5.0", Ok(Value::Integer(5))),
            ("integer", "-5e0", Ok(Value::Integer(-5))),
            ("integer", "5.5", Err(Unfit::Not(Kind::Integer))),
            ("integer", "9007199254740993", Err(Unfit::Not(Kind::Integer))),
            ("integer", "\"5\"", Err(Unfit::Not(Kind::Integer))),
            ("decimal", "4.20", Type::of("decimal").read("4.2")),
            ("decimal", "1e18", Err(Unfit::Not(Kind::Decimal))),
            ("decimal", "1e-19", Err(Unfit::Not(Kind::Decimal))),
            ("decimal", "1e-18", Type::of("decimal").read("0.000000000000000001")),
            ("decimal", "1e300", Err(Unfit::Not(Kind::Decimal))),
            ("boolean", "\"true\"", Err(Unfit::Not(Kind::Boolean))),
            ("boolean", "true", Ok(Value::Boolean(true))),
            ("date", "\"2026-02-28\"", Ok(Value::text("2026-02-28"))),
            ("date", "\" 2026-02-28\"", Err(Unfit::Not(Kind::Date))),
            ("date", "\"\"", Err(Unfit::Not(Kind::Date))),
            ("email", "\"ann\"", Err(Unfit::Not(Kind::Email))),
            ("string[]", "\"a\"", Err(Unfit::Single)),
            ("integer[]", "[1, 2]", Ok(Value::List([Value::Integer(1), Value::Integer(2)].into()))),
            ("integer[]", "[1, null]", Err(Unfit::Not(Kind::Integer))),
        ] {
            let read = read(Type::of(name), &serde_json::from_str(json).unwrap(), false);
            assert_eq!(read, wanted, "{name} {json}");
        }
    }

    #[test]
    fn ids_are_short() {
        let long = Json::from("é".repeat(256));
        assert_eq!(read(Type::TEXT, &long, true), Err(Unfit::LongId));
        assert!(read(Type::TEXT, &long, false).is_ok());
        assert_eq!(read(Type::TEXT, &Json::from("é".repeat(100_001)), true), Err(Unfit::TooLong));
        assert!(read(Type::TEXT, &Json::from("é".repeat(100_000)), false).is_ok());
    }

    #[test]
    fn answers_say_numbers_as_numbers() {
        let decimal = |words: &str| json(&Type::of("decimal").read(words).unwrap()).to_string();
        assert_eq!(decimal("4.20"), "4.2");
        assert_eq!(decimal("100"), "100");
        assert_eq!(json(&Value::Absent), Json::from(""));
        assert_eq!(json(&Value::Erased), Json::Null);
    }
}
