//! What a message asks for, as work that is done in slices.

use crate::answer;
use crate::runs::Runs;
use crate::steps::Steps;
use protocol::request::{Ask, Failed, Say};
use protocol::scenario::Verdict;
use sim::scenario::Scenarios;
use sim::search::Search;

/// So many states of a search are looked at between two looks at the clock.
const STATES: u64 = 500;

pub struct Job {
    pub id: u32,
    pub work: Work,
}

pub enum Work {
    /// Answered in one go.
    Short(Ask),
    Steps(Steps),
    Scenarios(Box<Scenarios>, Vec<Verdict>),
    /// `None` once it is over.
    Search(Option<Search>),
}

/// How a slice ended.
pub enum Turn {
    Going { done: u64, of: u64 },
    Over(Result<Say, Failed>),
}

impl Work {
    /// What is about the present text takes it as it is now.
    pub fn new(ask: Ask, runs: &Runs) -> Work {
        match ask {
            Ask::Steps { run, seed, keep, steps, models } => {
                Work::Steps(Steps::new(run, seed, keep, steps, models))
            }
            Ask::Scenarios => Work::Scenarios(Box::new(Scenarios::of_text(runs.text())), Vec::new()),
            Ask::Search { bound } => Work::Search(Some(Search::new(runs.present(), bound))),
            ask => Work::Short(ask),
        }
    }

    pub fn is_long(&self) -> bool {
        !matches!(self, Work::Short(_))
    }

    /// What is about the same run is done in the order in which it was asked for.
    pub fn holds_up(&self, other: &Work) -> bool {
        let theirs = other.runs();
        self.runs().iter().flatten().any(|run| theirs.contains(&Some(*run)))
    }

    fn runs(&self) -> [Option<&str>; 2] {
        match self {
            Work::Short(ask) => ask.runs(),
            Work::Steps(steps) => [Some(steps.run()), None],
            Work::Scenarios(..) | Work::Search(_) => [None, None],
        }
    }

    pub fn slice(&mut self, runs: &mut Runs, more: &mut dyn FnMut() -> bool) -> Turn {
        match self {
            Work::Short(ask) => Turn::Over(answer::answer(ask, runs)),
            Work::Steps(steps) => steps.slice(runs, more),
            Work::Scenarios(scenarios, verdicts) => play(scenarios, verdicts, more),
            Work::Search(search) => look(search, more),
        }
    }

    /// Leaves everything as if it had been asked for what is done by now.
    pub fn cancel(self, runs: &mut Runs) {
        if let Work::Steps(steps) = self {
            steps.cancel(runs);
        }
    }
}

fn play(scenarios: &Scenarios, verdicts: &mut Vec<Verdict>, more: &mut dyn FnMut() -> bool) -> Turn {
    while let Some(verdict) = scenarios.play(verdicts.len()) {
        verdicts.push(verdict);
        if !more() {
            return Turn::Going { done: verdicts.len() as u64, of: scenarios.len() as u64 };
        }
    }
    Turn::Over(Ok(Say::Scenarios(std::mem::take(verdicts))))
}

fn look(search: &mut Option<Search>, more: &mut dyn FnMut() -> bool) -> Turn {
    while let Some(looking) = search {
        if looking.advance(STATES) {
            break;
        }
        if !more() {
            let (done, of) = looking.progress();
            return Turn::Going { done, of };
        }
    }
    Turn::Over(search.take().map(|search| Say::Searched(search.finish())).ok_or(Failed::Cancelled))
}
