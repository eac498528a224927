//! From a solution to the model that is run.

use super::label::words;
use super::*;
use emd::Document;
use eml::{Place, Reference, Solution};
use foldhash::HashSet;
use std::rc::Rc;
use std::sync::Arc;

pub fn compile(solution: &Solution, document: Option<&Document<'_>>) -> Model {
    let mut compiler = Compiler {
        solution,
        document,
        several: solution.contexts.len() > 1,
        local: HashMap::default(),
        model: Model::default(),
    };
    compiler.contexts();
    compiler.commands();
    compiler.readmodels();
    compiler.policies();
    let mut model = compiler.model;
    model.fingerprint = fingerprint::fingerprint(&model);
    model
}

struct Compiler<'a> {
    solution: &'a Solution,
    document: Option<&'a Document<'a>>,
    several: bool,
    /// Names within their contexts, without capitals.
    local: HashMap<(Noun, u32, Text), u32>,
    model: Model,
}

impl<'a> Compiler<'a> {
    fn each_context(&self) -> impl Iterator<Item = (u32, &'a eml::Context)> + use<'a> {
        (0..).zip(&self.solution.contexts)
    }

    /// Takes in a name; the first of several counts.
    fn name(&mut self, noun: Noun, index: usize, context: u32, name: &Text, place: Option<Place>) -> Name {
        let index = index as u32;
        let full = match self.several {
            true => {
                let context = folded_spaces(&self.model.contexts[context as usize]);
                smol_str::format_smolstr!("{context}.{name}")
            }
            false => name.clone(),
        };
        for known in [&full, name] {
            self.model.names.entry((noun, eml::names::spaceless(known))).or_insert(index);
            self.model.folded.entry((noun, folded(known))).or_insert(index);
        }
        self.local.entry((noun, context, folded(name))).or_insert(index);
        let written = self.document.zip(place).and_then(|(document, place)| document.lines().get(place.line));
        let label = written.map_or_else(|| words(name), |line| Text::new(&line.name.text));
        let sticky = place.map(|place| place.line);
        Name { name: name.clone(), full, label, context, sticky, also: Vec::new() }
    }

    fn find(&self, noun: Noun, context: u32, name: &str) -> Option<u32> {
        self.local.get(&(noun, context, folded(name))).copied()
    }

    fn refer(&self, noun: Noun, context: u32, reference: &Reference) -> Option<u32> {
        if reference.context.is_empty() {
            return self.find(noun, context, &reference.name);
        }
        let (context, _) = self.each_context().find(|(_, one)| *one.name == *reference.context)?;
        self.find(noun, context, &reference.name)
    }

    /// Contexts, categories and their events.
    fn contexts(&mut self) {
        for (index, context) in self.each_context() {
            self.model.contexts.push(context.name.as_str().into());
            self.model.scenarios += context.scenarios.len();
            for stream in &context.streams {
                let category = CategoryId(self.model.categories.len() as u32);
                let id = eml::names::stream_id(&stream.name);
                let mut events = Vec::with_capacity(stream.events.len());
                for event in &stream.events {
                    let number = self.model.events.len();
                    let name = self.name(Noun::Event, number, index, &event.name, event.place);
                    let properties = unique(event.properties.iter().map(property));
                    let by_name = places(properties.iter().map(|property| &property.name));
                    self.model.events.push(Event {
                        name,
                        category,
                        index: events.len(),
                        id: by_name.get(&folded(&id)).copied(),
                        by_name,
                        properties,
                        readmodels: Vec::new(),
                        policies: Vec::new(),
                    });
                    events.push(EventId(number as u32));
                }
                let log = if self.several { Text::new(&context.name) } else { Text::default() };
                let name = stream.name.clone();
                self.model.categories.push(Category { name, context: log, id, events, commands: Vec::new() });
            }
        }
    }

    /// A command that stands on several stickies is one: what it leads to is the same on all of them.
    fn commands(&mut self) {
        let mut category = 0;
        for (index, context) in self.each_context() {
            let lookups = Rc::new(self.lookups(index));
            let acts = context.actors.iter().rev();
            let acts =
                acts.flat_map(|actor| actor.commands.iter().map(move |command| (command, &actor.name)));
            let actors: HashMap<&Text, &Text> = acts.collect();
            for stream in &context.streams {
                let of = CategoryId(category);
                category += 1;
                let own = Own { category: of, events: self.own_events(of), lookups: lookups.clone() };
                let first = self.first_event(of, stream);
                let mut seen: HashMap<&Text, usize> = HashMap::default();
                for command in &stream.commands {
                    let number = self.model.commands.len();
                    let known = *seen.entry(&command.name).or_insert(number);
                    if known < number {
                        let also = command.place.map(|place| place.line);
                        self.model.commands[known].name.also.extend(also);
                        continue;
                    }
                    let name = self.name(Noun::Command, number, index, &command.name, command.place);
                    let actor = actors.get(&command.name).map(|actor| (*actor).clone());
                    let mut command = self.command(&own, command, name);
                    command.actor = actor;
                    command.creates = creates(&command, first);
                    self.model.commands.push(command);
                    self.model.categories[of.index()].commands.push(CommandId(number as u32));
                }
            }
        }
    }

    /// The first event of a stream that some command leads to.
    fn first_event(&self, category: CategoryId, stream: &eml::Stream) -> Option<EventId> {
        let mut lists = HashSet::default();
        let shared = stream.commands.iter().map(|command| &command.postconditions);
        let lists = shared.filter(|list| lists.insert(Arc::as_ptr(list)));
        let led: HashSet<&Text> = lists.flat_map(|list| list.iter()).collect();
        let events = self.model.category(category).events.iter().copied();
        events.into_iter().find(|event| led.contains(&self.model.event(*event).name.name))
    }

    fn own_events(&self, category: CategoryId) -> HashMap<Text, EventId> {
        let events = self.model.category(category).events.iter().rev();
        events.map(|event| (folded(&self.model.event(*event).name.name), *event)).collect()
    }

    /// Read models are numbered in the order of their contexts, before they are compiled.
    fn lookups(&self, context: u32) -> HashMap<Text, ReadmodelId> {
        let contexts = &self.solution.contexts;
        let before: usize = contexts[..context as usize].iter().map(|one| one.readmodels.len()).sum();
        let own = contexts[context as usize].readmodels.iter().enumerate().rev();
        own.map(|(at, one)| (folded(&one.name), ReadmodelId((before + at) as u32))).collect()
    }

    fn command(&self, own: &Own, command: &eml::Command, name: Name) -> Command {
        let mut parameters: Vec<Parameter> = Vec::with_capacity(command.parameters.len());
        let mut seen = HashSet::default();
        for parameter in &command.parameters {
            if !seen.insert(&parameter.name) {
                continue;
            }
            let lookup = parameter.must_exist_in().map(|readmodel| Lookup {
                name: readmodel.into(),
                readmodel: own.lookups.get(&folded(readmodel)).copied(),
            });
            parameters.push(Parameter {
                name: parameter.name.clone(),
                r#type: Type::of(&parameter.r#type),
                required: parameter.is_required(),
                lookup,
                hashed: false,
            });
        }
        let by_name = places(parameters.iter().map(|parameter| &parameter.name));
        let id = by_name.get(&folded(&self.model.category(own.category).id)).copied();
        let conditions = command.preconditions.iter().filter_map(|condition| {
            let (event, word) = condition.text.rsplit_once(' ')?;
            let must = match word {
                "MustHaveHappened" => true,
                "MustNotHaveHappened" => false,
                _ => return None,
            };
            Some(Precondition { name: event.into(), event: own.events.get(&folded(event)).copied(), must })
        });
        let preconditions = conditions.collect();
        let events = command.postconditions.iter().filter_map(|name| own.events.get(&folded(name)).copied());
        let outcomes: Vec<Outcome> =
            events.map(|event| Outcome { event, fill: self.fill(event, &by_name) }).collect();
        for parameter in &mut parameters {
            let events = outcomes.iter().map(|outcome| self.model.event(outcome.event));
            let mut properties =
                events.filter_map(|event| event.properties.get(event.property(&parameter.name)?));
            parameter.hashed = properties.any(|property| property.hashed);
        }
        Command {
            name,
            category: own.category,
            actor: None,
            parameters,
            by_name,
            id,
            preconditions,
            outcomes,
            creates: false,
        }
    }

    fn fill(&self, event: EventId, parameters: &Places) -> Box<[Fill]> {
        let of = |property: &Property| match parameters.get(&folded(&property.name)) {
            Some(parameter) if property.hashed => Fill::Hashed(*parameter),
            Some(parameter) => Fill::Parameter(*parameter),
            None if property.r#type == Type::one(crate::value::Kind::Boolean) => Fill::Yes,
            None => Fill::Carried,
        };
        self.model.event(event).properties.iter().map(of).collect()
    }

    fn readmodels(&mut self) {
        for (index, context) in self.each_context() {
            let holders = self.holders(index);
            // Read models of a large model share their lists.
            let mut lists: HashMap<*const eml::Subscription, Rc<HashSet<EventId>>> = HashMap::default();
            for readmodel in &context.readmodels {
                let number = self.model.readmodels.len();
                let name = self.name(Noun::Readmodel, number, index, &readmodel.name, readmodel.place);
                let id = ReadmodelId(number as u32);
                let subscribed = readmodel.subscribes_to.lists().map(|list| {
                    let events = list.iter().filter_map(|one| self.find(Noun::Event, index, &one.event));
                    let known = lists.entry(list.as_ptr());
                    known.or_insert_with(|| Rc::new(events.map(EventId).collect())).clone()
                });
                let subscribed: Vec<_> = subscribed.collect();
                let tell_key = holders.get(&folded(&readmodel.key)).map_or(&[][..], |holders| holders);
                let hears =
                    tell_key.iter().filter(|one| subscribed.iter().any(|list| list.contains(&one.event)));
                let hears: Vec<Heard> = hears.copied().collect();
                let columns = self.columns(readmodel, &hears);
                for (at, heard) in hears.iter().enumerate() {
                    self.model.events[heard.event.index()].readmodels.push((id, at));
                }
                self.model.readmodels.push(Readmodel { name, key: readmodel.key.clone(), columns, hears });
            }
        }
    }

    /// For each property of a context the events that have it, in the order of the text.
    fn holders(&self, context: u32) -> HashMap<Text, Vec<Heard>> {
        let events = (0..).map(EventId).zip(&self.model.events);
        let mut own: Vec<_> = events.filter(|(_, event)| event.name.context == context).collect();
        own.sort_by_key(|(_, event)| event.name.sticky);
        let mut holders: HashMap<Text, Vec<Heard>> = HashMap::default();
        for (event, named) in own {
            for (name, key) in &named.by_name {
                holders.entry(name.clone()).or_default().push(Heard { event, key: *key });
            }
        }
        holders
    }

    /// Those on the sticky, then what LES keeps besides: all properties of the events, the key first.
    fn columns(&self, readmodel: &eml::Readmodel, hears: &[Heard]) -> Vec<Column> {
        let shown = unique(readmodel.properties.iter().map(property));
        let nothing_shown = shown.is_empty();
        let mut seen: HashSet<Text> = HashSet::default();
        let mut columns: Vec<Column> = shown
            .into_iter()
            .map(|one| column(one.name, one.r#type, true))
            .inspect(|column| {
                seen.insert(column.folded.clone());
            })
            .collect();
        let mut others = Vec::new();
        for property in hears.iter().flat_map(|heard| &self.model.event(heard.event).properties) {
            if seen.insert(folded(&property.name)) {
                others.push(column(property.name.clone(), property.r#type, nothing_shown));
            }
        }
        let key = folded(&readmodel.key);
        others.sort_by_key(|column| column.folded != key);
        columns.append(&mut others);
        columns
    }

    fn policies(&mut self) {
        for (index, context) in self.each_context() {
            for policy in &context.policies {
                let event = self.refer(Noun::Event, index, &policy.event).map(EventId);
                let command = self.refer(Noun::Command, index, &policy.command).map(CommandId);
                let (Some(event), Some(command)) = (event, command) else { continue };
                let number = self.model.policies.len();
                let words = written(policy);
                let mut name = self.name(Noun::Policy, number, index, &words, policy.place);
                if self.document.is_none() {
                    name.label = words;
                }
                let said = self.model.event(event);
                let properties = &said.properties;
                let condition = Some(&policy.condition).filter(|words| !words.is_empty());
                let condition = condition.map(|words| Condition::new(words, properties));
                let parameters = self.model.command(command).parameters.iter();
                let fill = parameters.map(|parameter| said.property(&parameter.name)).collect();
                self.model.events[event.index()].policies.push(PolicyId(number as u32));
                self.model.policies.push(Policy { name, event, condition, command, fill });
            }
        }
    }
}

/// What the names in a command mean.
struct Own {
    category: CategoryId,
    events: HashMap<Text, EventId>,
    lookups: Rc<HashMap<Text, ReadmodelId>>,
}

/// A policy as it would be written, but for its spaces.
fn written(policy: &eml::Policy) -> Text {
    let (event, command) = (policy.event.written(), policy.command.written());
    match policy.condition.is_empty() {
        true => smol_str::format_smolstr!("Whenever {event}, {command}"),
        false => smol_str::format_smolstr!("Whenever {event}, and {}, {command}", policy.condition),
    }
}

/// With it a thing comes into being: it leads to the first event of its stream, or must come before that, and needs
/// nothing to have happened.
fn creates(command: &Command, first: Option<EventId>) -> bool {
    let Some(first) = first else { return false };
    let leads = command.outcomes.iter().any(|outcome| outcome.event == first);
    let before = command.preconditions.iter().any(|one| !one.must && one.event == Some(first));
    (leads || before) && !command.preconditions.iter().any(|one| one.must)
}

fn property(property: &eml::Property) -> Property {
    Property {
        name: property.name.clone(),
        r#type: Type::of(&property.r#type),
        hashed: property.is_hashed,
        personal: property.is_personal,
    }
}

fn unique(properties: impl Iterator<Item = Property>) -> Vec<Property> {
    let mut seen = HashSet::default();
    properties.filter(|property| seen.insert(property.name.clone())).collect()
}

fn column(name: Text, r#type: Type, shown: bool) -> Column {
    Column { folded: folded(&name), name, r#type, shown }
}

/// Of several names that differ in capitals only, the first counts.
fn places<'a>(names: impl Iterator<Item = &'a Text>) -> Places {
    let mut places = Places::default();
    for (place, name) in names.enumerate() {
        places.entry(folded(name)).or_insert(place);
    }
    places
}

fn folded_spaces(name: &str) -> Text {
    eml::names::spaceless(name)
}
