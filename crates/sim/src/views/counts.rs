//! How often each event of the board happened: the lengths of the log's indexes by type.

use super::{View, is_called};
use crate::log::{TypeId, upto};
use foldhash::{HashMap, HashMapExt};
use protocol::Position;

impl View<'_> {
    /// By their full names. An event is found by its bare name, so that it is the same in another context; where
    /// contexts share a name, the context decides.
    pub fn counts(&self, until: Option<Position>) -> Vec<(String, u64)> {
        let until = until.unwrap_or(Position::MAX);
        let mut happened: HashMap<&str, Vec<(&str, &str, u64)>> = HashMap::new();
        for (one, id) in self.log.event_types().iter().zip(0..) {
            let times = upto(self.log.of_type(TypeId(id)), until).len() as u64;
            happened.entry(bare(&one.name)).or_default().push((&one.context, &one.name, times));
        }
        let mut called: HashMap<&str, u32> = HashMap::new();
        for event in &self.model.events {
            *called.entry(bare(&event.name.full)).or_default() += 1;
        }
        let count = |full: &str| {
            let name = bare(full);
            let shared = called.get(name).is_some_and(|times| *times > 1);
            let wanted = if shared { full } else { name };
            let all = happened.get(name).into_iter().flatten();
            all.filter(|(of, own, _)| is_called(of, own, wanted)).map(|(.., times)| times).sum()
        };
        let events = self.model.events.iter();
        events.map(|event| (event.name.full.to_string(), count(&event.name.full))).collect()
    }
}

fn bare(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
