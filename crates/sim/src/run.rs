//! A run: the fold of its steps.
//!
//! Invariants: the same steps with the same models and seed give the same run; a run that was truncated equals the run
//! of the steps that are left. Steps come from shared documents, so whatever they say is bounded, and what cannot be
//! done leaves a note that says why.
//! Not here: what a step means for the log (`system`), what follows by itself (`policies`), how it looks (`views`).

mod acts;
mod models;
mod telling;

pub use models::Models;
pub(crate) use telling::Told;

use crate::log::Mark;
use crate::model::{Model, PolicyId};
use crate::storm::Storming;
use crate::system::System;
use crate::value::Text;
use protocol::Position;
use protocol::step::{Pace, Step};
use protocol::storm::Report;
use protocol::trace::Trace;
use std::sync::Arc;

/// So many policies may wait; more are not carried out.
const MOST_WAITING: usize = 500;
/// The name of a person is cut after so many characters.
const MOST_NAME: usize = 200;

pub struct Run {
    models: Models,
    /// The board as it is now: what stickies refer to. The model of the run, as long as nobody says.
    present: Option<Arc<Model>>,
    system: System,
    settings: Arc<Settings>,
    steps: Vec<Step>,
    told: Vec<Told>,
    /// How everything stood before each step.
    before: Vec<Moment>,
    /// The storm that goes on.
    task: Option<Box<Storming>>,
}

/// What decides how a run goes on, beside its log.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Settings {
    /// What the steps called the model.
    pub fingerprint: String,
    pub pace: Pace,
    /// Apart, because each step keeps the settings before it, and most leave these as they are.
    pub waiting: Arc<Vec<Waiting>>,
    /// How many policies have ever waited.
    pub waited: u64,
}

/// A policy that waits for its turn, or for an answer.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Waiting {
    pub id: u64,
    pub policy: PolicyId,
    pub position: Position,
    /// The condition that only people can judge.
    pub asks: Option<Text>,
}

#[derive(Clone, Debug)]
struct Moment {
    mark: Mark,
    checkpoint: Position,
    settings: Arc<Settings>,
    model: Arc<Model>,
    upcasts: usize,
    lag: bool,
    /// So many links the steps before it were told in.
    links: usize,
    /// The step changed whether these events are skipped: they were, or were not.
    skipped: Vec<(Position, bool)>,
    /// The step changed how the log is read.
    deep: bool,
}

/// How far a long step is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    Done,
    Going { done: u64, of: u64 },
}

impl Run {
    /// A run of no steps, under no model yet.
    pub fn new(models: Models, seed: u64) -> Run {
        Run {
            models,
            present: None,
            system: System::new(Arc::default(), seed),
            settings: Arc::default(),
            steps: Vec::new(),
            told: Vec::new(),
            before: Vec::new(),
            task: None,
        }
    }

    /// A run of no steps under this model.
    pub fn under(model: Arc<Model>, seed: u64) -> Run {
        let mut run = Run::new(Models::default(), seed);
        run.models.insert(model.fingerprint.clone(), model.clone());
        run.settings = Arc::new(Settings { fingerprint: model.fingerprint.clone(), ..Settings::default() });
        run.system = System::new(model, seed);
        run
    }

    /// Texts that steps may name.
    pub fn models_mut(&mut self) -> &mut Models {
        &mut self.models
    }

    /// From here on, stickies are those of this model's text.
    pub fn look_at(&mut self, present: Arc<Model>) {
        self.present = Some(present);
    }

    /// The board that stickies refer to.
    pub fn present(&self) -> &Model {
        self.present.as_deref().unwrap_or(self.system.model())
    }

    pub fn system(&self) -> &System {
        &self.system
    }

    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn told(&self) -> &[Told] {
        &self.told
    }

    /// Takes a step, whole.
    pub fn take(&mut self, step: Step) -> Trace {
        self.begin(step);
        while self.advance(u64::MAX) != Progress::Done {}
        self.told.last().map(|told| told.trace(self.present())).unwrap_or_default()
    }

    /// Begins a step. What is short is done at once; `advance` does the rest, and must before the next step.
    pub fn begin(&mut self, step: Step) {
        while self.advance(u64::MAX) != Progress::Done {}
        let links =
            self.before.last().zip(self.told.last()).map_or(0, |(moment, told)| moment.links + told.len());
        self.before.push(Moment {
            mark: self.system.log().mark(),
            checkpoint: self.system.projections().checkpoint(),
            settings: self.settings.clone(),
            model: self.system.model().clone(),
            upcasts: self.system.readings().upcasts.len(),
            lag: self.system.lag,
            links,
            skipped: Vec::new(),
            deep: false,
        });
        let told = self.act(&step);
        self.told.push(told);
        self.steps.push(step);
    }

    /// Back to the state after so many steps.
    pub fn truncate(&mut self, steps: usize) {
        let Some(moment) = self.before.get(steps).cloned() else { return };
        self.task = None;
        for (position, skipped) in self.before[steps..].iter().rev().flat_map(|moment| &moment.skipped) {
            self.system.unskip(*position, *skipped);
        }
        if self.before[steps..].iter().any(|moment| moment.deep) {
            self.system.restore(moment.mark, moment.checkpoint, moment.model, moment.upcasts);
        } else {
            self.system.rewind(moment.mark, moment.checkpoint);
        }
        self.system.lag = moment.lag;
        self.settings = moment.settings;
        self.steps.truncate(steps);
        self.told.truncate(steps);
        self.before.truncate(steps);
    }

    /// A second run that begins as this one after so many steps. A step that is not taken whole is left out.
    pub fn branch(&self, steps: usize) -> Run {
        let mut branch = Run {
            models: self.models.clone(),
            present: self.present.clone(),
            system: self.system.clone(),
            settings: self.settings.clone(),
            steps: self.steps.clone(),
            told: self.told.clone(),
            before: self.before.clone(),
            task: None,
        };
        branch.truncate(steps.min(self.whole()));
        branch
    }

    /// How many steps are taken whole.
    pub fn whole(&self) -> usize {
        self.steps.len() - usize::from(self.task.is_some())
    }

    /// How the storm went that a step is.
    pub fn report(&self, step: usize) -> Option<Report> {
        self.told.get(step)?.report(self.present())
    }
}
