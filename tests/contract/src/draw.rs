//! Values for parameters: good ones, as people would say them, and those that have to be refused or kept as they are.

use crate::session::BEGINS;
use fastrand::Rng;
use serde_json::{Value as Json, json};
use sim::http::json as json_of;
use sim::model::{Command, Model, Parameter};
use sim::sample::example;
use sim::value::Kind;

/// Texts that end strings, comments and lines where somebody forgot to quote them.
const NASTY: [&str; 14] = [
    "O'Brien said \"no\" \\ and left",
    "*/ // # -> * --",
    "two\nlines\tand a tab\r",
    "pizza \u{1f355} \u{e9}\u{301} \u{202e}",
    "<script>alert(1)</script>",
    "${x} {{y}} %s %(z)s \\u0041",
    "' OR 1=1 --",
    "  spaces around  ",
    "null",
    "0012",
    "1e3",
    "\u{7f}\u{1}",
    "true",
    "2026-02-30",
];

/// Stands for what is stored hashed: no store and no answer may hold it.
pub const SECRET: &str = "a-secret-that-nobody-may-read";

/// A sensible value.
pub fn good(rng: &mut Rng, model: &Model, command: &Command, parameter: &Parameter) -> Json {
    if parameter.hashed && parameter.r#type.kind == Kind::Text && !parameter.r#type.list {
        return json!(format!("{SECRET}-{}", rng.u32(..1_000)));
    }
    let thing = &model.category(command.category).name;
    let words = example(thing, &parameter.name, &parameter.r#type.to_string(), rng.u64(..64), BEGINS);
    let value = parameter.r#type.read(&words);
    value.map_or_else(|_| json!(words), |value| json_of(&value))
}

/// A text that is a text like any other.
pub fn nasty(rng: &mut Rng) -> Json {
    json!(NASTY[rng.usize(..NASTY.len())])
}

/// What hardly any parameter takes.
pub fn odd(rng: &mut Rng) -> Json {
    match rng.u8(..24) {
        0 => Json::Null,
        1 => json!(""),
        2 => json!(" "),
        3 => json!(true),
        4 => json!(5),
        5 => json!(5.0),
        6 => json!(-0.5),
        7 => json!([]),
        8 => json!(["a", "b"]),
        9 => json!({}),
        10 => json!("zero \u{0} inside"),
        11 => json!("x".repeat(256)),
        12 => json!("x".repeat(100_001)),
        13 => json!(9_007_199_254_740_993_i64),
        14 => json!(1e18),
        15 => json!(1e-19),
        16 => json!("2026-02-30"),
        17 => json!("2026-02-28"),
        18 => json!("2026-02-28T11:05:30.25+02:00"),
        19 => json!("ann@example.org"),
        20 => json!("9f0c4ea1-40b1-4b2a-9b6e-000000000001"),
        21 => json!([1, null]),
        22 => json!(123_456_789.125),
        _ => nasty(rng),
    }
}

/// Bodies that are no command.
pub fn broken(rng: &mut Rng) -> Vec<u8> {
    const BODIES: [&[u8]; 12] = [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\"text\"",
        b"{\"a\":1}",
        b"{\"todoId\":NaN}",
        b"{\"x\":1e999}",
        b"\xff\xfe",
        b"{\"x\":\"\\ud800\"}",
        b"{'a':1}",
        b"{}{}",
    ];
    BODIES[rng.usize(..BODIES.len())].to_vec()
}
