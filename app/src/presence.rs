//! Presence as JSON, in the shape that Yjs clients share: `user: {name, color}` and what Squall adds beside it.
//! Records of foreign clients may hold anything; what is not understood is left out.

use crate::people::Presence;
use board::{LineId, Point};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Where somebody writes: a line and a place in it, in UTF-16 units. Clients that know no selection read the caret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caret {
    pub line: LineId,
    pub at: u32,
    /// The other end of what is selected.
    pub from: Option<(LineId, u32)>,
}

pub fn to_json(presence: &Presence) -> String {
    let user = object(&[
        ("name", presence.name.as_str().into()),
        ("color", presence.colour.as_str().into()),
        ("person", presence.person.as_str().into()),
    ]);
    let mut fields = vec![("user", user), ("selection", ids(&presence.selection))];
    if let Some(cursor) = presence.cursor {
        fields.push(("cursor", point(cursor)));
    }
    if let Some(caret) = &presence.caret {
        fields.push(("caret", write_caret(caret)));
    }
    if let Some((lines, by)) = &presence.drag {
        fields.push(("drag", object(&[("lines", ids(lines)), ("by", point(*by))])));
    }
    js_sys::JSON::stringify(&object(&fields)).map(String::from).unwrap_or_else(|_| "{}".to_owned())
}

pub fn from_json(json: &str) -> Presence {
    let Ok(value) = js_sys::JSON::parse(json) else { return Presence::default() };
    let user = get(&value, "user");
    let drag = get(&value, "drag");
    Presence {
        person: text(&user, "person"),
        name: text(&user, "name").chars().take(60).collect(),
        colour: text(&user, "color"),
        cursor: read_point(&get(&value, "cursor")),
        selection: read_ids(&get(&value, "selection")),
        caret: read_caret(&get(&value, "caret")),
        drag: read_point(&get(&drag, "by")).map(|by| (read_ids(&get(&drag, "lines")), by)),
    }
}

fn write_caret(caret: &Caret) -> JsValue {
    let place = |line: &LineId, at: u32| vec![("line", JsValue::from_str(&line.0)), ("at", at.into())];
    let mut fields = place(&caret.line, caret.at);
    if let Some((line, at)) = &caret.from {
        fields.push(("from", object(&place(line, *at))));
    }
    object(&fields)
}

fn read_caret(value: &JsValue) -> Option<Caret> {
    let place = |value: &JsValue| {
        let line = get(value, "line").as_string()?;
        Some((LineId(line.into()), get(value, "at").as_f64().unwrap_or(0.0) as u32))
    };
    let (line, at) = place(value)?;
    Some(Caret { line, at, from: place(&get(value, "from")) })
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}

fn ids(lines: &[LineId]) -> JsValue {
    // More than a screenful says no more, and presence is small.
    lines.iter().take(50).map(|id| JsValue::from_str(&id.0)).collect::<Array>().into()
}

fn point(point: Point) -> JsValue {
    Array::of2(&point.x.round().into(), &point.y.round().into()).into()
}

fn get(value: &JsValue, key: &str) -> JsValue {
    if value.is_object() { Reflect::get(value, &key.into()).unwrap_or(JsValue::NULL) } else { JsValue::NULL }
}

fn text(value: &JsValue, key: &str) -> String {
    get(value, key).as_string().unwrap_or_default()
}

fn read_ids(value: &JsValue) -> Vec<LineId> {
    let Some(array) = value.dyn_ref::<Array>() else { return Vec::new() };
    array.iter().take(50).filter_map(|id| id.as_string()).map(|id| LineId(id.into())).collect()
}

fn read_point(value: &JsValue) -> Option<Point> {
    let array = value.dyn_ref::<Array>()?;
    let (x, y) = (array.get(0).as_f64()?, array.get(1).as_f64()?);
    (x.is_finite() && y.is_finite()).then_some(Point { x, y })
}
