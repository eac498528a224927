//! What people of a storm have heard of: which things there are, what happened to them, and what can be looked up.
//! Taken from the log as it grows; nothing is asked that somebody at a screen could not know.

use crate::decide::is_empty;
use crate::model::{Command, Model};
use crate::system::System;
use crate::value::Text;
use foldhash::HashSet;
use protocol::Position;

/// Events of a kind of thing that are told apart; conditions on more are not looked at beforehand.
const BITS: usize = 128;

#[derive(Clone, Debug, Default)]
pub struct Known {
    seen: Position,
    /// By category of the model.
    things: Vec<Vec<Thing>>,
    /// By stream of the log: its category and place in `things`.
    places: Vec<Option<(usize, usize)>>,
    /// By read model: keys in the order of their first appearance.
    keys: Vec<Vec<Text>>,
    has: HashSet<(usize, Text)>,
}

#[derive(Clone, Debug)]
pub struct Thing {
    pub key: Text,
    happened: u128,
}

impl Known {
    pub fn new(model: &Model) -> Known {
        let things = model.categories.iter().map(|_| Vec::new()).collect();
        let keys = model.readmodels.iter().map(|_| Vec::new()).collect();
        Known { things, keys, ..Known::default() }
    }

    /// Takes in what happened since the last time.
    pub fn hear(&mut self, system: &System) {
        let head = system.log().head();
        for position in self.seen + 1..=head {
            self.event(system, position);
        }
        self.seen = head;
    }

    fn event(&mut self, system: &System, position: Position) {
        let Some(recorded) = system.log().get(position).filter(|one| !one.is_skipped()) else { return };
        let Some(read) = system.readings().get(recorded) else { return };
        let event = system.model().event(read.event);
        let category = event.category.index();
        let stream = recorded.stream();
        let at = stream.0 as usize;
        if self.places.len() <= at {
            self.places.resize(at + 1, None);
        }
        let things = &mut self.things;
        let (category, place) = *self.places[at].get_or_insert_with(|| {
            let key = system.log().stream_key(stream).into();
            things[category].push(Thing { key, happened: 0 });
            (category, things[category].len() - 1)
        });
        if event.index < BITS {
            things[category][place].happened |= 1 << event.index;
        }
        for (readmodel, heard) in &event.readmodels {
            let Some(heard) = system.model().readmodel(*readmodel).hears.get(*heard) else { continue };
            let key = read.value(recorded, heard.key);
            if is_empty(key) {
                continue;
            }
            let key = key.words();
            if self.has.insert((readmodel.index(), key.clone())) {
                self.keys[readmodel.index()].push(key);
            }
        }
    }

    pub fn things(&self, category: usize) -> &[Thing] {
        self.things.get(category).map_or(&[], |things| things)
    }

    pub fn keys(&self, readmodel: usize) -> &[Text] {
        self.keys.get(readmodel).map_or(&[], |keys| keys)
    }
}

/// What must and must not have happened to a thing, as sets of events.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conditions {
    pub requires: u128,
    forbids: u128,
}

impl Conditions {
    pub fn of(model: &Model, command: &Command) -> Conditions {
        let mut conditions = Conditions::default();
        for condition in &command.preconditions {
            let index = condition.event.map_or(BITS, |event| model.event(event).index);
            let bit = if index < BITS { 1 << index } else { 0 };
            match condition.must {
                true => conditions.requires |= bit,
                false => conditions.forbids |= bit,
            }
        }
        conditions
    }

    pub fn hold(self, thing: &Thing) -> bool {
        self.requires & !thing.happened == 0 && self.forbids & thing.happened == 0
    }
}
