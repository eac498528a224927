//! What can be done to runs, as entries to write: pure, like the plans of the lines.
//!
//! Invariant: what is written is read by everybody, so nothing is written that is larger than what is read.

use super::{
    ALL_MODELS, About, HIGHEST, Key, LARGEST_MODEL, LARGEST_STEP, LONGEST_NAME, MAIN, MOST_RUNS, MOST_STEPS,
    Run, Runs, StepKey, model_key, parse,
};
use crate::Op;
use std::fmt;
use std::sync::Arc;

/// Entries to write or to take away. Made by `Runs`, carried out by `Command::Run`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Writes(Vec<(Arc<str>, Option<String>)>);

/// One step to take.
#[derive(Clone, PartialEq, Debug)]
pub struct NewStep {
    /// The step as JSON.
    pub step: String,
    /// Fingerprint and text of the model that the step names, if it names one.
    pub model: Option<(String, String)>,
}

/// Why nothing more can be done in a run, or no run be begun.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Full {
    Runs,
    Steps,
    Step,
    Model,
    /// Too many texts of models that differ.
    Models,
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Full::Runs => write!(f, "a board has {MOST_RUNS} runs at most: remove one"),
            Full::Steps => write!(f, "a run has {MOST_STEPS} steps at most: reset it, or begin another one"),
            Full::Step => f.write_str("this is too large for one step: do it in parts"),
            Full::Model => f.write_str("the text of this board is too large to be kept with a run"),
            Full::Models => f.write_str(
                "this run has seen too many versions of the board: reset it, or begin another one",
            ),
        }
    }
}

impl std::error::Error for Full {}

impl Writes {
    pub(crate) fn ops(&self) -> Vec<Op> {
        let op =
            |(key, value): &(Arc<str>, Option<String>)| Op::SetRun { key: key.clone(), value: value.clone() };
        self.0.iter().map(op).collect()
    }

    /// What to write under which key; nothing takes the entry away.
    pub fn entries(&self) -> &[(Arc<str>, Option<String>)] {
        &self.0
    }

    /// The steps that are taken by this.
    pub fn taken(&self) -> impl Iterator<Item = StepKey> {
        let key = |key: &str| match parse(key) {
            Some((_, Key::Step(key))) => Some(key),
            _ => None,
        };
        self.0.iter().filter(|(_, value)| value.is_some()).filter_map(move |(at, _)| key(at))
    }

    fn set(&mut self, key: String, value: String) {
        self.0.push((key.into(), Some(value)));
    }
}

impl Runs {
    /// Carries out what is written where there is no document: in runs that one person keeps alone.
    pub fn write(&mut self, writes: &Writes) {
        for (key, value) in &writes.0 {
            self.take_in(key, value.as_deref());
        }
    }

    /// A run of this id, which must be fresh, or `MAIN`.
    pub fn begin(&self, run: &str, about: About) -> Result<Writes, Full> {
        if self.get(run).is_none() && self.iter().count() >= MOST_RUNS {
            return Err(Full::Runs);
        }
        let mut writes = Writes::default();
        writes.set(run.to_owned(), shortened(about).to_json());
        Ok(writes)
    }

    /// These steps come after all that are known.
    pub fn take(
        &self,
        run: &str,
        steps: Vec<NewStep>,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<Writes, Full> {
        let none = Run::default();
        let known = self.get(run).unwrap_or(&none);
        if known.steps.len() + steps.len() > MOST_STEPS {
            return Err(Full::Steps);
        }
        let mut room = ALL_MODELS.saturating_sub(known.models.values().map(|text| text.len()).sum());
        let mut number = known.last().map_or(0, |last| last.number);
        let mut writes = Writes::default();
        for NewStep { step, model } in steps {
            if step.len() > LARGEST_STEP {
                return Err(Full::Step);
            }
            if let Some((fingerprint, text)) = model.filter(|(print, text)| known.model(print) != Some(text))
            {
                if text.len() > LARGEST_MODEL {
                    return Err(Full::Model);
                }
                room = room.checked_sub(text.len()).ok_or(Full::Models)?;
                writes.set(model_key(run, &fingerprint), text);
            }
            number = Some(number + 1).filter(|number| *number <= HIGHEST).ok_or(Full::Steps)?;
            writes.set(StepKey { number, random: random() as u32 }.within(run), step);
        }
        Ok(writes)
    }

    /// Takes these steps back.
    pub fn take_back(&self, run: &str, steps: &[StepKey]) -> Writes {
        Writes(steps.iter().map(|key| (key.within(run).into(), None)).collect())
    }

    /// Begins a run anew: its name stays, all steps go. What others do at the same time may be left over: whoever
    /// reads a run takes only what follows the first model it names.
    pub fn reset(&self, run: &str, seed: u64, by: &str) -> Writes {
        let mut writes = self.empty(run);
        let name = self.get(run).and_then(|run| run.about.as_ref()).map(|about| about.name.clone());
        let about = About { name: name.unwrap_or_default(), seed, by: by.to_owned() };
        writes.set(run.to_owned(), shortened(about).to_json());
        writes
    }

    fn empty(&self, run: &str) -> Writes {
        let Some(known) = self.get(run) else { return Writes::default() };
        let steps = known.steps.keys().map(|key| key.within(run));
        let models = known.models.keys().map(|print| model_key(run, print));
        Writes(steps.chain(models).map(|key| (key.into(), None)).collect())
    }

    pub fn rename(&self, run: &str, name: &str) -> Writes {
        let about = self.get(run).and_then(|run| run.about.clone()).unwrap_or_default();
        let mut writes = Writes::default();
        writes.set(run.to_owned(), shortened(About { name: name.to_owned(), ..about }).to_json());
        writes
    }

    /// Takes a run away with everything in it; of `MAIN` its name stays.
    pub fn remove(&self, run: &str) -> Writes {
        let mut writes = self.empty(run);
        if run != MAIN && self.get(run).is_some() {
            writes.0.push((run.into(), None));
        }
        writes
    }
}

fn shortened(about: About) -> About {
    let short = |text: &str| text.chars().take(LONGEST_NAME).collect();
    About { name: short(&about.name), by: short(&about.by), ..about }
}
