//! JSON as a value whose properties stand in the order in which they were said.
//!
//! Invariants: a property stands once, and the last one said counts; written it is what `JSON.stringify(value, null, 2)`
//! writes, with a newline at the end.

/// A value of JSON.
#[derive(Clone, PartialEq, Debug)]
pub enum Json {
    Null,
    Boolean(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// An object: `object! { "type": "string", "maxLength": 200 }`.
macro_rules! object {
    ($($key:literal : $value:expr),* $(,)?) => {
        $crate::json::Json::Object(vec![$(($key.to_owned(), $crate::json::Json::from($value))),*])
    };
}
pub(crate) use object;

/// A list of anything that becomes JSON.
macro_rules! list {
    ($($item:expr),* $(,)?) => { $crate::json::Json::List(vec![$($crate::json::Json::from($item)),*]) };
}
pub(crate) use list;

impl Json {
    pub fn object() -> Json {
        Json::Object(Vec::new())
    }

    /// Says a property of an object; of anything else nothing.
    pub fn put(&mut self, key: impl Into<String>, value: impl Into<Json>) {
        let Json::Object(properties) = self else { return };
        let (key, value) = (key.into(), value.into());
        match properties.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = value,
            None => properties.push((key, value)),
        }
    }

    /// The same, for a chain.
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Json>) -> Json {
        self.put(key, value);
        self
    }

    /// With all that the other one says.
    pub fn joined(mut self, other: Json) -> Json {
        if let Json::Object(properties) = other {
            properties.into_iter().for_each(|(key, value)| self.put(key, value));
        }
        self
    }

    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(properties) => {
                properties.iter().find(|(known, _)| known == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// The property, which is an empty object where it was not said.
    pub fn entry(&mut self, key: &str) -> Option<&mut Json> {
        let Json::Object(properties) = self else { return None };
        let place = properties.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
            properties.push((key.to_owned(), Json::object()));
            properties.len() - 1
        });
        properties.get_mut(place).map(|(_, value)| value)
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Json::List(items) => items.is_empty(),
            Json::Object(properties) => properties.is_empty(),
            _ => false,
        }
    }

    /// As a file: indented by two, with a newline at the end.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, Some(0));
        out.push('\n');
        out
    }

    /// On one line.
    pub fn compact(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, None);
        out
    }

    fn write(&self, out: &mut String, depth: Option<usize>) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Boolean(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Json::Number(number) => out.push_str(number),
            Json::Text(text) => quote(out, text),
            Json::List(items) => {
                let items = items.iter().map(|item| (None, item));
                write_all(out, depth, ('[', ']'), items);
            }
            Json::Object(properties) => {
                let properties = properties.iter().map(|(key, value)| (Some(key.as_str()), value));
                write_all(out, depth, ('{', '}'), properties);
            }
        }
    }
}

fn write_all<'a>(
    out: &mut String,
    depth: Option<usize>,
    (open, close): (char, char),
    items: impl ExactSizeIterator<Item = (Option<&'a str>, &'a Json)>,
) {
    out.push(open);
    let inner = depth.map(|depth| depth + 1);
    let some = items.len() > 0;
    for (at, (key, value)) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        new_line(out, inner);
        if let Some(key) = key {
            quote(out, key);
            out.push_str(if depth.is_some() { ": " } else { ":" });
        }
        value.write(out, inner);
    }
    if some {
        new_line(out, depth);
    }
    out.push(close);
}

fn new_line(out: &mut String, depth: Option<usize>) {
    if let Some(depth) = depth {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

/// A string of JSON. Line separators are written as numbers too, since it may come to stand in a script.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text)
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Json {
        Json::Text(text.clone())
    }
}

impl From<&smol_str::SmolStr> for Json {
    fn from(text: &smol_str::SmolStr) -> Json {
        Json::Text(text.to_string())
    }
}

impl From<bool> for Json {
    fn from(truth: bool) -> Json {
        Json::Boolean(truth)
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Json {
        Json::Number(number.to_string())
    }
}

impl From<usize> for Json {
    fn from(number: usize) -> Json {
        Json::Number(number.to_string())
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Json {
        Json::List(items.into_iter().map(Into::into).collect())
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Json {
        match value {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(truth) => Json::Boolean(truth),
            serde_json::Value::Number(number) => Json::Number(number.to_string()),
            serde_json::Value::String(text) => Json::Text(text),
            serde_json::Value::Array(items) => Json::List(items.into_iter().map(Json::from).collect()),
            serde_json::Value::Object(all) => {
                Json::Object(all.into_iter().map(|(key, value)| (key, Json::from(value))).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stay_in_their_order_and_the_last_said_counts() {
        let mut json = object! { "z": 1i64, "a": list!["x", true], "empty": Json::object() };
        json.put("z", Json::Null);
        assert_eq!(
            json.pretty(),
            "{\n  \"z\": null,\n  \"a\": [\n    \"x\",\n    true\n  ],\n  \"empty\": {}\n}\n"
        );
        assert_eq!(json.compact(), r#"{"z":null,"a":["x",true],"empty":{}}"#);
    }

    #[test]
    fn any_text_is_read_back_as_it_was() {
        for text in ["\"", "\\", "\n\r\t", "\0\u{1f}\u{7f}", "\u{2028}", "é 😀 */ </script>"] {
            let written = Json::from(text).compact();
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
            assert!(!written.contains(['\n', '\u{2028}']));
        }
    }
}
