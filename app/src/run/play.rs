//! One person's look at a run: the signals that all views of it read, and the two ways in: `act` and `ask`.
//!
//! Not here: how the worker is kept in step (`road`), where runs are kept (`shelf`), what is done to them (`deeds`).

use super::road::Road;
use super::shelf::Shelf;
use super::tape::Tape;
use crate::lasting::lasting;
use crate::messages::play as words;
use crate::session::Session;
use crate::tried::{Check, Tried, tried};
use board::LineId;
use board::runs::{MAIN, StepKey};
use board::wire::Role;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use protocol::insight::Misfit;
use protocol::request::{Ask, Failed, Model, RunId, Say, State};
use protocol::scenario::Verdict;
use protocol::step::Act;
use protocol::trace::Trace;
use protocol::{Position, Sticky};
use std::cell::OnceCell;
use std::collections::VecDeque;
use std::sync::Arc;

/// A run that can be looked at.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Which {
    /// In the shared document: everybody drives it and sees it. `main` is there always.
    Shared(String),
    /// Kept in this browser.
    Alone(String),
}

impl Which {
    /// The run as the worker knows it.
    pub fn run(&self) -> RunId {
        match self {
            Which::Shared(run) => format!("shared/{run}"),
            Which::Alone(run) => format!("alone/{run}"),
        }
    }

    /// The board's shared run.
    pub fn main() -> Which {
        Which::Shared(MAIN.to_owned())
    }
}

/// A run that there is.
#[derive(Clone, PartialEq, Debug)]
pub struct Known {
    pub which: Which,
    /// As people call it; empty for the board's shared run.
    pub name: String,
    /// Who began it.
    pub by: String,
    pub steps: usize,
}

/// All signals are written by this module and its neighbours alone, unless they say otherwise.
#[derive(Clone, Copy)]
pub struct Play {
    pub session: Session,
    /// What can be done with the text as it is; nothing until the worker has read it.
    pub model: RwSignal<Option<Model>>,
    /// Where the run stands now, whatever `at` says.
    pub state: RwSignal<State>,
    /// What its last steps brought about, oldest first.
    pub traces: RwSignal<Vec<Trace>>,
    /// What the step brought about that this person took last, until another one is begun.
    pub mine: RwSignal<Option<Trace>>,
    /// The moment that is looked at; `None` is now. Written by views.
    pub at: RwSignal<Option<Position>>,
    /// The command that is being filled in. Written by views, and by the selection on the wall.
    pub command: RwSignal<Option<String>>,
    /// Developer view. Written by views.
    pub developer: RwSignal<bool>,
    pub which: RwSignal<Which>,
    /// The run that `state` and `traces` are of: `which`, as soon as the worker has said where it stands.
    pub shown: RwSignal<Option<RunId>>,
    pub runs: RwSignal<Vec<Known>>,
    /// How all scenarios of the board came out.
    pub verdicts: RwSignal<Vec<Verdict>>,
    /// What of the kept log does not fit the model any more.
    pub misfits: RwSignal<Vec<Misfit>>,
    /// Grows with everything that may change an answer to `ask`: other steps, another text, another run.
    pub moves: RwSignal<u64>,
    /// How far long work is: done, of.
    pub progress: RwSignal<Option<(u64, u64)>>,
    /// Why the last `act` or the present run came to nothing, for people.
    pub trouble: RwSignal<Option<String>>,
    pub(super) inner: StoredValue<Inner, LocalStorage>,
}

/// What of it is no signal.
pub(super) struct Inner {
    pub shelf: Shelf,
    pub road: Road,
    /// The steps of the run that is looked at.
    pub tape: Tape,
    /// What is to be done as soon as the worker has read the text.
    pub pending: VecDeque<Act>,
    /// The step of one's own whose trace is waited for.
    pub mine: Option<StepKey>,
    /// Steps of one's own that the worker has not taken yet.
    pub untold: Vec<StepKey>,
    /// One's own resets are no news.
    pub resetting: bool,
    pub quiet: Option<Timeout>,
}

thread_local! {
    /// The one of this page, with the owner of what it follows: it outlives the views that read it.
    static PLAY: OnceCell<(Owner, Play)> = const { OnceCell::new() };
}

impl Play {
    /// The page's: made at the first call, the same ever after.
    pub fn of(session: Session) -> Play {
        let known = PLAY.with(|kept| kept.get().map(|(_, play)| *play));
        known.unwrap_or_else(|| {
            let owner = lasting();
            let play = owner.with(|| Play::new(session));
            // Set once: nobody else asks between these lines.
            PLAY.with(|kept| drop(kept.set((owner.clone(), play))));
            owner.with(|| play.begin_to_listen());
            play
        })
    }

    /// Makes what lasts as long as the page.
    pub fn lasting(&self, make: impl FnOnce()) {
        let owner = PLAY.with(|kept| kept.get().map(|(owner, _)| owner.clone()));
        if let Some(owner) = owner {
            owner.with(Owner::new).with(make);
        }
    }

    fn new(session: Session) -> Play {
        let shelf = Shelf::new(session);
        Play {
            session,
            model: RwSignal::new(None),
            state: RwSignal::new(State::default()),
            traces: RwSignal::new(Vec::new()),
            mine: RwSignal::new(None),
            at: RwSignal::new(None),
            command: RwSignal::new(None),
            developer: RwSignal::new(false),
            which: RwSignal::new(Which::main()),
            shown: RwSignal::new(None),
            runs: RwSignal::new(shelf.known()),
            verdicts: RwSignal::new(Vec::new()),
            misfits: RwSignal::new(Vec::new()),
            moves: RwSignal::new(0),
            progress: RwSignal::new(None),
            trouble: RwSignal::new(None),
            inner: StoredValue::new_local(Inner {
                tape: Tape::of(shelf.get(&Which::main())),
                shelf,
                road: Road::default(),
                pending: VecDeque::new(),
                mine: None,
                untold: Vec::new(),
                resetting: false,
                quiet: None,
            }),
        }
    }

    /// The run that is looked at, as the worker knows it: for `ask`.
    pub fn run(&self) -> RunId {
        self.which.with(Which::run)
    }

    /// Asks the worker; questions about a run are answered when all its steps so far are taken.
    pub async fn ask(&self, ask: Ask) -> Result<Say, Failed> {
        self.answer(ask).await
    }

    /// Whether this person may take steps in the run that is looked at.
    pub fn can_act(&self) -> bool {
        self.which.with(|which| matches!(which, Which::Alone(_))) || self.session.role.get() != Role::View
    }

    /// Whether a step of this person is still to be taken, or its trace to come.
    pub fn awaits_its_own(&self) -> bool {
        self.inner.with_value(|inner| inner.mine.is_some() || !inner.pending.is_empty())
    }

    /// Whose line a sticky of the worker is.
    pub fn line(&self, sticky: Sticky) -> Option<LineId> {
        self.inner.with_value(|inner| inner.road.line(sticky))
    }

    /// The sticky that the worker knows this line as.
    pub fn sticky(&self, line: &LineId) -> Option<Sticky> {
        self.inner.with_value(|inner| inner.road.sticky(line))
    }

    /// The verdicts by the lines of the board, for those who know nothing of the worker.
    pub(super) fn tell_verdicts(&self, verdicts: Vec<Verdict>) {
        let told: Vec<Tried> = verdicts.iter().filter_map(|verdict| self.told(verdict)).collect();
        let all = tried();
        let turned = all.with_untracked(|before| turned(before, &told));
        if all.with_untracked(|before| **before != told) {
            all.set(Arc::new(told));
        }
        self.verdicts.set(verdicts);
        if !turned.is_empty() {
            self.session.announcement.set(turned);
        }
    }

    fn told(&self, verdict: &Verdict) -> Option<Tried> {
        let check = |checked: &protocol::scenario::Checked| {
            Some(Check {
                line: self.line(checked.line)?,
                expected: checked.expected.clone(),
                actual: checked.actual.clone(),
                holds: checked.holds,
                words: checked.words.clone(),
            })
        };
        Some(Tried {
            line: self.line(verdict.sticky)?,
            name: verdict.name.clone(),
            passed: verdict.passed,
            checks: verdict.lines.iter().filter_map(check).collect(),
        })
    }
}

/// What came out otherwise than before, said in sentences.
fn turned(before: &[Tried], now: &[Tried]) -> String {
    /// More than this nobody listens to.
    const MOST: usize = 3;
    let other = |now: &&Tried| before.iter().any(|old| old.line == now.line && old.passed != now.passed);
    let turned = now.iter().filter(other).take(MOST);
    turned.map(|tried| words::verdict(&tried.name, tried.passed)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_is_said_and_what_is_new_or_the_same_is_not() {
        let tried = |line: &str, passed: bool| Tried {
            line: LineId(line.into()),
            name: line.to_owned(),
            passed,
            checks: Vec::new(),
        };
        let before = [tried("a", true), tried("b", true)];
        let now = [tried("a", false), tried("b", true), tried("c", false)];
        assert_eq!(turned(&before, &now), words::verdict("a", false));
        assert_eq!(turned(&[], &now), "");
    }
}
