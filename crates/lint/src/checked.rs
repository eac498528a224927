//! What rules look at: the model, the text it came from, and look-ups made once for all rules.

use crate::vocabulary::Vocabulary;
use crate::wall::Wall;
use crate::{Level, Options};
use emd::{Document, Line};
use eml::names::Folded;
use eml::{Command, Context, Event, Place, Problem, Profile, Readmodel, Solution, Stream, What};
use foldhash::{HashMap, HashSet};
use std::cell::OnceCell;
use std::ops::Deref;
use std::sync::Arc;

pub struct Checked<'a> {
    /// The text, where the model comes from one.
    pub document: Option<&'a Document<'a>>,
    pub solution: &'a Solution,
    pub level: Level,
    profile: Profile,
    problems: &'a [Problem],
    contexts: Vec<InContext<'a>>,
    wall: Option<Wall<'a>>,
    vocabulary: OnceCell<Vocabulary<'a>>,
}

/// A context with what can be looked up in it.
pub struct InContext<'a> {
    context: &'a Context,
    profile: Profile,
    has_notation: bool,
    keys: HashMap<&'a str, &'a str>,
    /// The events of all streams by the number of their stream, and whether a command of that stream leads to them.
    events: HashMap<(usize, &'a str), bool>,
    properties: HashSet<Folded<'a>>,
    repeated: Vec<(&'a str, usize, Option<Place>)>,
    streams: Vec<InStream<'a>>,
    /// For each list of postconditions those that name no event of its stream; most have none.
    unknown: HashMap<usize, Vec<&'a str>>,
}

/// A stream with its number.
pub struct InStream<'a> {
    stream: &'a Stream,
    number: usize,
}

impl Deref for InContext<'_> {
    type Target = Context;
    fn deref(&self) -> &Context {
        self.context
    }
}

impl Deref for InStream<'_> {
    type Target = Stream;
    fn deref(&self) -> &Stream {
        self.stream
    }
}

impl<'a> Checked<'a> {
    pub fn new(
        document: Option<&'a Document<'a>>,
        solution: &'a Solution,
        problems: &'a [Problem],
        options: &Options,
    ) -> Self {
        let profile = options.profile;
        let document_of_wall = document.filter(|_| options.level > Level::BigPicture);
        let contexts = solution.contexts.iter();
        Checked {
            document,
            solution,
            level: options.level,
            profile,
            problems,
            wall: document_of_wall.and_then(|document| Wall::of(document, profile)),
            vocabulary: OnceCell::new(),
            contexts: contexts.map(|context| InContext::new(context, profile, document.is_some())).collect(),
        }
    }

    /// Whether it comes from a text in which our own notation counts.
    pub fn has_notation(&self) -> bool {
        self.document.is_some() && self.profile == Profile::Squall
    }

    /// The stickies; none in the profile les, for a model without a text, and at the level Big Picture.
    pub fn wall(&self) -> Option<&Wall<'a>> {
        self.wall.as_ref()
    }

    /// The words of the stickies' names, counted when the first rule asks for them.
    pub fn vocabulary(&self, wall: &Wall<'a>) -> &Vocabulary<'a> {
        self.vocabulary.get_or_init(|| Vocabulary::of(wall))
    }

    pub fn problems(&self) -> impl Iterator<Item = (Place, &'a What)> {
        self.problems.iter().map(|problem| (problem.place, &problem.what))
    }

    /// The lines of the text with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &'a Line<'a>, &'a str)> {
        let document = self.document.into_iter();
        document.flat_map(|document| {
            let lines = document.lines().iter().enumerate();
            lines.map(|(index, line)| (index, line, document.raw(index)))
        })
    }

    pub fn contexts(&self) -> &[InContext<'a>] {
        &self.contexts
    }

    pub fn streams(&self) -> impl Iterator<Item = (&InContext<'a>, &InStream<'a>)> {
        let contexts = self.contexts.iter();
        contexts.flat_map(|context| context.streams.iter().map(move |stream| (context, stream)))
    }

    pub fn commands(&self) -> impl Iterator<Item = (&InContext<'a>, &InStream<'a>, &'a Command)> {
        self.streams().flat_map(|(context, stream)| {
            let commands = stream.stream.commands.iter();
            commands.map(move |command| (context, stream, command))
        })
    }

    pub fn events(&self) -> impl Iterator<Item = (&InContext<'a>, &InStream<'a>, &'a Event)> {
        self.streams().flat_map(|(context, stream)| {
            let events = stream.stream.events.iter();
            events.map(move |event| (context, stream, event))
        })
    }

    pub fn readmodels(&self) -> impl Iterator<Item = (&InContext<'a>, &'a Readmodel)> {
        let contexts = self.contexts.iter();
        contexts.flat_map(|context| {
            let models = context.context.readmodels.iter();
            models.map(move |model| (context, model))
        })
    }
}

impl<'a> InContext<'a> {
    /// Whether it comes from a text in which our own notation counts.
    pub fn has_notation(&self) -> bool {
        self.has_notation
    }

    fn new(context: &'a Context, profile: Profile, has_text: bool) -> Self {
        let events = context.streams.iter().flat_map(|stream| &stream.events);
        let properties = events.flat_map(|event| &event.properties);
        let models = context.readmodels.iter();
        let streams = context.streams.iter().enumerate();
        let (events, unknown) = outcomes(&context.streams);
        InContext {
            context,
            profile,
            has_notation: has_text && profile == Profile::Squall,
            keys: models.map(|model| (model.name.as_str(), model.key.as_str())).collect(),
            events,
            properties: properties.map(|one| Folded::new(&one.name, profile)).collect(),
            repeated: repeated(context),
            streams: streams.map(|(number, stream)| InStream { stream, number }).collect(),
            unknown,
        }
    }

    pub fn own_streams(&self) -> &[InStream<'a>] {
        &self.streams
    }

    /// The key of the last read model of that name.
    pub fn key_of(&self, readmodel: &str) -> Option<&'a str> {
        self.keys.get(readmodel).copied()
    }

    pub fn has_property(&self, name: &str) -> bool {
        self.properties.contains(&Folded::new(name, self.profile))
    }

    pub fn has_event_in(&self, stream: &InStream<'_>, name: &str) -> bool {
        self.events.contains_key(&(stream.number, name))
    }

    /// Whether a command of the stream leads to that event of it.
    pub fn is_postcondition(&self, stream: &InStream<'_>, event: &str) -> bool {
        self.events.get(&(stream.number, event)) == Some(&true)
    }

    /// The postconditions of a command that name no event of its stream.
    pub fn unknown_postconditions(&self, command: &Command) -> &[&'a str] {
        self.unknown.get(&identity(command)).map_or(&[], Vec::as_slice)
    }

    /// Names that occur more than once, how often, and where the last of them stands.
    pub fn repeated(&self) -> &[(&'a str, usize, Option<Place>)] {
        &self.repeated
    }
}

type Events<'a> = HashMap<(usize, &'a str), bool>;
type Unknown<'a> = HashMap<usize, Vec<&'a str>>;

/// The events by stream, whether a command leads to them, and what commands lead to besides.
fn outcomes(streams: &[Stream]) -> (Events<'_>, Unknown<'_>) {
    let mut events = sized(streams.iter().map(|stream| stream.events.len()).sum());
    let mut unknown: Unknown<'_> = HashMap::default();
    let mut looked_at: HashSet<usize> = HashSet::default();
    for (number, stream) in streams.iter().enumerate() {
        events.extend(stream.events.iter().map(|event| ((number, event.name.as_str()), false)));
        for command in stream.commands.iter().filter(|command| {
            // Most lists are one command's own.
            Arc::strong_count(&command.postconditions) == 1 || looked_at.insert(identity(command))
        }) {
            for name in command.postconditions.iter() {
                match events.get_mut(&(number, name.as_str())) {
                    Some(is_postcondition) => *is_postcondition = true,
                    None => unknown.entry(identity(command)).or_default().push(name),
                }
            }
        }
    }
    (events, unknown)
}

/// Commands of one name share their list, which is looked at once.
fn identity(command: &Command) -> usize {
    Arc::as_ptr(&command.postconditions).addr()
}

/// A table with room for as many names.
fn sized<K, V>(names: usize) -> HashMap<K, V> {
    HashMap::with_capacity_and_hasher(names, Default::default())
}

fn repeated(context: &Context) -> Vec<(&str, usize, Option<Place>)> {
    let mut seen = HashSet::with_capacity_and_hasher(elements(context).count(), Default::default());
    let again = elements(context).filter(|(name, _)| !seen.insert(*name));
    let mut found: HashMap<&str, (usize, Option<Place>)> =
        again.map(|(name, _)| (name, Default::default())).collect();
    if found.is_empty() {
        return Vec::new();
    }
    for (name, place) in elements(context) {
        if let Some((times, last)) = found.get_mut(name) {
            *times += 1;
            *last = last.max_by_line(place);
        }
    }
    let once = elements(context).filter_map(|(name, _)| found.remove_entry(name));
    once.map(|(name, (times, last))| (name, times, last)).collect()
}

/// All names that have to be unique, in the order of the model.
fn elements(context: &Context) -> impl Iterator<Item = (&str, Option<Place>)> {
    let streams = context.streams.iter().flat_map(|stream| {
        let commands = stream.commands.iter().map(|one| (one.name.as_str(), one.place));
        let events = stream.events.iter().map(|one| (one.name.as_str(), one.place));
        std::iter::once((stream.name.as_str(), stream.place)).chain(commands).chain(events)
    });
    streams.chain(context.readmodels.iter().map(|one| (one.name.as_str(), one.place)))
}

/// The later of two places.
trait Later {
    fn max_by_line(self, other: Self) -> Self;
}

impl Later for Option<Place> {
    fn max_by_line(self, other: Self) -> Self {
        let key = |place: &Option<Place>| place.map(|place| (place.line, place.span));
        match key(&other) > key(&self) {
            true => other,
            false => self,
        }
    }
}

impl<'a> Checked<'a> {
    /// Names that are written with other upper and lower case before: where, as written, as known.
    pub fn other_cases(&self) -> Vec<(Place, &'a str, String)> {
        let mut found = Vec::new();
        for context in &self.solution.contexts {
            let mut streams: HashMap<Folded<'_>, &str> = sized(context.streams.len());
            let mut ids = Vec::with_capacity(context.streams.len());
            for stream in &context.streams {
                let first = *streams.entry(Folded::always(&stream.name)).or_insert(&stream.name);
                if let Some(place) = stream.place.filter(|_| first != stream.name) {
                    found.push((place, stream.name.as_str(), first.to_owned()));
                }
                ids.push(eml::names::stream_id(first));
            }
            let mut known: HashMap<Folded<'_>, &str> = sized(context.streams.len());
            for id in &ids {
                known.entry(Folded::always(id)).or_insert(id);
            }
            for (name, place) in names(context) {
                let first = *known.entry(Folded::always(name)).or_insert(name);
                if let Some(place) = place.filter(|_| first != name) {
                    found.push((place, name, first.to_owned()));
                }
            }
        }
        found
    }
}

/// All names of properties and parameters.
fn names(context: &Context) -> impl Iterator<Item = (&str, Option<Place>)> {
    let streams = context.streams.iter().flat_map(|stream| {
        let events = stream.events.iter().flat_map(|event| &event.properties);
        let commands = stream.commands.iter().flat_map(|command| &command.parameters);
        let events = events.map(|one| (one.name.as_str(), one.place));
        events.chain(commands.map(|one| (one.name.as_str(), one.place)))
    });
    let shown = context.readmodels.iter().flat_map(|model| &model.properties);
    streams.chain(shown.map(|one| (one.name.as_str(), one.place)))
}
