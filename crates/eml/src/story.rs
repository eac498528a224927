//! What goes on between the parts of a model: who does what, what follows by itself, the examples that must hold, and
//! the words that everybody uses. LES knows none of it and skips its keys.
//!
//! Invariant: a name without a context is of its own one (`Reference`); this is settled when all contexts are known.

use crate::model::{Context, Place, Text};
use crate::names::spaceless;
use emd::Step;
use foldhash::{HashMap, HashSet};

/// `Whenever Order Placed, and the customer is new, Send Welcome Letter`, with both ends named. What a policy lacks is
/// a finding; as long as it lacks it, it is no part of the model.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Policy {
    pub place: Option<Place>,
    pub event: Reference,
    /// The words behind `and`; empty where there is no condition.
    pub condition: Text,
    pub command: Reference,
}

/// Whoever does something, and the commands that stand behind its sticky.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Actor {
    pub name: Text,
    pub place: Option<Place>,
    pub commands: Vec<Text>,
}

/// A word of the glossary.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Term {
    pub name: Text,
    pub place: Option<Place>,
    pub meaning: Text,
}

/// An example: given, when, then. The lines stand in the order of the text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scenario {
    pub name: Text,
    pub place: Option<Place>,
    pub lines: Vec<ScenarioLine>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScenarioLine {
    pub place: Option<Place>,
    pub step: Step,
    pub says: Says,
    pub values: Vec<Given>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Says {
    /// An event, a command or a read model, as the step wants it; an event where both would do.
    Name(Reference),
    /// `rejected: <message>`; without a message any will do.
    Rejected(Text),
}

/// A value that a scenario gives to a property.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Given {
    pub name: Text,
    pub value: Text,
}

/// The name of an event, a command or a read model.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reference {
    /// The context where one is named, as it is called; empty for the own one.
    pub context: Text,
    pub name: Text,
}

/// Dots in the name of a context, and the one behind it.
const MOST_DOTS: usize = 16;

impl Reference {
    /// A name as it is written. Which context it means is known when all contexts are.
    pub fn unresolved(written: &str) -> Reference {
        Reference { context: Text::default(), name: spaceless(written.trim()) }
    }

    /// `Counter.OrderPaid`, or the name alone within its context.
    pub fn written(&self) -> Text {
        match self.context.is_empty() {
            true => self.name.clone(),
            false => smol_str::format_smolstr!("{}.{}", spaceless(&self.context), self.name),
        }
    }
}

/// Parts the names that begin with the name of a context.
pub(crate) fn resolve(contexts: &mut [Context]) {
    if contexts.iter().all(|context| context.policies.is_empty() && context.scenarios.is_empty()) {
        return;
    }
    let mut known: HashMap<Text, Text> = HashMap::default();
    for context in contexts.iter().filter(|context| !context.name.is_empty()) {
        known.entry(spaceless(&context.name)).or_insert_with(|| Text::new(&context.name));
    }
    for context in contexts {
        let mut references = references(&mut context.policies, &mut context.scenarios);
        references.retain(|reference| reference.context.is_empty() && reference.name.contains('.'));
        if references.is_empty() {
            continue;
        }
        let commands = context.streams.iter().flat_map(|stream| &stream.commands);
        let events = context.streams.iter().flat_map(|stream| &stream.events);
        let names = commands.map(|one| &one.name).chain(events.map(|one| &one.name));
        let own: HashSet<&Text> = names.chain(context.readmodels.iter().map(|one| &one.name)).collect();
        for reference in references.into_iter().filter(|reference| !own.contains(&reference.name)) {
            let dots = reference.name.match_indices('.').take(MOST_DOTS);
            let mut found = dots.filter_map(|(dot, _)| Some((known.get(&reference.name[..dot])?, dot)));
            let Some((other, dot)) = found.next() else { continue };
            reference.context = other.clone();
            reference.name = Text::new(&reference.name[dot + 1..]);
        }
    }
}

fn references<'a>(policies: &'a mut [Policy], scenarios: &'a mut [Scenario]) -> Vec<&'a mut Reference> {
    let of_policies = policies.iter_mut().flat_map(|policy| [&mut policy.event, &mut policy.command]);
    let lines = scenarios.iter_mut().flat_map(|scenario| &mut scenario.lines);
    let of_lines = lines.filter_map(|line| match &mut line.says {
        Says::Name(reference) => Some(reference),
        Says::Rejected(_) => None,
    });
    of_policies.chain(of_lines).collect()
}
