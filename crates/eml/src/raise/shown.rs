//! What stands on a read model's sticky, where EML tells only its key and the events it hears.

use crate::model::{Context, Readmodel, Text};
use crate::names::stream_id;
use foldhash::{HashMap, HashSet};

/// The properties of a context's events, and which of them are ids: worked out once for all its read models.
pub struct Known<'a> {
    /// By the name without capitals: as it is first written, and the events that have it. In order.
    properties: Vec<(&'a Text, HashSet<&'a str>)>,
    ids: HashSet<String>,
}

impl<'a> Known<'a> {
    pub fn of(context: &'a Context) -> Known<'a> {
        let mut places: HashMap<String, usize> = HashMap::default();
        let mut properties: Vec<(&Text, HashSet<&str>)> = Vec::new();
        for event in context.streams.iter().flat_map(|stream| &stream.events) {
            for property in &event.properties {
                let next = properties.len();
                let at = *places.entry(property.name.to_lowercase()).or_insert(next);
                if at == next {
                    properties.push((&property.name, HashSet::default()));
                }
                properties[at].1.insert(&event.name);
            }
        }
        let ids = context.streams.iter().map(|stream| stream_id(&stream.name).to_lowercase());
        Known { properties, ids: ids.collect() }
    }

    /// The names on the sticky: those of the model, or so many that it hears the events it should.
    pub fn on(&self, model: &Readmodel) -> Vec<Text> {
        if !model.properties.is_empty() || model.key.is_empty() {
            return model.properties.iter().map(|one| one.name.clone()).collect();
        }
        let heard: HashSet<&str> = model.subscribes_to.names().into_iter().collect();
        let key = model.key.to_lowercase();
        // With its key alone it hears the events that tell it.
        let by_key = self.properties.iter().find(|(name, _)| name.to_lowercase() == key);
        if by_key.is_some_and(|(_, events)| *events == heard) {
            let others = self.own(&heard, &key).cloned().collect::<Vec<_>>();
            let all: HashSet<&str> = self.events_of(&others);
            let others = if all == heard { others } else { Vec::new() };
            return std::iter::once(model.key.clone()).chain(others).collect();
        }
        std::iter::once(model.key.clone()).chain(self.own(&heard, &key).cloned()).collect()
    }

    /// What only these events tell, ids left out: those it does not hear by.
    fn own(&self, heard: &HashSet<&str>, key: &str) -> impl Iterator<Item = &'a Text> {
        let tells = |events: &HashSet<&str>| events.iter().all(|event| heard.contains(event));
        self.properties.iter().filter_map(move |(name, events)| {
            let low = name.to_lowercase();
            (low != key && !self.ids.contains(&low) && tells(events)).then_some(*name)
        })
    }

    fn events_of(&self, names: &[Text]) -> HashSet<&'a str> {
        let named = self.properties.iter().filter(|(name, _)| names.contains(name));
        named.flat_map(|(_, events)| events.iter().copied()).collect()
    }
}
