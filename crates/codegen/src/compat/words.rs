//! A difference in plain words: what is different, and what that means to whoever has events already.

use super::{Change, Severity, What};
use std::fmt;

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = &self.event;
        match &self.what {
            What::EventAdded => write!(out, "{event} is new."),
            What::EventRemoved => {
                write!(out, "{event} is gone: the new service cannot read those that are stored.")
            }
            What::EventRenamed { to } => write!(
                out,
                "{event} seems to be called {to} now: stored ones keep their name, and the new service does not know it."
            ),
            What::StreamChanged { from, to } => write!(
                out,
                "{event} has moved from the stream {from} to {to}: stored ones stay in {from}, where nobody looks for them."
            ),
            What::PropertyAdded { name } => {
                write!(out, "{event} now has {name}: of stored events it is not known, and reads as nothing.")
            }
            What::PropertyRemoved { name } => write!(
                out,
                "{event} no longer has {name}: stored events keep it, but nothing reads it, and other readers will miss it."
            ),
            What::PropertyRenamed { from, to } => write!(
                out,
                "{event} seems to call {from} now {to}: stored events say {from}, so {to} reads as nothing there."
            ),
            What::Retyped { name, from, to } => match self.backward {
                true => write!(out, "{event}.{name} was {from} and is now {to}: every stored value is one."),
                false => write!(out, "{event}.{name} was {from} and is now {to}: stored values may be none."),
            },
            What::Hashed { name, now: true } => {
                write!(
                    out,
                    "{event}.{name} is now stored as a hash: in stored events it stands in plain text."
                )
            }
            What::Hashed { name, now: false } => {
                write!(
                    out,
                    "{event}.{name} is no longer stored as a hash: of stored events only the hash is known."
                )
            }
            What::Personal { name, now: true } => write!(
                out,
                "{event}.{name} is now personal data: events that are stored already hold it in plain text for ever."
            ),
            What::Personal { name, now: false } => {
                write!(
                    out,
                    "{event}.{name} is no longer personal data: new events hold it in plain text for ever."
                )
            }
        }
    }
}

impl Change {
    /// As schema registries call it.
    pub fn compatibility(&self) -> &'static str {
        match (self.backward, self.forward) {
            (true, true) => "full",
            (true, false) => "backward only",
            (false, true) => "forward only",
            (false, false) => "none",
        }
    }
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Severity::Fine => "fine",
            Severity::Notice => "notice",
            Severity::Breaking => "breaking",
        }
    }
}

/// Whether one name may be the other, written anew: they differ in less than half of their characters, or one
/// contains the other.
pub fn sounds_like(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    if one.contains(&other) || other.contains(&one) {
        return true;
    }
    let longer = one.chars().count().max(other.chars().count());
    longer <= LONGEST && distance(&one, &other) * 2 < longer
}

/// Longer names are compared as wholes: the effort grows with the square.
const LONGEST: usize = 64;

/// Levenshtein's: how many characters must be put in, taken out or replaced.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, here) in one.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], index + 1);
        for (place, there) in other.iter().enumerate() {
            let replaced = corner + usize::from(here != *there);
            corner = row[place + 1];
            row[place + 1] = replaced.min(corner + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}
