//! What the page asks of the worker, and what it is told.

use crate::insight::{Comparison, Misfit, Searched};
use crate::log::{Detail, Filter, Page, Stream, Subscription};
use crate::scenario::Verdict;
use crate::step::{Pace, Step};
use crate::storm::Report;
use crate::table::{Query, Table};
use crate::trace::{Form, Trace, Waiting};
use crate::{Position, Sticky, Time};
use serde::{Deserialize, Serialize};

/// One message to the worker. Replies carry its `id`; one `Done` or `Failed` ends it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Message {
    pub id: u32,
    pub ask: Ask,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reply {
    pub id: u32,
    pub say: Say,
}

/// The name of a run within this worker, chosen by the page.
pub type RunId = String;

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum Ask {
    /// The text of the board as it is now: what stickies refer to from here on. Answered by `Model`.
    Model {
        text: String,
    },
    /// The steps of a run from index `keep` on are these. `models` holds texts by fingerprint that the worker may not
    /// know. Answered by `State`, with `Progress` on the way when it is long. Makes the run where there is none, and
    /// makes it anew where `keep` is 0. Cancelled, it leaves the run with the steps that were taken whole.
    Steps {
        run: RunId,
        /// Where ids of events come from; it counts when the run is made.
        #[serde(default)]
        seed: u64,
        keep: usize,
        steps: Vec<Step>,
        models: Vec<(String, String)>,
    },
    /// A second run that begins as a copy of the first, after its first `steps` steps. Answered by `State`.
    Branch {
        run: RunId,
        into: RunId,
        steps: usize,
    },
    Close {
        run: RunId,
    },
    State {
        run: RunId,
    },
    Form {
        run: RunId,
        command: String,
        seed: u64,
    },
    Traces {
        run: RunId,
        from: usize,
        to: usize,
    },
    Log {
        run: RunId,
        filter: Filter,
        skip: u64,
        limit: u64,
    },
    Event {
        run: RunId,
        position: Position,
    },
    /// How often each event of the present text has happened up to a position. Answered by `Counts`.
    Counts {
        run: RunId,
        until: Option<Position>,
    },
    /// A search that begins with `$` is about the streams that are made of others: `$all`, `$ce-Todo`,
    /// `$et-TodoAdded`.
    Streams {
        run: RunId,
        search: String,
        until: Option<Position>,
        skip: u64,
        limit: u64,
    },
    Table {
        run: RunId,
        query: Query,
    },
    Misfits {
        run: RunId,
    },
    /// All scenarios of the present text.
    Scenarios,
    /// The steps of a run from `from` to `to` as lines of a scenario.
    Record {
        run: RunId,
        from: usize,
        to: usize,
        name: String,
    },
    /// How a storm would go, or went: `Progress`, then `Storm`. The storm itself is a step.
    Report {
        run: RunId,
        step: usize,
    },
    Search {
        bound: u64,
    },
    Compare {
        left: RunId,
        right: RunId,
    },
    Export {
        run: RunId,
        format: Format,
    },
    /// Stops the work of that message; it answers `Failed` with `Cancelled`.
    Cancel {
        message: u32,
    },
}

impl Ask {
    /// The runs that it is about.
    pub fn runs(&self) -> [Option<&str>; 2] {
        match self {
            Ask::Steps { run, .. }
            | Ask::Close { run }
            | Ask::State { run }
            | Ask::Form { run, .. }
            | Ask::Traces { run, .. }
            | Ask::Log { run, .. }
            | Ask::Event { run, .. }
            | Ask::Streams { run, .. }
            | Ask::Counts { run, .. }
            | Ask::Table { run, .. }
            | Ask::Misfits { run }
            | Ask::Record { run, .. }
            | Ask::Report { run, .. }
            | Ask::Export { run, .. } => [Some(run), None],
            Ask::Branch { run, into, .. } => [Some(run), Some(into)],
            Ask::Compare { left, right } => [Some(left), Some(right)],
            Ask::Model { .. } | Ask::Scenarios | Ask::Search { .. } | Ask::Cancel { .. } => [None, None],
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    JsonLines,
    CloudEvents,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum Say {
    Progress {
        done: u64,
        of: u64,
    },
    Model(Model),
    State(State),
    Form(Form),
    Traces(Vec<Trace>),
    Page(Page),
    Event(Option<Box<Detail>>),
    Streams {
        total: u64,
        streams: Vec<Stream>,
    },
    Table(Table),
    /// By the names of `Model::events`.
    Counts(Vec<(String, u64)>),
    Misfits(Vec<Misfit>),
    Scenarios(Vec<Verdict>),
    Text(String),
    Storm(Report),
    Searched(Searched),
    Comparison(Comparison),
    Done,
    Failed(Failed),
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failed {
    NoSuchRun,
    /// No command, event, step or read model of that name or number.
    NoSuchThing,
    /// Steps name a model whose text was not given.
    MissingModel(String),
    Cancelled,
    /// The message could not be read.
    Unreadable(String),
    /// The worker ended, or cannot be started; with its last words. The next message starts another, which knows
    /// the present text but no runs.
    Stopped(String),
}

/// What can be done with the present text.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Model {
    pub fingerprint: String,
    pub commands: Vec<Name>,
    pub readmodels: Vec<Name>,
    pub events: Vec<Name>,
    pub policies: Vec<Name>,
    pub scenarios: usize,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Name {
    /// `Context.AddItem` where there are several contexts.
    pub name: String,
    /// `Add Item`
    pub label: String,
    pub context: String,
    pub sticky: Option<Sticky>,
    /// Where it stands besides.
    #[serde(default)]
    pub also: Vec<Sticky>,
}

/// Where a run stands.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct State {
    pub steps: usize,
    /// The last position of the log.
    pub head: Position,
    /// Time of the first and of the last event.
    pub first: Time,
    pub last: Time,
    pub streams: u64,
    pub pace: Pace,
    pub lag: bool,
    pub waiting: Vec<Waiting>,
    pub subscriptions: Vec<Subscription>,
    pub misfits: usize,
    /// The model that the run is under; another one than the present text's means: edited since.
    pub fingerprint: String,
    /// The traces of the steps that were just taken (the last 50 at most).
    pub traces: Vec<Trace>,
}
