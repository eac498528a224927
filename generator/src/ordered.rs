//! JSON whose properties stay in the order in which they were written: what people read is in the order of the model.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use std::fmt;

#[derive(Clone, PartialEq, Debug)]
pub enum Json {
    Object(Vec<(String, Json)>),
    List(Vec<Json>),
    /// All else.
    Plain(Value),
}

pub const NULL: Json = Json::Plain(Value::Null);

impl Json {
    pub fn read(text: &str) -> Json {
        serde_json::from_str(text).unwrap_or(NULL)
    }

    /// A property; `null` where there is none.
    pub fn get(&self, name: &str) -> &Json {
        self.find(name).unwrap_or(&NULL)
    }

    pub fn find(&self, name: &str) -> Option<&Json> {
        self.entries().iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub fn entries(&self) -> &[(String, Json)] {
        match self {
            Json::Object(entries) => entries,
            _ => &[],
        }
    }

    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Plain(value) => value.as_str(),
            _ => None,
        }
    }

    /// What a path of `/` and names leads to, as references have it.
    pub fn at(&self, pointer: &str) -> &Json {
        pointer
            .split('/')
            .skip(1)
            .fold(self, |json, name| json.get(&name.replace("~1", "/").replace("~0", "~")))
    }

    pub fn pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Object(entries) => to.collect_map(entries.iter().map(|(name, value)| (name, value))),
            Json::List(items) => to.collect_seq(items),
            Json::Plain(value) => value.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Json, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(NULL)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = from.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = from.next_entry()? {
            entries.push(entry);
        }
        Ok(Json::Object(entries))
    }
}
