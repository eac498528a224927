//! The steps of one run as this page knows them, and what of them the worker knows.
//!
//! A step is taken when it can be read and a model stands before it whose text is here: what was left over by a reset,
//! or written by a page that knows more than this one, is passed over, in the same way on every page.
//! Not here: where runs are kept (`shelf`), the worker (`road`).

use board::runs::{Run, StepKey};
use protocol::step::{Act, Step};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One entry of the run.
struct Entry {
    key: StepKey,
    json: Arc<str>,
    /// `None` where this page cannot read it.
    step: Option<Step>,
}

#[derive(Default)]
pub struct Tape {
    entries: Vec<Entry>,
    /// The entries that are taken, in their order.
    taken: Vec<usize>,
}

pub type Mark = (StepKey, Arc<str>);

/// What the worker knows of a run.
#[derive(Default)]
pub struct Told {
    steps: Vec<Mark>,
    /// Fingerprints of the texts that it was given.
    models: BTreeSet<String>,
    seed: u64,
}

/// What it has to be told.
pub struct News {
    pub keep: usize,
    pub steps: Vec<Step>,
    pub models: Vec<(String, String)>,
    pub seed: u64,
    /// What it knows then.
    pub marks: Vec<Mark>,
}

impl Tape {
    pub fn of(run: Option<&Run>) -> Tape {
        let mut tape = Tape::default();
        tape.follow(run);
        tape
    }

    /// Becomes what the run is now; what is the same is not read again.
    pub fn follow(&mut self, run: Option<&Run>) {
        let Some(run) = run else { return *self = Tape::default() };
        let same =
            |(old, (key, json)): &(&Entry, (StepKey, &Arc<str>))| old.key == *key && old.json == **json;
        let keep = self.entries.iter().zip(run.steps()).take_while(same).count();
        self.entries.truncate(keep);
        self.entries.extend(run.steps().skip(keep).map(|(key, json)| Entry {
            key,
            json: json.clone(),
            step: serde_json::from_str(json).ok(),
        }));
        self.taken.clear();
        for (at, entry) in self.entries.iter().enumerate() {
            let takes = match entry.step.as_ref().map(|step| &step.act) {
                Some(Act::Model { fingerprint }) => run.model(fingerprint).is_some(),
                Some(_) => !self.taken.is_empty(),
                None => false,
            };
            if takes {
                self.taken.push(at);
            }
        }
    }

    fn taken(&self) -> impl DoubleEndedIterator<Item = (&Entry, &Step)> {
        let entries = self.taken.iter().filter_map(|at| self.entries.get(*at));
        entries.filter_map(|entry| Some((entry, entry.step.as_ref()?)))
    }

    pub fn len(&self) -> usize {
        self.taken.len()
    }

    /// Steps that a newer page wrote.
    pub fn strange(&self) -> bool {
        self.entries.iter().any(|entry| entry.step.is_none())
    }

    /// The model that the run is under.
    pub fn model(&self) -> Option<&str> {
        self.taken().rev().find_map(|(_, step)| model_of(step))
    }

    /// When the last step was taken.
    pub fn last(&self) -> Option<i64> {
        self.taken().next_back().map(|(_, step)| step.at)
    }

    pub fn index(&self, key: StepKey) -> Option<usize> {
        self.taken().position(|(entry, _)| entry.key == key)
    }

    pub fn keys(&self) -> impl Iterator<Item = StepKey> {
        self.taken().map(|(entry, _)| entry.key)
    }

    /// The first steps as they are written, each with the fingerprint of the model that it names.
    pub fn first(&self, steps: usize) -> Vec<(String, Option<String>)> {
        let steps = self.taken().take(steps);
        steps.map(|(entry, step)| (entry.json.to_string(), model_of(step).map(str::to_owned))).collect()
    }
}

fn seed_of(run: Option<&Run>) -> u64 {
    run.and_then(|run| run.about.as_ref()).map_or(0, |about| about.seed)
}

fn model_of(step: &Step) -> Option<&str> {
    if let Act::Model { fingerprint } = &step.act { Some(fingerprint) } else { None }
}

impl Told {
    /// What is new on the tape; nothing where the worker knows it all.
    pub fn news(&self, tape: &Tape, run: Option<&Run>) -> Option<News> {
        let keep = self.kept(tape);
        let known = keep == self.steps.len() && keep == tape.len();
        (!known).then(|| self.from(keep, tape, run))
    }

    /// Under another seed everything comes out with other ids: the worker has to begin the run anew.
    pub fn is_of(&self, run: Option<&Run>) -> bool {
        self.seed == seed_of(run)
    }

    /// Everything, for a worker that has not heard of the run.
    pub fn all(&self, tape: &Tape, run: Option<&Run>) -> News {
        self.from(0, tape, run)
    }

    fn kept(&self, tape: &Tape) -> usize {
        let same = |((key, json), (entry, _)): &(&(StepKey, Arc<str>), (&Entry, &Step))| {
            *key == entry.key && *json == entry.json
        };
        self.steps.iter().zip(tape.taken()).take_while(same).count()
    }

    fn from(&self, keep: usize, tape: &Tape, run: Option<&Run>) -> News {
        let steps: Vec<Step> = tape.taken().skip(keep).map(|(_, step)| step.clone()).collect();
        let named: BTreeSet<&str> = steps.iter().filter_map(model_of).collect();
        let unknown = named.into_iter().filter(|print| !self.models.contains(*print));
        let text = |print: &str| Some((print.to_owned(), run?.model(print)?.to_owned()));
        let models = unknown.filter_map(text).collect();
        let marks = tape.taken().map(|(entry, _)| (entry.key, entry.json.clone())).collect();
        News { keep, steps, models, seed: seed_of(run), marks }
    }

    /// The worker has taken these in.
    pub fn heard(&mut self, marks: Vec<Mark>, seed: u64, models: impl IntoIterator<Item = String>) {
        self.seed = seed;
        self.steps = marks;
        self.models.extend(models);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::runs::Runs;
    use protocol::step::Command;

    fn json(act: Act) -> Option<String> {
        serde_json::to_string(&Step { at: 1, by: "Ann".into(), seed: 1, act }).ok()
    }

    fn send(name: &str) -> Option<String> {
        json(Act::Send(Command { name: name.into(), ..Command::default() }))
    }

    fn model(print: &str) -> Option<String> {
        json(Act::Model { fingerprint: print.into() })
    }

    fn run(entries: &[(&str, Option<String>)]) -> Run {
        let entries = entries.iter().map(|(key, value)| (format!("r/{key}"), value.clone()));
        Runs::read(entries).get("r").cloned().unwrap_or_default()
    }

    #[test]
    fn what_comes_before_a_model_whose_text_is_here_is_passed_over() {
        let entries = [
            ("00000001-00000000", send("LeftOver")),
            ("00000002-00000000", model("gone")),
            ("00000003-00000000", send("LeftOver")),
            ("00000004-00000000", model("f")),
            ("00000005-00000000", Some("{\"at\":1}".into())),
            ("00000006-00000000", send("Add")),
            ("model/f", Some("Order Placed".into())),
        ];
        let tape = Tape::of(Some(&run(&entries)));
        assert_eq!((tape.len(), tape.model(), tape.strange()), (2, Some("f"), true));
        let keys: Vec<u32> = tape.keys().map(|key| key.number).collect();
        assert_eq!(keys, [4, 6]);
    }

    #[test]
    fn the_worker_is_told_what_is_new_and_no_more() {
        let mut entries = vec![
            ("model/f", Some("Order Placed".into())),
            ("00000001-00000000", model("f")),
            ("00000002-00000000", send("Add")),
        ];
        let (mut tape, mut told) = (Tape::default(), Told::default());
        let mut tell = |entries: &[(&str, Option<String>)]| {
            let run = run(entries);
            tape.follow(Some(&run));
            let News { keep, steps, models, seed, marks } = told.news(&tape, Some(&run))?;
            let answer = (keep, steps.len(), models.len());
            told.heard(marks, seed, models.into_iter().map(|(print, _)| print));
            Some(answer)
        };
        assert_eq!(tell(&entries), Some((0, 2, 1)));
        assert_eq!(tell(&entries), None);
        entries.push(("00000004-00000000", send("Add")));
        assert_eq!(tell(&entries), Some((2, 1, 0)));
        // One that was taken at the same time elsewhere arrives late.
        entries.push(("00000003-00000000", send("Remove")));
        assert_eq!(tell(&entries), Some((2, 2, 0)));
        assert_eq!(tell(&entries[..2]), Some((1, 0, 0)));
        assert_eq!(tell(&[]), Some((0, 0, 0)));
    }
}
