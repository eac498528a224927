//! Values of properties: their types, how words become them and they become words, and their JSON.
//!
//! Invariants: what is read and said again is the same value; decimals are digits, never floats; a value takes 24
//! bytes, and a short text nothing beside them. Whatever people or foreign files say is bounded.

mod decimal;
mod json;
mod read;

pub use decimal::Decimal;
pub(crate) use read::is_long;
pub use read::{MAX_ITEMS, MAX_TEXT, Unfit};

use smol_str::SmolStr;
use std::cmp::Ordering;
use std::fmt;

/// A name or a value in words. Short ones lie in place, a copy of any costs nothing.
pub type Text = SmolStr;

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Value {
    /// Nothing was said: something else than a blank text.
    #[default]
    Absent,
    Text(Text),
    Integer(i64),
    Decimal(Decimal),
    Boolean(bool),
    List(Box<[Value]>),
    /// Personal data whose key was destroyed.
    Erased,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Kind {
    #[default]
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    DateTime,
    Uuid,
    Email,
}

/// What a property may hold: one of a kind, or a list of them. Dates, ids and addresses are texts of a certain form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Type {
    pub kind: Kind,
    pub list: bool,
}

const KINDS: [(&str, Kind); 8] = [
    ("string", Kind::Text),
    ("integer", Kind::Integer),
    ("decimal", Kind::Decimal),
    ("boolean", Kind::Boolean),
    ("date", Kind::Date),
    ("datetime", Kind::DateTime),
    ("uuid", Kind::Uuid),
    ("email", Kind::Email),
];

impl Kind {
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("string", |(name, _)| name)
    }
}

impl Type {
    pub const TEXT: Type = Type { kind: Kind::Text, list: false };

    pub const fn one(kind: Kind) -> Type {
        Type { kind, list: false }
    }

    /// As EML writes it: `decimal`, `string[]`. A name that means nothing is a text: what stands in a model must not
    /// keep it from running.
    pub fn of(name: &str) -> Type {
        let name = name.trim();
        let (name, list) = match name.strip_suffix("[]") {
            Some(item) => (item.trim_end(), true),
            None => (name, false),
        };
        let kind = KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        Type { kind: kind.map_or(Kind::Text, |(_, kind)| *kind), list }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        f.write_str(if self.list { "[]" } else { "" })
    }
}

impl Value {
    pub fn text(text: impl Into<Text>) -> Value {
        Value::Text(text.into())
    }

    /// Nothing, or nothing but spaces: what `IsRequired` refuses.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Absent => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            _ => false,
        }
    }

    /// As people read it, without a copy where it is a text. Nothing and what was erased are empty.
    pub fn words(&self) -> Text {
        match self {
            Value::Text(text) => text.clone(),
            Value::Absent | Value::Erased => Text::default(),
            other => smol_str::format_smolstr!("{other}"),
        }
    }

    /// The number that it is or that its words are.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Value::Integer(number) => Some(Decimal::from(*number)),
            Value::Decimal(number) => Some(*number),
            Value::Text(text) => Decimal::read(text),
            _ => None,
        }
    }

    /// The order of a sorted column: blank ones, then numbers by size, then all else by its words. Total.
    pub fn order(&self, other: &Value) -> Ordering {
        match (self.is_blank(), other.is_blank()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        match (self.number(), other.number()) {
            (Some(left), Some(right)) => left.cmp(&right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => match (self, other) {
                (Value::Text(left), Value::Text(right)) => left.cmp(right),
                _ => self.words().cmp(&other.words()),
            },
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Absent | Value::Erased => Ok(()),
            Value::Text(text) => f.write_str(text),
            Value::Integer(number) => write!(f, "{number}"),
            Value::Decimal(number) => write!(f, "{number}"),
            Value::Boolean(truth) => write!(f, "{truth}"),
            Value::List(items) => read::write_list(items, f),
        }
    }
}

#[cfg(test)]
mod tests;
