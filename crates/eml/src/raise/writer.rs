//! The lines of the text, context by context: what comes when.
//!
//! A context is told slice by slice (who, the command, its events, what follows by itself), and what only reads or
//! reacts stands behind the slice it needs.

use super::order::{Slice, slices};
use super::shown::Known;
use super::story::{self, Speaker};
use crate::model::{
    Command, Context, Event, IS_REQUIRED, MUST_EXIST_IN, Parameter, Readmodel, STRING, Solution, Stream, Text,
};
use crate::names::{lookup, spaced, stream_id};
use emd::{Kind, edit};
use foldhash::{HashMap, HashSet};

pub fn text(solution: &Solution) -> String {
    let names = Names::of(solution);
    let mut lines = Vec::new();
    if !solution.name.is_empty() {
        lines.push(edit::write(Kind::Heading(1), &solution.name, &[]));
    }
    let alone = matches!(solution.contexts.as_slice(), [only] if only.name == solution.name);
    for context in &solution.contexts {
        if !alone {
            lines.push(String::new());
            lines.push(edit::write(Kind::Context, &context.name, &[]));
        }
        let mut writer = Writer::new(context, &names);
        writer.context();
        lines.append(&mut writer.lines);
    }
    let mut text: String = lines.iter().map(|line| line.replace(['\n', '\r'], " ") + "\n").collect();
    if text.starts_with('\n') {
        text.remove(0);
    }
    text
}

/// Names as they stand on stickies.
struct Names<'a> {
    /// By context and name.
    events: HashMap<(&'a str, &'a str), String>,
}

impl<'a> Names<'a> {
    fn of(solution: &'a Solution) -> Names<'a> {
        let mut events = HashMap::default();
        for context in &solution.contexts {
            for stream in &context.streams {
                for event in &stream.events {
                    let said = event_name(stream, &event.name).unwrap_or_else(|| spaced(&event.name));
                    events.entry((context.name.as_str(), event.name.as_str())).or_insert(said);
                }
            }
        }
        Names { events }
    }
}

/// A stream's event: its first word is the stream.
fn event_name(stream: &Stream, name: &str) -> Option<String> {
    let rest = name.strip_prefix(stream.name.as_str()).filter(|rest| !rest.is_empty())?;
    (!stream.name.is_empty()).then(|| format!("{} {}", stream.name, spaced(rest)))
}

/// Of several events with one name the first.
fn events(context: &Context) -> HashMap<(usize, &str), &Event> {
    let mut found = HashMap::default();
    for (at, stream) in context.streams.iter().enumerate() {
        for event in &stream.events {
            found.entry((at, event.name.as_str())).or_insert(event);
        }
    }
    found
}

struct Writer<'a> {
    context: &'a Context,
    names: &'a Names<'a>,
    lines: Vec<String>,
    /// Properties whose type stands in the text, and the types of all that have one.
    typed: HashSet<&'a str>,
    types: HashMap<&'a str, &'a Text>,
    /// By stream and name.
    events: HashMap<(usize, &'a str), &'a Event>,
    /// Events that stand in the text with all that is known of them.
    told: HashSet<(usize, &'a str)>,
    /// Whose commands come next, and how many actors have had their say.
    acting: Option<usize>,
    actors: usize,
    /// Of each command's name: who does it, one after the other.
    acts: HashMap<&'a Text, Vec<usize>>,
}

impl Speaker for Writer<'_> {
    fn said(&self, context: &str, name: &str) -> String {
        let context = if context.is_empty() { self.context.name.as_str() } else { context };
        self.names.events.get(&(context, name)).cloned().unwrap_or_else(|| spaced(name))
    }
}

impl<'a> Writer<'a> {
    fn new(context: &'a Context, names: &'a Names<'a>) -> Writer<'a> {
        let mut types = HashMap::default();
        let mut see = |name: &'a Text, r#type: &'a Text| {
            if *r#type != STRING && !r#type.is_empty() {
                types.entry(name.as_str()).or_insert(r#type);
            }
        };
        for stream in &context.streams {
            let parameters = stream.commands.iter().flat_map(|command| &command.parameters);
            parameters.for_each(|one| see(&one.name, &one.r#type));
            stream
                .events
                .iter()
                .flat_map(|event| &event.properties)
                .for_each(|one| see(&one.name, &one.r#type));
        }
        let shown = context.readmodels.iter().flat_map(|model| &model.properties);
        shown.for_each(|one| see(&one.name, &one.r#type));
        let mut acts: HashMap<&Text, Vec<usize>> = HashMap::default();
        for (actor, one) in context.actors.iter().enumerate().rev() {
            one.commands.iter().for_each(|name| acts.entry(name).or_default().push(actor));
        }
        Writer {
            context,
            names,
            lines: Vec::new(),
            typed: HashSet::default(),
            types,
            events: events(context),
            told: HashSet::default(),
            acting: None,
            actors: 0,
            acts,
        }
    }

    fn context(&mut self) {
        let context = self.context;
        self.lines.extend(context.terms.iter().map(story::term));
        if !context.terms.is_empty() {
            self.lines.push(String::new());
        }
        self.events_of_nobody();
        let slices = slices(context);
        let policies = self.places(&slices);
        let models = self.places_of_models(&slices);
        let known = Known::of(context);
        let (mut policy, mut model) = (0, 0);
        for at in 0..=slices.len() {
            while policies.get(policy).is_some_and(|place| *place <= 2 * at) {
                self.policy(policy);
                policy += 1;
            }
            let Some(slice) = slices.get(at) else { break };
            self.slice(*slice);
            while policies.get(policy).is_some_and(|place| *place <= 2 * at + 1) {
                self.policy(policy);
                policy += 1;
            }
            while models.get(model).is_some_and(|place| *place <= at) {
                self.readmodel(&context.readmodels[model], &known);
                model += 1;
            }
        }
        context.readmodels[model..].iter().for_each(|model| self.readmodel(model, &known));
        self.loose_commands();
        self.actors_up_to(context.actors.len());
        for scenario in &context.scenarios {
            self.lines.push(String::new());
            let lines = story::scenario(scenario, self);
            self.lines.extend(lines);
        }
    }

    /// Events that no command leads to come before all commands.
    fn events_of_nobody(&mut self) {
        for (at, stream) in self.context.streams.iter().enumerate() {
            let led: HashSet<&Text> =
                stream.commands.iter().flat_map(|command| command.postconditions.iter()).collect();
            for event in stream.events.iter().filter(|event| !led.contains(&event.name)) {
                self.event(at, stream, event);
            }
        }
    }

    /// Before (even) or behind (odd) which slice each policy stands; their order stays.
    fn places(&self, slices: &[Slice]) -> Vec<usize> {
        let mut carried: HashMap<&str, usize> = HashMap::default();
        let mut named: HashMap<&str, usize> = HashMap::default();
        for (at, slice) in slices.iter().enumerate() {
            let command = self.command_of(*slice);
            named.entry(&command.name).or_insert(at);
            for event in command.postconditions.iter() {
                carried.entry(event).or_insert(at);
            }
        }
        let mut least = 0;
        let place = |policy: &crate::Policy| {
            let own = |one: &crate::Reference| one.context.is_empty();
            let event = carried.get(policy.event.name.as_str()).filter(|_| own(&policy.event));
            let command = named.get(policy.command.name.as_str()).filter(|_| own(&policy.command));
            let place = event.map(|at| 2 * at + 1).or_else(|| command.map(|at| 2 * at));
            least = least.max(place.unwrap_or(2 * slices.len()));
            least
        };
        self.context.policies.iter().map(place).collect()
    }

    /// Behind which slice each read model stands: the last one that tells of the stream it is about.
    fn places_of_models(&self, slices: &[Slice]) -> Vec<usize> {
        let mut carried: HashMap<&str, usize> = HashMap::default();
        for (at, slice) in slices.iter().enumerate() {
            let events = self.command_of(*slice).postconditions.iter();
            carried.extend(events.map(|event| (event.as_str(), at)));
        }
        let mut least = 0;
        let place = |model: &Readmodel| {
            let own = |at: &usize| stream_id(&self.context.streams[slices[*at].stream].name) == model.key;
            let heard = model.subscribes_to.names();
            let told = || heard.iter().filter_map(|event| carried.get(event).copied());
            let last = told().filter(own).max().or_else(|| told().max());
            least = least.max(last.unwrap_or(least));
            least
        };
        self.context.readmodels.iter().map(place).collect()
    }

    fn command_of(&self, slice: Slice) -> &'a Command {
        &self.context.streams[slice.stream].commands[slice.command]
    }

    fn policy(&mut self, at: usize) {
        let line = story::policy(&self.context.policies[at], self);
        self.lines.push(line);
        self.acting = None;
    }

    fn slice(&mut self, slice: Slice) {
        let stream = &self.context.streams[slice.stream];
        let command = &stream.commands[slice.command];
        self.command(command, Some(stream));
        for name in command.postconditions.iter() {
            if let Some(event) = self.events.get(&(slice.stream, name.as_str())).copied() {
                self.event(slice.stream, stream, event);
            }
        }
    }

    /// Commands that lead to nothing are of no stream: they end the context, so that no event becomes theirs.
    fn loose_commands(&mut self) {
        let context = self.context;
        let mut known: HashSet<&Text> = HashSet::default();
        for (at, stream) in context.streams.iter().enumerate() {
            for command in &stream.commands {
                known.insert(&command.name);
                let own = |name: &Text| self.events.contains_key(&(at, name.as_str()));
                if !command.postconditions.iter().any(own) {
                    self.command(command, Some(stream));
                }
            }
        }
        let told = context.actors.iter().flat_map(|actor| &actor.commands);
        for name in told.filter(|name| !known.contains(name)) {
            self.command(&Command { name: name.clone(), ..Command::default() }, None);
        }
    }

    /// Who does the command comes before it; what nobody does stands in a chapter where nobody does anything yet.
    fn actor(&mut self, command: &Text, stream: Option<&Stream>) {
        let next = self.acts.get_mut(command).and_then(|actors| match actors.len() {
            1 => actors.first().copied(),
            _ => actors.pop(),
        });
        match next {
            Some(actor) if self.acting == Some(actor) => {}
            Some(actor) => {
                self.actors_up_to(actor);
                self.lines.push(edit::write(Kind::Actor, &self.context.actors[actor].name, &[]));
                self.actors = self.actors.max(actor + 1);
                self.acting = Some(actor);
            }
            None if self.acting.is_some() => {
                let name = stream.map_or("", |stream| stream.name.as_str());
                self.lines.push(edit::write(Kind::Chapter, &spaced(name), &[]));
                self.acting = None;
            }
            None => {}
        }
    }

    /// Actors that were not named yet, up to that one.
    fn actors_up_to(&mut self, end: usize) {
        for actor in &self.context.actors[self.actors.min(end)..end] {
            self.lines.push(edit::write(Kind::Actor, &actor.name, &[]));
        }
        self.actors = self.actors.max(end);
    }

    fn command(&mut self, command: &Command, stream: Option<&'a Stream>) {
        self.actor(&command.name, stream);
        let id = stream.map_or_else(Text::default, |stream| stream_id(&stream.name));
        let mut parameters: Vec<&str> = command.parameters.iter().map(|one| one.name.as_str()).collect();
        // Event Markdown adds the id of the stream by itself.
        if let [_, .., last] = command.parameters.as_slice()
            && last.name == id
            && last.rules.as_slice() == [IS_REQUIRED]
        {
            parameters.pop();
        }
        self.lines.push(edit::write(Kind::Command, &spaced(&command.name), &parameters));
        for condition in &command.preconditions {
            let (name, word) = condition.text.rsplit_once(' ').unwrap_or((&condition.text, ""));
            let word = match word {
                "MustHaveHappened" => "requires",
                "MustNotHaveHappened" => "forbids",
                _ => continue,
            };
            let line = format!("// @{word} {}", self.said("", name));
            self.lines.push(line);
        }
        for parameter in &command.parameters {
            self.rules(parameter, &id);
        }
        let names: Vec<Text> = command.parameters.iter().map(|one| one.name.clone()).collect();
        self.types(&names);
    }

    /// What is said of a parameter besides what Event Markdown takes for granted.
    fn rules(&mut self, parameter: &Parameter, id: &str) {
        let name = &parameter.name;
        let is_id = name.to_lowercase() == id.to_lowercase();
        let granted = lookup(name).filter(|_| !is_id).map(|model| format!("{MUST_EXIST_IN} {model}"));
        let granted: Vec<String> =
            if is_id { vec![IS_REQUIRED.to_owned()] } else { granted.into_iter().collect() };
        let mut rules: Vec<&str> = parameter.rules.iter().map(Text::as_str).collect();
        if rules.len() >= granted.len() && rules.iter().zip(&granted).all(|(one, other)| one == other) {
            rules.drain(..granted.len());
        } else if !is_id && !granted.is_empty() && parameter.must_exist_in().is_none() {
            self.lines.push(format!("// @free {name}"));
        }
        for rule in rules {
            if rule == IS_REQUIRED {
                self.lines.push(format!("// @required {name}"));
            } else if let Some(model) = rule.strip_prefix(MUST_EXIST_IN) {
                let line = format!("// @exists {name} in {}", spaced(model.trim()));
                self.lines.push(line);
            }
        }
    }

    /// The first time with all it has, then by its name.
    fn event(&mut self, at: usize, stream: &Stream, event: &'a Event) {
        let name = event_name(stream, &event.name).unwrap_or_else(|| spaced(&event.name));
        let kind = Kind::Event;
        if !self.told.insert((at, &event.name)) {
            return self.lines.push(edit::write(kind, &name, &[]));
        }
        let mut properties: Vec<&str> = event.properties.iter().map(|one| one.name.as_str()).collect();
        if let [_, .., last] = properties.as_slice()
            && *last == stream_id(&stream.name)
        {
            properties.pop();
        }
        self.lines.push(edit::write(kind, &name, &properties));
        for property in &event.properties {
            if property.is_hashed && property.name != "password" {
                self.lines.push(format!("// @hashed {}", property.name));
            }
            if property.is_personal {
                self.lines.push(format!("// @personal {}", property.name));
            }
        }
        let names: Vec<Text> = event.properties.iter().map(|one| one.name.clone()).collect();
        self.types(&names);
    }

    fn readmodel(&mut self, model: &Readmodel, known: &Known<'_>) {
        let shown = known.on(model);
        let properties: Vec<&str> = shown.iter().map(Text::as_str).collect();
        self.lines.push(edit::write(Kind::ReadModel, &spaced(&model.name), &properties));
        self.lines.extend(model.derived.iter().map(|name| format!("// @derived {name}")));
        self.types(&shown);
    }

    /// The types that no line has told yet.
    fn types(&mut self, names: &[Text]) {
        for name in names {
            let Some((name, r#type)) = self.types.get_key_value(name.as_str()) else { continue };
            if self.typed.insert(name) {
                self.lines.push(format!("// @type {name}: {type}"));
            }
        }
    }
}
