//! The model that EML describes. Every element knows where it stands in the text it came from.

use crate::story::{Actor, Policy, Scenario, Term};
use diag::Span;
use smol_str::SmolStr;
use std::sync::Arc;

/// A name or a few words. Most are short and lie in the element itself; longer ones are shared by their copies.
pub type Text = SmolStr;

/// The type of everything that says no other.
pub const STRING: Text = Text::new_static("string");
pub const IS_REQUIRED: &str = "IsRequired";
pub(crate) const REQUIRED: Text = Text::new_static(IS_REQUIRED);
pub const MUST_EXIST_IN: &str = "MustExistIn";
pub const VERSION: &str = "0.1-alpha";

/// Where a name stands: a line of the text and the bytes within it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Place {
    pub line: usize,
    pub span: Span,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Solution {
    pub version: String,
    pub name: String,
    pub place: Option<Place>,
    pub contexts: Vec<Context>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Context {
    pub name: String,
    pub place: Option<Place>,
    pub streams: Vec<Stream>,
    pub readmodels: Vec<Readmodel>,
    pub policies: Vec<Policy>,
    pub actors: Vec<Actor>,
    pub terms: Vec<Term>,
    pub scenarios: Vec<Scenario>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stream {
    pub name: Text,
    /// The first word of the first event that is of this stream.
    pub place: Option<Place>,
    pub commands: Vec<Command>,
    pub events: Vec<Event>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Command {
    pub name: Text,
    pub place: Option<Place>,
    pub parameters: Vec<Parameter>,
    pub preconditions: Vec<Condition>,
    /// Names of events. Commands of one name share one list, however often they occur.
    pub postconditions: Arc<[Text]>,
}

/// A precondition as EML writes it: `TodoAdded MustHaveHappened`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Condition {
    pub text: Text,
    pub place: Option<Place>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parameter {
    pub name: Text,
    pub place: Option<Place>,
    pub r#type: Text,
    pub rules: Vec<Text>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    pub name: Text,
    pub place: Option<Place>,
    pub properties: Vec<Property>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Property {
    pub name: Text,
    pub place: Option<Place>,
    pub r#type: Text,
    pub is_hashed: bool,
    pub is_personal: bool,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Readmodel {
    pub name: Text,
    pub place: Option<Place>,
    pub key: Text,
    pub subscribes_to: Subscriptions,
    /// What it shows; EML has only the key and the events, but whoever draws or simulates wants to know.
    pub properties: Vec<Property>,
    /// Properties that no event carries, because they are worked out.
    pub derived: Vec<Text>,
}

/// One event of a context in the order of first appearance.
#[derive(Clone, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub struct Subscription {
    pub order: usize,
    pub event: Text,
}

/// The events a read model listens to: for each of its properties the events that have it. Read models share these
/// lists, since in a large model most of them match the same events and copies would grow with the square of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subscriptions {
    lists: Vec<Arc<[Subscription]>>,
}

impl Subscriptions {
    pub fn new(lists: Vec<Arc<[Subscription]>>) -> Self {
        Subscriptions { lists }
    }

    pub fn of_names(names: impl IntoIterator<Item = String>) -> Self {
        let list = names.into_iter().enumerate();
        let list: Vec<_> = list.map(|(order, name)| Subscription { order, event: name.into() }).collect();
        match list.is_empty() {
            true => Subscriptions::default(),
            false => Subscriptions::new(vec![list.into()]),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.lists.iter().all(|list| list.is_empty())
    }

    /// The lists as they are shared.
    pub fn lists(&self) -> impl Iterator<Item = &[Subscription]> {
        self.lists.iter().map(|list| &**list)
    }

    /// The names, each once, in the order of first appearance.
    pub fn names(&self) -> Vec<&str> {
        if let [list] = self.lists.as_slice() {
            return list.iter().map(|one| &*one.event).collect();
        }
        let mut all: Vec<&Subscription> = self.lists.iter().flat_map(|list| list.iter()).collect();
        all.sort_unstable_by_key(|one| one.order);
        all.dedup_by_key(|one| one.order);
        all.into_iter().map(|one| &*one.event).collect()
    }
}

impl Parameter {
    pub fn is_required(&self) -> bool {
        self.rules.iter().any(|rule| rule == IS_REQUIRED)
    }

    /// The read model that a `MustExistIn` rule names: the first such rule counts, and of it the second word.
    pub fn must_exist_in(&self) -> Option<&str> {
        let rule = self.rules.iter().find(|rule| rule.starts_with(MUST_EXIST_IN))?;
        Some(rule.split(' ').nth(1).unwrap_or(""))
    }
}

impl Property {
    pub fn string(name: Text, place: Option<Place>) -> Self {
        Property { name, place, r#type: STRING, is_hashed: false, is_personal: false }
    }
}
