//! A model as a list of facts, so that two of them can be compared: what each thing is, and what is said of it.
//!
//! The order of streams, events, subscriptions and commands of actors means nothing, so it is no fact; that of
//! parameters, preconditions, policies and steps is.

use super::{Unsaid, Why};
use crate::model::{Context, Event, Place, Property, Readmodel, Solution, Stream};
use crate::story::{Says, ScenarioLine};
use foldhash::{HashMap, HashSet};
use std::borrow::Cow;

struct Fact {
    of: String,
    value: String,
    place: Option<Place>,
    /// What it takes to be said; of what is said of a thing, nothing.
    takes: Option<&'static str>,
}

/// What of a model is not in the other one, or is otherwise.
pub fn compare(model: &Solution, again: &Solution) -> Vec<Unsaid> {
    let (facts, others) = (Facts::of(model), Facts::of(again));
    let mut found: HashMap<&str, &Fact> = HashMap::default();
    found.extend(others.list.iter().map(|fact| (fact.of.as_str(), fact)));
    let mut unsaid = Vec::new();
    for fact in &facts.list {
        let why = match (found.get(fact.of.as_str()), fact.takes) {
            (Some(other), _) if other.value == fact.value => continue,
            (Some(other), _) => Why::Other { said: fact.value.clone(), becomes: other.value.clone() },
            (None, Some(takes)) => Why::Lost(takes),
            // Lost with the thing, or with its place in a list that differs.
            (None, None) => continue,
        };
        unsaid.push(Unsaid { place: fact.place, of: fact.of.clone(), why });
    }
    let known: HashSet<&str> = facts.list.iter().map(|fact| fact.of.as_str()).collect();
    let gained = others.list.iter().filter(|fact| fact.takes.is_some() && !known.contains(fact.of.as_str()));
    unsaid.extend(gained.map(|fact| Unsaid { place: None, of: fact.of.clone(), why: Why::Gained }));
    unsaid
}

#[derive(Default)]
struct Facts {
    list: Vec<Fact>,
    /// How often a thing of that name was met.
    times: HashMap<String, usize>,
}

const EVENT: &str = "its name is that of its stream and more";
const COMMAND: &str = "an event of its stream follows it";

impl Facts {
    fn of(solution: &Solution) -> Facts {
        let mut facts = Facts::default();
        facts.fact("the name of the solution".to_owned(), solution.name.clone(), solution.place);
        let names = solution.contexts.iter().map(|context| format!("{:?}", context.name));
        facts.fact("the contexts".to_owned(), names.collect::<Vec<_>>().join(", "), None);
        for context in &solution.contexts {
            facts.context(context);
        }
        facts
    }

    fn fact(&mut self, of: String, value: String, place: Option<Place>) {
        self.list.push(Fact { of, value, place, takes: None });
    }

    /// A thing of which facts follow. Of several with one name each is another.
    fn thing(&mut self, name: String, place: Option<Place>, takes: &'static str) -> String {
        let times = self.times.entry(name.clone()).or_default();
        *times += 1;
        let of = if *times == 1 { name } else { format!("{name} (the {times}. of that name)") };
        self.list.push(Fact { of: of.clone(), value: String::new(), place, takes: Some(takes) });
        of
    }

    fn context(&mut self, context: &Context) {
        let within = match context.name.is_empty() {
            true => String::new(),
            false => format!(" in {}", context.name),
        };
        for stream in &context.streams {
            let name = format!("the stream {}{within}", stream.name);
            self.thing(name, stream.place, "an event that begins with its name");
            self.stream(stream, &within);
        }
        for model in &context.readmodels {
            self.readmodel(model, &within);
        }
        for actor in &context.actors {
            let of = self.thing(format!("the actor {}{within}", actor.name), actor.place, "");
            let mut commands: Vec<&str> = actor.commands.iter().map(|name| name.as_str()).collect();
            commands.sort_unstable();
            self.fact(format!("the commands of {of}"), list(commands), actor.place);
        }
        for term in &context.terms {
            let of = self.thing(format!("the term {}{within}", term.name), term.place, "");
            self.fact(format!("the meaning of {of}"), term.meaning.to_string(), term.place);
        }
        let policies = context.policies.iter().map(|policy| {
            let (event, command) = (policy.event.written(), policy.command.written());
            let (event, command) = (word(&event), word(&command));
            match policy.condition.is_empty() {
                true => format!("Whenever {event}, {command}"),
                false => format!("Whenever {event}, and {}, {command}", word(&policy.condition)),
            }
        });
        let policies: Vec<String> = policies.collect();
        if !policies.is_empty() {
            let of = format!("the policies{within}");
            self.list.push(Fact { of, value: policies.join("; "), place: None, takes: Some("") });
        }
        for scenario in &context.scenarios {
            let of = self.thing(format!("the scenario {}{within}", scenario.name), scenario.place, "");
            for (nth, line) in scenario.lines.iter().enumerate() {
                self.fact(format!("step {} of {of}", nth + 1), step(line), line.place);
            }
        }
    }

    fn stream(&mut self, stream: &Stream, within: &str) {
        for command in &stream.commands {
            let name = format!("the command {} of {}{within}", command.name, stream.name);
            let of = self.thing(name, command.place, COMMAND);
            let parameters = command.parameters.iter().map(|one| one.name.as_str());
            self.fact(format!("the parameters of {of}"), list(parameters), command.place);
            for parameter in &command.parameters {
                let name = &parameter.name;
                self.fact(
                    format!("the type of {name}, a parameter of {of}"),
                    parameter.r#type.to_string(),
                    parameter.place,
                );
                let rules = list(parameter.rules.iter().map(|rule| rule.as_str()));
                self.fact(format!("the rules of {name}, a parameter of {of}"), rules, parameter.place);
            }
            let conditions = command.preconditions.iter().map(|one| one.text.as_str());
            self.fact(format!("the preconditions of {of}"), list(conditions), command.place);
            let events = command.postconditions.iter().map(|one| one.as_str());
            self.fact(format!("the postconditions of {of}"), list(events), command.place);
        }
        for event in &stream.events {
            self.event(event, stream, within);
        }
    }

    fn event(&mut self, event: &Event, stream: &Stream, within: &str) {
        let of =
            self.thing(format!("the event {} of {}{within}", event.name, stream.name), event.place, EVENT);
        let properties = event.properties.iter().map(|one| one.name.as_str());
        self.fact(format!("the properties of {of}"), list(properties), event.place);
        for property in &event.properties {
            let about = format!("the kind of {}, a property of {of}", property.name);
            self.fact(about, kind(property), property.place);
        }
    }

    fn readmodel(&mut self, model: &Readmodel, within: &str) {
        let of = self.thing(format!("the read model {}{within}", model.name), model.place, "");
        self.fact(format!("the key of {of}"), model.key.to_string(), model.place);
        let mut events = model.subscribes_to.names();
        events.sort_unstable();
        self.fact(format!("the events of {of}"), list(events), model.place);
        if !model.properties.is_empty() {
            let properties = model.properties.iter().map(|one| format!("{}: {}", word(&one.name), kind(one)));
            let properties = properties.collect::<Vec<_>>().join(", ");
            self.fact(format!("the properties of {of}"), properties, model.place);
        }
        let derived = model.derived.iter().map(|one| one.as_str());
        self.fact(format!("the derived properties of {of}"), list(derived), model.place);
    }
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(word).collect::<Vec<_>>().join(", ")
}

/// A word of a list: in quotes where it would be taken for none or for several, so that lists that differ never look
/// alike.
fn word(text: &str) -> Cow<'_, str> {
    let odd = |one: char| one.is_control() || [',', ';', '"'].contains(&one);
    let is_odd = text.is_empty() || text.contains(odd) || text.contains("//");
    if is_odd { Cow::Owned(format!("{text:?}")) } else { Cow::Borrowed(text) }
}

fn kind(property: &Property) -> String {
    let hashed = if property.is_hashed { ", hashed" } else { "" };
    let personal = if property.is_personal { ", personal" } else { "" };
    format!("{}{hashed}{personal}", property.r#type)
}

fn step(line: &ScenarioLine) -> String {
    let says = match &line.says {
        Says::Name(name) => word(&name.written()).into_owned(),
        Says::Rejected(message) => format!("rejected: {message:?}"),
    };
    let values = line.values.iter().map(|one| format!("{}: {}", word(&one.name), word(&one.value)));
    format!("{:?} {says} // {}", line.step, values.collect::<Vec<_>>().join(", "))
}
