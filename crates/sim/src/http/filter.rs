//! `filter`: which rows of a read model are asked for, and in which order.

mod condition;

use crate::value::Text;
use condition::Where;
use serde_json::{Map, Value as Json};
use std::cmp::Ordering;
use std::fmt;

const LIMIT: usize = 100;
const MAX_LIMIT: u64 = 1_000;
const MAX_SKIP: u64 = 9_007_199_254_740_991;
const MAX_ORDERS: usize = 16;

/// The columns that an answer shows.
pub type Columns = Vec<Column>;

#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// Among the read model's.
    pub at: usize,
    pub name: Text,
    pub list: bool,
}

#[derive(Clone, Debug)]
pub struct Filter {
    r#where: Option<Where>,
    /// Indexes of columns, and whether the greatest comes first.
    order: Vec<(usize, bool)>,
    skip: usize,
    limit: usize,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter { r#where: None, order: Vec::new(), skip: 0, limit: LIMIT }
    }
}

/// Why words are no filter.
#[derive(Clone, PartialEq, Debug)]
pub enum Bad {
    NotJson,
    NotAnObject,
    /// A key that means nothing.
    Key(String),
    Column(String),
    Limit,
    Skip,
    Order,
    OrderByList(String),
    /// No object, or too deep.
    Where,
    TooMuch,
    /// No object of operators and no value to be equal to.
    Condition(String),
    Operator(String),
    /// An operator and what it takes.
    Operand(&'static str, &'static str),
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bad::NotJson => f.write_str("filter is no JSON."),
            Bad::NotAnObject => f.write_str("filter is no JSON object."),
            Bad::Key(key) => write!(f, "filter has no {key}: only where, order, skip and limit."),
            Bad::Column(name) => write!(f, "There is no column {name}."),
            Bad::Limit => f.write_str("limit is not a whole number from 1 to 1,000."),
            Bad::Skip => f.write_str("skip is not a whole number from 0 on."),
            Bad::Order => {
                f.write_str("order is neither like \"column ASC\" nor an array of at most 16 of that kind.")
            }
            Bad::OrderByList(name) => write!(f, "{name} holds lists, which have no order."),
            Bad::Where => f.write_str("where is no object, or more than 10 objects deep."),
            Bad::TooMuch => f.write_str("where has more than 1,000 conditions."),
            Bad::Condition(name) => write!(f, "The condition of {name} is neither a value nor an operator."),
            Bad::Operator(name) => write!(f, "There is no operator {name}."),
            Bad::Operand(name, wants) => write!(f, "{name} takes {wants}."),
        }
    }
}

impl Filter {
    pub fn read(words: &str, columns: &Columns) -> Result<Filter, Bad> {
        let json: Json = serde_json::from_str(words).map_err(|_| Bad::NotJson)?;
        let Json::Object(said) = json else { return Err(Bad::NotAnObject) };
        let known = |key: &&String| ["where", "order", "skip", "limit"].contains(&key.as_str());
        if let Some(key) = said.keys().find(|key| !known(key)) {
            return Err(Bad::Key(key.clone()));
        }
        let mut filter = Filter::default();
        if let Some(json) = said.get("where") {
            filter.r#where = Some(Where::read(json, columns)?);
        }
        if let Some(json) = said.get("order") {
            filter.order = orders(json, columns)?;
        }
        if let Some(skip) = whole(&said, "skip", 0, MAX_SKIP).map_err(|()| Bad::Skip)? {
            filter.skip = skip;
        }
        if let Some(limit) = whole(&said, "limit", 1, MAX_LIMIT).map_err(|()| Bad::Limit)? {
            filter.limit = limit;
        }
        Ok(filter)
    }

    /// The rows that are asked for; each has a cell for each column.
    pub fn apply(&self, mut rows: Vec<Vec<Json>>) -> Vec<Vec<Json>> {
        if let Some(condition) = &self.r#where {
            rows.retain(|row| condition.holds(row));
        }
        rows.sort_by(|left, right| self.compare(left, right));
        rows.into_iter().skip(self.skip).take(self.limit).collect()
    }

    fn compare(&self, left: &[Json], right: &[Json]) -> Ordering {
        let orders = self.order.iter().map(|(at, down)| {
            let order = order(left.get(*at), right.get(*at));
            if *down { order.reverse() } else { order }
        });
        orders.fold(Ordering::Equal, Ordering::then)
    }
}

fn whole(said: &Map<String, Json>, name: &str, least: u64, most: u64) -> Result<Option<usize>, ()> {
    let Some(json) = said.get(name) else { return Ok(None) };
    let number = json.as_f64().filter(|number| number.fract() == 0.0 && *number >= 0.0);
    let number = number.map(|number| number as u64).filter(|number| (least..=most).contains(number));
    number.map(|number| Some(usize::try_from(number).unwrap_or(usize::MAX))).ok_or(())
}

fn orders(json: &Json, columns: &Columns) -> Result<Vec<(usize, bool)>, Bad> {
    let one = |json: &Json| one_order(json.as_str().ok_or(Bad::Order)?, columns);
    match json {
        Json::Array(all) if all.len() <= MAX_ORDERS => all.iter().map(one).collect(),
        Json::String(_) => Ok(vec![one(json)?]),
        _ => Err(Bad::Order),
    }
}

fn one_order(words: &str, columns: &Columns) -> Result<(usize, bool), Bad> {
    let mut parts = words.split(' ').filter(|part| !part.is_empty());
    let name = parts.next().ok_or(Bad::Order)?;
    let down = match parts.next().map(str::to_ascii_uppercase).as_deref() {
        None | Some("ASC") => false,
        Some("DESC") => true,
        Some(_) => return Err(Bad::Order),
    };
    if parts.next().is_some() {
        return Err(Bad::Order);
    }
    let at = column(name, columns)?;
    match columns[at].list {
        true => Err(Bad::OrderByList(name.into())),
        false => Ok((at, down)),
    }
}

fn column(name: &str, columns: &Columns) -> Result<usize, Bad> {
    let found = columns.iter().position(|column| column.name == name);
    found.ok_or_else(|| Bad::Column(name.into()))
}

/// Nothing and what was erased, then `false`, `true`, numbers, texts.
fn order(left: Option<&Json>, right: Option<&Json>) -> Ordering {
    let rank = |json: Option<&Json>| match json {
        None | Some(Json::Null) => 0,
        Some(Json::String(words)) if words.is_empty() => 0,
        Some(Json::Bool(_)) => 1,
        Some(Json::Number(_)) => 2,
        Some(Json::String(_)) => 3,
        Some(_) => 4,
    };
    let within = match (left, right) {
        (Some(Json::Bool(left)), Some(Json::Bool(right))) => left.cmp(right),
        (Some(Json::Number(left)), Some(Json::Number(right))) => {
            left.as_f64().partial_cmp(&right.as_f64()).unwrap_or(Ordering::Equal)
        }
        (Some(Json::String(left)), Some(Json::String(right))) => left.cmp(right),
        _ => Ordering::Equal,
    };
    rank(left).cmp(&rank(right)).then(within)
}

#[cfg(test)]
mod tests;
