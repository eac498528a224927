//! What a stream knew last of a property that a command does not say: from all of its events, however many they are.
//!
//! Invariant: the answer is that of walking the whole stream back. A walk that goes far is remembered, so that each
//! event is passed by once for a property and not once for a command; whatever changes how events of old are read
//! forgets all walks.

use super::System;
use crate::decide::is_empty;
use crate::log::StreamId;
use crate::model::Event;
use crate::value::{Text, Value};
use foldhash::HashMap;
use protocol::Position;

/// Most properties were said a few events ago: so far is walked without asking what is remembered.
const NEAR: usize = 16;

/// Walks that went far, by stream and property.
#[derive(Clone, Debug, Default)]
pub(super) struct Walks(HashMap<StreamId, Vec<(Text, Walk)>>);

#[derive(Clone, Copy, Debug, Default)]
struct Walk {
    /// It began here, at the newest event of the stream.
    from: Position,
    /// The event that told the property, if any did.
    found: Option<Position>,
}

impl Walks {
    fn get(&self, stream: StreamId, name: &Text) -> Walk {
        let own = self.0.get(&stream).and_then(|walks| walks.iter().find(|(known, _)| known == name));
        own.map(|(_, walk)| *walk).unwrap_or_default()
    }

    fn keep(&mut self, stream: StreamId, name: &Text, walk: Walk) {
        let walks = self.0.entry(stream).or_default();
        match walks.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = walk,
            None => walks.push((name.clone(), walk)),
        }
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl System {
    /// What the stream knew last of a property.
    pub(crate) fn carried(&mut self, stream: StreamId, event: &Event, property: usize) -> Value {
        let Some(name) = event.properties.get(property).map(|property| &property.name) else {
            return Value::Absent;
        };
        let positions = self.log.stream(stream);
        let (old, near) = positions.split_at(positions.len().saturating_sub(NEAR));
        if let Some(value) = near.iter().rev().find_map(|position| self.told(*position, name)) {
            return value.clone();
        }
        let Some(from) = near.last().copied().filter(|_| !old.is_empty()) else { return Value::Absent };
        let known = self.walks.get(stream, name);
        let mut unknown = old.iter().rev().take_while(|position| **position > known.from);
        let found = unknown.find(|position| self.told(**position, name).is_some());
        let found = found.copied().or(known.found);
        self.walks.keep(stream, name, Walk { from, found });
        found.and_then(|position| self.told(position, name)).cloned().unwrap_or_default()
    }

    /// What an event tells of a property, under its present name.
    fn told(&self, position: Position, name: &Text) -> Option<&Value> {
        let recorded = self.log.get(position).filter(|_| !self.log.is_skipped(position))?;
        let read = self.readings.get(recorded)?;
        let properties = &self.model.event(read.event).properties;
        let at = properties.iter().position(|one| one.name == *name)?;
        Some(read.value(recorded, at)).filter(|value| !is_empty(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Mark;
    use crate::model::{EventId, Model};
    use crate::system::{Call, Ids};
    use proptest::prelude::*;
    use protocol::step::{Expected, Upcast};
    use std::sync::Arc;

    const NOTES: &str = "\
# Notes
Write Note -> // noteId, text, colour
Note Written // noteId, text, colour
// @personal colour
Stamp Note -> // noteId
Note Stamped // noteId, text, colour
";

    #[derive(Clone, Debug)]
    enum Deed {
        /// So often the same command on a stream.
        Write(u8, bool, bool, u8),
        Stamp(u8, u8),
        Skip(u8),
        Delete(u8),
        Forget(u8),
        /// Old texts are read otherwise.
        Default(u8),
        Mark,
        Rewind,
        Restore,
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let write = (0..2u8, any::<bool>(), any::<bool>(), 1..40u8);
        prop_oneof![
            6 => write.prop_map(|(key, text, colour, times)| Deed::Write(key, text, colour, times)),
            4 => (0..2u8, 1..40u8).prop_map(|(key, times)| Deed::Stamp(key, times)),
            2 => any::<u8>().prop_map(Deed::Skip),
            1 => (0..2u8).prop_map(Deed::Delete),
            1 => (0..2u8).prop_map(Deed::Forget),
            1 => any::<u8>().prop_map(Deed::Default),
            1 => Just(Deed::Mark),
            1 => Just(Deed::Rewind),
            1 => Just(Deed::Restore),
        ]
    }

    struct Notes {
        system: System,
        mark: (Mark, usize),
        number: u32,
    }

    impl Notes {
        fn new() -> Notes {
            let system = System::new(Arc::new(Model::of_text(NOTES)), 1);
            let mark = (system.log.mark(), 0);
            Notes { system, mark, number: 0 }
        }

        fn send(&mut self, name: &str, key: u8, values: &[(&str, &str)]) {
            let mut written = vec![("noteId".to_owned(), key.to_string())];
            written.extend(values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            let command = self.system.model().find_command(name).unwrap();
            let mut values = self.system.read(command, &written);
            let by = self.system.actor("Ann");
            let expected = Expected::Any;
            let call = Call { at: 0, by, step: 0, expected, ids: Ids::Said, cause: None };
            self.system.send(command, &mut values, &call, |_, _, _| {}).unwrap();
        }

        fn does(&mut self, deed: &Deed) {
            match *deed {
                Deed::Write(key, text, colour, times) => (0..times).for_each(|_| {
                    self.number += 1;
                    let words = self.number.to_string();
                    let said = |said: bool| if said { words.as_str() } else { "" };
                    self.send("WriteNote", key, &[("text", said(text)), ("colour", said(colour))]);
                }),
                Deed::Stamp(key, times) => (0..times).for_each(|_| self.send("StampNote", key, &[])),
                Deed::Skip(position) => {
                    self.system.skip(u64::from(position), position % 2 == 0);
                }
                Deed::Delete(key) => self.streams(key).for_each(|stream| {
                    self.system.delete(stream);
                }),
                Deed::Forget(key) => self.streams(key).for_each(|stream| {
                    self.system.forget(stream);
                }),
                Deed::Default(value) => self.system.upcast(Upcast::Default {
                    event: "NoteWritten".into(),
                    property: "text".into(),
                    value: value.to_string(),
                }),
                Deed::Mark => self.mark = (self.system.log.mark(), self.system.readings.upcasts.len()),
                // What was read otherwise since is only taken back by the other one.
                Deed::Rewind if self.mark.1 == self.system.readings.upcasts.len() => {
                    self.system.rewind(self.mark.0, self.mark.0.head);
                }
                Deed::Rewind | Deed::Restore => {
                    let model = self.system.model().clone();
                    self.system.restore(self.mark.0, self.mark.0.head, model, self.mark.1);
                }
            }
        }

        fn streams(&self, key: u8) -> std::vec::IntoIter<StreamId> {
            self.system.log.streams_named(&format!("Note-{key}")).into_iter()
        }
    }

    /// The rule itself, without anything remembered.
    fn folded(system: &System, stream: StreamId, name: &Text) -> Value {
        let told = system.log.stream(stream).iter().filter_map(|position| system.told(*position, name));
        told.cloned().next_back().unwrap_or_default()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        #[test]
        fn what_is_carried_is_the_fold_of_the_whole_stream(deeds in prop::collection::vec(deed(), 1..30)) {
            let mut notes = Notes::new();
            let model = notes.system.model().clone();
            let stamped = (0..).map(EventId).zip(&model.events).find(|(_, one)| one.name.name == "NoteStamped");
            let event = stamped.unwrap().1;
            for deed in &deeds {
                notes.does(deed);
                for stream in notes.system.log.streams() {
                    for (index, property) in event.properties.iter().enumerate() {
                        let folded = folded(&notes.system, stream, &property.name);
                        prop_assert_eq!(notes.system.carried(stream, event, index), folded, "{:?}", deed);
                    }
                }
            }
        }
    }

    #[test]
    fn a_long_stream_is_walked_once() {
        let mut notes = Notes::new();
        notes.send("WriteNote", 1, &[("text", "Milk")]);
        (0..1_000).for_each(|_| notes.send("WriteNote", 1, &[("colour", "red")]));
        notes.send("StampNote", 1, &[]);
        let stream = notes.streams(1).next().unwrap();
        let walk = notes.system.walks.get(stream, &"text".into());
        assert_eq!((walk.from, walk.found), (1_001, Some(1)));
    }
}
