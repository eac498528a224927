//! Read models: their keys, and the events they listen to.

use super::context::{Shown, short};
use super::{Problem, Profile, What, place, sized};
use crate::model::{Event, Property, Readmodel, Stream, Subscription, Subscriptions, Text};
use crate::names::{Folded, key};
use foldhash::{HashMap, HashSet};
use std::sync::Arc;

/// Which events have which property, and which properties are ids of streams.
struct Index<'a> {
    profile: Profile,
    numbers: HashMap<Folded<'a>, usize>,
    /// For each property the events that have it.
    events: Vec<Arc<[Subscription]>>,
    ids: HashSet<Folded<'a>>,
}

pub fn read_models(
    streams: &[Stream],
    ids: &[Text],
    shown: &[Shown<'_>],
    profile: Profile,
    problems: &mut Vec<Problem>,
) -> Vec<Readmodel> {
    if shown.is_empty() {
        return Vec::new();
    }
    let index = Index::of(streams, ids, profile);
    shown.iter().map(|shown| read_model(shown, &index, problems)).collect()
}

impl<'a> Index<'a> {
    fn of(streams: &'a [Stream], ids: &'a [Text], profile: Profile) -> Index<'a> {
        let mut events: Vec<&Event> = streams.iter().flat_map(|stream| &stream.events).collect();
        events.sort_by_key(|event| event.place.map_or(usize::MAX, |place| place.line));
        let mut orders: HashMap<&str, usize> = sized(events.len());
        let mut numbers: HashMap<Folded<'a>, usize> = sized(events.len());
        let mut found: Vec<(usize, usize, &Text)> = Vec::with_capacity(2 * events.len());
        for event in events {
            let next = orders.len();
            let order = *orders.entry(&event.name).or_insert(next);
            for property in &event.properties {
                let next = numbers.len();
                let number = *numbers.entry(Folded::new(&property.name, profile)).or_insert(next);
                found.push((number, order, &event.name));
            }
        }
        found.sort_unstable_by_key(|(number, order, _)| (*number, *order));
        found.dedup_by_key(|(number, order, _)| (*number, *order));
        let lists = found.chunk_by(|(one, ..), (other, ..)| one == other).map(|list| {
            let list = list.iter();
            list.map(|(_, order, event)| Subscription { order: *order, event: (*event).clone() }).collect()
        });
        Index {
            profile,
            numbers,
            events: lists.collect(),
            ids: ids.iter().map(|id| Folded::always(id)).collect(),
        }
    }

    fn is_id(&self, property: &str) -> bool {
        self.ids.contains(&Folded::always(property))
    }

    fn known(&self, property: &str) -> Option<&Arc<[Subscription]>> {
        let number = self.numbers.get(&Folded::new(property, self.profile))?;
        self.events.get(*number)
    }
}

fn read_model(shown: &Shown<'_>, index: &Index<'_>, problems: &mut Vec<Problem>) -> Readmodel {
    let line = shown.line;
    let mut model = Readmodel {
        name: short(&line.name),
        place: Some(place(shown.index, line.name.span)),
        derived: shown.derived.clone(),
        ..Readmodel::default()
    };
    model.properties.reserve_exact(line.properties.len());
    let mut lists = Vec::new();
    let mut ids = Vec::new();
    for (at, piece) in line.properties.iter().enumerate() {
        let property = short(piece);
        let here = place(shown.index, piece.span);
        let mut problem = |what| problems.push(Problem { place: here, what });
        if at == 0 {
            match key(&property) {
                Some(key) => model.key = key,
                None => problem(What::ShortKey(property.to_string())),
            }
        }
        let known = index.known(&property);
        if index.is_id(&property) {
            ids.extend(known.cloned());
        } else if let Some(known) = known {
            lists.push(known.clone());
        } else if !shown.derived.contains(&property) {
            problem(What::NoEventForProperty(property.to_string()));
        }
        model.properties.push(Property::string(property, Some(here)));
    }
    // A read model of ids only would hear nothing: it listens to the events that have its first id.
    if lists.is_empty() && index.profile == Profile::Squall {
        lists.extend(ids.into_iter().next());
    }
    lists.sort_by_key(|list| Arc::as_ptr(list).addr());
    lists.dedup_by(|one, other| Arc::ptr_eq(one, other));
    model.subscribes_to = Subscriptions::new(lists);
    model
}
