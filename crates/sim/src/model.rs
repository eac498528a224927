//! The model as it is run: names are small numbers, rules and projections are worked out once.
//!
//! Invariants: compiling never fails; what a model lacks (an event, a read model, a stream's id) is missing here too,
//! and whoever asks for it is told so. Two texts that play alike have one fingerprint, wherever their lines stand.
//! Not here: whether a model makes sense (`lint`), how recorded events are read under it (`reading`).

mod compile;
mod condition;
pub(crate) mod fingerprint;
mod label;
mod list;

pub use condition::{Condition, Test};
pub use label::{label, words};

use crate::value::{Text, Type};
use foldhash::HashMap;
use protocol::Sticky;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids!(
    /// A kind of stream: `Todo`, of which `Todo-1` is an instance.
    CategoryId,
    CommandId,
    EventId,
    ReadmodelId,
    PolicyId
);

#[derive(Debug, Default)]
pub struct Model {
    pub fingerprint: String,
    /// Names as they are written; one that is alone need not be said.
    pub contexts: Vec<Text>,
    pub categories: Vec<Category>,
    pub commands: Vec<Command>,
    pub events: Vec<Event>,
    pub readmodels: Vec<Readmodel>,
    pub policies: Vec<Policy>,
    pub scenarios: usize,
    names: HashMap<(Noun, Text), u32>,
    /// The same without capitals.
    folded: HashMap<(Noun, Text), u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Noun {
    Command,
    Event,
    Readmodel,
    Policy,
}

/// So many names are compared faster than hashed.
const FEW: usize = 16;

/// Where names stand in a list, by the name without capitals.
type Places = HashMap<Text, usize>;

/// What every sticky has.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Name {
    /// `AddItem`
    pub name: Text,
    /// `Ordering.AddItem` where there are several contexts, else the name.
    pub full: Text,
    /// As it stands on the sticky: `Add Item`.
    pub label: Text,
    /// An index of `Model::contexts`.
    pub context: u32,
    pub sticky: Option<Sticky>,
    /// Where it stands besides, for commands.
    pub also: Vec<Sticky>,
}

#[derive(Debug, Default)]
pub struct Category {
    pub name: Text,
    /// As the log knows it: empty where there is but one.
    pub context: Text,
    /// `todoId`
    pub id: Text,
    pub events: Vec<EventId>,
    pub commands: Vec<CommandId>,
}

#[derive(Debug)]
pub struct Command {
    pub name: Name,
    pub category: CategoryId,
    /// Who usually does it.
    pub actor: Option<Text>,
    pub parameters: Vec<Parameter>,
    by_name: Places,
    /// Which parameter is the stream's id.
    pub id: Option<usize>,
    pub preconditions: Vec<Precondition>,
    pub outcomes: Vec<Outcome>,
    /// A thing comes into being with it: its id may be made up.
    pub creates: bool,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: Text,
    pub r#type: Type,
    pub required: bool,
    pub lookup: Option<Lookup>,
    pub hashed: bool,
}

/// `MustExistIn`.
#[derive(Debug)]
pub struct Lookup {
    pub name: Text,
    /// `None`: there is no such read model, so nothing exists in it.
    pub readmodel: Option<ReadmodelId>,
}

#[derive(Debug)]
pub struct Precondition {
    /// `TodoAdded`
    pub name: Text,
    /// `None`: the stream has no such event, so it has never happened.
    pub event: Option<EventId>,
    /// It must have happened, or must not.
    pub must: bool,
}

#[derive(Debug)]
pub struct Outcome {
    pub event: EventId,
    /// Where each property of the event comes from.
    pub fill: Box<[Fill]>,
}

/// Where a property of an event comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fill {
    Parameter(usize),
    /// The same, and only its hash is kept.
    Hashed(usize),
    /// Not said by the command: what the stream knew of it last.
    Carried,
    /// Not said by the command, and yes or no: that the event happened says yes.
    Yes,
}

#[derive(Debug)]
pub struct Event {
    pub name: Name,
    pub category: CategoryId,
    /// Among the events of its category.
    pub index: usize,
    pub properties: Vec<Property>,
    by_name: Places,
    /// Which property is the stream's id.
    pub id: Option<usize>,
    /// Who listens, each with the index of the event in its `hears`.
    pub readmodels: Vec<(ReadmodelId, usize)>,
    pub policies: Vec<PolicyId>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Property {
    pub name: Text,
    pub r#type: Type,
    pub hashed: bool,
    pub personal: bool,
}

#[derive(Debug)]
pub struct Readmodel {
    pub name: Name,
    /// `todoId`
    pub key: Text,
    pub columns: Vec<Column>,
    /// The events it listens to that tell its key.
    pub hears: Vec<Heard>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    pub name: Text,
    folded: Text,
    pub r#type: Type,
    /// It stands on the sticky. LES keeps all other properties of the events too.
    pub shown: bool,
}

/// What a read model takes from an event.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    pub event: EventId,
    /// The event's property that is the key.
    pub key: usize,
}

#[derive(Debug)]
pub struct Policy {
    /// Its label is all its words.
    pub name: Name,
    pub event: EventId,
    pub condition: Option<Condition>,
    pub command: CommandId,
    /// For each parameter of the command the event's property of that name.
    pub fill: Box<[Option<usize>]>,
}

impl Model {
    /// The model of a board's text.
    pub fn of_text(text: &str) -> Model {
        let document = emd::parse(text);
        Model::new(&eml::lower(&document, eml::Profile::Squall).solution, Some(&document))
    }

    /// The model of a solution. Labels are as they stand in the document it came from, or made from the names.
    pub fn new(solution: &eml::Solution, document: Option<&emd::Document<'_>>) -> Model {
        compile::compile(solution, document)
    }

    pub fn category(&self, id: CategoryId) -> &Category {
        &self.categories[id.index()]
    }

    pub fn command(&self, id: CommandId) -> &Command {
        &self.commands[id.index()]
    }

    pub fn event(&self, id: EventId) -> &Event {
        &self.events[id.index()]
    }

    pub fn readmodel(&self, id: ReadmodelId) -> &Readmodel {
        &self.readmodels[id.index()]
    }

    pub fn policy(&self, id: PolicyId) -> &Policy {
        &self.policies[id.index()]
    }

    /// By `AddItem`, `Add Item` or `Ordering.Add Item`, in any case. A name of several contexts is the first one's.
    pub fn find_command(&self, name: &str) -> Option<CommandId> {
        self.find(Noun::Command, name).map(CommandId)
    }

    pub fn find_event(&self, name: &str) -> Option<EventId> {
        self.find(Noun::Event, name).map(EventId)
    }

    pub fn find_readmodel(&self, name: &str) -> Option<ReadmodelId> {
        self.find(Noun::Readmodel, name).map(ReadmodelId)
    }

    pub fn find_policy(&self, words: &str) -> Option<PolicyId> {
        self.find(Noun::Policy, words).map(PolicyId)
    }

    fn find(&self, noun: Noun, name: &str) -> Option<u32> {
        let exact = self.names.get(&(noun, eml::names::spaceless(name))).copied();
        exact.or_else(|| self.folded.get(&(noun, folded(name))).copied())
    }

    pub fn name(&self, noun: Noun, index: u32) -> &Name {
        let index = index as usize;
        match noun {
            Noun::Command => &self.commands[index].name,
            Noun::Event => &self.events[index].name,
            Noun::Readmodel => &self.readmodels[index].name,
            Noun::Policy => &self.policies[index].name,
        }
    }

    /// The sticky of that name on this wall.
    pub fn sticky(&self, noun: Noun, full: &str) -> Option<Sticky> {
        self.name(noun, self.find(noun, full)?).sticky
    }
}

impl Command {
    /// By name, in any case.
    pub fn parameter(&self, name: &str) -> Option<usize> {
        // Nearly always it is written as it stands in the model, and commands come by the hundred thousand.
        let few = self.parameters.get(..FEW).unwrap_or(&self.parameters);
        let exact = few.iter().position(|parameter| parameter.name == name);
        exact.or_else(|| self.by_name.get(&folded(name)).copied())
    }
}

impl Event {
    /// By name, in any case.
    pub fn property(&self, name: &str) -> Option<usize> {
        self.by_name.get(&folded(name)).copied()
    }

    /// The property that a read model shows in this column.
    pub fn column(&self, column: &Column) -> Option<usize> {
        self.by_name.get(&column.folded).copied()
    }
}

/// A name without spaces and capitals.
pub fn folded(name: &str) -> Text {
    let wanted = |character: &char| *character != ' ';
    match name.is_ascii() {
        true => name.chars().filter(wanted).map(|character| character.to_ascii_lowercase()).collect(),
        false => name.chars().filter(wanted).flat_map(char::to_lowercase).collect(),
    }
}
