//! Filters at random, most of which mean something.

use fastrand::Rng;
use serde_json::{Map, Value as Json, json};

/// A filter for rows like these.
pub fn random(rng: &mut Rng, rows: &[Json]) -> String {
    const BAD: [&str; 16] = [
        "",
        "{",
        "[]",
        "7",
        r#"{"fields":[]}"#,
        r#"{"limit":0}"#,
        r#"{"limit":1001}"#,
        r#"{"limit":"5"}"#,
        r#"{"limit":1.5}"#,
        r#"{"skip":-1}"#,
        r#"{"where":[]}"#,
        r#"{"where":{"noSuchColumn":1}}"#,
        r#"{"where":{"and":{}}}"#,
        r#"{"where":{"or":[]}}"#,
        r#"{"order":5}"#,
        r#"{"order":"noSuchColumn ASC"}"#,
    ];
    let Some(row) = pick(rng, rows).and_then(Json::as_object).filter(|_| rng.u8(..8) > 0) else {
        return BAD[rng.usize(..BAD.len())].into();
    };
    let mut filter = Map::new();
    if rng.u8(..4) > 0 {
        filter.insert("where".into(), condition(rng, row, 2));
    } else if rng.bool() {
        // The address may be long.
        let (column, value) = cell(rng, row);
        filter.insert("where".into(), json!({ column: {"inq": [value, "x".repeat(40_000)]} }));
    }
    if rng.bool() {
        let (column, _) = cell(rng, row);
        let word = ["", " ASC", " DESC", " desc", "  asc"][rng.usize(..5)];
        let order = json!(format!("{column}{word}"));
        let order = if rng.bool() { order } else { json!([order, cell(rng, row).0]) };
        filter.insert("order".into(), order);
    }
    if rng.u8(..3) == 0 {
        filter.insert("limit".into(), json!(rng.u8(1..5)));
    }
    if rng.u8(..3) == 0 {
        filter.insert("skip".into(), json!(rng.u8(..4)));
    }
    Json::Object(filter).to_string()
}

fn pick<'a>(rng: &mut Rng, rows: &'a [Json]) -> Option<&'a Json> {
    (!rows.is_empty()).then(|| &rows[rng.usize(..rows.len())])
}

fn cell<'a>(rng: &mut Rng, row: &'a Map<String, Json>) -> (&'a str, &'a Json) {
    let at = rng.usize(..row.len().max(1));
    row.iter().nth(at).map_or(("", &Json::Null), |(name, value)| (name.as_str(), value))
}

fn condition(rng: &mut Rng, row: &Map<String, Json>, depth: u8) -> Json {
    if depth > 0 && rng.u8(..4) == 0 {
        let name = if rng.bool() { "and" } else { "or" };
        let parts: Vec<Json> = (0..rng.u8(1..4)).map(|_| condition(rng, row, depth - 1)).collect();
        return json!({ name: parts });
    }
    let (column, value) = cell(rng, row);
    let words = value.as_str().unwrap_or("");
    let test = match rng.u8(..13) {
        0 => json!({"neq": value}),
        1 => json!({"gt": value}),
        2 => json!({"gte": value}),
        3 => json!({"lt": value}),
        4 => json!({"gte": value, "lte": value}),
        5 => json!({"between": [value, value]}),
        6 => json!({"inq": [value, 5, "other", null]}),
        7 => json!({"nin": [value]}),
        8 => json!({"like": format!("%{}%", words.chars().take(3).collect::<String>())}),
        9 => json!({"like": words.chars().map(|one| if rng.bool() { '_' } else { one }).collect::<String>()}),
        10 => [json!({}), json!({"regexp": "a"}), json!([1]), json!({"like": 5})][rng.usize(..4)].clone(),
        11 => [json!(""), json!(5), json!(null), json!(true)][rng.usize(..4)].clone(),
        _ => value.clone(),
    };
    json!({ column: test })
}
