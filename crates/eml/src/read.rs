//! YAML to EML. What is not there is empty, and unknown keys are skipped, as LES does it.

mod story;

use crate::model::{
    Command, Condition, Context, Event, Parameter, Place, Property, Readmodel, Solution, Stream,
    Subscriptions, Text,
};
use diag::Span;
use serde::{Deserialize, Deserializer};
use std::collections::{HashMap, VecDeque};

/// Why a text is no EML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoEml {
    /// The line (0-based) the reader stopped at, where it knows.
    pub line: Option<usize>,
    pub message: String,
}

/// Reads a solution. Names know the lines they stand on, where those can be found.
pub fn read(text: &str) -> Result<Solution, NoEml> {
    let file: Option<File> = yaml_serde::from_str(text).map_err(|error| NoEml {
        line: error.location().map(|at| at.line().saturating_sub(1)),
        message: error.to_string(),
    })?;
    let mut places = Places::of(text);
    Ok(solution(file.unwrap_or_default(), &mut places))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    #[serde(rename = "EmlVersion", deserialize_with = "word")]
    version: String,
    #[serde(rename = "Solution", deserialize_with = "word")]
    name: String,
    #[serde(rename = "Contexts", deserialize_with = "list")]
    contexts: Vec<FileContext>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileContext {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "list")]
    streams: Vec<FileStream>,
    #[serde(deserialize_with = "list")]
    readmodels: Vec<HasReadmodel>,
    #[serde(deserialize_with = "list")]
    policies: Vec<story::HasPolicy>,
    #[serde(deserialize_with = "list")]
    actors: Vec<story::HasActor>,
    #[serde(deserialize_with = "list")]
    terms: Vec<story::HasTerm>,
    #[serde(deserialize_with = "list")]
    scenarios: Vec<story::HasScenario>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileStream {
    #[serde(rename = "Stream", deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "list")]
    commands: Vec<HasCommand>,
    #[serde(deserialize_with = "list")]
    events: Vec<HasEvent>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct HasCommand {
    #[serde(deserialize_with = "or_default")]
    command: FileCommand,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileCommand {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "list")]
    parameters: Vec<FileParameter>,
    #[serde(deserialize_with = "words")]
    preconditions: Vec<String>,
    #[serde(deserialize_with = "words")]
    postconditions: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileParameter {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "word")]
    r#type: String,
    #[serde(deserialize_with = "words")]
    rules: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct HasEvent {
    #[serde(deserialize_with = "or_default")]
    event: FileEvent,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileEvent {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "list")]
    properties: Vec<FileProperty>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileProperty {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "word")]
    r#type: String,
    #[serde(deserialize_with = "or_default")]
    is_hashed: bool,
    #[serde(deserialize_with = "or_default")]
    is_personal: bool,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct HasReadmodel {
    #[serde(deserialize_with = "or_default")]
    readmodel: FileReadmodel,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileReadmodel {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "word")]
    key: String,
    #[serde(deserialize_with = "words")]
    subscribes_to: Vec<String>,
    #[serde(deserialize_with = "list")]
    properties: Vec<FileProperty>,
    #[serde(deserialize_with = "words")]
    derived: Vec<String>,
}

/// A name that YAML takes for a number or a truth is still a name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Truth(bool),
    Whole(i64),
    Large(u64),
    Number(f64),
    Nothing(()),
}

impl From<Word> for String {
    fn from(word: Word) -> String {
        match word {
            Word::Text(text) => text,
            Word::Truth(truth) => truth.to_string(),
            Word::Whole(number) => number.to_string(),
            Word::Large(number) => number.to_string(),
            Word::Number(number) => number.to_string(),
            Word::Nothing(()) => String::new(),
        }
    }
}

fn word<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Word::deserialize(from).map(String::from)
}

fn words<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let words: Vec<Word> = list(from)?;
    Ok(words.into_iter().map(String::from).collect())
}

fn list<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<Vec<T>, D::Error> {
    let items: Option<Vec<Option<T>>> = Option::deserialize(from)?;
    let items = items.unwrap_or_default().into_iter();
    Ok(items.map(Option::unwrap_or_default).collect())
}

fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

impl Default for Word {
    fn default() -> Self {
        Word::Nothing(())
    }
}

/// Where each name stands: for `Name: Todo Added` the lines that say so, first to last.
struct Places<'a> {
    lines: HashMap<&'static str, HashMap<&'a str, VecDeque<Place>>>,
}

/// The keys whose values have a place.
const KEYS: [&str; 8] = ["Name", "Stream", "Solution", "Given", "When", "Then", "Rejected", "Expect"];

impl<'a> Places<'a> {
    fn of(text: &'a str) -> Places<'a> {
        let mut lines: HashMap<_, HashMap<_, VecDeque<Place>>> = HashMap::new();
        for (index, line) in text.lines().enumerate() {
            for key in KEYS {
                let found = line.match_indices(key).find_map(|(at, _)| {
                    let before = line[..at].trim_end_matches(' ');
                    let rest = line[at + key.len()..].strip_prefix(':')?;
                    (before.is_empty() || before.ends_with(['-', '{'])).then_some(rest)
                });
                let Some(rest) = found else {
                    continue;
                };
                let (value, start) = value(line, rest);
                let span = Span::new(start, start + value.len());
                let place = Place { line: index, span };
                let known = lines.entry(key).or_default();
                known.entry(value).or_default().push_back(place);
            }
        }
        Places { lines }
    }

    fn take(&mut self, key: &'static str, name: &str) -> Option<Place> {
        self.lines.get_mut(key)?.get_mut(name)?.pop_front()
    }
}

/// The value behind a key, without quotes, and where it starts in the line.
fn value<'a>(line: &'a str, rest: &'a str) -> (&'a str, usize) {
    let lead = rest.len() - rest.trim_start().len();
    let start = line.len() - rest.len() + lead;
    let rest = rest[lead..].trim_end();
    for quote in ['"', '\''] {
        if let Some((inner, _)) = rest.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return (inner, start + 1);
        }
    }
    let end = rest.find([',', '}']).or_else(|| rest.find(" #")).unwrap_or(rest.len());
    (rest[..end].trim_end(), start)
}

fn solution(file: File, places: &mut Places<'_>) -> Solution {
    let place = places.take("Solution", &file.name);
    let mut contexts = file.contexts.into_iter().map(|one| context(one, places)).collect::<Vec<_>>();
    crate::story::resolve(&mut contexts);
    Solution { place, version: file.version, name: file.name, contexts }
}

fn context(file: FileContext, places: &mut Places<'_>) -> Context {
    Context {
        place: places.take("Name", &file.name),
        name: file.name,
        streams: file.streams.into_iter().map(|one| stream(one, places)).collect(),
        readmodels: file
            .readmodels
            .into_iter()
            .map(|one| Readmodel {
                place: places.take("Name", &one.readmodel.name),
                name: one.readmodel.name.into(),
                key: one.readmodel.key.into(),
                subscribes_to: Subscriptions::of_names(one.readmodel.subscribes_to),
                properties: one.readmodel.properties.into_iter().map(|one| property(one, places)).collect(),
                derived: one.readmodel.derived.into_iter().map(Text::from).collect(),
            })
            .collect(),
        policies: file.policies.into_iter().filter_map(story::policy).collect(),
        actors: file.actors.into_iter().map(|one| story::actor(one, places)).collect(),
        terms: file.terms.into_iter().map(|one| story::term(one, places)).collect(),
        scenarios: file.scenarios.into_iter().map(|one| story::scenario(one, places)).collect(),
    }
}

fn stream(file: FileStream, places: &mut Places<'_>) -> Stream {
    Stream {
        place: places.take("Stream", &file.name),
        name: file.name.into(),
        commands: file.commands.into_iter().map(|one| command(one.command, places)).collect(),
        events: file.events.into_iter().map(|one| event(one.event, places)).collect(),
    }
}

fn command(file: FileCommand, places: &mut Places<'_>) -> Command {
    let place = places.take("Name", &file.name);
    let parameters = file.parameters.into_iter().map(|one| Parameter {
        place: places.take("Name", &one.name),
        name: one.name.into(),
        r#type: one.r#type.into(),
        rules: one.rules.into_iter().map(Text::from).collect(),
    });
    let parameters = parameters.collect();
    let conditions = file.preconditions.into_iter();
    let events = file.postconditions.into_iter().map(Text::from);
    Command {
        place,
        name: file.name.into(),
        parameters,
        preconditions: conditions.map(|text| Condition { text: text.into(), place: None }).collect(),
        postconditions: events.collect(),
    }
}

fn event(file: FileEvent, places: &mut Places<'_>) -> Event {
    let place = places.take("Name", &file.name);
    let properties = file.properties.into_iter().map(|one| property(one, places));
    Event { place, name: file.name.into(), properties: properties.collect() }
}

fn property(file: FileProperty, places: &mut Places<'_>) -> Property {
    Property {
        place: places.take("Name", &file.name),
        name: file.name.into(),
        r#type: file.r#type.into(),
        is_hashed: file.is_hashed,
        is_personal: file.is_personal,
    }
}
