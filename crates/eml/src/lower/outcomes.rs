//! Which command leads to which events.
//!
//! Invariants: what commands of one name lead to within a stream is one list, which all of them share, so that the
//! model grows with the text however often a command occurs again.

use super::{Profile, sized};
use crate::model::{Stream, Text};
use foldhash::{HashMap, HashSet};
use std::sync::Arc;

#[derive(Default)]
pub struct Outcomes<'a> {
    /// The number of the command whose events come next; a blank name has none.
    current: Option<usize>,
    numbers: HashMap<Text, usize>,
    /// The lists: by the first word of their events, which names the stream, and the number of the command.
    lists: HashMap<(&'a str, usize), usize>,
    /// The events with their list, in the order of the text.
    events: Vec<(usize, Text)>,
    commands: Vec<Settled>,
}

/// A command that has its place in the model, and the list of what it leads to.
struct Settled {
    stream: usize,
    command: usize,
    list: usize,
}

impl<'a> Outcomes<'a> {
    pub fn sized(commands: usize, events: usize) -> Self {
        Outcomes {
            numbers: sized(commands),
            lists: sized(commands),
            events: Vec::with_capacity(events),
            commands: Vec::with_capacity(commands),
            ..Outcomes::default()
        }
    }

    pub fn command(&mut self, name: Text) {
        let next = self.numbers.len();
        self.current = match name.is_empty() {
            true => None,
            false => Some(*self.numbers.entry(name).or_insert(next)),
        };
    }

    /// No command leads to the events that come next.
    pub fn leave(&mut self) {
        self.current = None;
    }

    /// Takes an event, and tells the list it is in.
    pub fn event(&mut self, word: &'a str, name: Text) -> Option<usize> {
        let next = self.lists.len();
        let list = *self.lists.entry((word, self.current?)).or_insert(next);
        self.events.push((list, name));
        Some(list)
    }

    /// The list of the next command of a stream.
    pub fn settle(&mut self, stream: usize, command: usize, list: Option<usize>) {
        self.commands.extend(list.map(|list| Settled { stream, command, list }));
    }

    /// Gives every command its list.
    pub fn share(mut self, streams: &mut [Stream], profile: Profile) {
        // Stable, so that the events of a list stay in their order.
        self.events.sort_by_key(|(list, _)| *list);
        let lists = self.events.chunk_by(|(one, _), (other, _)| one == other);
        let lists: Vec<Arc<[Text]>> = lists.map(|list| names(list, profile)).collect();
        for settled in self.commands {
            streams[settled.stream].commands[settled.command].postconditions = lists[settled.list].clone();
        }
    }
}

/// The names of a list; in the profile squall each once.
fn names(list: &[(usize, Text)], profile: Profile) -> Arc<[Text]> {
    let names = list.iter().map(|(_, name)| name);
    if profile == Profile::Les || list.len() == 1 {
        return names.cloned().collect();
    }
    let mut seen = HashSet::default();
    names.filter(|name| seen.insert(*name)).cloned().collect()
}
