//! From the model to its view: names are given, types are spelled, texts are quoted.

use super::names::{Scope, package, pascal, plain, quoted, snake};
use super::view::{Command, Context, Event, Field, Hears, Outcome, Readmodel, Route, Service, Stream, kind};
use crate::Source;
use crate::api::{self, Target, context_of};
use crate::steady::{self, Thing};
use foldhash::HashSet;
use sim::model::{CategoryId, CommandId, Fill, Model, ReadmodelId, folded};
use sim::value::{Kind, Text, Type};

/// What the fields of events must not hide.
const EVENT_FIELDS: [&str; 13] = [
    "originator_id",
    "originator_version",
    "timestamp",
    "metadata",
    "str",
    "int",
    "bool",
    "list",
    "short",
    "many",
    "event_property",
    "dataclass",
    "self",
];
/// The same for commands.
const COMMAND_FIELDS: [&str; 11] =
    ["of_json", "given", "unfit", "str", "int", "bool", "list", "short", "many", "parameter", "self"];
/// What classes and constants of a module must not hide.
const CLASSES: [&str; 24] = [
    "Aggregate",
    "Any",
    "Column",
    "Command",
    "Decimal",
    "EVENTS",
    "Event",
    "Failure",
    "Final",
    "Heard",
    "Iterator",
    "POLICIES",
    "READMODELS",
    "Readmodel",
    "Refused",
    "TEXT",
    "INTEGER",
    "DECIMAL",
    "BOOLEAN",
    "DATE",
    "DATETIME",
    "UUID",
    "EMAIL",
    "Policy",
];
const FUNCTIONS: [&str; 14] = [
    "APIRouter",
    "Request",
    "Response",
    "http",
    "router",
    "commands",
    "readmodels",
    "domain",
    "events",
    "conditions",
    "holds",
    "whenever",
    "event",
    "fact",
];
/// What stands beside the packages of contexts.
const PACKAGES: [&str; 7] = ["core", "generated", "application", "domain", "conditions", "tests", "specs"];

impl Service {
    pub fn new(source: &Source) -> Service {
        Builder::new(&source.model).service(source)
    }
}

struct Builder<'a> {
    model: &'a Model,
    several: bool,
    /// Names that name streams or rows.
    ids: HashSet<Text>,
}

impl<'a> Builder<'a> {
    fn new(model: &'a Model) -> Builder<'a> {
        let streams = model.categories.iter().map(|one| &one.id);
        let ids = streams.chain(model.readmodels.iter().map(|one| &one.key)).map(|name| folded(name));
        Builder { model, several: model.contexts.len() > 1, ids: ids.collect() }
    }

    fn service(&self, source: &Source) -> Service {
        let title = plain(&source.solution.name);
        let mut scopes: Vec<Scopes> = self.model.contexts.iter().map(|_| Scopes::default()).collect();
        let events = self.events(&mut scopes);
        let commands = self.commands(&events, &mut scopes);
        let readmodels = self.readmodels(&events, &mut scopes);
        let own = match package(&title, "service") {
            name if name.is_empty() => "service".to_owned(),
            name => Scope::with(&PACKAGES).name(name),
        };
        let contexts = self.model.contexts.iter().zip(self.modules()).map(|(name, module)| Context {
            module,
            title: plain(name),
            streams: Vec::new(),
            events: Vec::new(),
            commands: Vec::new(),
            readmodels: Vec::new(),
            routes: Vec::new(),
        });
        let mut contexts: Vec<Context> = contexts.collect();
        events.iter().for_each(|one| contexts[one.context].events.push(one.clone()));
        commands.iter().for_each(|one| contexts[one.context].commands.push(one.clone()));
        readmodels.iter().for_each(|one| contexts[one.context].readmodels.push(one.clone()));
        for id in (0..self.model.categories.len() as u32).map(CategoryId) {
            let context = context_of(self.model, id);
            contexts[context].streams.push(self.stream(id, &commands, &mut scopes[context]));
        }
        self.routes(&mut contexts, &commands, &readmodels);
        Service {
            distribution: own.trim_matches('_').replace('_', "-"),
            class: Scope::with(&["Path", "APIRouter", "Service"]).name(pascal(&title)),
            package: own,
            title,
            several: self.several,
            contexts,
            events,
            commands,
            readmodels,
        }
    }

    /// `Shop.Order` where there are several contexts.
    fn category(&self, id: CategoryId) -> String {
        let category = self.model.category(id);
        let context = eml::names::spaceless(&category.context);
        if context.is_empty() { category.name.to_string() } else { format!("{context}.{}", category.name) }
    }

    /// The packages of contexts; none where there is but one.
    fn modules(&self) -> Vec<String> {
        if !self.several {
            return vec![String::new(); self.model.contexts.len()];
        }
        let whole = |name: &str| eml::names::spaceless(name).to_string();
        let things = self.model.contexts.iter();
        let things: Vec<Thing> =
            things.map(|name| Thing::called(package(name, "context"), whole(name))).collect();
        let mut scope = Scope::with(&PACKAGES);
        steady::names(&things, "context", '_').into_iter().map(|name| scope.name(name)).collect()
    }

    fn r#type(&self, of: Type, name: &str) -> String {
        let kind = kind(of.kind);
        let short = self.ids.contains(&folded(name));
        let said = if short { format!("short({kind})") } else { kind.to_owned() };
        if of.list { format!("many({said})") } else { said }
    }

    fn events(&self, scopes: &mut [Scopes]) -> Vec<Event> {
        let each = self.model.events.iter().map(|event| {
            let context = event.name.context as usize;
            let mut scope = Scope::with(&EVENT_FIELDS);
            let fields: Vec<Field> = event
                .properties
                .iter()
                .map(|property| {
                    let hashed = if property.hashed { ", hashed=True" } else { "" };
                    let personal = if property.personal { ", personal=True" } else { "" };
                    Field {
                        name: scope.name(snake(&property.name)),
                        label: quoted(&property.name),
                        annotation: annotation(property.r#type),
                        r#type: self.r#type(property.r#type, &property.name),
                        rules: format!("{hashed}{personal}"),
                        of: property.r#type,
                    }
                })
                .collect();
            Event {
                class: scopes[context].events.name(pascal(&event.name.name)),
                doc: super::names::escaped(&event.name.label),
                topic: quoted(&event.name.full),
                category: quoted(&self.category(event.category)),
                id: event.id.and_then(|id| fields.get(id)).map(|field| quoted(&field.name)),
                fields,
                context,
            }
        });
        each.collect()
    }

    fn commands(&self, events: &[Event], scopes: &mut [Scopes]) -> Vec<Command> {
        let each = self.model.commands.iter().map(|command| {
            let context = command.name.context as usize;
            let mut scope = Scope::with(&COMMAND_FIELDS);
            let fields: Vec<Field> =
                command.parameters.iter().map(|parameter| self.parameter(parameter, &mut scope)).collect();
            let preconditions = command.preconditions.iter().map(|condition| {
                let function = if condition.must { "must_have" } else { "must_not_have" };
                let event = condition.event.and_then(|id| events.get(id.index()));
                let event = event.map_or("None".into(), |event| format!("events.{}", event.class));
                format!("{function}({event}, {})", quoted(&condition.name))
            });
            let outcomes = command.outcomes.iter().filter_map(|outcome| {
                let event = events.get(outcome.event.index())?;
                Some(Outcome { event: event.class.clone(), fills: fills(event, &outcome.fill, &fields) })
            });
            Command {
                class: scopes[context].commands.name(pascal(&command.name.name)),
                doc: super::names::escaped(&command.name.label),
                name: quoted(&command.name.name),
                category: quoted(&self.category(command.category)),
                id: command.id.and_then(|id| fields.get(id)).map(|field| quoted(&field.name)),
                creates: command.creates,
                preconditions: preconditions.collect(),
                outcomes: outcomes.collect(),
                fields,
                context,
            }
        });
        each.collect()
    }

    fn parameter(&self, parameter: &sim::model::Parameter, scope: &mut Scope) -> Field {
        let mut rules = String::new();
        if parameter.required {
            rules.push_str(", required=True");
        }
        if let Some(lookup) = &parameter.lookup {
            let known = lookup.readmodel.map(|id| &self.model.readmodel(id).name.full);
            rules.push_str(&format!(", exists_in={}", quoted(known.unwrap_or(&lookup.name))));
        }
        if parameter.hashed {
            rules.push_str(", hashed=True");
        }
        Field {
            name: scope.name(snake(&parameter.name)),
            label: quoted(&parameter.name),
            annotation: annotation(parameter.r#type),
            r#type: self.r#type(parameter.r#type, &parameter.name),
            rules,
            of: parameter.r#type,
        }
    }

    fn readmodels(&self, events: &[Event], scopes: &mut [Scopes]) -> Vec<Readmodel> {
        let each = self.model.readmodels.iter().map(|readmodel| {
            let context = readmodel.name.context as usize;
            let heard: Vec<_> =
                readmodel.hears.iter().map(|heard| (heard, self.model.event(heard.event))).collect();
            let hashed = |column: &sim::model::Column| {
                let at = heard.iter().filter_map(|(_, event)| Some(&event.properties[event.column(column)?]));
                at.into_iter().any(|property| property.hashed)
            };
            let columns: Vec<_> = readmodel.columns.iter().filter(|column| !hashed(column)).collect();
            let key = columns.iter().find(|column| folded(&column.name) == folded(&readmodel.key));
            let hears = heard.iter().map(|(heard, event)| {
                let said = &events[heard.event.index()];
                let cells = columns.iter().filter_map(|column| {
                    let field = said.fields.get(event.column(column)?)?;
                    Some((quoted(&column.name), quoted(&field.name)))
                });
                Hears {
                    event: said.class.clone(),
                    key: quoted(&said.fields[heard.key].name),
                    cells: cells.collect(),
                }
            });
            let private = heard.iter().any(|(heard, event)| event.properties[heard.key].personal);
            Readmodel {
                constant: scopes[context].readmodels.name(snake(&readmodel.name.name).to_uppercase()),
                name: quoted(&readmodel.name.full),
                key: quoted(key.map_or(readmodel.key.as_str(), |column| column.name.as_str())),
                private,
                columns: columns.iter().map(|column| (quoted(&column.name), column.r#type.list)).collect(),
                hears: hears.collect(),
                context,
            }
        });
        each.collect()
    }

    fn stream(&self, id: CategoryId, commands: &[Command], scopes: &mut Scopes) -> Stream {
        let category = self.model.category(id);
        let class = scopes.streams.name(pascal(&category.name));
        Stream {
            union: scopes.commands.name(format!("{class}Command")),
            class,
            category: quoted(&self.category(id)),
            commands: category.commands.iter().map(|id: &CommandId| commands[id.index()].clone()).collect(),
        }
    }

    fn routes(&self, contexts: &mut [Context], commands: &[Command], readmodels: &[Readmodel]) {
        let mut scopes: Vec<Scope> = contexts.iter().map(|_| Scope::with(&FUNCTIONS)).collect();
        for route in api::routes(self.model) {
            let (context, method, call) = match route.target {
                Target::Command(CommandId(at)) => {
                    let command = &commands[at as usize];
                    (command.context, "post", format!("http.send(request, commands.{})", command.class))
                }
                Target::Rows(ReadmodelId(at)) => {
                    let readmodel = &readmodels[at as usize];
                    (
                        readmodel.context,
                        "get",
                        format!("http.rows(request, readmodels.{})", readmodel.constant),
                    )
                }
                Target::Row(ReadmodelId(at)) => {
                    let readmodel = &readmodels[at as usize];
                    (
                        readmodel.context,
                        "get",
                        format!("http.first(request, readmodels.{})", readmodel.constant),
                    )
                }
                Target::PersonalData(id) => {
                    let context = context_of(self.model, id);
                    let category = quoted(&self.category(id));
                    let mut streams = contexts[context].streams.iter();
                    let Some(stream) = streams.find(|stream| stream.category == category) else { continue };
                    (context, "delete", format!("http.erase(request, domain.{}, key)", stream.class))
                }
                Target::Events | Target::Live | Target::Ready => continue,
            };
            let takes_id = method == "delete";
            let path = if takes_id { route.path.replace("{id}", "{key}") } else { route.path };
            contexts[context].routes.push(Route {
                method,
                path: quoted(&literal(&path)),
                function: scopes[context].name(snake(&route.operation)),
                call,
                takes_id,
            });
        }
    }
}

/// The names of a context's modules.
#[derive(Debug)]
struct Scopes {
    events: Scope,
    commands: Scope,
    readmodels: Scope,
    streams: Scope,
}

impl Default for Scopes {
    fn default() -> Scopes {
        let [events, commands, readmodels, streams] = [(); 4].map(|()| Scope::with(&CLASSES));
        Scopes { events, commands, readmodels, streams }
    }
}

fn annotation(of: Type) -> &'static str {
    match (of.kind, of.list) {
        (Kind::Integer, false) => "int",
        (Kind::Integer, true) => "list[int]",
        (Kind::Decimal, false) => "Decimal",
        (Kind::Decimal, true) => "list[Decimal]",
        (Kind::Boolean, false) => "bool",
        (Kind::Boolean, true) => "list[bool]",
        (_, false) => "str",
        (_, true) => "list[str]",
    }
}

fn fills(event: &Event, fill: &[Fill], parameters: &[Field]) -> Vec<(String, String)> {
    let each = event.fields.iter().zip(fill).map(|(field, fill)| {
        let from = match fill {
            Fill::Parameter(at) => format!("command.{}", parameters[*at].name),
            Fill::Hashed(at) => format!("hashed(command.{})", parameters[*at].name),
            Fill::Carried => format!("self.known({})", field.label),
            Fill::Yes => "True".into(),
        };
        (field.name.clone(), from)
    });
    each.collect()
}

/// A percent-encoded path as routes are matched with it: only what would mean something else is encoded.
fn literal(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || rest.next().and_then(|one| char::from(one).to_digit(16));
        match byte {
            b'%' => {
                let code = digit().zip(digit()).map_or(0, |(high, low)| (high << 4 | low) as u8);
                match code {
                    b'%' | b'/' | b'{' | b'}' => bytes.extend(format!("%{code:02X}").bytes()),
                    code => bytes.push(code),
                }
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
