//! A stream: its commands, events, state and decisions, and the file in which people decide.

use super::layout::{Layout, Stream};
use super::types::{schema, typescript};
use super::typescript::{import, key, member, message, object, quote, union, wrap};
use super::{comment, put};
use crate::{Care, Tree};
use askama::Template;
use foldhash::HashSet;
use sim::model::{Category, CategoryId, Command, Event, Fill, Property};
use sim::value::Type;

#[derive(Template)]
#[template(path = "node/src/generated/stream.ts", escape = "none")]
struct Generated {
    name: String,
    type_name: String,
    domain: String,
    imports: Vec<String>,
    commands: Vec<CommandView>,
    command_union: String,
    events: Vec<EventView>,
    event_union: String,
    last: String,
}

struct CommandView {
    label: String,
    key: String,
    type_name: String,
    parameters_type: String,
    /// The lines of its description.
    described: Vec<String>,
    signature: String,
    rules: Vec<String>,
    outcomes: Vec<String>,
}

struct EventView {
    described: String,
    message: String,
}

#[derive(Template)]
#[template(path = "node/src/domain/stream.ts", escape = "none")]
struct Domain {
    name: String,
    namespace: String,
    up: &'static str,
    path: String,
    type_name: String,
    example: String,
    decisions: Vec<String>,
}

pub fn write(layout: &Layout<'_>, tree: &mut Tree) {
    for (index, stream) in (0..).zip(&layout.streams) {
        let view = View { layout, stream, category: layout.model().category(CategoryId(index)) };
        put(tree, format!("src/generated/{}.ts", stream.path), Care::Owned, &view.generated());
        put(tree, format!("src/domain/{}.ts", stream.path), Care::Once, &view.domain());
    }
}

struct View<'a> {
    layout: &'a Layout<'a>,
    stream: &'a Stream,
    category: &'a Category,
}

impl View<'_> {
    fn commands(&self) -> impl Iterator<Item = (&Command, &(String, String))> {
        let ids = self.category.commands.iter();
        ids.map(|id| (self.layout.model().command(*id), &self.layout.commands[id.index()]))
    }

    fn events(&self) -> impl Iterator<Item = (&Event, &String)> {
        self.category
            .events
            .iter()
            .map(|id| (self.layout.model().event(*id), &self.layout.events[id.index()]))
    }

    fn domain(&self) -> Domain {
        let namespace = &self.stream.local;
        let decisions = self
            .commands()
            .map(|(command, (_, function))| format!("{}: {namespace}.{function},", key(&command.name.name)));
        let first = self.commands().next();
        let first = first.map(|(command, (_, function))| (key(&command.name.name), function.as_str()));
        let (name, function) = first.unwrap_or_else(|| ("Command".into(), "command"));
        Domain {
            name: comment(&self.category.name),
            namespace: namespace.clone(),
            up: self.layout.up(self.stream.context),
            path: self.stream.path.clone(),
            type_name: self.stream.type_name.clone(),
            example: comment(&format!(
                "{name}: (command, state, lookups) => (tooLate(state) ? refused(...) : {namespace}.{function}(command, state, lookups))"
            )),
            decisions: decisions.collect(),
        }
    }

    fn generated(&self) -> Generated {
        let commands: Vec<CommandView> =
            self.commands().map(|(command, names)| self.command(command, names)).collect();
        let type_name = &self.stream.type_name;
        Generated {
            name: comment(&self.category.name),
            type_name: type_name.clone(),
            domain: self.stream.path.clone(),
            imports: self.imports(),
            command_union: union(&self.commands().map(|(_, (name, _))| name.clone()).collect::<Vec<_>>()),
            commands,
            events: self.events().map(|(event, name)| event_view(event, name)).collect(),
            event_union: union(&self.events().map(|(_, name)| name.clone()).collect::<Vec<_>>()),
            last: self.last(),
        }
    }

    fn imports(&self) -> Vec<String> {
        let up = self.layout.up(self.stream.context);
        let mut decider: Vec<&str> = vec!["type History", "type Message", "said"];
        let mut types: Vec<&str> = Vec::new();
        for (command, _) in self.commands() {
            decider.extend(["type Decision", "decision", "type Lookups"]);
            let parameters = &command.parameters;
            decider.extend(parameters.iter().filter(|one| one.lookup.is_some()).map(|_| "mustExist"));
            decider.extend(parameters.iter().filter(|one| one.required).map(|_| "required"));
            let must = |must: bool| if must { "mustHaveHappened" } else { "mustNotHaveHappened" };
            decider.extend(command.preconditions.iter().map(|one| must(one.must)));
            types.extend(parameters.iter().map(|one| schema(one.r#type, self.layout.is_id(&one.name))));
        }
        let unique = |names: Vec<&str>| {
            let mut seen = HashSet::default();
            names.into_iter().filter(|name| seen.insert(*name)).map(str::to_owned).collect::<Vec<_>>()
        };
        let mut imports = Vec::new();
        if !self.category.commands.is_empty() {
            imports.push("import { z } from 'zod';".to_owned());
        }
        imports.push(import(&unique(decider), &format!("{up}core/decider.ts")));
        if !types.is_empty() {
            imports.push(import(&unique(types), &format!("{up}core/types.ts")));
        }
        imports
    }

    fn command(&self, command: &Command, (type_name, function): &(String, String)) -> CommandView {
        let name = &command.name.name;
        let rules = self.rules(command);
        let outcomes: Vec<String> =
            command.outcomes.iter().map(|outcome| self.outcome(command, outcome)).collect();
        let uses = |word: &str| rules.iter().chain(&outcomes).any(|line| line.contains(word));
        let data = if uses("data.") || uses("data[") { "{ data }" } else { "_command" };
        let state = if uses("(state,") || uses("state.last") { "state" } else { "_state" };
        let lookups =
            if command.parameters.iter().any(|one| one.lookup.is_some()) { "lookups" } else { "_lookups" };
        let of = &self.stream.type_name;
        let arguments =
            [format!("{data}: {type_name}"), format!("{state}: {of}State"), format!("{lookups}: Lookups")];
        CommandView {
            label: comment(&command.name.label),
            key: key(name),
            type_name: type_name.clone(),
            parameters_type: format!("Message<{}, z.infer<{}>>", quote(name), parameters_type(name)),
            described: self.described(command),
            signature: wrap(
                0,
                &format!("export function {function}"),
                ("(", ")"),
                &arguments,
                &format!(": Decision<{of}Event> {{"),
            ),
            rules,
            outcomes,
        }
    }

    fn described(&self, command: &Command) -> Vec<String> {
        let parameters = command.parameters.iter();
        let schemas = parameters
            .map(|one| format!("{}: {}", key(&one.name), schema(one.r#type, self.layout.is_id(&one.name))));
        let mut lines = vec![object(4, "parameters: z.object(", &schemas.collect::<Vec<_>>(), "),")];
        lines.extend(command.id.map(|id| format!("id: {},", quote(&command.parameters[id].name))));
        if command.creates {
            lines.push("creates: true,".into());
        }
        let lookups = command.parameters.iter().filter_map(|one| Some((one, one.lookup.as_ref()?)));
        let lookups: Vec<String> = lookups
            .map(|(parameter, lookup)| {
                let full = lookup.readmodel.map(|id| self.layout.model().readmodel(id).name.full.as_str());
                format!("{}: {}", key(&parameter.name), quote(full.unwrap_or(&lookup.name)))
            })
            .collect();
        if !lookups.is_empty() {
            lines.push(object(4, "lookups: ", &lookups, ","));
        }
        let hashed: Vec<String> =
            command.parameters.iter().filter(|one| one.hashed).map(|one| quote(&one.name)).collect();
        if !hashed.is_empty() {
            lines.push(wrap(4, "hashed: ", ("[", "]"), &hashed, ","));
        }
        lines
    }

    fn rules(&self, command: &Command) -> Vec<String> {
        let name = quote(&command.name.name);
        let exist = command.parameters.iter().filter(|one| one.lookup.is_some());
        let exist = exist.map(|one| format!("mustExist({}, lookups),", quote(&one.name)));
        let required = command.parameters.iter().filter(|one| one.required);
        let required =
            required.map(|one| format!("required({}, {}),", quote(&one.name), member("data", &one.name)));
        let history = command.preconditions.iter().map(|one| {
            let function = if one.must { "mustHaveHappened" } else { "mustNotHaveHappened" };
            // An event that the stream does not have has never happened.
            let cast = if one.event.is_some() { "" } else { " as never" };
            format!("{function}(state, {}{cast}, {name}),", quote(&one.name))
        });
        exist.chain(required).chain(history).collect()
    }

    fn outcome(&self, command: &Command, outcome: &sim::model::Outcome) -> String {
        let event = self.layout.model().event(outcome.event);
        let properties = event.properties.iter().zip(&outcome.fill).map(|(property, fill)| {
            format!("{}: {}", key(&property.name), self.fill(command, property, *fill))
        });
        let properties: Vec<String> = properties.collect();
        message(6, &event.name.name, &properties)
    }

    fn fill(&self, command: &Command, property: &Property, fill: Fill) -> String {
        let wanted = typescript(property.r#type);
        let cast = |value: String, types: &[String]| match types.iter().all(|one| *one == wanted) {
            true => value,
            false => format!("{value} as unknown as {wanted} | undefined"),
        };
        match fill {
            Fill::Parameter(index) | Fill::Hashed(index) => {
                let parameter = &command.parameters[index];
                cast(member("data", &parameter.name), &[typescript(parameter.r#type)])
            }
            Fill::Yes => "true".into(),
            Fill::Carried => cast(member("state.last", &property.name), &self.types_of(&property.name)),
        }
    }

    /// All types that a property of that name has in the stream.
    fn types_of(&self, name: &str) -> Vec<String> {
        let properties =
            self.events().flat_map(|(event, _)| &event.properties).filter(|one| one.name == name);
        let mut types: Vec<String> = Vec::new();
        for one in properties.map(|one| typescript(one.r#type)) {
            if !types.contains(&one) {
                types.push(one);
            }
        }
        types
    }

    fn last(&self) -> String {
        let mut seen = HashSet::default();
        let all = self.events().flat_map(|(event, _)| &event.properties);
        let names: Vec<String> = all
            .filter(|property| seen.insert(&property.name))
            .map(|property| {
                format!("{}?: {}", key(&property.name), self.types_of(&property.name).join(" | "))
            })
            .collect();
        lines(2, "readonly last: ", &names, ";")
    }
}

/// The type of a command's schema. A name that is no identifier stands in a type as an index.
fn parameters_type(name: &str) -> String {
    let place = member("commands", name);
    match place.strip_prefix("commands[") {
        Some(_) => format!("(typeof commands)[{}]['parameters']", quote(name)),
        None => format!("typeof {place}.parameters"),
    }
}

/// A type's members, with semicolons.
fn lines(indent: usize, before: &str, members: &[String], after: &str) -> String {
    let inline = format!("{before}{{ {} }}{after}", members.join("; "));
    if members.is_empty() {
        return format!("{before}object{after}");
    }
    if indent + inline.chars().count() <= 120 {
        return inline;
    }
    let margin = " ".repeat(indent);
    let all: String = members.iter().map(|member| format!("\n{margin}  {member};")).collect();
    format!("{before}{{{all}\n{margin}}}{after}")
}

fn event_view(event: &Event, type_name: &str) -> EventView {
    let name = &event.name.name;
    let list = |wanted: fn(&Property) -> bool| {
        event.properties.iter().filter(|one| wanted(one)).map(|one| quote(&one.name)).collect::<Vec<_>>()
    };
    let mut parts = vec![format!("properties: [{}]", list(|_| true).join(", "))];
    let (hashed, personal) = (list(|one| one.hashed), list(|one| one.personal));
    if !hashed.is_empty() {
        parts.push(format!("hashed: [{}]", hashed.join(", ")));
    }
    if !personal.is_empty() {
        parts.push(format!("personal: [{}]", personal.join(", ")));
    }
    let erasable = |one: &Property, r#type: Type| {
        let r#type = typescript(r#type);
        if one.personal { format!("{type} | null") } else { r#type }
    };
    let members =
        event.properties.iter().map(|one| format!("{}?: {}", key(&one.name), erasable(one, one.r#type)));
    let before = format!("export type {type_name} = Message<{}, ", quote(name));
    EventView {
        described: object(2, &format!("{}: ", key(name)), &parts, ","),
        message: lines(0, &before, &members.collect::<Vec<_>>(), ">;"),
    }
}
