//! The runs of a board's model, as the shared document holds them: flat entries, so that nothing nested races.
//!
//! ```text
//! <run>                        {"name": ..., "seed": ..., "by": ...}
//! <run>/<number>-<random>      a step as JSON: both words are 8 hexadecimal digits
//! <run>/model/<fingerprint>    the text of a model that a step of the run names
//! ```
//!
//! Invariants: reading is total, entries that are foreign or too large are as if they were not there; the order of the
//! steps is that of their keys, so it is the same for all peers with the same updates; whoever writes a step gives it
//! the highest known number plus one, and two that were written at once keep an order by chance.
//! Not here: what a step means (`sim`), the document (`doc.rs`), a run that one person keeps alone.

mod writes;

pub use writes::{Full, NewStep, Writes};

use crate::file::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The run that every board has.
pub const MAIN: &str = "main";

/// The longest id of a run and the longest fingerprint, in bytes.
pub const LONGEST_ID: usize = 64;
/// The longest name of a run, and of who began it, in letters.
pub const LONGEST_NAME: usize = 80;
/// The largest step, in bytes: an import brings a whole log.
pub const LARGEST_STEP: usize = 512 << 10;
/// The largest text of a model, in bytes.
pub const LARGEST_MODEL: usize = 768 << 10;
/// All texts of models that one run may keep, in bytes.
pub const ALL_MODELS: usize = 4 << 20;
/// So many steps a run has at most.
pub const MOST_STEPS: usize = 10_000;
/// So many runs a board has at most.
pub const MOST_RUNS: usize = 100;
/// A number beyond this is nobody's who counted.
const HIGHEST: u32 = 1 << 24;

/// A step's place among the others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StepKey {
    pub number: u32,
    pub random: u32,
}

/// What a run says about itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct About {
    /// As people call it; empty for `MAIN` as long as nobody named it.
    pub name: String,
    pub seed: u64,
    /// Who began it, for people.
    pub by: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Run {
    /// Missing where only steps arrived so far.
    pub about: Option<About>,
    steps: BTreeMap<StepKey, Arc<str>>,
    models: BTreeMap<Arc<str>, Arc<str>>,
}

/// All runs of a board.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Runs(BTreeMap<Arc<str>, Run>);

/// What the key of an entry says.
enum Key<'a> {
    About,
    Step(StepKey),
    Model(&'a str),
}

impl Runs {
    pub fn read<K: AsRef<str>>(entries: impl IntoIterator<Item = (K, Option<String>)>) -> Runs {
        let mut runs = Runs::default();
        for (key, value) in entries {
            runs.take_in(key.as_ref(), value.as_deref());
        }
        runs
    }

    /// An entry is this now, or is not there any more.
    pub fn take_in(&mut self, key: &str, value: Option<&str>) {
        let Some((id, key)) = parse(key) else { return };
        let run = self.0.entry(id.into()).or_default();
        let fits = |most: usize| value.filter(|value| value.len() <= most).map(Arc::from);
        match key {
            Key::About => run.about = value.and_then(about),
            Key::Step(key) => put(&mut run.steps, key, fits(LARGEST_STEP)),
            Key::Model(fingerprint) => put(&mut run.models, fingerprint.into(), fits(LARGEST_MODEL)),
        }
        if *run == Run::default() {
            self.0.remove(id);
        }
    }

    pub fn get(&self, run: &str) -> Option<&Run> {
        self.0.get(run)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Run)> {
        self.0.iter()
    }

    /// Every entry as it is written.
    pub fn entries(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().flat_map(|(id, run)| run.entries(id))
    }
}

fn put<K: Ord>(map: &mut BTreeMap<K, Arc<str>>, key: K, value: Option<Arc<str>>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}

impl Run {
    /// The steps in their order; those beyond the bound are not taken by anybody.
    pub fn steps(&self) -> impl Iterator<Item = (StepKey, &Arc<str>)> {
        self.steps.iter().take(MOST_STEPS).map(|(key, step)| (*key, step))
    }

    pub fn len(&self) -> usize {
        self.steps.len().min(MOST_STEPS)
    }

    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    pub fn model(&self, fingerprint: &str) -> Option<&str> {
        self.models.get(fingerprint).map(|text| &**text)
    }

    pub fn models(&self) -> impl Iterator<Item = (&str, &str)> {
        self.models.iter().map(|(fingerprint, text)| (&**fingerprint, &**text))
    }

    /// Every entry as it is written in a run of this id.
    pub fn entries(&self, id: &str) -> impl Iterator<Item = (String, String)> {
        let about = self.about.iter().map(move |about| (id.to_owned(), about.to_json()));
        let models = self.models.iter().map(move |(print, text)| (model_key(id, print), text.to_string()));
        let steps = self.steps.iter().map(move |(key, step)| (key.within(id), step.to_string()));
        about.chain(models).chain(steps)
    }

    fn last(&self) -> Option<StepKey> {
        self.steps.last_key_value().map(|(key, _)| *key)
    }
}

impl StepKey {
    fn within(self, run: &str) -> String {
        format!("{run}/{:08x}-{:08x}", self.number, self.random)
    }
}

impl About {
    fn to_json(&self) -> String {
        let mut out = "{\"name\":".to_owned();
        json::write_text(&mut out, &self.name);
        // As text: numbers of JSON hold 53 bits only.
        out.push_str(&format!(",\"seed\":\"{}\",\"by\":", self.seed));
        json::write_text(&mut out, &self.by);
        out.push('}');
        out
    }
}

fn model_key(run: &str, fingerprint: &str) -> String {
    format!("{run}/model/{fingerprint}")
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST_ID && !id.contains('/')
}

fn parse(key: &str) -> Option<(&str, Key<'_>)> {
    let (run, rest) = key.split_once('/').map_or((key, None), |(run, rest)| (run, Some(rest)));
    let key = match rest {
        None => Key::About,
        Some(rest) => match rest.strip_prefix("model/") {
            Some(fingerprint) => Key::Model(Some(fingerprint).filter(|it| is_id(it))?),
            None => Key::Step(step_key(rest)?),
        },
    };
    is_id(run).then_some((run, key))
}

/// One spelling only: what reads as the same key is the same key.
fn step_key(words: &str) -> Option<StepKey> {
    let (number, random) = words.split_once('-')?;
    let word = |word: &str| {
        let hex = word.len() == 8 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        u32::from_str_radix(word, 16).ok().filter(|_| hex)
    };
    let number = word(number).filter(|number| *number <= HIGHEST)?;
    Some(StepKey { number, random: word(random)? })
}

fn about(value: &str) -> Option<About> {
    const LONGEST: usize = 4096;
    let about =
        Some(value).filter(|value| value.len() <= LONGEST).and_then(|value| json::read(value).ok())?;
    let word = |key: &str| about.get(key).and_then(json::Json::text).unwrap_or_default();
    let short = |text: &str| crate::record::one_line(text.chars().take(LONGEST_NAME).collect());
    matches!(about, json::Json::Map(_)).then(|| About {
        name: short(word("name")),
        seed: word("seed").parse().unwrap_or_default(),
        by: short(word("by")),
    })
}
