//! The steps of a run, taken in slices.

use crate::answer;
use crate::job::Turn;
use crate::runs::Runs;
use protocol::request::{Failed, RunId};
use protocol::step::{Act, Step};
use sim::run::Progress;
use std::collections::VecDeque;

/// So many events of a long step are made between two looks at the clock.
const EVENTS: u64 = 200;

pub struct Steps {
    run: RunId,
    seed: u64,
    keep: usize,
    left: VecDeque<Step>,
    models: Vec<(String, String)>,
    begun: bool,
    /// A step is under way, and what it counts.
    open: Option<u64>,
    done: u64,
    of: u64,
}

impl Steps {
    pub fn new(run: RunId, seed: u64, keep: usize, steps: Vec<Step>, models: Vec<(String, String)>) -> Steps {
        let of = steps.iter().map(weight).sum();
        Steps { run, seed, keep, left: steps.into(), models, begun: false, open: None, done: 0, of }
    }

    pub fn run(&self) -> &str {
        &self.run
    }

    pub fn slice(&mut self, runs: &mut Runs, more: &mut dyn FnMut() -> bool) -> Turn {
        self.go_on(runs, more).unwrap_or_else(|failed| Turn::Over(Err(failed)))
    }

    /// The step that is under way is as if it had not been taken; those before it stay.
    pub fn cancel(self, runs: &mut Runs) {
        if let (Some(_), Ok(run)) = (self.open, runs.get_mut(&self.run)) {
            run.truncate(run.steps().len().saturating_sub(1));
        }
    }

    fn go_on(&mut self, runs: &mut Runs, more: &mut dyn FnMut() -> bool) -> Result<Turn, Failed> {
        if !self.begun {
            self.begin(runs)?;
        }
        let run = runs.get_mut(&self.run)?;
        loop {
            let part = match self.open {
                Some(weight) => match run.advance(EVENTS) {
                    Progress::Going { done, of } => weight.saturating_mul(done) / of.max(1),
                    Progress::Done => {
                        self.open = None;
                        self.done += weight;
                        0
                    }
                },
                None => {
                    let Some(step) = self.left.pop_front() else {
                        return Ok(Turn::Over(answer::state(runs, &self.run, self.keep)));
                    };
                    self.open = Some(weight(&step));
                    run.begin(step);
                    0
                }
            };
            if !more() {
                return Ok(Turn::Going { done: self.done + part, of: self.of });
            }
        }
    }

    fn begin(&mut self, runs: &mut Runs) -> Result<(), Failed> {
        self.begun = true;
        if self.keep == 0 {
            runs.begin(&self.run, self.seed);
        }
        let run = runs.get_mut(&self.run)?;
        if self.keep > run.steps().len() {
            return Err(Failed::NoSuchThing);
        }
        for (fingerprint, text) in self.models.drain(..) {
            run.models_mut().add(&fingerprint, &text);
        }
        if let Some(missing) = run.models_mut().missing(&self.left) {
            return Err(Failed::MissingModel(missing.to_owned()));
        }
        run.truncate(self.keep);
        Ok(())
    }
}

/// How much a step counts: about its commands.
fn weight(step: &Step) -> u64 {
    match &step.act {
        Act::Storm(storm) => u64::from(storm.commands).max(1),
        _ => 1,
    }
}
