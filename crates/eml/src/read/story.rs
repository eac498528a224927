//! Policies, actors, terms and scenarios: the keys that only we write.

use super::{Places, list, or_default, word, words};
use crate::model::Text;
use crate::story::{Actor, Given, Policy, Reference, Says, Scenario, ScenarioLine, Term};
use emd::Step;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
pub struct HasPolicy {
    #[serde(deserialize_with = "or_default")]
    policy: FilePolicy,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FilePolicy {
    #[serde(deserialize_with = "word")]
    event: String,
    #[serde(deserialize_with = "word")]
    condition: String,
    #[serde(deserialize_with = "word")]
    command: String,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
pub struct HasActor {
    #[serde(deserialize_with = "or_default")]
    actor: FileActor,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileActor {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "words")]
    commands: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
pub struct HasTerm {
    #[serde(deserialize_with = "or_default")]
    term: FileTerm,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileTerm {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "word")]
    meaning: String,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
pub struct HasScenario {
    #[serde(deserialize_with = "or_default")]
    scenario: FileScenario,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileScenario {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "list")]
    steps: Vec<FileStep>,
}

/// One of the words stands before each step; of several the first in this order counts.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileStep {
    given: Option<Word>,
    when: Option<Word>,
    then: Option<Word>,
    rejected: Option<Word>,
    expect: Option<Word>,
    #[serde(deserialize_with = "list")]
    values: Vec<FileValue>,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Word(#[serde(deserialize_with = "word")] String);

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "PascalCase")]
struct FileValue {
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "word")]
    value: String,
}

/// The contexts of names are found later, when all are known.
fn reference(name: String) -> Reference {
    Reference { context: Text::default(), name: name.into() }
}

pub fn policy(file: HasPolicy) -> Option<Policy> {
    let file = file.policy;
    let whole = !file.event.is_empty() && !file.command.is_empty();
    whole.then(|| Policy {
        place: None,
        event: reference(file.event),
        condition: file.condition.into(),
        command: reference(file.command),
    })
}

pub fn actor(file: HasActor, places: &mut Places<'_>) -> Actor {
    let file = file.actor;
    Actor {
        place: places.take("Name", &file.name),
        name: file.name.into(),
        commands: file.commands.into_iter().map(Text::from).collect(),
    }
}

pub fn term(file: HasTerm, places: &mut Places<'_>) -> Term {
    let file = file.term;
    Term { place: places.take("Name", &file.name), name: file.name.into(), meaning: file.meaning.into() }
}

pub fn scenario(file: HasScenario, places: &mut Places<'_>) -> Scenario {
    let file = file.scenario;
    Scenario {
        place: places.take("Name", &file.name),
        name: file.name.into(),
        lines: file.steps.into_iter().filter_map(|one| step(one, places)).collect(),
    }
}

fn step(file: FileStep, places: &mut Places<'_>) -> Option<ScenarioLine> {
    let name = |word: Word| Says::Name(reference(word.0));
    let found = [
        file.given.map(|word| ("Given", word)),
        file.when.map(|word| ("When", word)),
        file.then.map(|word| ("Then", word)),
        file.rejected.map(|word| ("Rejected", word)),
        file.expect.map(|word| ("Expect", word)),
    ];
    let (key, word) = found.into_iter().flatten().next()?;
    let place = places.take(key, &word.0);
    let (step, says) = match key {
        "Given" => (Step::Given, name(word)),
        "When" => (Step::When, name(word)),
        "Then" => (Step::Then, name(word)),
        "Rejected" => (Step::Then, Says::Rejected(word.0.into())),
        _ => (Step::Expect, name(word)),
    };
    let values = file.values.into_iter().map(|one| {
        // Its line is nobody's, but the next one of that name must not get it.
        places.take("Name", &one.name);
        Given { name: one.name.into(), value: one.value.into() }
    });
    Some(ScenarioLine { place, step, says, values: values.collect() })
}
