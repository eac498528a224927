//! A step: one thing that somebody did to a run. A run is its list of steps and nothing else: the same steps, with
//! the same models, give the same log on every screen.

use crate::storm::Storm;
use crate::{Position, Time};
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// When it was done, on the room's clock: the time of the events that come of it.
    pub at: Time,
    /// Who did it, in words for people.
    pub by: String,
    /// Where made-up ids come from.
    pub seed: u64,
    pub act: Act,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum Act {
    /// From here on the run is under this model; the text is kept beside the steps under its fingerprint.
    Model { fingerprint: String },
    /// A person sends a command.
    Send(Command),
    /// Policies run by themselves, or wait for `Advance`.
    Policies { pace: Pace },
    /// Carries out one waiting policy: this one, or the one that waits longest. `answer` says whether its condition
    /// holds, where it has one that only people can judge.
    Advance { waiting: Option<u64>, answer: Option<bool> },
    /// Read models hear of events at once, or only when somebody lets them catch up.
    Lag { on: bool },
    /// Read models take in what they have not heard of: at most this many events, or all.
    CatchUp { events: Option<u64> },
    /// An event is left out when the log is replayed, or taken in again.
    Skip { position: Position, skip: bool },
    /// How events that were written under an older model are read from now on.
    Upcast(Upcast),
    /// The key of a stream's personal data is destroyed.
    Forget { stream: String },
    /// A stream is deleted softly: it reads as empty and can be begun again.
    Delete { stream: String },
    /// Many commands at once, made up from a seed.
    Storm(Storm),
    /// Events from elsewhere, as JSON lines or CloudEvents (one per line). Known ids are not appended again.
    Import { lines: String },
}

/// A command with its values as people write them; `Context.Command` where the name alone is not enough.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Command {
    pub name: String,
    pub values: Vec<(String, String)>,
    /// The version that the stream must have.
    #[serde(default)]
    pub expected: Expected,
}

/// What a writer expects of a stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    #[default]
    Any,
    NoStream,
    /// So many events are in it.
    Version(u64),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    #[default]
    Automatic,
    Stepped,
}

/// Names are as in EML: without spaces; events as `Context.Event` where there are several contexts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "snake_case")]
pub enum Upcast {
    /// Events that were called `from` are events `to`.
    RenameEvent { from: String, to: String },
    /// In events of this name the property `from` is called `to`.
    RenameProperty { event: String, from: String, to: String },
    /// Events of this name that lack the property have it with this value.
    Default { event: String, property: String, value: String },
    /// Where events of this name hold a value of the property that is none of the type, it reads as `value`.
    Retype { event: String, property: String, r#type: String, value: String },
    /// Events of this name are left out on replay.
    SkipEvent { event: String },
    /// These events are left out on replay, as if each were skipped by hand.
    SkipThese { positions: Vec<Position> },
}
