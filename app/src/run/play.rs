//! One person's look at a run: the signals that all views of it read, and the two ways in: `act` and `ask`.

use crate::session::Session;
use board::LineId;
use leptos::prelude::*;
use protocol::insight::Misfit;
use protocol::request::{Ask, Failed, Model, RunId, Say, State};
use protocol::scenario::Verdict;
use protocol::step::Act;
use protocol::trace::Trace;
use protocol::{Position, Sticky};
use std::cell::OnceCell;

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

/// All signals are written here alone, unless they say otherwise.
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
}

thread_local! {
    /// The one of this page, with the owner of what it follows: it outlives the views that read it.
    static PLAY: OnceCell<(Owner, Play)> = const { OnceCell::new() };
}

impl Play {
    /// The page's: made at the first call, the same ever after.
    pub fn of(session: Session) -> Play {
        PLAY.with(|kept| {
            let make = || {
                let owner = Owner::new();
                let play = owner.with(|| Play::new(session));
                (owner, play)
            };
            kept.get_or_init(make).1
        })
    }

    fn new(session: Session) -> Play {
        Play {
            session,
            model: RwSignal::new(None),
            state: RwSignal::new(State::default()),
            traces: RwSignal::new(Vec::new()),
            mine: RwSignal::new(None),
            at: RwSignal::new(None),
            command: RwSignal::new(None),
            developer: RwSignal::new(false),
            which: RwSignal::new(Which::Shared("main".to_owned())),
            runs: RwSignal::new(Vec::new()),
            verdicts: RwSignal::new(Vec::new()),
            misfits: RwSignal::new(Vec::new()),
            moves: RwSignal::new(0),
            progress: RwSignal::new(None),
            trouble: RwSignal::new(None),
        }
    }

    /// The run that is looked at, as the worker knows it: for `ask`.
    pub fn run(&self) -> RunId {
        self.which.with(Which::run)
    }

    /// Takes a step in the run that is looked at. What comes of it arrives in the signals.
    pub fn act(&self, act: Act) {
        let _ = act;
    }

    /// Asks the worker; questions about a run are answered when all its steps so far are taken.
    pub async fn ask(&self, ask: Ask) -> Result<Say, Failed> {
        let _ = ask;
        Err(Failed::Cancelled)
    }

    /// Whether this person may take steps in the run that is looked at.
    pub fn can_act(&self) -> bool {
        self.which.with(|which| matches!(which, Which::Alone(_))) || self.session.can_write()
    }

    /// Whose line a sticky of the worker is.
    pub fn line(&self, sticky: Sticky) -> Option<LineId> {
        let _ = sticky;
        None
    }

    /// The sticky that the worker knows this line as.
    pub fn sticky(&self, line: &LineId) -> Option<Sticky> {
        let _ = line;
        None
    }

    /// Looks at this run from now on.
    pub fn look_at(&self, which: Which) {
        self.which.set(which);
    }

    /// Begins a run of this name and looks at it.
    pub fn begin(&self, name: &str, shared: bool) {
        let _ = (name, shared);
    }

    /// A run of one's own that begins as a copy of the one that is looked at, after its first `steps` steps.
    pub fn branch(&self, name: &str, steps: usize) {
        let _ = (name, steps);
    }

    pub fn rename(&self, which: &Which, name: &str) {
        let _ = (which, name);
    }

    /// Takes all steps of the run that is looked at back.
    pub fn reset(&self) {}

    /// Removes a run with its steps.
    pub fn remove(&self, which: &Which) {
        let _ = which;
    }
}
