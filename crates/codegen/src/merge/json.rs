//! JSON. Its order of keys and its indentation stay; a text that is changed is written anew as package managers do.

use super::NoMerge;
use super::keyed::{Edit, Value};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// JSON that keeps the order of its keys.
#[derive(Clone, PartialEq, Debug)]
enum Json {
    Map(Vec<(String, Json)>),
    List(Vec<Json>),
    /// As it is written.
    Leaf(String),
}

pub fn read(text: &str) -> Result<Value, NoMerge> {
    parse(text).map(|json| value(&json))
}

fn parse(text: &str) -> Result<Json, NoMerge> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map_err(|error| NoMerge::Unreadable(error.to_string()))
}

fn value(json: &Json) -> Value {
    match json {
        Json::Map(entries) => {
            Value::Map(entries.iter().map(|(key, json)| (key.clone(), value(json))).collect())
        }
        Json::List(items) if items.iter().all(|item| matches!(item, Json::Leaf(_))) => {
            Value::List(items.iter().map(|item| item.compact()).collect())
        }
        Json::List(_) | Json::Leaf(_) => Value::Leaf(json.compact()),
    }
}

pub fn write(theirs: &str, ours: &str, edits: &[Edit]) -> Result<String, NoMerge> {
    let (mut json, ours) = (parse(theirs)?, parse(ours)?);
    for edit in edits {
        match edit {
            Edit::Take { keys, after } => {
                let new = ours.find(keys).cloned();
                json.put(keys, new, after.as_ref());
            }
            Edit::Items { keys, items } => {
                let items = items.iter().map(|item| Json::Leaf(item.clone())).collect();
                json.put(keys, Some(Json::List(items)), None);
            }
            Edit::Remove { keys } => json.put(keys, None, None),
        }
    }
    let mut out = String::new();
    json.print(indentation(theirs), 0, &mut out);
    if theirs.ends_with('\n') {
        out.push('\n');
    }
    Ok(out)
}

/// What stands before the first key.
fn indentation(text: &str) -> &str {
    let line = text.lines().find(|line| line.starts_with([' ', '\t']) && line.trim_start().starts_with('"'));
    line.map_or("  ", |line| &line[..line.len() - line.trim_start().len()])
}

impl Json {
    fn find(&self, keys: &[String]) -> Option<&Json> {
        keys.iter().try_fold(self, |json, key| match json {
            Json::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, json)| json),
            _ => None,
        })
    }

    /// Says something else at a place, or nothing; what is new stands behind a key, or first.
    fn put(&mut self, keys: &[String], new: Option<Json>, after: Option<&String>) {
        let Some((last, way)) = keys.split_last() else { return };
        let place = way.iter().try_fold(self, |json, key| match json {
            Json::Map(entries) => entries.iter_mut().find(|(known, _)| known == key).map(|(_, json)| json),
            _ => None,
        });
        let Some(Json::Map(entries)) = place else { return };
        let index = |key: &String| entries.iter().position(|(known, _)| known == key);
        match (index(last), new) {
            (Some(index), Some(new)) => entries[index].1 = new,
            (Some(index), None) => drop(entries.remove(index)),
            (None, Some(new)) => {
                let index = after.and_then(index).map_or(0, |index| index + 1);
                entries.insert(index, (last.clone(), new));
            }
            (None, None) => {}
        }
    }

    fn compact(&self) -> String {
        match self {
            Json::Leaf(text) => text.clone(),
            Json::List(items) => {
                let items: Vec<_> = items.iter().map(Json::compact).collect();
                format!("[{}]", items.join(","))
            }
            Json::Map(entries) => {
                let entries = entries.iter().map(|(key, json)| format!("{}:{}", quoted(key), json.compact()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
            }
        }
    }

    fn print(&self, indent: &str, depth: usize, out: &mut String) {
        let line = |depth: usize, out: &mut String| {
            out.push('\n');
            (0..depth).for_each(|_| out.push_str(indent));
        };
        match self {
            Json::Leaf(text) => out.push_str(text),
            Json::List(items) if items.is_empty() => out.push_str("[]"),
            Json::Map(entries) if entries.is_empty() => out.push_str("{}"),
            Json::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    line(depth + 1, out);
                    item.print(indent, depth + 1, out);
                }
                line(depth, out);
                out.push(']');
            }
            Json::Map(entries) => {
                out.push('{');
                for (index, (key, json)) in entries.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    line(depth + 1, out);
                    out.push_str(&quoted(key));
                    out.push_str(": ");
                    json.print(indent, depth + 1, out);
                }
                line(depth, out);
                out.push('}');
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Leaf("null".to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Leaf(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Leaf(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Leaf(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Leaf(serde_json::Value::from(value).to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Leaf(quoted(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Json::List(out))
    }

    /// A key that stands twice counts as it stands last.
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut out: Vec<(String, Json)> = Vec::new();
        while let Some((key, value)) = entries.next_entry::<String, Json>()? {
            out.retain(|(known, _)| *known != key);
            out.push((key, value));
        }
        Ok(Json::Map(out))
    }
}
