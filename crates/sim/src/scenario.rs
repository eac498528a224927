//! Scenarios: examples of given, when, then, played on a run of their own.
//!
//! Invariants: every scenario begins with nothing; given events are facts, so nothing follows from them, but given
//! commands are carried out with all that follows; a condition that only people can judge holds; playing is total:
//! what a scenario says wrongly is a line that does not hold, with a sentence that says why.
//! Not here: how scenarios are written (`emd`, `eml`), how a run becomes one (`record`).

mod align;
mod expect;
mod given;
mod outcome;
mod play;
pub(crate) mod said;

use crate::model::Model;
use crate::system::System;
use crate::value::Text;
use emd::Document;
use eml::{Profile, Scenario, Solution};
use protocol::scenario::Verdict;
use std::sync::Arc;

pub(crate) use play::{Rehearsed, rehearse};

/// The scenarios of a model, ready to be played.
#[derive(Clone, Debug)]
pub struct Scenarios {
    /// A system in which nothing has happened.
    fresh: System,
    scenarios: Vec<(Text, Scenario)>,
}

impl Scenarios {
    /// Those of a board's text. Lines are counted in that text.
    pub fn of_text(text: &str) -> Scenarios {
        let document = emd::parse(text);
        Scenarios::new(&eml::lower(&document, Profile::Squall).solution, Some(&document))
    }

    /// Those of a solution, and the document it came from, if there is one.
    pub fn new(solution: &Solution, document: Option<&Document<'_>>) -> Scenarios {
        let fresh = System::new(Arc::new(Model::new(solution, document)), 0);
        let contexts = solution.contexts.iter();
        let scenarios = contexts.flat_map(|context| {
            context.scenarios.iter().map(|scenario| (Text::new(&context.name), scenario.clone()))
        });
        Scenarios { scenarios: scenarios.collect(), fresh }
    }

    pub fn len(&self) -> usize {
        self.scenarios.len()
    }

    pub fn is_empty(&self) -> bool {
        self.scenarios.is_empty()
    }

    /// Plays one of them; `None` beyond the last.
    pub fn play(&self, index: usize) -> Option<Verdict> {
        let (context, scenario) = self.scenarios.get(index)?;
        Some(play::play(self.fresh.clone(), context, scenario))
    }

    /// Plays all of them.
    pub fn verdicts(&self) -> Vec<Verdict> {
        (0..self.len()).filter_map(|index| self.play(index)).collect()
    }
}
