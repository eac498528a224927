//! What a message asks for, as work that is done in slices.

use crate::answer;
use crate::runs::Runs;
use crate::steps::Steps;
use protocol::request::{Ask, Failed, Say};

pub struct Job {
    pub id: u32,
    pub work: Work,
}

pub enum Work {
    /// Answered in one go.
    Short(Ask),
    Steps(Steps),
}

/// How a slice ended.
pub enum Turn {
    Going { done: u64, of: u64 },
    Over(Result<Say, Failed>),
}

impl Work {
    /// What is about the present text takes it as it is now.
    pub fn new(ask: Ask) -> Work {
        match ask {
            Ask::Steps { run, seed, keep, steps, models } => {
                Work::Steps(Steps::new(run, seed, keep, steps, models))
            }
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
            Work::Short(ask) => answer::runs(ask),
            Work::Steps(steps) => [Some(steps.run()), None],
        }
    }

    pub fn slice(&mut self, runs: &mut Runs, more: &mut dyn FnMut() -> bool) -> Turn {
        match self {
            Work::Short(ask) => Turn::Over(answer::answer(ask, runs)),
            Work::Steps(steps) => steps.slice(runs, more),
        }
    }

    /// Leaves everything as if it had been asked for what is done by now.
    pub fn cancel(self, runs: &mut Runs) {
        if let Work::Steps(steps) = self {
            steps.cancel(runs);
        }
    }
}
