//! Given, when, then for the decisions of each stream.

use super::layout::{Layout, Stream};
use super::put;
use super::samples::sample;
use super::typescript::{comment, key, message, quote};
use crate::{Care, Tree};
use askama::Template;
use sim::model::{CategoryId, Command, Event, EventId, Fill, Parameter, Precondition, Property};

#[derive(Template)]
#[template(path = "node/test/domain/stream.test.ts", escape = "none")]
struct Tests {
    name: String,
    path: String,
    tests: Vec<Test>,
}

struct Test {
    title: String,
    /// Events that happened before.
    given: Vec<String>,
    when: String,
    exists: String,
    then: Vec<String>,
    refused: Vec<String>,
}

pub fn write(layout: &Layout<'_>, tree: &mut Tree) {
    for (index, stream) in (0..).map(CategoryId).zip(&layout.streams) {
        let category = layout.model().category(index);
        let commands = category.commands.iter().map(|id| layout.model().command(*id));
        let tests: Vec<Test> = commands.flat_map(|command| of_command(layout, command)).collect();
        if !tests.is_empty() {
            let file = Tests { name: comment(&category.name), path: stream.path.clone(), tests };
            put(tree, format!("test/domain/{}.test.ts", flat(stream)), Care::Once, &file);
        }
    }
}

/// Tests lie in one folder, where every version of Node finds them.
fn flat(stream: &Stream) -> String {
    stream.path.replace('/', "-")
}

fn of_command(layout: &Layout<'_>, command: &Command) -> Vec<Test> {
    let view = View { layout, command };
    let must: Vec<EventId> =
        command.preconditions.iter().filter(|one| one.must).filter_map(|one| one.event).collect();
    let forbidden = |one: &&Precondition| !one.must && one.event.is_some();
    let contradicts = command.preconditions.iter().any(|one| match one.event {
        None => one.must,
        Some(event) => !one.must && must.contains(&event),
    });
    let mut tests = Vec::new();
    if !contradicts {
        tests.push(view.accepted(&must));
    }
    tests.extend(view.refused_at_once());
    let first = command.preconditions.iter().find(forbidden).filter(|_| !contradicts);
    tests.extend(first.and_then(|one| view.refused_after(&must, one)));
    tests
}

struct View<'a> {
    layout: &'a Layout<'a>,
    command: &'a Command,
}

impl View<'_> {
    fn event(&self, id: EventId) -> &Event {
        self.layout.model().event(id)
    }

    fn name(&self) -> String {
        self.command.name.name.to_string()
    }

    fn accepted(&self, given: &[EventId]) -> Test {
        let outcomes = &self.command.outcomes;
        let names: Vec<&str> =
            outcomes.iter().map(|outcome| self.event(outcome.event).name.name.as_str()).collect();
        let leads = if names.is_empty() {
            "is accepted".to_owned()
        } else {
            format!("leads to {}", names.join(" and "))
        };
        let then = outcomes.iter().map(|outcome| {
            let event = self.event(outcome.event);
            let filled = event.properties.iter().zip(&outcome.fill);
            let said =
                filled.filter_map(|(property, fill)| Some((property, self.filled(property, *fill, given)?)));
            let said = said.map(|(property, value)| format!("{}: {value}", key(&property.name)));
            message(6, &event.name.name, &said.collect::<Vec<_>>())
        });
        Test {
            title: quote(&format!("{} {leads}", self.name())),
            given: self.given(given),
            when: self.when(true),
            exists: self.exists(),
            then: then.collect(),
            refused: Vec::new(),
        }
    }

    fn refused_at_once(&self) -> Option<Test> {
        let missing = self.command.parameters.iter().filter(|one| one.lookup.is_some());
        let missing = missing.map(|one| format!("{} does not exist.", one.name));
        let required = self.command.parameters.iter().filter(|one| one.required);
        let required = required.map(|one| format!("{} is a required field.", one.name));
        let history = self.command.preconditions.iter().filter(|one| one.must).map(|one| self.too_early(one));
        let refused: Vec<String> =
            missing.chain(required).chain(history).map(|words| quote(&words)).collect();
        (!refused.is_empty()).then(|| Test {
            title: quote(&format!("{} is refused without what it needs", self.name())),
            given: Vec::new(),
            when: self.when(false),
            exists: String::new(),
            then: Vec::new(),
            refused,
        })
    }

    fn refused_after(&self, must: &[EventId], condition: &Precondition) -> Option<Test> {
        let event = condition.event?;
        let given: Vec<EventId> = must.iter().copied().chain([event]).collect();
        let words = format!("Cannot {}. {} must not have occurred.", self.command.name.name, condition.name);
        Some(Test {
            title: quote(&format!("{} is refused after {}", self.name(), condition.name)),
            given: self.given(&given),
            when: self.when(true),
            exists: self.exists(),
            then: Vec::new(),
            refused: vec![quote(&words)],
        })
    }

    fn too_early(&self, condition: &Precondition) -> String {
        format!("Cannot {}. {} must have occurred.", self.command.name.name, condition.name)
    }

    fn given(&self, events: &[EventId]) -> Vec<String> {
        let of = |id: &EventId| {
            let event = self.event(*id);
            let properties = event.properties.iter();
            let said = properties.map(|one| format!("{}: {}", key(&one.name), sample(&one.name, one.r#type)));
            message(4, &event.name.name, &said.collect::<Vec<_>>())
        };
        events.iter().map(of).collect()
    }

    fn when(&self, whole: bool) -> String {
        let parameters = self.command.parameters.iter().filter(|_| whole);
        let said = parameters.map(|one| format!("{}: {}", key(&one.name), sample(&one.name, one.r#type)));
        message(6, &self.command.name.name, &said.collect::<Vec<_>>())
    }

    fn exists(&self) -> String {
        let known = self.command.parameters.iter().filter(|one| one.lookup.is_some());
        known.map(|one: &Parameter| quote(&one.name)).collect::<Vec<_>>().join(", ")
    }

    /// What a property of an event is, after these events and the whole command.
    fn filled(&self, property: &Property, fill: Fill, given: &[EventId]) -> Option<String> {
        match fill {
            Fill::Parameter(index) | Fill::Hashed(index) => {
                let parameter = self.command.parameters.get(index)?;
                Some(sample(&parameter.name, parameter.r#type))
            }
            Fill::Yes => Some("true".into()),
            Fill::Carried => given.iter().rev().find_map(|id| {
                let known = self.event(*id).properties.iter().find(|one| one.name == property.name)?;
                Some(sample(&known.name, known.r#type))
            }),
        }
    }
}
