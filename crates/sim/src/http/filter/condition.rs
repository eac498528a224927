//! `where`: what has to hold of a row.

use super::{Bad, Columns, column};
use serde_json::Value as Json;
use std::cmp::Ordering;

const MAX_DEPTH: usize = 10;
const MAX_CONDITIONS: usize = 1_000;

#[derive(Clone, Debug)]
pub enum Where {
    All(Vec<Where>),
    Any(Vec<Where>),
    Cell(usize, Test),
}

#[derive(Clone, Debug)]
pub enum Test {
    Is(Json),
    IsNot(Json),
    Order(fn(Ordering) -> bool, Json),
    Between(Json, Json),
    In(Vec<Json>),
    NotIn(Vec<Json>),
    Like(Vec<char>),
}

impl Where {
    pub fn read(json: &Json, columns: &Columns) -> Result<Where, Bad> {
        let mut left = MAX_CONDITIONS;
        read(json, columns, MAX_DEPTH, &mut left)
    }

    pub fn holds(&self, row: &[Json]) -> bool {
        match self {
            Where::All(all) => all.iter().all(|one| one.holds(row)),
            Where::Any(any) => any.iter().any(|one| one.holds(row)),
            Where::Cell(at, test) => row.get(*at).is_some_and(|cell| test.holds(cell)),
        }
    }
}

fn read(json: &Json, columns: &Columns, depth: usize, left: &mut usize) -> Result<Where, Bad> {
    let (Json::Object(said), true) = (json, depth > 0) else { return Err(Bad::Where) };
    let mut all = Vec::new();
    for (key, json) in said {
        *left = left.checked_sub(1).ok_or(Bad::TooMuch)?;
        match key.as_str() {
            "and" => all.push(Where::All(several("and", json, columns, depth, left)?)),
            "or" => all.push(Where::Any(several("or", json, columns, depth, left)?)),
            name => {
                let at = column(name, columns)?;
                for test in tests(name, json, left)? {
                    all.push(Where::Cell(at, test));
                }
            }
        }
    }
    Ok(Where::All(all))
}

fn several(
    name: &'static str,
    json: &Json,
    columns: &Columns,
    depth: usize,
    left: &mut usize,
) -> Result<Vec<Where>, Bad> {
    match json.as_array().filter(|all| !all.is_empty()) {
        Some(all) => all.iter().map(|one| read(one, columns, depth - 1, left)).collect(),
        None => Err(Bad::Operand(name, "an array of at least one object")),
    }
}

fn tests(column: &str, json: &Json, left: &mut usize) -> Result<Vec<Test>, Bad> {
    let Json::Object(operators) = json else {
        let value = scalar(json).ok_or_else(|| Bad::Condition(column.into()))?;
        return Ok(vec![Test::Is(value)]);
    };
    if operators.is_empty() {
        return Err(Bad::Condition(column.into()));
    }
    let tests = operators.iter().map(|(name, operand)| {
        *left = left.checked_sub(1).ok_or(Bad::TooMuch)?;
        test(name, operand)
    });
    tests.collect()
}

fn test(name: &str, operand: &Json) -> Result<Test, Bad> {
    const ORDERED: &str = "a string or a number";
    const VALUES: &str = "an array of strings, numbers, booleans and null";
    let order = |name: &'static str, holds: fn(Ordering) -> bool| {
        let value = ordered(operand).ok_or(Bad::Operand(name, ORDERED))?;
        Ok(Test::Order(holds, value))
    };
    let values = |name: &'static str| {
        let all = operand.as_array().and_then(|all| all.iter().map(scalar).collect());
        all.ok_or(Bad::Operand(name, VALUES))
    };
    match name {
        "neq" => {
            let value = scalar(operand);
            value.map(Test::IsNot).ok_or(Bad::Operand("neq", "a string, number, boolean or null"))
        }
        "gt" => order("gt", Ordering::is_gt),
        "gte" => order("gte", Ordering::is_ge),
        "lt" => order("lt", Ordering::is_lt),
        "lte" => order("lte", Ordering::is_le),
        "between" => {
            let pair = operand.as_array().map(Vec::as_slice);
            match pair {
                Some([from, to]) if compare(from, to).is_some() => {
                    Ok(Test::Between(from.clone(), to.clone()))
                }
                _ => Err(Bad::Operand("between", "an array of two strings or two numbers")),
            }
        }
        "inq" => values("inq").map(Test::In),
        "nin" => values("nin").map(Test::NotIn),
        "like" => {
            let pattern = operand.as_str().ok_or(Bad::Operand("like", "a string"))?;
            Ok(Test::Like(pattern.chars().collect()))
        }
        other => Err(Bad::Operator(other.into())),
    }
}

fn scalar(json: &Json) -> Option<Json> {
    (!json.is_array() && !json.is_object()).then(|| json.clone())
}

fn ordered(json: &Json) -> Option<Json> {
    (json.is_string() || json.is_number()).then(|| json.clone())
}

impl Test {
    fn holds(&self, cell: &Json) -> bool {
        match self {
            Test::Is(value) => same(cell, value),
            Test::IsNot(value) => !same(cell, value),
            Test::Order(holds, value) => compare(cell, value).is_some_and(holds),
            Test::Between(from, to) => {
                compare(cell, from).is_some_and(Ordering::is_ge)
                    && compare(cell, to).is_some_and(Ordering::is_le)
            }
            Test::In(values) => values.iter().any(|value| same(cell, value)),
            Test::NotIn(values) => !values.iter().any(|value| same(cell, value)),
            Test::Like(pattern) => cell.as_str().is_some_and(|cell| like(cell, pattern)),
        }
    }
}

/// Numbers by their value, so that `5` is `5.0`.
fn same(cell: &Json, value: &Json) -> bool {
    match (cell, value) {
        (Json::Number(cell), Json::Number(value)) => cell.as_f64() == value.as_f64(),
        (Json::Array(_), _) => false,
        (cell, value) => cell == value,
    }
}

/// `None`: they are of different types, or of one without an order.
fn compare(cell: &Json, value: &Json) -> Option<Ordering> {
    match (cell, value) {
        (Json::Number(cell), Json::Number(value)) => cell.as_f64().partial_cmp(&value.as_f64()),
        (Json::String(cell), Json::String(value)) => Some(cell.cmp(value)),
        _ => None,
    }
}

/// `%` is any characters, `_` one. Goes back to the last `%` only, so it takes no longer than pattern times text.
fn like(text: &str, pattern: &[char]) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut of) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(of) {
            Some('%') => {
                back = Some((at, of));
                of += 1;
            }
            Some(one) if *one == '_' || *one == text[at] => {
                at += 1;
                of += 1;
            }
            _ => {
                let Some((from, percent)) = back else { return false };
                back = Some((from + 1, percent));
                at = from + 1;
                of = percent + 1;
            }
        }
    }
    pattern[of..].iter().all(|one| *one == '%')
}
