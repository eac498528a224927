//! What of a model matters to the search: for each kind of thing the events that decide, for each command what it
//! needs and what it brings, for each policy what it passes on.
//!
//! Invariant: sets of events are `Bits` over the deciding events of one kind of thing; an event that no condition
//! names is in no set.

use crate::model::{Category, Event, Model, Parameter, Policy, Precondition, ReadmodelId};
use protocol::Sticky;

/// A set of deciding events of one kind of thing.
pub type Bits = u128;

/// So many deciding events of one kind of thing are told apart.
pub const DECIDING: usize = Bits::BITS as usize;

#[derive(Default, Debug)]
pub struct Space {
    pub things: Vec<Thing>,
    pub moves: Vec<Move>,
    pub happenings: Vec<Happening>,
    pub lookups: Vec<Lookup>,
    pub reactions: Vec<Reaction>,
    /// Some conditions were left out, because there are more than can be told apart.
    pub clipped: bool,
}

/// A kind of thing: a stream of the model, of which there are any number of instances.
#[derive(Default, Debug)]
pub struct Thing {
    /// In words: `Order`.
    pub label: String,
    pub moves: Vec<usize>,
    /// The happening that each bit stands for.
    pub deciding: Vec<usize>,
}

/// A command, or an event that comes from outside.
#[derive(Default, Debug)]
pub struct Move {
    /// As it stands on the sticky: `Pay Order`.
    pub label: String,
    pub sticky: Option<Sticky>,
    pub thing: usize,
    /// No command brings it about: it can happen at any time.
    pub outside: bool,
    pub requires: Bits,
    pub forbids: Bits,
    pub brings: Bits,
    pub happenings: Vec<usize>,
    pub exists: Vec<Exists>,
    /// It requires an event that there is none of.
    pub hopeless: bool,
}

/// A parameter whose value must be a key of a read model.
#[derive(Debug)]
pub struct Exists {
    pub parameter: String,
    pub readmodel: String,
    /// `None`: there is no such read model.
    pub lookup: Option<usize>,
}

/// An event of the model.
#[derive(Default, Debug)]
pub struct Happening {
    /// As it stands on the sticky: `Order Paid`.
    pub label: String,
    pub sticky: Option<Sticky>,
    pub thing: usize,
    /// A policy reacts to it: the story goes on elsewhere.
    pub followed: bool,
    /// The read models in which it makes a row.
    pub fills: Vec<usize>,
}

#[derive(Default, Debug)]
pub struct Lookup {
    pub label: String,
}

/// A policy: when this happens, that command is sent.
#[derive(Debug)]
pub struct Reaction {
    pub label: String,
    pub sticky: Option<Sticky>,
    pub when: usize,
    pub sends: usize,
    /// People, or values, may say no.
    pub conditional: bool,
    /// The event tells which thing the command is for; otherwise it is a new one.
    pub same: bool,
    /// The event has a value for everything that the command must have.
    pub complete: bool,
}

impl Move {
    /// Whether nothing that happened to the thing stands in the way.
    pub fn suits(&self, happened: Bits) -> bool {
        !self.hopeless && self.requires & !happened == 0 && self.forbids & happened == 0
    }
}

/// What of this model matters.
pub fn of(model: &Model) -> Space {
    let mut space = Space::default();
    let thing = |category: &Category| Thing { label: category.name.to_string(), ..Thing::default() };
    space.things = model.categories.iter().map(thing).collect();
    space.lookups = model.readmodels.iter().map(|one| Lookup { label: one.name.label.to_string() }).collect();
    space.happenings = model.events.iter().map(happening).collect();
    for command in &model.commands {
        let next = space.moves.len();
        let (label, sticky) = (command.name.label.to_string(), command.name.sticky);
        let mut one = Move { label, sticky, thing: command.category.index(), ..Move::default() };
        one.happenings = command.outcomes.iter().map(|outcome| outcome.event.index()).collect();
        for condition in &command.preconditions {
            space.condition(condition, &mut one);
        }
        let parameters = command.parameters.iter();
        one.exists = parameters.filter_map(|one| exists(&one.name, one.lookup.as_ref()?)).collect();
        space.things[one.thing].moves.push(next);
        space.moves.push(one);
    }
    space.reactions = model.policies.iter().map(|policy| reaction(model, policy)).collect();
    space.outside();
    space.settle();
    space
}

fn happening(event: &Event) -> Happening {
    Happening {
        label: event.name.label.to_string(),
        sticky: event.name.sticky,
        thing: event.category.index(),
        followed: !event.policies.is_empty(),
        fills: event.readmodels.iter().map(|(id, _)| id.index()).collect(),
    }
}

fn exists(parameter: &str, lookup: &crate::model::Lookup) -> Option<Exists> {
    let (parameter, readmodel) = (parameter.to_owned(), lookup.name.to_string());
    Some(Exists { parameter, readmodel, lookup: lookup.readmodel.map(ReadmodelId::index) })
}

fn reaction(model: &Model, policy: &Policy) -> Reaction {
    let command = model.command(policy.command);
    let filled = |at: usize| policy.fill.get(at).is_some_and(Option::is_some);
    let needed =
        |(at, one): (usize, &Parameter)| Some(at) != command.id && (one.required || one.lookup.is_some());
    let mut parameters = command.parameters.iter().enumerate();
    Reaction {
        label: policy.name.label.to_string(),
        sticky: policy.name.sticky,
        when: policy.event.index(),
        sends: policy.command.index(),
        conditional: policy.condition.is_some(),
        same: command.id.is_some_and(filled),
        complete: parameters.all(|(at, one)| !needed((at, one)) || filled(at)),
    }
}

impl Space {
    /// Takes in a condition of this command: of an event of the same kind of thing.
    fn condition(&mut self, condition: &Precondition, one: &mut Move) {
        let Some(event) = condition.event else {
            one.hopeless |= condition.must;
            return;
        };
        let deciding = &mut self.things[one.thing].deciding;
        let bit = deciding.iter().position(|known| *known == event.index()).unwrap_or_else(|| {
            deciding.push(event.index());
            deciding.len() - 1
        });
        let bit = u32::try_from(bit).ok().and_then(|bit| (1 as Bits).checked_shl(bit));
        self.clipped |= bit.is_none();
        match condition.must {
            true => one.requires |= bit.unwrap_or(0),
            false => one.forbids |= bit.unwrap_or(0),
        }
    }

    /// Events that no command brings about come from outside.
    fn outside(&mut self) {
        let mut brought = vec![false; self.happenings.len()];
        self.moves.iter().flat_map(|one| &one.happenings).for_each(|event| brought[*event] = true);
        for (event, happening) in self.happenings.iter().enumerate().filter(|(event, _)| !brought[*event]) {
            let (label, sticky, thing) = (happening.label.clone(), happening.sticky, happening.thing);
            self.things[thing].moves.push(self.moves.len());
            let happenings = vec![event];
            self.moves.push(Move { label, sticky, thing, outside: true, happenings, ..Move::default() });
        }
    }

    /// Which deciding events each command brings: known when all conditions are.
    fn settle(&mut self) {
        for one in &mut self.moves {
            let deciding = self.things[one.thing].deciding.iter().take(DECIDING).enumerate();
            let brought = deciding.filter(|(_, event)| one.happenings.contains(event));
            one.brings = brought.fold(0, |all, (bit, _)| all | 1 << bit);
        }
    }
}
