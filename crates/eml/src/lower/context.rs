//! One context: streams, and which command leads to which events.

use super::annotate::Annotations;
use super::read_models::read_models;
use super::{Problem, Profile, What, place};
use crate::model::{Command, Context, Event, IS_REQUIRED, Parameter, Place, Property, STRING, Stream};
use crate::names::{lookup, spaceless, stream_id};
use diag::Span;
use emd::{Kind, Line, Piece};
use foldhash::{HashMap, HashSet};
use std::borrow::Cow;
use std::sync::Arc;

/// What an annotation may belong to: the sticky line before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    Nothing,
    Event {
        stream: usize,
        event: usize,
    },
    /// The command that still waits for its stream.
    Waiting,
    Readmodel(usize),
    Hotspot,
    Other,
}

/// A read model's line.
pub struct Shown<'a> {
    pub index: usize,
    pub line: &'a Line<'a>,
    pub derived: Vec<String>,
}

/// A command until the first event behind it says which stream it is of.
struct Waiting<'a> {
    line: &'a Line<'a>,
    place: Place,
    annotations: Vec<(&'a Line<'a>, usize)>,
}

/// What is known of a stream besides its elements.
struct Known {
    /// The name of its id.
    id: String,
    /// The number of each command's name.
    commands: Vec<Option<usize>>,
    /// In the profile squall an event that occurs again is the same one.
    events: HashMap<Arc<str>, usize>,
}

pub struct Builder<'a> {
    profile: Profile,
    name: &'a str,
    place: Option<Place>,
    pub streams: Vec<Stream>,
    known: Vec<Known>,
    by_word: HashMap<&'a str, usize>,
    waiting: Option<Waiting<'a>>,
    /// The number of the command whose events these are; a blank name has none.
    current: Option<usize>,
    numbers: HashMap<Cow<'a, str>, usize>,
    /// The events behind commands of one name that start with one word.
    groups: HashMap<(&'a str, usize), Vec<Arc<str>>>,
    pub shown: Vec<Shown<'a>>,
    pub owner: Owner,
    pub annotations: Annotations<'a>,
}

impl<'a> Builder<'a> {
    pub fn new(name: &'a str, place: Option<Place>, profile: Profile) -> Self {
        Builder {
            profile,
            name,
            place,
            streams: Vec::new(),
            known: Vec::new(),
            by_word: HashMap::default(),
            waiting: None,
            current: None,
            numbers: HashMap::default(),
            groups: HashMap::default(),
            shown: Vec::new(),
            owner: Owner::Nothing,
            annotations: Annotations::default(),
        }
    }

    /// Takes the next line. Names that only a comment can hold (`// @event a -> b`) have no place in EML.
    pub fn line(&mut self, line: &'a Line<'a>, index: usize, raw: &str, problems: &mut Vec<Problem>) {
        let plain = !raw.starts_with("//");
        match line.kind {
            Kind::Event if plain => self.event(line, index, problems),
            Kind::Command if plain => self.command(line, index, problems),
            Kind::ReadModel if plain => {
                self.owner = Owner::Readmodel(self.shown.len());
                self.shown.push(Shown { index, line, derived: Vec::new() });
            }
            Kind::Annotation(annotation) => self.annotation(annotation, line, index, problems),
            Kind::Hotspot => self.owner = Owner::Hotspot,
            kind if kind.is_sticky() => self.owner = Owner::Other,
            _ => {}
        }
    }

    /// The text goes on in another context: a command and its annotations end here.
    pub fn leave(&mut self, problems: &mut Vec<Problem>) {
        self.drop_waiting(problems);
        self.current = None;
        self.owner = Owner::Other;
    }

    fn drop_waiting(&mut self, problems: &mut Vec<Problem>) {
        if let Some(waiting) = self.waiting.take() {
            problems.push(Problem {
                place: waiting.place,
                what: What::CommandWithoutStream(waiting.line.name.text.to_string()),
            });
        }
    }

    fn command(&mut self, line: &'a Line<'a>, index: usize, problems: &mut Vec<Problem>) {
        self.drop_waiting(problems);
        let name = short(&line.name);
        let next = self.numbers.len();
        self.current = match name.is_empty() {
            true => None,
            false => Some(*self.numbers.entry(name).or_insert(next)),
        };
        self.waiting = Some(Waiting { line, place: place(index, line.name.span), annotations: Vec::new() });
        self.owner = Owner::Waiting;
    }

    /// Keeps an annotation of the command that has no stream yet.
    pub fn keep(&mut self, line: &'a Line<'a>, index: usize) {
        if let Some(waiting) = &mut self.waiting {
            waiting.annotations.push((line, index));
        }
    }

    fn event(&mut self, line: &'a Line<'a>, index: usize, problems: &mut Vec<Problem>) {
        let text: &'a str = &line.name.text;
        let at = place(index, line.name.span);
        let Some((word, _)) = text.split_once(' ') else {
            problems.push(Problem { place: at, what: What::NoStreamName(text.to_owned()) });
            self.owner = Owner::Other;
            // LES still counts it among its command's events.
            if self.profile == Profile::Les {
                self.postcondition(text, text.into());
            }
            return;
        };
        let stream = self.stream(word, index, line.name.span.start);
        let name: Arc<str> = spaceless(text).into();
        self.postcondition(word, name.clone());
        let properties = self.properties(line, index, stream);
        let event = self.place_event(stream, name, at, properties);
        if let Some(waiting) = self.waiting.take() {
            let command = settle(waiting, &self.known[stream].id, self.profile, problems);
            self.streams[stream].commands.push(command);
            self.known[stream].commands.push(self.current);
        }
        self.owner = Owner::Event { stream, event };
    }

    fn stream(&mut self, word: &'a str, index: usize, start: usize) -> usize {
        let next = self.streams.len();
        let stream = *self.by_word.entry(word).or_insert(next);
        if stream == next {
            self.streams.push(Stream {
                name: word.to_owned(),
                place: Some(place(index, Span::new(start, start + word.len()))),
                ..Stream::default()
            });
            self.known.push(Known { id: stream_id(word), commands: Vec::new(), events: HashMap::default() });
        }
        stream
    }

    fn postcondition(&mut self, word: &'a str, event: Arc<str>) {
        if let Some(command) = self.current {
            let group = self.groups.entry((word, command)).or_default();
            group.push(event);
        }
    }

    fn properties(&self, line: &Line<'_>, index: usize, stream: usize) -> Vec<Property> {
        let id = &self.known[stream].id;
        let mut found = false;
        let mut properties = Vec::with_capacity(line.properties.len() + 1);
        for piece in &line.properties {
            let name = short(piece).into_owned();
            found |= same(&name, id, self.profile);
            let mut property = Property::string(name, Some(place(index, piece.span)));
            property.is_hashed = piece.text == "password";
            properties.push(property);
        }
        if !found {
            properties.push(Property::string(id.clone(), None));
        }
        properties
    }

    fn place_event(&mut self, stream: usize, name: Arc<str>, at: Place, properties: Vec<Property>) -> usize {
        let events = &mut self.streams[stream].events;
        let next = events.len();
        let event = match self.profile {
            Profile::Les => next,
            Profile::Squall => {
                let known = &mut self.known[stream].events;
                *known.entry(name.clone()).or_insert(next)
            }
        };
        if event == next {
            events.push(Event { name, place: Some(at), properties });
        } else {
            unite(&mut events[event].properties, properties);
        }
        event
    }

    pub fn finish(mut self, problems: &mut Vec<Problem>) -> Context {
        self.share_postconditions();
        let mut context = Context {
            name: self.name.to_owned(),
            place: self.place,
            readmodels: read_models(&self.streams, &self.shown, self.profile, problems),
            streams: self.streams,
        };
        self.annotations.set_types(&mut context, problems);
        context
    }

    fn share_postconditions(&mut self) {
        let mut shared = HashMap::default();
        for (key, mut events) in std::mem::take(&mut self.groups) {
            if self.profile == Profile::Squall {
                let mut seen = HashSet::default();
                events.retain(|event| seen.insert(event.clone()));
            }
            shared.insert(key, Arc::new(events));
        }
        for (word, stream) in &self.by_word {
            let commands = self.streams[*stream].commands.iter_mut();
            for (command, number) in commands.zip(&self.known[*stream].commands) {
                let events = number.and_then(|number| shared.get(&(*word, number)));
                command.postconditions = events.cloned().unwrap_or_default();
            }
        }
    }
}

/// The command with the id of its stream, which is required, and lookups for all other ids.
fn settle(waiting: Waiting<'_>, id: &str, profile: Profile, problems: &mut Vec<Problem>) -> Command {
    let mut found = false;
    let mut parameters = Vec::with_capacity(waiting.line.properties.len() + 1);
    for piece in &waiting.line.properties {
        let name = short(piece).into_owned();
        let is_id = same(&name, id, profile);
        let rule = match is_id {
            true => Some(Cow::Borrowed(IS_REQUIRED)),
            false => lookup(&name).map(|model| Cow::Owned(format!("MustExistIn {model}"))),
        };
        found |= is_id;
        parameters.push(Parameter {
            name,
            place: Some(place(waiting.place.line, piece.span)),
            r#type: STRING,
            rules: rule.into_iter().collect(),
        });
    }
    if !found {
        parameters.push(Parameter {
            name: id.to_owned(),
            place: None,
            r#type: STRING,
            rules: vec![Cow::Borrowed(IS_REQUIRED)],
        });
    }
    let mut command = Command {
        name: short(&waiting.line.name).into_owned(),
        place: Some(waiting.place),
        parameters,
        ..Command::default()
    };
    for (line, index) in waiting.annotations {
        super::annotate::command(&mut command, line, index, problems);
    }
    command
}

/// Upper and lower case do not matter in our own profile.
fn same(name: &str, id: &str, profile: Profile) -> bool {
    name == id || (profile == Profile::Squall && name.to_lowercase() == id.to_lowercase())
}

/// The name in EML of a piece.
pub fn short<'a>(piece: &'a Piece<'_>) -> Cow<'a, str> {
    spaceless(&piece.text)
}

/// Adds the properties that are not there yet.
fn unite(properties: &mut Vec<Property>, more: Vec<Property>) {
    let names = properties.iter().map(|property| property.name.clone());
    let mut known: HashSet<String> = names.collect();
    for property in more {
        if !known.contains(&property.name) {
            known.insert(property.name.clone());
            properties.push(property);
        }
    }
}
