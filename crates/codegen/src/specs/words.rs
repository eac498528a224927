//! What the specifications say in plain words, as Markdown: whatever people wrote stands in it as text.

use super::spec::{Spec, follows};
use crate::Source;
use sim::model::{
    CategoryId, Command, CommandId, Event, EventId, Model, Parameter, Policy, Property, Readmodel, label,
};

/// Text that Markdown and HTML take for nothing but text, on one line.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(character);
            }
            _ if character.is_control() => {}
            _ => out.push(character),
        }
    }
    out
}

/// In quotes, as a sticky is named in a sentence.
fn named(label: &str) -> String {
    format!("“{}”", plain(label))
}

/// What the whole service is.
pub fn solution(source: &Source) -> String {
    let model = &source.model;
    let count = |number: usize, one: &str, many: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    };
    let parts = [
        count(model.commands.len(), "command", "commands"),
        count(model.events.len(), "event", "events"),
        count(model.readmodels.len(), "read model", "read models"),
    ];
    format!(
        "An event-sourced service: {}, as they stand on the wall {}. Commands are accepted or refused at once, and \
         what follows from them by policies has happened when the answer comes. Read models show everything that \
         has happened.",
        parts.join(", "),
        named(&source.solution.name),
    )
}

/// What a kind of stream is: its meaning in the glossary, else what it is made of.
pub fn category(spec: &Spec<'_>, id: CategoryId) -> String {
    let category = spec.model.category(id);
    let name = &category.name;
    if let Some(meaning) = spec.meaning(name) {
        return sentence(&format!("{}: {}", plain(name), plain(meaning)));
    }
    let events = category.events.iter().map(|event| named(&spec.model.event(*event).name.label));
    let events: Vec<String> = events.collect();
    sentence(&format!(
        "What can be done with one {}, and what happens to it: {}",
        plain(name),
        events.join(", ")
    ))
}

fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", characters.as_str())
}

/// What a command does, who does it, when it is refused and what follows.
pub fn command(spec: &Spec<'_>, id: CommandId) -> String {
    let model = spec.model;
    let command = model.command(id);
    let category = plain(&model.category(command.category).name);
    let mut lines = Vec::new();
    if let Some(actor) = &command.actor {
        lines.push(format!("Usually done by {}.", plain(actor)));
    }
    if command.creates {
        lines.push(format!("A new {category} comes into being with it."));
    }
    let events: Vec<String> =
        command.outcomes.iter().map(|outcome| named(&model.event(outcome.event).name.label)).collect();
    if !events.is_empty() {
        lines.push(format!("Leads to {}.", events.join(", ")));
    }
    lines.extend(spec.by(id).map(|policy| done_by(model, policy)));
    lines.extend(refusals(model, command));
    lines.extend(follows(model, command).map(|policy| follows_by(model, model.policy(policy))));
    lines.join("\n\n")
}

fn refusals(model: &Model, command: &Command) -> Vec<String> {
    let mut lines = Vec::new();
    for parameter in &command.parameters {
        let Some(lookup) = &parameter.lookup else { continue };
        let known = lookup.readmodel.map(|readmodel| model.readmodel(readmodel).name.label.clone());
        let known = known.unwrap_or_else(|| sim::model::words(&lookup.name));
        lines.push(format!("Refused unless `{}` exists in {}.", parameter.name, named(&known)));
    }
    for condition in &command.preconditions {
        let label = condition.event.map(|event| model.event(event).name.label.clone());
        let label = label.unwrap_or_else(|| sim::model::words(&condition.name));
        lines.push(match condition.must {
            true => format!("Refused before {} has happened.", named(&label)),
            false => format!("Refused once {} has happened.", named(&label)),
        });
    }
    lines
}

fn done_by(model: &Model, policy: &Policy) -> String {
    let event = named(&model.event(policy.event).name.label);
    match &policy.condition {
        None => format!("Done by itself whenever {event}."),
        Some(condition) => format!("Done by itself whenever {event}, and {}.", plain(&condition.words)),
    }
}

fn follows_by(model: &Model, policy: &Policy) -> String {
    let (event, command) = (model.event(policy.event), model.command(policy.command));
    let (event, command) = (named(&event.name.label), named(&command.name.label));
    match &policy.condition {
        None => format!("Whenever {event}, {command} follows."),
        Some(condition) => format!("Whenever {event}, and {}, {command} follows.", plain(&condition.words)),
    }
}

pub fn parameter(model: &Model, command: &Command, parameter: &Parameter) -> String {
    let mut words = sentence(&plain(&label(&parameter.name)));
    let is_id =
        command.id.and_then(|id| command.parameters.get(id)).is_some_and(|id| id.name == parameter.name);
    if is_id {
        let category = plain(&model.category(command.category).name);
        words = match command.creates {
            true => format!("The id of the new {category}."),
            false => format!("The id of the {category}."),
        };
    }
    if let Some(lookup) = &parameter.lookup {
        words.push_str(&format!(" Must exist in {}.", named(&sim::model::words(&lookup.name))));
    }
    if parameter.hashed {
        words.push_str(" Only its hash is kept, and it is never answered.");
    }
    words
}

pub fn property(event: &Event, property: &Property) -> String {
    let is_id = event.id.and_then(|id| event.properties.get(id)).is_some_and(|id| id.name == property.name);
    match is_id {
        true => "The id of the stream.".to_owned(),
        false => sentence(&plain(&label(&property.name))),
    }
}

pub fn column(readmodel: &Readmodel, name: &str) -> String {
    match sim::model::folded(name) == sim::model::folded(&readmodel.key) {
        true => "The key: there is one row of each.".to_owned(),
        false => sentence(&plain(&label(name))),
    }
}

/// What a read model shows, and what makes it change.
pub fn readmodel(model: &Model, readmodel: &Readmodel) -> String {
    let events: Vec<String> =
        readmodel.hears.iter().map(|heard| named(&model.event(heard.event).name.label)).collect();
    match events.is_empty() {
        true => "Nothing that happens is shown in it yet.".to_owned(),
        false => format!("Made of what happens: {}. One row of each `{}`.", events.join(", "), readmodel.key),
    }
}

/// The read models of a context.
pub fn readmodels(context: &str) -> String {
    match context.trim().is_empty() {
        true => "What can be asked.".to_owned(),
        false => format!("What can be asked of {}.", plain(context)),
    }
}

pub fn feed() -> &'static str {
    "All events in the order in which they happened. Whoever follows asks again with the last position that was read, \
     and takes an event that comes twice for one: its id is the same."
}

pub fn envelope() -> &'static str {
    "An event as CloudEvents 1.0 in its structured form. Its type is that of the feed, its subject the stream."
}

/// A label is something, and on one line.
pub fn summary(label: &str) -> String {
    let label: String = label.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    match label.trim() {
        "" => "Untitled".to_owned(),
        label => label.to_owned(),
    }
}

/// The personal properties of a stream's events.
pub fn personal(model: &Model, id: CategoryId) -> String {
    let events = model.category(id).events.iter().map(|event| model.event(*event));
    let properties = events.flat_map(|event| event.properties.iter().filter(|one| one.personal));
    let mut names: Vec<String> = properties.map(|one| format!("`{}`", one.name)).collect();
    let mut known = foldhash::HashSet::default();
    names.retain(|name| known.insert(name.clone()));
    names.join(", ")
}

/// What happened, and because of what.
pub fn event(spec: &Spec<'_>, id: EventId) -> String {
    let event = spec.model.event(id);
    let led = spec.led(id).iter().map(|command| named(&spec.model.command(*command).name.label));
    let led: Vec<String> = led.collect();
    let what = named(&event.name.label);
    match led.is_empty() {
        true => format!("{what} happened outside: no command leads to it."),
        false => format!("{what} happened, because of {}.", led.join(", ")),
    }
}
