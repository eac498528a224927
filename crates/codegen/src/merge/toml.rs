//! TOML. Comments, order and spacing stay.

use super::NoMerge;
use super::keyed::{Edit, Value};
use toml_edit::{Array, DocumentMut, Item, TableLike};

pub fn read(text: &str) -> Result<Value, NoMerge> {
    let document = parse(text)?;
    Ok(table(document.as_table()))
}

fn parse(text: &str) -> Result<DocumentMut, NoMerge> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.parse().map_err(|error: toml_edit::TomlError| {
        let message = error.to_string();
        NoMerge::Unreadable(message.lines().next().unwrap_or_default().to_owned())
    })
}

fn table(table: &dyn TableLike) -> Value {
    Value::Map(table.iter().map(|(key, item)| (key.to_owned(), value(item))).collect())
}

fn value(item: &Item) -> Value {
    if let Some(inner) = item.as_table_like() {
        return table(inner);
    }
    match item.as_array() {
        Some(items) if items.iter().all(|item| !item.is_array() && !item.is_inline_table()) => {
            Value::List(items.iter().map(bare).collect())
        }
        _ => Value::Leaf(item.as_value().map_or_else(|| item.to_string(), bare)),
    }
}

/// Without what stands around it.
fn bare(value: &toml_edit::Value) -> String {
    let mut value = value.clone();
    value.decor_mut().clear();
    value.to_string()
}

pub fn write(theirs: &str, ours: &str, edits: &[Edit]) -> Result<String, NoMerge> {
    let (mut document, ours) = (parse(theirs)?, parse(ours)?);
    for edit in edits {
        let (Edit::Take { keys, .. } | Edit::Items { keys, .. } | Edit::Remove { keys }) = edit;
        let Some((last, way)) = keys.split_last() else { continue };
        let unusual = || NoMerge::Unusual(keys.join("."));
        let place = way.iter().try_fold(document.as_table_mut() as &mut dyn TableLike, |table, key| {
            table.get_mut(key)?.as_table_like_mut()
        });
        let place = place.ok_or_else(unusual)?;
        match edit {
            Edit::Remove { .. } => drop(place.remove(last)),
            Edit::Take { .. } => {
                let new = keys.iter().try_fold(ours.as_item(), |item, key| item.get(key));
                take(place, last, new.ok_or_else(unusual)?.clone());
            }
            Edit::Items { items, .. } => {
                let array = place.get_mut(last).and_then(Item::as_array_mut);
                fill(array.ok_or_else(unusual)?, items)?;
            }
        }
    }
    Ok(document.to_string())
}

fn take(table: &mut dyn TableLike, key: &str, mut new: Item) {
    // A table keeps the place in its own document, which means nothing here.
    if let Some(table) = new.as_table_mut() {
        table.set_position(None);
    }
    match table.get_mut(key) {
        Some(old) => {
            // What stands behind the old value, such as a comment, stays.
            if let (Some(old), Some(new)) = (old.as_value(), new.as_value_mut()) {
                *new.decor_mut() = old.decor().clone();
            }
            *old = new;
        }
        None => drop(table.insert(key, new)),
    }
}

/// Items that stay keep what stands around them; new ones stand as the others do.
fn fill(array: &mut Array, items: &[String]) -> Result<(), NoMerge> {
    let old: Vec<toml_edit::Value> = array.iter().cloned().collect();
    let several_lines =
        array.trailing().as_str().is_some_and(|text| text.contains('\n')) || array.to_string().contains('\n');
    let usual = old.last().map_or("\n    ".to_owned(), |last| {
        last.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or("").to_owned()
    });
    array.clear();
    for (index, item) in items.iter().enumerate() {
        let known = old.iter().find(|value| bare(value) == *item);
        let mut value = match known {
            Some(value) => value.clone(),
            None => {
                let read = item.parse::<toml_edit::Value>();
                let mut value = read.map_err(|error| NoMerge::Unreadable(error.to_string()))?;
                let prefix =
                    old.get(index).and_then(|value| value.decor().prefix()?.as_str()).unwrap_or(&usual);
                value.decor_mut().set_prefix(prefix);
                value
            }
        };
        if !several_lines {
            value.decor_mut().set_prefix(if index == 0 { "" } else { " " });
        }
        value.decor_mut().set_suffix("");
        array.push_formatted(value);
    }
    array.set_trailing_comma(several_lines);
    Ok(())
}
