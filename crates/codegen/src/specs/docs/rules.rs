//! Rules in plain words: what must be given, what a command needs, what follows.

use super::book::Book;
use super::markdown::{and, plain};
use sim::model::{CategoryId, Command, Event, Parameter, Policy, Property, words};
use sim::value::{Kind, Type};

/// What kind of thing is said: `a whole number`.
pub fn kind(r#type: Type) -> String {
    let (one, many) = match r#type.kind {
        Kind::Text => ("text", "texts"),
        Kind::Integer => ("whole number", "whole numbers"),
        Kind::Decimal => ("number", "numbers"),
        Kind::Boolean => ("yes or no", "yes or no each"),
        Kind::Date => ("date", "dates"),
        Kind::DateTime => ("date and time", "dates and times"),
        Kind::Uuid => ("identifier (UUID)", "identifiers (UUID)"),
        Kind::Email => ("e-mail address", "e-mail addresses"),
    };
    if r#type.list { format!("list of {many}") } else { one.to_owned() }
}

/// What is asked of a parameter.
pub fn parameter(book: &Book<'_>, from: Option<usize>, command: &Command, parameter: &Parameter) -> String {
    let mut said = Vec::new();
    let id = command.id.and_then(|id| command.parameters.get(id));
    let is_id = id.is_some_and(|id| id.name == parameter.name);
    if is_id {
        let stream = plain(&book.model.category(command.category).name);
        said.push(match command.creates {
            true => format!("which {stream} it is; a new one gets an id by itself"),
            false => format!("which {stream} it is about"),
        });
    }
    if parameter.required && !(is_id && command.creates) {
        said.push("must be given".to_owned());
    }
    if let Some(lookup) = &parameter.lookup {
        said.push(match lookup.readmodel {
            Some(id) => format!("must be known in {}", book.to_readmodel(from, id)),
            None => format!("must be known in {}, which does not exist yet", plain(&words(&lookup.name))),
        });
    }
    if parameter.hashed {
        said.push("only a hash of it is kept".to_owned());
    }
    if is_personal(book, command, &parameter.name) {
        said.push("personal: can be erased".to_owned());
    }
    said.join("; ")
}

fn is_personal(book: &Book<'_>, command: &Command, name: &str) -> bool {
    let mut events = command.outcomes.iter().map(|outcome| book.model.event(outcome.event));
    events.any(|event| {
        event.property(name).and_then(|at| event.properties.get(at)).is_some_and(|property| property.personal)
    })
}

/// When a command is refused, beyond what is asked of its parameters.
pub fn conditions(book: &Book<'_>, from: Option<usize>, command: &Command) -> Vec<String> {
    let condition = |one: &sim::model::Precondition| {
        let event = match one.event {
            Some(id) => book.to_event(from, id),
            None => plain(&words(&one.name)),
        };
        match one.must {
            true => format!("It is refused before {event} has happened."),
            false => format!("It is refused once {event} has happened."),
        }
    };
    command.preconditions.iter().map(condition).collect()
}

/// `Whenever Order Paid, and amount > 100, Queue Brew follows.`
pub fn policy(book: &Book<'_>, from: Option<usize>, policy: &Policy) -> String {
    let (event, command) = (book.to_event(from, policy.event), book.to_command(from, policy.command));
    match &policy.condition {
        None => format!("Whenever {event}, {command} follows."),
        Some(one) if one.test.is_some() => {
            format!("Whenever {event}, and {}, {command} follows.", plain(&one.words))
        }
        Some(one) => {
            format!("Whenever {event}, and {} (a person judges it), {command} follows.", plain(&one.words))
        }
    }
}

/// What an event tells: its properties with their kinds.
pub fn carries(event: &Event) -> String {
    let property = |one: &Property| {
        let mut marks = Vec::new();
        if one.r#type != Type::TEXT {
            marks.push(kind(one.r#type));
        }
        if one.hashed {
            marks.push("hashed".to_owned());
        }
        if one.personal {
            marks.push("personal".to_owned());
        }
        let name = super::markdown::code(&one.name);
        if marks.is_empty() { name } else { format!("{name} ({})", marks.join(", ")) }
    };
    event.properties.iter().map(property).collect::<Vec<_>>().join(", ")
}

/// What of a stream can be erased.
pub fn personal(book: &Book<'_>, id: CategoryId) -> Option<String> {
    let events = book.model.category(id).events.iter().map(|event| book.model.event(*event));
    let mut names: Vec<String> = Vec::new();
    for property in events.flat_map(|event| &event.properties).filter(|property| property.personal) {
        let name = super::markdown::code(&property.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty())
        .then(|| format!("Personal data, which can be erased for each of them: {}.", and(&names)))
}
