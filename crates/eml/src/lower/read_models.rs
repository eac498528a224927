//! Read models: their keys, and the events they listen to.

use super::context::{Shown, short};
use super::{Problem, Profile, What, place};
use crate::model::{Event, Property, Readmodel, Stream, Subscription, Subscriptions};
use crate::names::key;
use foldhash::{HashMap, HashSet};
use std::borrow::Cow;
use std::sync::Arc;

/// Which events have which property, and which properties are ids of streams.
struct Index<'a> {
    profile: Profile,
    events: HashMap<Cow<'a, str>, Arc<Vec<Subscription>>>,
    ids: HashSet<String>,
}

pub fn read_models(
    streams: &[Stream],
    shown: &[Shown<'_>],
    profile: Profile,
    problems: &mut Vec<Problem>,
) -> Vec<Readmodel> {
    if shown.is_empty() {
        return Vec::new();
    }
    let index = Index::of(streams, profile);
    shown.iter().map(|shown| read_model(shown, &index, problems)).collect()
}

impl<'a> Index<'a> {
    fn of(streams: &'a [Stream], profile: Profile) -> Index<'a> {
        let mut events: Vec<&Event> = streams.iter().flat_map(|stream| &stream.events).collect();
        events.sort_by_key(|event| event.place.map_or(usize::MAX, |place| place.line));
        let mut orders: HashMap<&str, usize> = HashMap::default();
        let mut found: HashMap<Cow<'a, str>, Vec<Subscription>> = HashMap::default();
        for event in events {
            let next = orders.len();
            let order = *orders.entry(&event.name).or_insert(next);
            for property in &event.properties {
                let list = found.entry(folded(&property.name, profile)).or_default();
                list.push(Subscription { order, event: event.name.clone() });
            }
        }
        let events = found.into_iter().map(|(name, mut list)| {
            list.sort_unstable_by_key(|one| one.order);
            list.dedup_by_key(|one| one.order);
            (name, Arc::new(list))
        });
        let ids = streams.iter().map(|stream| stream.name.to_lowercase() + "id");
        Index { profile, events: events.collect(), ids: ids.collect() }
    }

    fn is_id(&self, property: &str) -> bool {
        match property.chars().any(char::is_uppercase) {
            true => self.ids.contains(property.to_lowercase().as_str()),
            false => self.ids.contains(property),
        }
    }

    fn known(&self, property: &str) -> Option<&Arc<Vec<Subscription>>> {
        self.events.get(folded(property, self.profile).as_ref())
    }
}

/// Upper and lower case do not matter in our own profile.
fn folded(name: &str, profile: Profile) -> Cow<'_, str> {
    match profile {
        Profile::Squall if name.chars().any(char::is_uppercase) => Cow::Owned(name.to_lowercase()),
        _ => Cow::Borrowed(name),
    }
}

fn read_model(shown: &Shown<'_>, index: &Index<'_>, problems: &mut Vec<Problem>) -> Readmodel {
    let line = shown.line;
    let mut model = Readmodel {
        name: short(&line.name).into_owned(),
        place: Some(place(shown.index, line.name.span)),
        derived: shown.derived.clone(),
        ..Readmodel::default()
    };
    let mut lists = Vec::new();
    let mut ids = Vec::new();
    for (at, piece) in line.properties.iter().enumerate() {
        let property = short(piece).into_owned();
        let here = place(shown.index, piece.span);
        let mut problem = |what| problems.push(Problem { place: here, what });
        if at == 0 {
            match key(&property) {
                Some(key) => model.key = key,
                None => problem(What::ShortKey(property.clone())),
            }
        }
        let known = index.known(&property);
        if index.is_id(&property) {
            ids.extend(known.cloned());
        } else if let Some(known) = known {
            lists.push(known.clone());
        } else if !shown.derived.contains(&property) {
            problem(What::NoEventForProperty(property.clone()));
        }
        model.properties.push(Property::string(property, Some(here)));
    }
    // A read model of ids only would hear nothing: it listens to the events that have its first id.
    if lists.is_empty() && index.profile == Profile::Squall {
        lists.extend(ids.into_iter().next());
    }
    lists.sort_by_key(Arc::as_ptr);
    lists.dedup_by(|one, other| Arc::ptr_eq(one, other));
    model.subscribes_to = Subscriptions::new(lists);
    model
}
