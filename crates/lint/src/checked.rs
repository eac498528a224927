//! What rules look at: the model, the text it came from, and look-ups made once for all rules.

use emd::{Document, Line};
use eml::{Command, Context, Event, Place, Problem, Profile, Readmodel, Solution, Stream, What};
use foldhash::{HashMap, HashSet};
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

pub struct Checked<'a> {
    /// The text, where the model comes from one.
    pub document: Option<&'a Document<'a>>,
    pub solution: &'a Solution,
    problems: &'a [Problem],
    contexts: Vec<InContext<'a>>,
}

/// A context with what can be looked up in it.
pub struct InContext<'a> {
    context: &'a Context,
    profile: Profile,
    keys: HashMap<&'a str, &'a str>,
    events: HashSet<&'a str>,
    properties: HashSet<Cow<'a, str>>,
    repeated: Vec<(&'a str, usize, Option<Place>)>,
    streams: Vec<InStream<'a>>,
}

/// A stream with what can be looked up in it.
pub struct InStream<'a> {
    stream: &'a Stream,
    events: HashSet<&'a str>,
    postconditions: HashSet<&'a str>,
    /// For each list of postconditions those that name no event of the stream.
    unknown: HashMap<usize, Vec<&'a str>>,
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
        profile: Profile,
    ) -> Self {
        let contexts = solution.contexts.iter();
        Checked {
            document,
            solution,
            problems,
            contexts: contexts.map(|context| InContext::new(context, profile)).collect(),
        }
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
    fn new(context: &'a Context, profile: Profile) -> Self {
        let events = context.streams.iter().flat_map(|stream| &stream.events);
        let properties = events.clone().flat_map(|event| &event.properties);
        let models = context.readmodels.iter();
        InContext {
            context,
            profile,
            keys: models.map(|model| (model.name.as_str(), model.key.as_str())).collect(),
            events: events.map(|event| &*event.name).collect(),
            properties: properties.map(|one| folded(&one.name, profile)).collect(),
            repeated: repeated(context),
            streams: context.streams.iter().map(InStream::new).collect(),
        }
    }

    /// The key of the last read model of that name.
    pub fn key_of(&self, readmodel: &str) -> Option<&'a str> {
        self.keys.get(readmodel).copied()
    }

    pub fn has_event(&self, name: &str) -> bool {
        self.events.contains(name)
    }

    pub fn has_property(&self, name: &str) -> bool {
        self.properties.contains(folded(name, self.profile).as_ref())
    }

    /// Names that occur more than once, how often, and where the last of them stands.
    pub fn repeated(&self) -> &[(&'a str, usize, Option<Place>)] {
        &self.repeated
    }
}

/// Upper and lower case do not matter in our own profile.
fn folded(name: &str, profile: Profile) -> Cow<'_, str> {
    match profile {
        Profile::Squall if name.chars().any(char::is_uppercase) => Cow::Owned(name.to_lowercase()),
        _ => Cow::Borrowed(name),
    }
}

fn repeated(context: &Context) -> Vec<(&str, usize, Option<Place>)> {
    let mut at: HashMap<&str, usize> = HashMap::default();
    let mut names: Vec<(&str, usize, Option<Place>)> = Vec::new();
    let mut count = |name, place: Option<Place>| {
        let next = names.len();
        let known = *at.entry(name).or_insert(next);
        if known == next {
            names.push((name, 1, place));
        } else {
            let (_, times, last) = &mut names[known];
            *times += 1;
            *last = (*last).max_by_line(place);
        }
    };
    for stream in &context.streams {
        count(&stream.name, stream.place);
        stream.commands.iter().for_each(|one| count(&one.name, one.place));
        stream.events.iter().for_each(|one| count(&one.name, one.place));
    }
    context.readmodels.iter().for_each(|one| count(&one.name, one.place));
    names.retain(|(_, times, _)| *times > 1);
    names
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

impl<'a> InStream<'a> {
    fn new(stream: &'a Stream) -> Self {
        let events: HashSet<&str> = stream.events.iter().map(|event| &*event.name).collect();
        let mut postconditions = HashSet::default();
        let mut unknown = HashMap::default();
        for command in &stream.commands {
            unknown.entry(identity(command)).or_insert_with(|| {
                let names = command.postconditions.iter().map(|name| &**name);
                postconditions.extend(names.clone());
                names.filter(|name| !events.contains(name)).collect()
            });
        }
        InStream { stream, events, postconditions, unknown }
    }

    pub fn has_event(&self, name: &str) -> bool {
        self.events.contains(name)
    }

    pub fn is_postcondition(&self, event: &str) -> bool {
        self.postconditions.contains(event)
    }

    /// The postconditions of a command that name no event of the stream.
    pub fn unknown_postconditions(&self, command: &Command) -> &[&'a str] {
        self.unknown.get(&identity(command)).map_or(&[], Vec::as_slice)
    }
}

/// Commands of one name share their list, which is looked at once.
fn identity(command: &Command) -> usize {
    Arc::as_ptr(&command.postconditions).addr()
}

impl<'a> Checked<'a> {
    /// Names that are written with other upper and lower case before: where, as written, as known.
    pub fn other_cases(&self) -> Vec<(Place, &'a str, String)> {
        let mut found = Vec::new();
        for context in &self.solution.contexts {
            let mut known: HashMap<String, Cow<'a, str>> = HashMap::default();
            let mut streams: HashMap<String, &'a str> = HashMap::default();
            for stream in &context.streams {
                let first = *streams.entry(stream.name.to_lowercase()).or_insert(&stream.name);
                if let Some(place) = stream.place.filter(|_| first != stream.name) {
                    found.push((place, stream.name.as_str(), first.to_owned()));
                }
                let id = eml::names::stream_id(first);
                known.entry(id.to_lowercase()).or_insert(Cow::Owned(id));
            }
            for (name, place) in names(context) {
                let first = known.entry(name.to_lowercase()).or_insert(Cow::Borrowed(name));
                if let Some(place) = place.filter(|_| *first != name) {
                    found.push((place, name, first.to_string()));
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
