//! In which order the commands of a context are told, so that everything comes in the order in which the model has it.
//!
//! Commands of a stream and of an actor keep their order, streams begin in theirs, and what read models hear and
//! policies react to happens in the order in which it is listed. Where these contradict each other (LES shuffles what
//! it writes), streams come one after the other.

use crate::model::{Context, Text};
use foldhash::{HashMap, HashSet};
use std::collections::BTreeSet;

/// A command with events of its own: which stream, and which of its commands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Slice {
    pub stream: usize,
    pub command: usize,
}

/// The commands that lead to something.
pub fn slices(context: &Context) -> Vec<Slice> {
    let all: Vec<Slice> = of_streams(context);
    let mut edges = Edges { after: vec![Vec::new(); all.len()], waits: vec![0; all.len()] };
    edges.chain(starts(&all));
    for (at, pair) in all.windows(2).enumerate() {
        if pair[0].stream == pair[1].stream {
            edges.add(at, at + 1);
        }
    }
    let mut named: HashMap<&Text, usize> = HashMap::default();
    let mut carried: HashMap<&Text, usize> = HashMap::default();
    for (at, slice) in all.iter().enumerate() {
        let command = &context.streams[slice.stream].commands[slice.command];
        named.entry(&command.name).or_insert(at);
        for event in command.postconditions.iter() {
            carried.entry(event).or_insert(at);
        }
    }
    for actor in &context.actors {
        edges.chain(actor.commands.iter().filter_map(|name| named.get(name).copied()));
    }
    let firsts = context.actors.iter().filter_map(|actor| actor.commands.first());
    edges.chain(firsts.filter_map(|name| named.get(name).copied()));
    let events = context.policies.iter().map(|policy| &policy.event);
    let events = events.filter(|event| event.context.is_empty());
    edges.chain(events.filter_map(|event| carried.get(&event.name).copied()));
    for model in &context.readmodels {
        let heard = model.subscribes_to.names().into_iter().map(Text::new);
        edges.chain(heard.filter_map(|name| carried.get(&name).copied()));
    }
    edges.sorted().into_iter().map(|at| all[at]).collect()
}

fn of_streams(context: &Context) -> Vec<Slice> {
    let mut all = Vec::new();
    for (stream, one) in context.streams.iter().enumerate() {
        let events: HashSet<&Text> = one.events.iter().map(|event| &event.name).collect();
        for (command, told) in one.commands.iter().enumerate() {
            if told.postconditions.iter().any(|name| events.contains(name)) {
                all.push(Slice { stream, command });
            }
        }
    }
    all
}

/// Where each stream begins.
fn starts(all: &[Slice]) -> impl Iterator<Item = usize> {
    let begins = |at: &usize| *at == 0 || all[*at].stream != all[*at - 1].stream;
    (0..all.len()).filter(begins)
}

struct Edges {
    after: Vec<Vec<usize>>,
    waits: Vec<usize>,
}

impl Edges {
    fn add(&mut self, first: usize, second: usize) {
        if first != second {
            self.after[first].push(second);
            self.waits[second] += 1;
        }
    }

    /// Each comes before the next one.
    fn chain(&mut self, places: impl IntoIterator<Item = usize>) {
        let mut before = None;
        for place in places {
            if let Some(before) = before.replace(place) {
                self.add(before, place);
            }
        }
    }

    /// The least that waits for nothing comes next; where all wait for each other, the least.
    fn sorted(mut self) -> Vec<usize> {
        let mut ready: BTreeSet<usize> = BTreeSet::new();
        let mut waiting: BTreeSet<usize> = BTreeSet::new();
        for (at, waits) in self.waits.iter().enumerate() {
            if *waits == 0 {
                ready.insert(at)
            } else {
                waiting.insert(at)
            };
        }
        let mut sorted = Vec::with_capacity(self.waits.len());
        while let Some(next) = ready.pop_first().or_else(|| waiting.pop_first()) {
            sorted.push(next);
            for after in std::mem::take(&mut self.after[next]) {
                self.waits[after] -= 1;
                if self.waits[after] == 0 && waiting.remove(&after) {
                    ready.insert(after);
                }
            }
        }
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_come_first_does_and_a_circle_ends() {
        let mut edges = Edges { after: vec![Vec::new(); 4], waits: vec![0; 4] };
        edges.chain([3, 0]);
        edges.chain([1, 2, 1]);
        assert_eq!(edges.sorted(), [3, 0, 1, 2]);
    }
}
