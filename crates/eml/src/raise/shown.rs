//! What stands on a read model's sticky, where EML tells only its key and the events it hears.

use crate::model::{Context, Readmodel, Text};
use crate::names::stream_id;
use foldhash::{HashMap, HashSet};

/// The properties of a context's events, and which of them are ids: worked out once for all its read models.
pub struct Known<'a> {
    /// Each as it is first written and without capitals, with the events that have it. In order.
    properties: Vec<Shown<'a>>,
    /// The places of an event's properties in that list.
    by_event: HashMap<&'a str, Vec<usize>>,
    places: HashMap<String, usize>,
    ids: HashSet<String>,
}

struct Shown<'a> {
    name: &'a Text,
    low: String,
    events: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    pub fn of(context: &'a Context) -> Known<'a> {
        let ids = context.streams.iter().map(|stream| stream_id(&stream.name).to_lowercase()).collect();
        let mut known =
            Known { properties: Vec::new(), by_event: HashMap::default(), places: HashMap::default(), ids };
        for event in context.streams.iter().flat_map(|stream| &stream.events) {
            for property in &event.properties {
                let (low, next) = (property.name.to_lowercase(), known.properties.len());
                let at = *known.places.entry(low.clone()).or_insert(next);
                if at == next {
                    let events = HashSet::default();
                    known.properties.push(Shown { name: &property.name, low, events });
                }
                if known.properties[at].events.insert(&event.name) {
                    known.by_event.entry(&event.name).or_default().push(at);
                }
            }
        }
        known
    }

    /// The names on the sticky: those of the model, or so many that it hears the events it should.
    pub fn on(&self, model: &Readmodel) -> Vec<Text> {
        if !model.properties.is_empty() || model.key.is_empty() {
            return model.properties.iter().map(|one| one.name.clone()).collect();
        }
        let heard: HashSet<&str> = model.subscribes_to.names().into_iter().collect();
        let key = model.key.to_lowercase();
        let mut others = self.own(&heard, &key);
        // With its key alone it hears the events that tell it.
        let by_key = self.places.get(&key).map(|at| &self.properties[*at].events);
        if by_key.is_some_and(|events| *events == heard) {
            let told: HashSet<&str> = others.iter().flat_map(|one| one.events.iter().copied()).collect();
            if told != heard {
                others.clear();
            }
        }
        std::iter::once(model.key.clone()).chain(others.into_iter().map(|one| one.name.clone())).collect()
    }

    /// What only these events tell, ids left out: those it does not hear by.
    fn own(&self, heard: &HashSet<&str>, key: &str) -> Vec<&Shown<'a>> {
        let told = heard.iter().filter_map(|event| self.by_event.get(event)).flatten();
        let mut places: Vec<usize> = told.copied().collect();
        places.sort_unstable();
        places.dedup();
        let shown = places.into_iter().map(|at| &self.properties[at]);
        let own = shown.filter(|one| one.low != key && !self.ids.contains(&one.low));
        own.filter(|one| one.events.iter().all(|event| heard.contains(event))).collect()
    }
}
