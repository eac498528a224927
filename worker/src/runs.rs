//! The runs that this worker holds, and the board's text as it is now.
//!
//! Invariant: what is shown of a run is what the present text makes of its log. A run stays under the model that its
//! steps name; where that is another than the present one, a copy under the present one is what is shown.

use protocol::request::{Failed, Model, RunId};
use protocol::step::{Act, Step};
use sim::run::Run;
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Default)]
pub struct Runs {
    present: Arc<sim::model::Model>,
    text: String,
    all: HashMap<RunId, Kept>,
}

struct Kept {
    run: Run,
    /// The run under the present model, once somebody looked and where it is under another.
    shown: Option<Run>,
}

impl Runs {
    /// From here on this is the board, and what stickies of all runs refer to.
    pub fn look_at(&mut self, text: &str) -> Model {
        self.present = Arc::new(sim::model::Model::of_text(text));
        self.text = text.to_owned();
        for kept in self.all.values_mut() {
            kept.run.look_at(self.present.clone());
            kept.shown = None;
        }
        self.present.list()
    }

    pub fn present(&self) -> &Arc<sim::model::Model> {
        &self.present
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The run as its steps made it.
    pub fn get(&self, run: &str) -> Result<&Run, Failed> {
        self.all.get(run).map(|kept| &kept.run).ok_or(Failed::NoSuchRun)
    }

    /// To change it.
    pub fn get_mut(&mut self, run: &str) -> Result<&mut Run, Failed> {
        let kept = self.all.get_mut(run).ok_or(Failed::NoSuchRun)?;
        kept.shown = None;
        Ok(&mut kept.run)
    }

    /// The run as the present text reads it.
    pub fn shown(&mut self, run: &str) -> Result<&Run, Failed> {
        let kept = self.all.get_mut(run).ok_or(Failed::NoSuchRun)?;
        kept.show(&self.present);
        Ok(kept.shown())
    }

    pub fn both_shown(&mut self, left: &str, right: &str) -> Result<[&Run; 2], Failed> {
        self.shown(left)?;
        self.shown(right)?;
        let shown = |run: &str| self.all.get(run).map(Kept::shown).ok_or(Failed::NoSuchRun);
        Ok([shown(left)?, shown(right)?])
    }

    /// A run without steps. It takes the place of one of that name, and the texts that one was given.
    pub fn begin(&mut self, run: &str, seed: u64) {
        let models = self.get_mut(run).map(|old| old.models_mut().clone()).unwrap_or_default();
        let mut fresh = Run::new(models, seed);
        fresh.look_at(self.present.clone());
        self.put(run, fresh);
    }

    pub fn put(&mut self, name: &str, run: Run) {
        self.all.insert(name.to_owned(), Kept { run, shown: None });
    }

    pub fn close(&mut self, run: &str) {
        self.all.remove(run);
    }
}

impl Kept {
    fn show(&mut self, present: &Arc<sim::model::Model>) {
        if self.shown.is_none() && self.run.system().model().fingerprint != present.fingerprint {
            self.shown = Some(under(&self.run, present));
        }
    }

    fn shown(&self) -> &Run {
        self.shown.as_ref().unwrap_or(&self.run)
    }
}

fn under(run: &Run, present: &Arc<sim::model::Model>) -> Run {
    let mut shown = run.branch(run.steps().len());
    let fingerprint = present.fingerprint.clone();
    shown.models_mut().insert(fingerprint.clone(), present.clone());
    let at = run.steps().last().map_or(0, |step| step.at);
    shown.take(Step { at, by: String::new(), seed: 0, act: Act::Model { fingerprint } });
    shown
}
