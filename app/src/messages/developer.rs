//! The texts of the developer view: streams, versions and positions by their names in the field.

use protocol::Position;
use protocol::request::Failed;
use protocol::step::Upcast;
use protocol::trace::{Link, What};

pub const VIEWS: &str = "Parts of the developer view";
pub const LOG: &str = "Log";
pub const STREAMS: &str = "Streams";
pub const SUBSCRIPTIONS: &str = "Subscriptions";
pub const SEND: &str = "Send";
pub const WHAT_IF: &str = "What if";
pub const REPLAY: &str = "Replay";
pub const FILES: &str = "Files";
pub const CROWD: &str = "Crowd";

pub const BACK: &str = "Back";
pub const LOADING: &str = "One moment…";
pub const NO: &str = "Cancel";
pub const SHOW_STICKY: &str = "Show the sticky";
pub const NO_STICKY: &str = "There is no sticky of that name on the wall any more.";
pub const VIEWER: &str = "With this link a shared run can only be watched. Run alone to try things out.";

/// What is said while the slider stands in the past.
pub fn as_of(position: Position) -> String {
    format!("As of position {position}")
}

pub fn failed(failed: &Failed) -> String {
    match failed {
        Failed::NoSuchRun => "This run is not there any more.".to_owned(),
        Failed::NoSuchThing => "There is nothing of that name or number in this run.".to_owned(),
        Failed::MissingModel(_) => "The text that this run was made under is not here yet.".to_owned(),
        Failed::Cancelled => "Stopped.".to_owned(),
        Failed::Stopped(why) => format!("The simulator stopped: {why}"),
        Failed::Unreadable(why) => format!("This could not be read: {why}"),
    }
}

// ---- the log

pub const LOG_NAME: &str = "Events, newest first";
pub const SEARCH: &str = "Search type, stream or data";
pub const STREAM_FILTER: &str = "Stream";
pub const STREAM_HINT: &str = "$all, $ce-Order, Order-1…";
pub const TYPE_FILTER: &str = "Type";
pub const ANY_TYPE: &str = "Every type";
pub const BY_FILTER: &str = "Who";
pub const BY_HINT: &str = "Anybody";
pub const FILTERS: &str = "Filters";
pub const CLEAR: &str = "Clear the filters";
pub const NO_EVENTS: &str =
    "Nothing has happened yet. Press a blue sticky under Play, or send a command here.";
pub const NO_MATCH: &str = "No event suits these filters.";
pub const GO_TO: &str = "Go to position";
pub const GO: &str = "Go";
pub const FIRST: &str = "First page";
pub const PREVIOUS: &str = "Previous page";
pub const NEXT: &str = "Next page";
pub const LAST: &str = "Last page";
pub const PAGES: &str = "Pages";
pub const LIVE: &str = "Live";
pub const LIVE_HELP: &str = "New events come in at the top.";
pub const HELD: &str = "Held";
pub const HELD_HELP: &str = "This page stays as it is while new events arrive. The first page is live.";

pub fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

pub fn events(count: u64) -> String {
    if count == 1 { "1 event".to_owned() } else { format!("{} events", number(count)) }
}

/// Which of a list is on the screen.
pub fn range(from: u64, to: u64, total: u64) -> String {
    format!("{}–{} of {}", number(from), number(to), number(total))
}

pub const SKIPPED: &str = "skipped";
pub const ERASED: &str = "erased";

// ---- an event

pub const STREAM: &str = "Stream";
pub const VERSION: &str = "Version";
pub const EVENT_ID: &str = "Event id";
pub const TIME: &str = "Time";
pub const BY: &str = "By";
pub const CONTEXT: &str = "Context";
pub const CORRELATION: &str = "Correlation";
pub const CAUSATION: &str = "Causation";
pub const STEP: &str = "Step";
pub const JSON: &str = "JSON";
pub const COPY_JSON: &str = "Copy the JSON";
pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str = "This browser does not let the page copy. Select the text instead.";
pub const CAUSES: &str = "Led here";
pub const EFFECTS: &str = "Came of it";
pub const NO_CAUSES: &str = "A person began this.";
pub const NO_EFFECTS: &str = "Nothing followed.";
pub const OLDER: &str = "Event before";
pub const NEWER: &str = "Event after";
pub const TRAVEL: &str = "Travel here";
pub const TRAVEL_HELP: &str = "The wall, the streams and the tables as of this event.";
pub const SKIP: &str = "Skip on replay";
pub const UNSKIP: &str = "Take in again";
pub const SKIP_HELP: &str = "Tables and rules are worked out again without this event. It stays in the log.";
pub const WITHOUT: &str = "What if it had not happened?";
pub const BRANCH_BEFORE: &str = "Branch before it";

pub fn event_title(position: Position) -> String {
    format!("Event {position}")
}

// ---- streams

pub const STREAM_SEARCH: &str = "Search streams";
pub const STREAM_LIST: &str = "Streams";
pub const SYSTEM_STREAMS: &str = "System streams";
pub const ALL_STREAM: &str = "every event";
pub const BY_CATEGORY: &str = "by category";
pub const BY_TYPE: &str = "by event type";
pub const NO_STREAMS: &str = "No stream yet. A stream begins with its first event.";
pub const NO_STREAM_FOUND: &str = "No stream is called so.";
pub const DELETED: &str = "deleted";
pub const FORGOTTEN: &str = "forgotten";
pub const SNAPSHOT: &str = "Snapshot";
pub const SNAPSHOT_HELP: &str = "What of this stream decides commands, and at which version it became so.";
pub const WRITE_TO: &str = "Send a command that expects this version";
pub const DELETE: &str = "Delete the stream…";
pub const DELETE_ASK: &str =
    "Delete this stream? It reads as empty and can be begun again. Its events stay in $all.";
pub const DELETE_YES: &str = "Delete";
pub const FORGET: &str = "Forget personal data…";
pub const FORGET_ASK: &str = "Destroy the key of this stream's personal data? Nobody can read it again, here or in any table. Positions and everything else stay.";
pub const FORGET_YES: &str = "Destroy the key";
pub const EMPTY_STREAM: &str = "It reads as empty: the next event begins it.";
pub const READ_ONLY_STREAM: &str = "A system stream: made of links to events of other streams.";

pub fn at_version(version: u64) -> String {
    format!("version {version}")
}

pub fn last_position(position: Position) -> String {
    format!("last at position {}", number(position))
}

// ---- subscriptions

pub const LAG: &str = "Let read models lag behind";
pub const LAG_HELP: &str = "Eventual consistency: read models hear of events only when you let them catch up. Rules that look into them decide by what they have heard.";
pub const CATCH_UP_ONE: &str = "Catch up one event";
pub const CATCH_UP: &str = "Catch up";
pub const NO_SUBSCRIPTIONS: &str = "This model has no read model and no policy.";
pub const LIVE_NOW: &str = "live";
pub const PROCESSES: &str = "Read models and policies";

pub fn behind(events: u64) -> String {
    format!("{} behind", number(events))
}

pub fn checkpoint(position: Position, head: Position) -> String {
    format!("Checkpoint {} of {}", number(position), number(head))
}

// ---- a read model

pub const ROWS: &str = "Rows and their events";
pub const WHERE: &str = "Where";
pub const IS: &str = "Is";
pub const EVERY_ROW: &str = "Every row";
pub const NO_ROWS: &str = "No row.";
pub const UNSET: &str = "\u{2013}";

pub fn checkpoint_of(position: Position, behind: u64) -> String {
    let lag = if behind == 0 { String::new() } else { format!(", {} behind", number(behind)) };
    format!("Checkpoint {}{lag}. The small number in a cell is the event that set it.", number(position))
}

pub const SET_BY: &str = " set by event ";

pub fn set_by(position: Position) -> String {
    format!("Set by event {position}")
}

// ---- sending with an expected version

pub const COMMAND: &str = "Command";
pub const CHOOSE_COMMAND: &str = "Choose a command…";
pub const EXPECTED: &str = "Expected version of the stream";
pub const ANY: &str = "Any";
pub const NO_STREAM: &str = "No stream";
pub const EXACT: &str = "Exactly";
pub const EXACT_LABEL: &str = "Version that the stream must have";
pub const MADE_UP: &str = "made up when empty";
pub const SEND_NOW: &str = "Send the command";
pub const HISTORY: &str = "Steps, newest first";
pub const NO_STEPS: &str = "Nobody has done anything in this run yet.";
pub const NO_COMMANDS: &str = "The board has no command that can be sent yet.";
pub const ACCEPTED: &str = "accepted";
pub const REJECTED: &str = "rejected";
pub const CONFLICT: &str = "conflict";

pub fn required(label: &str) -> String {
    format!("{label} (required)")
}

/// The result of a step: what became of one link of its trace, where that is worth a line.
pub fn outcome(link: &Link) -> Option<String> {
    match &link.what {
        What::Rejected { failures } => {
            let words: Vec<&str> = failures.iter().map(|failure| failure.message.as_str()).collect();
            Some(words.join(" "))
        }
        What::Conflict { stream, expected: 0, actual } => Some(format!(
            "Wrong expected version: {stream} was expected not to exist and is at {actual}. Nothing was appended."
        )),
        What::Conflict { stream, expected, actual } => Some(format!(
            "Wrong expected version: {stream} was expected at version {expected} and is at {actual}. Nothing was appended."
        )),
        What::Loop { names } => Some(format!("A loop of policies: {}.", names.join(" → "))),
        What::Note { words, .. } => Some(words.clone()),
        What::Policy { waits: Some(_), asks } => {
            let asks = asks.as_ref().map(|asks| format!(": {asks}?")).unwrap_or_default();
            Some(format!("{} waits{asks}", link.name))
        }
        _ => None,
    }
}

/// Whether a link tells of a step that is no command: an import, an erasure, a setting.
pub fn is_note(link: &Link) -> bool {
    matches!(link.what, What::Note { .. })
}

pub fn appended(from: Position, to: Position) -> String {
    match to - from.min(to) {
        0 => "No event.".to_owned(),
        1 => format!("1 event, at position {}", number(to)),
        count => format!("{} events, up to position {}", number(count), number(to)),
    }
}

// ---- what if

pub const WHAT_IF_HELP: &str =
    "A branch is a run of your own that begins as a copy. Nothing in it touches the other run.";
pub const BRANCH_NAME: &str = "Name of the branch";
pub const BRANCH_NOW: &str = "Branch from here";
pub const COMPARE_WITH: &str = "Compare this run with";
pub const NO_OTHER_RUN: &str = "There is no other run yet to compare with.";
pub const SAME: &str = "Both runs are the same, event for event and cell for cell.";
pub const CELLS: &str = "Cells that differ";
pub const CELL: &str = "Read model, row, column";
pub const NOTHING: &str = "nothing";
pub const MORE_EVENTS: &str = "Only the first of them are listed.";

/// A name that a branch may begin with.
pub fn branch_at(position: Position) -> String {
    format!("What if from event {position}")
}

pub fn common(position: Position) -> String {
    if position == 0 {
        "The same from no event on.".to_owned()
    } else {
        format!("The same up to position {}.", number(position))
    }
}

pub fn only_in(run: &str) -> String {
    format!("Only here: {run}")
}

pub fn without(position: Position) -> String {
    format!("Without event {position}")
}

pub fn compared(left: &str, right: &str) -> String {
    format!("{left} and {right}")
}

// ---- replay

pub const FITS: &str = "The whole log fits the model as it is on the board.";
pub const REPLAY_HELP: &str =
    "The kept log is read under the present model. What no longer fits is listed here, and on its sticky.";

pub const USE_VALUE: &str = "Use this value for all of them";

pub fn first_at(position: Position) -> String {
    format!("first: event {position}")
}

pub fn default_for(property: &str) -> String {
    format!("Value for {property}")
}

pub fn misfits(count: usize) -> String {
    if count == 1 { "1 thing does not fit".to_owned() } else { format!("{count} things do not fit") }
}

/// What a remedy does, in the words of versioning.
pub fn upcast(upcast: &Upcast) -> &'static str {
    match upcast {
        Upcast::RenameEvent { .. } | Upcast::RenameProperty { .. } => "Upcast: rename",
        Upcast::Default { .. } => "Upcast: default",
        Upcast::Retype { .. } => "Upcast: type",
        Upcast::SkipEvent { .. } | Upcast::SkipThese { .. } => "Skip on replay",
    }
}

// ---- files

pub const EXPORT: &str = "Export the log";
pub const EXPORT_JSON: &str = "JSON lines";
pub const EXPORT_JSON_HELP: &str = "One event a line, with stream, version, metadata and data.";
pub const EXPORT_CLOUD: &str = "CloudEvents";
pub const EXPORT_CLOUD_HELP: &str = "One CloudEvents 1.0 envelope a line, structured JSON.";
pub const IMPORT: &str = "Import events";
pub const IMPORT_HELP: &str = "JSON lines or CloudEvents, one event a line. An event whose id is in the log already is not appended again.";
pub const IMPORT_FIELD: &str = "Events, one a line";
pub const IMPORT_FILE: &str = "Choose a file";
pub const IMPORT_NOW: &str = "Append them";
pub const IMPORT_EMPTY: &str = "Paste events or choose a file first.";
pub const IMPORT_UNREADABLE: &str = "That file is no text.";

/// An import that took several steps.
pub fn import_came(events: u64) -> String {
    format!("{events} events came in.")
}

/// Too much for the steps of one import.
pub fn import_too_long(line: usize, steps: usize) -> String {
    format!(
        "That is too much: a line may have {} kB, and all of it {} MB.",
        line / 1000,
        line * steps / 1_000_000
    )
}

pub fn import_ready(file: &str, lines: usize) -> String {
    format!("{file} is ready: {} lines.", number(lines as u64))
}
