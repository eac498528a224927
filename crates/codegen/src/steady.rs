//! Names of what developers write into: files, folders and functions that are generated once.
//!
//! Invariant: such a name comes from the thing itself, and from whether others would be called the same; never from
//! their order. So nothing that is added, moved or removed on the board makes a file the home of something else.
//! Not here: what a language does to names (`node`, `python`).

use crate::manifest::digest_of;
use foldhash::HashMap;

/// Of a digest so much tells a handful of things apart.
const MARK: usize = 6;

pub struct Thing {
    /// As it is called where nothing else is; empty where none of its letters can be used.
    pub short: String,
    /// As it is called beside others with the same short name.
    pub long: String,
    /// All that makes it what it is.
    pub whole: String,
}

impl Thing {
    /// What has no longer name.
    pub fn called(name: String, whole: String) -> Thing {
        Thing { long: name.clone(), short: name, whole }
    }
}

/// One name each, in their order: where two would have one, the mark of the whole is at their ends. `noun` stands for
/// names without letters.
pub fn names(things: &[Thing], noun: &str, hyphen: char) -> Vec<String> {
    let count = |of: fn(&Thing) -> &String| {
        let mut times: HashMap<&str, usize> = HashMap::default();
        things.iter().for_each(|thing| *times.entry(of(thing)).or_default() += 1);
        times
    };
    let (short, long) = (count(|thing| &thing.short), count(|thing| &thing.long));
    let name = |thing: &Thing| {
        let mark = || digest_of(thing.whole.as_bytes()).chars().take(MARK).collect::<String>();
        match thing {
            Thing { short, .. } if short.is_empty() => format!("{noun}{hyphen}{}", mark()),
            Thing { short: name, .. } if short[name.as_str()] == 1 => name.clone(),
            Thing { long: name, .. } if long[name.as_str()] == 1 => name.clone(),
            Thing { long: name, .. } => format!("{name}{hyphen}{}", mark()),
        }
    };
    things.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(things: &[(&str, &str, &str)]) -> Vec<String> {
        let thing = |(short, long, whole): &(&str, &str, &str)| Thing {
            short: (*short).into(),
            long: (*long).into(),
            whole: (*whole).into(),
        };
        names(&things.iter().map(thing).collect::<Vec<_>>(), "context", '-')
    }

    #[test]
    fn names_that_are_one_get_longer_or_a_mark() {
        let things = [("order", "order", "Order"), ("bar", "bar", "Bar"), ("bar", "bar", "Bär")];
        assert_eq!(called(&things), ["order", "bar-95d64c", "bar-f00b1e"]);
        assert_eq!(called(&[("a", "a-b", "1"), ("a", "a-c", "2")]), ["a-b", "a-c"]);
        assert_eq!(called(&[("", "", "注文")]), ["context-266125"]);
    }

    #[test]
    fn the_order_of_things_and_things_elsewhere_change_nothing() {
        let (one, other, third) = (("", "", "注文"), ("", "", "倉庫"), ("bar", "bar", "Bar"));
        let before = called(&[one, other]);
        let after = called(&[third, other, one]);
        assert_eq!([&after[2], &after[1]], [&before[0], &before[1]]);
    }
}
