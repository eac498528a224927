//! One context: streams with their commands and events.

use super::annotate::Annotations;
use super::outcomes::Outcomes;
use super::read_models::read_models;
use super::story::Story;
use super::{Problem, Profile, What, place, sized};
use crate::model::{
    Command, Context, Event, MUST_EXIST_IN, Parameter, Place, Property, REQUIRED, STRING, Stream, Text,
};
use crate::names::{Folded, lookup, spaceless, stream_id};
use diag::Span;
use emd::{Document, Kind, Line, Piece};
use foldhash::{HashMap, HashSet};
use smol_str::format_smolstr;

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
    pub derived: Vec<Text>,
}

/// A command until the first event behind it says which stream it is of.
struct Waiting<'a> {
    line: &'a Line<'a>,
    place: Place,
    annotations: Vec<(&'a Line<'a>, usize)>,
}

pub struct Builder<'a> {
    profile: Profile,
    name: &'a str,
    place: Option<Place>,
    pub streams: Vec<Stream>,
    /// What the id of each stream is called.
    ids: Vec<Text>,
    by_word: HashMap<&'a str, usize>,
    /// In the profile squall an event that occurs again in its stream is the same one.
    events: HashMap<(usize, Text), usize>,
    /// The names of the properties of such events.
    united: HashMap<(usize, usize), HashSet<Text>>,
    waiting: Option<Waiting<'a>>,
    outcomes: Outcomes<'a>,
    pub shown: Vec<Shown<'a>>,
    pub owner: Owner,
    pub annotations: Annotations<'a>,
    pub story: Story<'a>,
}

impl<'a> Builder<'a> {
    pub fn new(name: &'a str, place: Option<Place>, profile: Profile) -> Self {
        Builder {
            profile,
            name,
            place,
            streams: Vec::new(),
            ids: Vec::new(),
            by_word: HashMap::default(),
            events: HashMap::default(),
            united: HashMap::default(),
            waiting: None,
            outcomes: Outcomes::default(),
            shown: Vec::new(),
            owner: Owner::Nothing,
            annotations: Annotations::default(),
            story: Story::default(),
        }
    }

    /// Most texts are one context: its tables need not grow.
    pub fn with_room_for(mut self, document: &Document<'_>) -> Self {
        let count = |kind| document.lines().iter().filter(|line| line.kind == kind).count();
        let events = count(Kind::Event);
        if self.profile == Profile::Squall {
            self.events = sized(events);
        }
        self.outcomes = Outcomes::sized(count(Kind::Command), events);
        self.shown = Vec::with_capacity(count(Kind::ReadModel));
        self
    }

    /// Takes the next line. Names that only a comment can hold (`// @event a -> b`) have no place in EML.
    pub fn line(&mut self, line: &'a Line<'a>, index: usize, raw: &str, problems: &mut Vec<Problem>) {
        let plain = !raw.starts_with("//");
        if self.profile == Profile::Squall {
            self.story.line(line, index, raw);
        }
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
        self.outcomes.leave();
        self.story.leave();
        self.owner = Owner::Other;
    }

    /// Whether no sticky of it is in the model.
    pub fn is_empty(&self) -> bool {
        self.streams.is_empty() && self.shown.is_empty()
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
        self.outcomes.command(short(&line.name));
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
                self.outcomes.event(text, text.into());
            }
            return;
        };
        let stream = self.stream(word, index, line.name.span.start);
        let name = spaceless(text);
        let list = self.outcomes.event(word, name.clone());
        let properties = self.properties(line, index, stream);
        let event = self.place_event(stream, name, at, properties);
        if let Some(waiting) = self.waiting.take() {
            let command = settle(waiting, &self.ids[stream], self.profile, problems);
            let commands = &mut self.streams[stream].commands;
            self.outcomes.settle(stream, commands.len(), list);
            commands.push(command);
        }
        self.owner = Owner::Event { stream, event };
    }

    fn stream(&mut self, word: &'a str, index: usize, start: usize) -> usize {
        let next = self.streams.len();
        let stream = *self.by_word.entry(word).or_insert(next);
        if stream == next {
            self.streams.push(Stream {
                name: word.into(),
                place: Some(place(index, Span::new(start, start + word.len()))),
                ..Stream::default()
            });
            self.ids.push(stream_id(word));
        }
        stream
    }

    fn properties(&self, line: &Line<'_>, index: usize, stream: usize) -> Vec<Property> {
        let id = &self.ids[stream];
        let written = line.properties.iter().map(|piece| Property {
            is_hashed: piece.text == "password",
            ..Property::string(short(piece), Some(place(index, piece.span)))
        });
        let mut properties: Vec<Property> = written.collect();
        if !properties.iter().any(|property| same(&property.name, id, self.profile)) {
            properties.push(Property::string(id.clone(), None));
        }
        properties
    }

    fn place_event(&mut self, stream: usize, name: Text, at: Place, properties: Vec<Property>) -> usize {
        let events = &mut self.streams[stream].events;
        let next = events.len();
        let event = match self.profile {
            Profile::Les => next,
            Profile::Squall => *self.events.entry((stream, name.clone())).or_insert(next),
        };
        if event == next {
            events.push(Event { name, place: Some(at), properties });
        } else {
            let known = &mut events[event].properties;
            let names = self.united.entry((stream, event));
            let names = names.or_insert_with(|| known.iter().map(|property| property.name.clone()).collect());
            known.extend(properties.into_iter().filter(|property| names.insert(property.name.clone())));
        }
        event
    }

    pub fn finish(mut self, problems: &mut Vec<Problem>) -> Context {
        self.outcomes.share(&mut self.streams, self.profile);
        let mut context = Context {
            name: self.name.to_owned(),
            place: self.place,
            readmodels: read_models(&self.streams, &self.ids, &self.shown, self.profile, problems),
            streams: self.streams,
            ..Context::default()
        };
        self.story.finish(&mut context);
        self.annotations.set_types(&mut context, problems);
        context
    }
}

/// The command with the id of its stream, which is required, and lookups for all other ids.
fn settle(waiting: Waiting<'_>, id: &Text, profile: Profile, problems: &mut Vec<Problem>) -> Command {
    let mut found = false;
    let written = waiting.line.properties.iter().map(|piece| {
        let name = short(piece);
        let is_id = same(&name, id, profile);
        found |= is_id;
        let rule = match is_id {
            true => Some(REQUIRED),
            false => lookup(&name).map(|model| format_smolstr!("{MUST_EXIST_IN} {model}")),
        };
        let place = Some(place(waiting.place.line, piece.span));
        Parameter { name, place, r#type: STRING, rules: rule.into_iter().collect() }
    });
    let mut parameters: Vec<Parameter> = written.collect();
    if !found {
        parameters.push(Parameter { name: id.clone(), place: None, r#type: STRING, rules: vec![REQUIRED] });
    }
    let mut command = Command {
        name: short(&waiting.line.name),
        place: Some(waiting.place),
        parameters,
        ..Command::default()
    };
    for (line, index) in waiting.annotations {
        super::annotate::command(&mut command, line, index, problems);
    }
    command
}

fn same(name: &str, id: &str, profile: Profile) -> bool {
    Folded::new(name, profile) == Folded::new(id, profile)
}

/// The name in EML of a piece.
pub fn short(piece: &Piece<'_>) -> Text {
    spaceless(&piece.text)
}
