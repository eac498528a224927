//! From words to values, by type.

use super::{Decimal, Kind, Text, Type, Value};
use std::fmt::{self, Write};

/// A longer text is refused: in characters.
pub const MAX_TEXT: usize = 100_000;
/// A longer list is refused.
pub const MAX_ITEMS: usize = 1_000;

/// Why words are no value of a type. Said after the name of the parameter: `amount is not a number.`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    Not(Kind),
    TooLong,
    /// What names a stream or a row.
    LongId,
    /// One value where a list belongs.
    Single,
    TooMany,
    /// An object where words, a number or a list belong.
    Nested,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unfit::Not(Kind::Text) => "is not a text",
            Unfit::Not(Kind::Integer) => "is not a whole number",
            Unfit::Not(Kind::Decimal) => "is not a number of at most 18 digits",
            Unfit::Not(Kind::Boolean) => "is neither true nor false",
            Unfit::Not(Kind::Date) => "is not a date like 2026-02-28",
            Unfit::Not(Kind::DateTime) => "is not a date and time like 2026-02-28T11:05",
            Unfit::Not(Kind::Uuid) => "is not a UUID",
            Unfit::Not(Kind::Email) => "is not an email address",
            Unfit::TooLong => "is longer than 100,000 characters",
            Unfit::LongId => "is longer than 255 characters",
            Unfit::Single => "is not a list",
            Unfit::TooMany => "has more than 1,000 items",
            Unfit::Nested => "is an object, not a value",
        })
    }
}

impl std::error::Error for Unfit {}

impl Type {
    /// The value that the words say. Blank words are a blank text, or no value of any other type.
    pub fn read(self, words: &str) -> Result<Value, Unfit> {
        if is_long(words) {
            return Err(Unfit::TooLong);
        }
        if !self.list {
            return self.kind.read(words);
        }
        let mut items = Vec::new();
        for item in Items(words.trim()) {
            if items.len() == MAX_ITEMS {
                return Err(Unfit::TooMany);
            }
            items.push(self.kind.read(&item)?);
        }
        Ok(Value::List(items.into()))
    }
}

impl Kind {
    pub(super) fn read(self, words: &str) -> Result<Value, Unfit> {
        if self == Kind::Text {
            return Ok(Value::text(words));
        }
        let words = words.trim();
        if words.is_empty() {
            return Ok(Value::Absent);
        }
        let value = match self {
            Kind::Integer => words.parse().ok().map(Value::Integer),
            Kind::Decimal => Decimal::read(words).map(Value::Decimal),
            Kind::Boolean => truth(words).map(Value::Boolean),
            Kind::Date => is_date(words).then(|| Value::text(words)),
            Kind::DateTime => is_moment(words).then(|| Value::text(words)),
            Kind::Uuid => is_uuid(words).then(|| Value::text(words)),
            Kind::Email => is_email(words).then(|| Value::text(words)),
            Kind::Text => None,
        };
        value.ok_or(Unfit::Not(self))
    }
}

pub(crate) fn is_long(words: &str) -> bool {
    words.len() > MAX_TEXT && words.chars().count() > MAX_TEXT
}

fn truth(words: &str) -> Option<bool> {
    let is = |names: [&str; 2]| names.iter().any(|name| name.eq_ignore_ascii_case(words));
    if is(["true", "yes"]) {
        return Some(true);
    }
    is(["false", "no"]).then_some(false)
}

fn digits(words: &str, length: usize) -> Option<u32> {
    let all = words.len() == length && words.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| words.parse().ok()).flatten()
}

/// `2026-02-28`, and a day that there is.
fn is_date(words: &str) -> bool {
    let mut parts = words.split('-');
    let mut next = |length| parts.next().and_then(|part| digits(part, length));
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => 0,
    };
    parts.next().is_none() && (1..=days).contains(&day)
}

/// A date, `T` or a space, `11:05`, `11:05:30` or `11:05:30.25`, and perhaps `Z` or `+02:00`.
fn is_moment(words: &str) -> bool {
    let Some((date, time)) = words.split_once(['T', ' ']) else { return false };
    let time = time.strip_suffix('Z').unwrap_or(time);
    let (time, offset) = match time.find(['+', '-']) {
        Some(at) => (&time[..at], Some(&time[at + 1..])),
        None => (time, None),
    };
    is_date(date) && is_clock(time) && offset.is_none_or(|offset| offset.len() == 5 && is_clock(offset))
}

fn is_clock(words: &str) -> bool {
    let (words, fraction) = match words.split_once('.') {
        Some((words, fraction)) => (words, Some(fraction)),
        None => (words, None),
    };
    let mut parts = words.split(':');
    let mut next = |below| parts.next().map(|part| digits(part, 2).is_some_and(|number| number < below));
    let clock = (next(24), next(60), next(60));
    let fraction_fits =
        fraction.is_none_or(|fraction| digits(fraction, fraction.len().clamp(1, 9)).is_some());
    let seconds = matches!(clock, (Some(true), Some(true), Some(true)));
    parts.next().is_none()
        && fraction_fits
        && (seconds || matches!(clock, (Some(true), Some(true), None)) && fraction.is_none())
}

fn is_uuid(words: &str) -> bool {
    let hex = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut parts = words.split('-');
    [8, 4, 4, 4, 12].into_iter().all(|length| parts.next().is_some_and(|part| hex(part, length)))
        && parts.next().is_none()
}

fn is_email(words: &str) -> bool {
    let clean = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    words.split_once('@').is_some_and(|(person, host)| clean(person) && clean(host))
}

/// What stands between commas. An item in quotes may hold commas, and quotes written twice.
struct Items<'a>(&'a str);

impl Iterator for Items<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let mut item = String::new();
        let mut rest = self.0.trim_start();
        if let Some(quoted) = rest.strip_prefix('"') {
            rest = unquote(quoted, &mut item);
        }
        let (plain, after) = rest.split_once(',').unwrap_or((rest, ""));
        item.push_str(plain.trim());
        self.0 = after.trim_start();
        Some(item)
    }
}

/// Puts what the quotes hold into `item` and returns what follows them.
fn unquote<'a>(quoted: &'a str, item: &mut String) -> &'a str {
    let mut rest = quoted;
    loop {
        let Some((part, after)) = rest.split_once('"') else {
            item.push_str(rest);
            return "";
        };
        item.push_str(part);
        match after.strip_prefix('"') {
            Some(again) => {
                item.push('"');
                rest = again;
            }
            None => return after,
        }
    }
}

/// The words from which `Items` reads the same list.
pub(super) fn write_list(items: &[Value], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        let words: Text = item.words();
        let plain = !words.is_empty() && words.trim() == words && !words.contains([',', '"']);
        if plain {
            f.write_str(&words)?;
            continue;
        }
        f.write_char('"')?;
        f.write_str(&words.replace('"', "\"\""))?;
        f.write_char('"')?;
    }
    Ok(())
}
