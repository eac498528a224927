//! What all specifications ask of the model, worked out once: names for components and files, which texts are keys,
//! which commands lead to an event, what of a read model is answered.

use crate::Source;
use crate::api::Unique;
use foldhash::{HashMap, HashSet};
use sim::model::{Command, CommandId, EventId, Model, Name, Policy, PolicyId, ReadmodelId, folded};
use sim::value::{Text, Type};

pub struct Spec<'a> {
    pub source: &'a Source,
    pub model: &'a Model,
    /// `AddItem`, in several contexts `Ordering.AddItem`: names of files and of components, each given once.
    commands: Vec<String>,
    accepted: Vec<String>,
    events: Vec<String>,
    readmodels: Vec<String>,
    filters: Vec<String>,
    /// Names of ids and keys, without capitals.
    keys: HashSet<Text>,
    /// By id without capitals, the first kind of stream that has it.
    things: HashMap<Text, &'a str>,
    /// By event the commands that lead to it.
    led: Vec<Vec<CommandId>>,
    /// By command the policies that lead to it.
    by: Vec<Vec<PolicyId>>,
    /// By name without capitals, the first meaning of each.
    terms: HashMap<Text, &'a str>,
}

/// What is a component of its own.
const TAKEN: [&str; 7] =
    ["Refusal", "Failure", "Problem", "RecordedEvent", "Metadata", "Condition", "Health"];

/// A column of a read model as it is answered.
#[derive(Debug)]
pub struct Column<'a> {
    pub name: &'a Text,
    /// Mostly one. Events may have properties of one name with several types.
    pub types: Vec<Type>,
    pub personal: bool,
    /// It holds lists, which have no order.
    pub list: bool,
}

impl<'a> Spec<'a> {
    pub fn new(source: &'a Source) -> Spec<'a> {
        let model = &source.model;
        let mut unique = Unique::default();
        for taken in TAKEN {
            unique.name(taken.to_owned());
        }
        let mut name = |name: &Name, end: &str| unique.name(component(&name.full) + end);
        let commands = model.commands.iter().map(|one| name(&one.name, "")).collect();
        let events = model.events.iter().map(|one| name(&one.name, "")).collect();
        let readmodels = model.readmodels.iter().map(|one| name(&one.name, "")).collect();
        let accepted = model.commands.iter().map(|one| name(&one.name, "Accepted")).collect();
        let filters = model.readmodels.iter().map(|one| name(&one.name, "Filter")).collect();
        let ids = model.categories.iter().map(|one| folded(&one.id));
        let keys = ids.chain(model.readmodels.iter().map(|one| folded(&one.key))).collect();
        let things = model.categories.iter().rev();
        let things = things.map(|one| (folded(&one.id), one.name.as_str())).collect();
        let mut led = vec![Vec::new(); model.events.len()];
        for (id, command) in (0..).map(CommandId).zip(&model.commands) {
            for outcome in &command.outcomes {
                if let Some(led) = led.get_mut(outcome.event.index()) {
                    led.push(id);
                }
            }
        }
        let mut by = vec![Vec::new(); model.commands.len()];
        for (id, policy) in (0..).map(PolicyId).zip(&model.policies) {
            if let Some(by) = by.get_mut(policy.command.index()) {
                by.push(id);
            }
        }
        let terms = source.solution.contexts.iter().flat_map(|context| context.terms.iter().rev()).rev();
        let terms = terms.map(|term| (folded(&term.name), term.meaning.as_str())).collect();
        Spec { source, model, commands, accepted, events, readmodels, filters, keys, things, led, by, terms }
    }

    pub fn all_commands(&self) -> impl Iterator<Item = CommandId> + use<> {
        (0..self.model.commands.len() as u32).map(CommandId)
    }

    pub fn all_events(&self) -> impl Iterator<Item = EventId> + use<> {
        (0..self.model.events.len() as u32).map(EventId)
    }

    pub fn all_readmodels(&self) -> impl Iterator<Item = ReadmodelId> + use<> {
        (0..self.model.readmodels.len() as u32).map(ReadmodelId)
    }

    pub fn command_name(&self, id: CommandId) -> &str {
        &self.commands[id.index()]
    }

    /// What a command answers that was accepted.
    pub fn accepted_name(&self, id: CommandId) -> &str {
        &self.accepted[id.index()]
    }

    pub fn event_name(&self, id: EventId) -> &str {
        &self.events[id.index()]
    }

    pub fn readmodel_name(&self, id: ReadmodelId) -> &str {
        &self.readmodels[id.index()]
    }

    pub fn filter_name(&self, id: ReadmodelId) -> &str {
        &self.filters[id.index()]
    }

    /// Whether a text of that name is the id of a stream or the key of a read model.
    pub fn is_key(&self, name: &str) -> bool {
        self.keys.contains(&folded(name))
    }

    /// What a key is of: the kind of stream whose id it is, or nothing.
    pub fn thing(&self, key: &str) -> &'a str {
        self.things.get(&folded(key)).copied().unwrap_or_default()
    }

    /// The commands that lead to an event.
    pub fn led(&self, id: EventId) -> &[CommandId] {
        &self.led[id.index()]
    }

    /// The policies that lead to a command.
    pub fn by(&self, id: CommandId) -> impl Iterator<Item = &'a Policy> {
        self.by[id.index()].iter().map(|id| self.model.policy(*id))
    }

    /// What the glossary says of a name.
    pub fn meaning(&self, name: &str) -> Option<&'a str> {
        self.terms.get(&folded(name)).copied().filter(|meaning| !meaning.is_empty())
    }

    /// No command leads to the event without saying the id of its stream.
    pub fn always_has_id(&self, id: EventId) -> bool {
        let says = |command: &CommandId| {
            let command = self.model.command(*command);
            command.id.and_then(|id| command.parameters.get(id)).is_some_and(|id| id.required)
        };
        self.led(id).iter().all(says)
    }

    /// `Todo` of `Todo-1`, in several contexts `Ordering.Todo`.
    pub fn stream(&self, id: EventId) -> String {
        let category = self.model.category(self.model.event(id).category);
        match category.context.is_empty() {
            true => category.name.to_string(),
            false => format!("{}.{}", category.context.replace(' ', ""), category.name),
        }
    }

    /// The columns of a read model that are answered: all but those that are hashed.
    pub fn columns(&self, id: ReadmodelId) -> Vec<Column<'a>> {
        let readmodel = self.model.readmodel(id);
        let mut columns = Vec::new();
        for column in &readmodel.columns {
            let events = readmodel.hears.iter().map(|heard| self.model.event(heard.event));
            let properties = events.filter_map(|event| event.properties.get(event.column(column)?));
            let (mut types, mut personal, mut hashed) = (Vec::new(), false, false);
            for property in properties {
                personal |= property.personal;
                hashed |= property.hashed;
                if !types.contains(&property.r#type) {
                    types.push(property.r#type);
                }
            }
            if types.is_empty() {
                types.push(column.r#type);
            }
            if !hashed {
                columns.push(Column { name: &column.name, types, personal, list: column.r#type.list });
            }
        }
        columns
    }
}

/// The policies that follow a command's events, in the order of the model.
pub fn follows(model: &Model, command: &Command) -> impl Iterator<Item = PolicyId> {
    let policies = command.outcomes.iter().flat_map(|outcome| &model.event(outcome.event).policies);
    let mut policies: Vec<PolicyId> = policies.copied().collect();
    policies.sort_unstable();
    policies.dedup();
    policies.into_iter()
}

/// A name of letters, digits and `_-.` of ASCII, which is a file's as well: `Con.AddItem` would be a device.
pub fn component(name: &str) -> String {
    let allowed = |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | '-' | '.');
    let name: String = name.chars().map(|one| if allowed(one) { one } else { '_' }).take(100).collect();
    match name.trim_matches('.') {
        name if crate::path::is_safe(name) => name.to_owned(),
        name => format!("_{name}"),
    }
}
