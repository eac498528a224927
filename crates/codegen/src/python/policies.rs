//! Policies in Python's words: a function each, from the event to the command.

use super::layout::{call, tuple};
use super::names::{Scope, escaped, lowered, plain, quoted, snake};
use super::view::Service;
use crate::steady::{self, Thing};
use sim::model::{Model, Policy};
use std::collections::BTreeSet;

/// Names that a module of policies has already.
const TAKEN: [&str; 9] =
    ["commands", "conditions", "event", "events", "holds", "values", "whenever", "annotations", "Final"];

/// The policies of a context.
#[derive(Debug, Default)]
pub struct Policies {
    pub all: Vec<Reaction>,
    pub conditions: Vec<HumanCondition>,
    /// Other contexts whose messages are named.
    pub events_of: BTreeSet<String>,
    pub commands_of: BTreeSet<String>,
    pub compares: bool,
    pub converts: bool,
}

#[derive(Debug)]
pub struct Reaction {
    pub function: String,
    /// All its words, quoted.
    pub name: String,
    pub event: String,
    pub command: String,
    /// What must hold: `holds(event.amount, "<", "100")`.
    pub condition: Option<String>,
    pub fills: Vec<(String, String)>,
}

impl Reaction {
    pub fn decorator(&self) -> String {
        call("whenever", &[self.name.clone(), self.event.clone(), self.command.clone()], 0, 1)
    }
}

#[derive(Debug)]
pub struct HumanCondition {
    pub function: String,
    pub words: String,
    pub event: String,
}

impl Policies {
    /// By contexts.
    pub fn of(service: &Service, model: &Model) -> Vec<Policies> {
        let mut own = vec![Vec::new(); service.contexts.len()];
        model.policies.iter().for_each(|policy| own[policy.name.context as usize].push(policy));
        own.iter().enumerate().map(|(at, own)| Policies::of_context(service, model, at, own)).collect()
    }

    fn of_context(service: &Service, model: &Model, context: usize, own: &[&Policy]) -> Policies {
        let mut policies = Policies::default();
        let mut scope = Scope::with(&TAKEN);
        let mut names = Scope::default();
        let mut judged = judged(model, own).into_iter();
        for policy in own {
            let command = &service.commands[policy.command.index()];
            let function = scope.name(snake(&model.command(policy.command).name.name));
            let event = policies.event(service, context, policy);
            let condition = policies.condition(service, policy, &event, &mut judged);
            let (module, alias) = alias(service, command.context, context, "commands");
            policies.commands_of.extend(module);
            let fills = policies.fills(service, policy);
            policies.all.push(Reaction {
                function,
                name: quoted(&names.name(plain(&policy.name.label))),
                event,
                command: format!("{alias}.{}", command.class),
                condition,
                fills,
            });
        }
        policies
    }

    fn event(&mut self, service: &Service, context: usize, policy: &Policy) -> String {
        let event = &service.events[policy.event.index()];
        let (module, alias) = alias(service, event.context, context, "events");
        self.events_of.extend(module);
        format!("{alias}.{}", event.class)
    }

    fn condition(
        &mut self,
        service: &Service,
        policy: &Policy,
        event: &str,
        judged: &mut impl Iterator<Item = String>,
    ) -> Option<String> {
        let condition = policy.condition.as_ref()?;
        if let Some(test) = &condition.test {
            self.compares = true;
            let field = &service.events[policy.event.index()].fields[test.property].name;
            return Some(format!("holds(event.{field}, \"{}\", {})", test.operator(), quoted(test.value())));
        }
        let function = judged.next()?;
        let said = format!("conditions.{function}(event)");
        self.conditions.push(HumanCondition {
            function,
            words: escaped(&condition.words),
            event: event.into(),
        });
        Some(said)
    }

    fn fills(&mut self, service: &Service, policy: &Policy) -> Vec<(String, String)> {
        let event = &service.events[policy.event.index()];
        let command = &service.commands[policy.command.index()];
        let mut fills = Vec::new();
        for (field, property) in command.fields.iter().zip(&policy.fill) {
            let Some(from) = property.and_then(|at| event.fields.get(at)) else { continue };
            let value = match from.of == field.of {
                true => format!("event.{}", from.name),
                false => {
                    self.converts = true;
                    format!("values.{}.fit(event.{})", field.of_constant(), from.name)
                }
            };
            fills.push((field.name.clone(), value));
        }
        fills
    }
}

/// The functions of conditions that only people can judge: `it_is_paid`, beside another one of these words
/// `it_is_paid_then_ship_order`.
fn judged(model: &Model, own: &[&Policy]) -> Vec<String> {
    let thing = |policy: &&Policy| {
        let words = &policy.condition.as_ref().filter(|condition| condition.test.is_none())?.words;
        let then = &model.command(policy.command).name.label;
        let named = |words: &str| if lowered(words).is_empty() { String::new() } else { snake(words) };
        let long = named(&format!("{words} then {then}"));
        Some(Thing { short: named(words), long, whole: policy.name.label.to_string() })
    };
    let things: Vec<Thing> = own.iter().filter_map(thing).collect();
    let mut scope = Scope::with(&["events", "annotations"]);
    steady::names(&things, "condition", '_').into_iter().map(|name| scope.name(name)).collect()
}

impl Policies {
    pub fn constant(&self) -> String {
        let functions: Vec<String> = self.all.iter().map(|policy| policy.function.clone()).collect();
        tuple("POLICIES: Final[tuple[Policy, ...]] = ", &functions, 0)
    }
}

/// How a module of one context names a module of another, and which one has to be imported.
pub fn alias(service: &Service, of: usize, from: usize, module: &str) -> (Option<String>, String) {
    match of == from {
        true => (None, module.to_owned()),
        false => {
            let package = service.contexts[of].module.clone();
            let alias = format!("{package}_{module}");
            (Some(package), alias)
        }
    }
}
