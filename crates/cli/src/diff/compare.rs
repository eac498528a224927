//! Which record of one side is which of the other, and what has become of it.
//!
//! Records are matched by id, then by kind and name, then by name, and what is left by how much it resembles each other.
//! Everything but the last is linear; the last is left out where it would take too long.

use super::records::Record;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

pub struct Change {
    pub what: What,
    /// As it is now; as it was, if it is gone.
    pub kind: &'static str,
    pub name: String,
    pub line_before: Option<usize>,
    pub line_after: Option<usize>,
}

pub enum What {
    Added,
    Removed,
    Renamed {
        from: String,
    },
    Kind {
        from: &'static str,
    },
    Properties {
        added: Vec<String>,
        removed: Vec<String>,
    },
    Annotations {
        added: Vec<String>,
        removed: Vec<String>,
    },
    /// In the story; to which region, if that is another one.
    Moved {
        to: Option<String>,
    },
    /// On the wall only.
    Placed,
}

/// The changes in the order of the newer side; what is gone stands before what came after it.
pub fn compare(before: &[Record], after: &[Record]) -> Vec<Change> {
    let matched = matched(before, after);
    let stayed = stayed(&matched);
    let of_after: HashMap<usize, usize> = matched.iter().map(|(old, new)| (*new, *old)).collect();
    let kept: HashSet<usize> = matched.iter().map(|(old, _)| *old).collect();
    let mut gone = (0..before.len()).filter(|old| !kept.contains(old)).peekable();
    let mut changes = Vec::new();
    for (new, record) in after.iter().enumerate() {
        let Some(&old) = of_after.get(&new) else {
            changes.push(change(What::Added, None, Some(record)));
            continue;
        };
        while let Some(lost) = gone.next_if(|lost| stayed.contains(&old) && *lost < old) {
            changes.push(change(What::Removed, Some(&before[lost]), None));
        }
        changes.extend(between(&before[old], record, stayed.contains(&old)));
    }
    changes.extend(gone.map(|lost| change(What::Removed, Some(&before[lost]), None)));
    changes
}

fn change(what: What, before: Option<&Record>, after: Option<&Record>) -> Change {
    let shown = after.or(before);
    Change {
        what,
        kind: shown.map_or("", |record| record.kind),
        name: shown.map_or(String::new(), |record| record.name.clone()),
        line_before: before.and_then(|record| record.line),
        line_after: after.and_then(|record| record.line),
    }
}

/// What has become of one record.
fn between(old: &Record, new: &Record, stayed: bool) -> Vec<Change> {
    let mut found = Vec::new();
    if old.kind != new.kind {
        found.push(What::Kind { from: old.kind });
    }
    if old.name != new.name && spaceless(&old.name) != spaceless(&new.name) {
        found.push(What::Renamed { from: old.name.clone() });
    }
    if old.properties != new.properties {
        let (added, removed) = lists(&old.properties, &new.properties);
        found.push(What::Properties { added, removed });
    }
    let (added, removed) = lists(&old.annotations, &new.annotations);
    if !added.is_empty() || !removed.is_empty() {
        found.push(What::Annotations { added, removed });
    }
    let elsewhere = old.region != new.region;
    if elsewhere || !stayed {
        found.push(What::Moved { to: new.region.clone().filter(|_| elsewhere) });
    } else if old.place != new.place && old.place.is_some() && new.place.is_some() {
        found.push(What::Placed);
    }
    found.into_iter().map(|what| change(what, Some(old), Some(new))).collect()
}

/// What only the second has, and what only the first had.
fn lists(old: &[String], new: &[String]) -> (Vec<String>, Vec<String>) {
    let only = |of: &[String], not_in: &[String]| {
        let known: HashSet<&String> = not_in.iter().collect();
        of.iter().filter(|one| !known.contains(one)).cloned().collect()
    };
    (only(new, old), only(old, new))
}

fn spaceless(name: &str) -> String {
    name.split(' ').collect()
}

/// Pairs of old and new, in the order of the old.
fn matched(before: &[Record], after: &[Record]) -> Vec<(usize, usize)> {
    let mut matching =
        Matching { before, after, old: vec![None; before.len()], new: vec![false; after.len()] };
    matching.by(|record| record.id.clone().map(|id| (0, id, String::new())));
    matching.by(|record| {
        let region = record.region.clone().unwrap_or_default();
        Some((1, format!("{} {}", record.kind, spaceless(&record.name)), region))
    });
    matching.by(|record| Some((2, format!("{} {}", record.kind, spaceless(&record.name)), String::new())));
    matching.by(|record| Some((3, spaceless(&record.name), String::new())));
    matching.by_likeness();
    let pairs = matching.old.into_iter().enumerate();
    pairs.filter_map(|(old, new)| Some((old, new?))).collect()
}

struct Matching<'a> {
    before: &'a [Record],
    after: &'a [Record],
    /// For each old one the new one.
    old: Vec<Option<usize>>,
    /// Which new ones are taken.
    new: Vec<bool>,
}

/// Comparisons of names in all; a board of people stays far below.
const MOST: usize = 1_000_000;
/// From here on two names are those of one sticky.
const ALIKE: f64 = 0.5;

impl Matching<'_> {
    /// Pairs what has the same key, in order.
    fn by<K: Eq + Hash>(&mut self, key: impl Fn(&Record) -> Option<K>) {
        let mut free: HashMap<K, std::collections::VecDeque<usize>> = HashMap::new();
        for (number, record) in self.after.iter().enumerate().filter(|(number, _)| !self.new[*number]) {
            if let Some(key) = key(record) {
                free.entry(key).or_default().push_back(number);
            }
        }
        for (number, record) in self.before.iter().enumerate() {
            if self.old[number].is_some() {
                continue;
            }
            let found = key(record).and_then(|key| free.get_mut(&key)?.pop_front());
            if let Some(found) = found {
                self.old[number] = Some(found);
                self.new[found] = true;
            }
        }
    }

    /// Pairs what resembles each other most, first.
    fn by_likeness(&mut self) {
        let old: Vec<usize> = (0..self.before.len()).filter(|old| self.old[*old].is_none()).collect();
        let new: Vec<usize> = (0..self.after.len()).filter(|new| !self.new[*new]).collect();
        if old.len().saturating_mul(new.len()) > MOST {
            return;
        }
        let mut pairs = Vec::new();
        for &one in &old {
            for &other in &new {
                let likeness = self.likeness(one, other);
                if likeness >= ALIKE {
                    pairs.push((likeness, one, other));
                }
            }
        }
        pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
        for (_, one, other) in pairs {
            if self.old[one].is_none() && !self.new[other] {
                self.old[one] = Some(other);
                self.new[other] = true;
            }
        }
    }

    /// From 0 to 1: names first, then properties, then whether the neighbours are the same.
    fn likeness(&self, one: usize, other: usize) -> f64 {
        let (old, new) = (&self.before[one], &self.after[other]);
        if old.kind != new.kind || old.name.is_empty() || new.name.is_empty() {
            return 0.0;
        }
        let words = |name: &str| -> HashSet<String> { name.split(' ').map(str::to_lowercase).collect() };
        let name = match lint::distance(&old.name, &new.name) {
            Some(distance) => {
                let length = old.name.chars().count().max(new.name.chars().count()).max(1);
                1.0 - distance as f64 / length as f64
            }
            None => shared(&words(&old.name), &words(&new.name)),
        };
        let set = |list: &[String]| -> HashSet<String> { list.iter().cloned().collect() };
        let properties = match old.properties.is_empty() && new.properties.is_empty() {
            true => name,
            false => shared(&set(&old.properties), &set(&new.properties)),
        };
        let before = |at: usize| at.checked_sub(1);
        let beside = match (before(one), before(other)) {
            (None, None) => true,
            (Some(old), Some(new)) => self.old[old] == Some(new),
            _ => false,
        };
        0.6 * name + 0.25 * properties + if beside { 0.15 } else { 0.0 }
    }
}

/// The part of two sets that both have.
fn shared(one: &HashSet<String>, other: &HashSet<String>) -> f64 {
    let all = one.union(other).count().max(1);
    one.intersection(other).count() as f64 / all as f64
}

/// The old ones that are still in order: the longest run of pairs in which both sides ascend.
fn stayed(pairs: &[(usize, usize)]) -> HashSet<usize> {
    // For each length the pair that ends the run of that length with the smallest new number.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *new);
        previous[at] = length.checked_sub(1).map(|before| ends[before]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stayed = HashSet::new();
    let mut at = ends.last().copied();
    while let Some(pair) = at {
        stayed.insert(pairs[pair].0);
        at = previous[pair];
    }
    stayed
}
