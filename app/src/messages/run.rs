//! The words of the run: for people who have never seen an event store.
//!
//! Not here: what developers are shown (`developer`).

use crate::decimals::number;

// ---- the pane
pub const PANE: &str = "Run";
pub const CLOSE: &str = "Close the run";
pub const RESIZE: &str = "Width of the run";
pub const VIEWS: &str = "How to look at the run";
pub const PLAY: &str = "Play";
pub const DEVELOPER: &str = "Developer view";
pub const STARTING: &str = "Reading the board…";

// ---- what can be done
pub const CHOOSE: &str = "What happens next?";
pub const CHOOSE_HELP: &str = "Click a blue sticky on the wall, or choose here what somebody does.";
pub const NO_COMMANDS: &str = "There is nothing to play yet";
pub const NO_COMMANDS_HELP: &str = "A command with an event after it can be played. Write one in the text, such as “Place Order ->” with “Order Placed” below it.";
pub const ONLY_LOOK: &str = "You can watch this run. To play, begin a run of your own.";
pub const PLAY_ALONE: &str = "Play alone";
pub const ALONE_NAME: &str = "My run";

// ---- the form
pub const BACK: &str = "Choose something else";
pub const NO_FIELDS: &str = "Nothing to fill in.";
pub const NOTHING_CHOSEN: &str = "Choose…";
pub const SOMETHING_ELSE: &str = "Something else…";
pub const BACK_TO_CHOICES: &str = "Choose from what there is";
pub const YES: &str = "Yes";
pub const NO: &str = "No";
pub const REJECTED: &str = "That was refused";
pub const LIST_HELP: &str = "Several values: put commas between them.";
pub const NOT_NOW: &str = "You are looking at an earlier moment. What you send happens now.";

pub fn acted_by(actor: &str) -> String {
    format!("as {actor}")
}

/// The name of a field that must be filled in, for the ear.
pub const MUST: &str = "needed";

// ---- what happened
pub const HAPPENED: &str = "What happened";
pub const NOTHING_HAPPENED: &str = "Nothing came of it.";
pub const WAITS: &str = "waits";
pub const WAITS_TURN: &str = "waits for its turn";
pub const LOOP: &str = "goes round in a circle";
pub const CONFLICT: &str = "Somebody else was faster. Look at what changed and try again.";
pub const LINK_COMMAND: &str = "command";
pub const LINK_EVENT: &str = "event";
pub const LINK_POLICY: &str = "policy";
pub const LINK_READMODEL: &str = "read model";
pub const LINK_REFUSED: &str = "refused";

pub fn events_happened(names: &[&str]) -> String {
    match names {
        [] => NOTHING_HAPPENED.to_owned(),
        [one] => format!("{one} happened."),
        [all @ .., last] => format!("{} and {last} happened.", all.join(", ")),
    }
}

pub fn changed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("{one} changed."),
        [all @ .., last] => format!("{} and {last} changed.", all.join(", ")),
    }
}

pub fn refused(name: &str, reasons: &str) -> String {
    format!("{name} was refused. {reasons}")
}

pub fn waits(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("“{one}” waits for you."),
        [one, more @ ..] => format!("“{one}” and {} more wait for you.", more.len()),
    }
}

pub fn loops(names: &[String]) -> String {
    format!("This goes round in a circle and was stopped: {}.", names.join(" → "))
}

pub fn others(who: &str, words: &str) -> String {
    if words.starts_with(who) { words.to_owned() } else { format!("{who}: {words}") }
}

pub fn more_links(count: usize) -> String {
    if count == 1 { "and 1 more".to_owned() } else { format!("and {count} more") }
}

// ---- on the wall
pub const DISMISS: &str = "Close";

pub fn times(count: u64) -> String {
    if count < 1_000 { format!("{count}×") } else { format!("{}k×", number((count / 100) as f64 / 10.0)) }
}

// ---- policies
pub const POLICIES: &str = "Policies";
pub const POLICIES_RUN: &str = "By themselves";
pub const POLICIES_WAIT: &str = "When I say so";
pub const POLICIES_HELP: &str = "What the lilac stickies do after an event";
pub const LET_ACT: &str = "Let it act";
pub const DO_NOT: &str = "Leave it out";

pub fn waiting(count: usize) -> String {
    if count == 1 { "1 policy waits for you".to_owned() } else { format!("{count} policies wait for you") }
}

/// A condition as a question.
pub fn asks(condition: &str) -> String {
    let condition = condition.trim().trim_end_matches(['.', '?']);
    format!("Is it true that {condition}?")
}

// ---- tables
pub const TABLES: &str = "What people see";
pub const EMPTY_TABLE: &str = "Nothing in it yet";
pub const NEW_ROW: &str = "new";
pub const CHANGED_CELL: &str = "changed";
pub const ERASED: &str = "erased";
pub const MORE_ROWS: &str = "Show more";
pub const FILTER: &str = "Filter";
pub const FILTER_BY: &str = "Only rows where";
pub const FILTER_IS: &str = "is";
pub const FILTER_OFF: &str = "Show all rows";
pub const NO_MATCH: &str = "No row is like that.";

pub fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

pub fn behind(count: u64) -> String {
    if count == 1 {
        "has not heard of 1 event yet".to_owned()
    } else {
        format!("has not heard of {count} events yet")
    }
}

pub fn sort_by(column: &str) -> String {
    format!("Sort by {column}")
}

// ---- time
pub const TIME: &str = "Time";
pub const MOMENT: &str = "Moment";
pub const START: &str = "Play from here";
pub const PAUSE: &str = "Pause";
pub const STEP_BACK: &str = "One event back";
pub const STEP_ON: &str = "One event on";
pub const TO_NOW: &str = "Back to now";
pub const NOW: &str = "Now";
pub const SPEED: &str = "Speed";
pub const BEGINNING: &str = "Before anything happened";
pub const NOTHING_YET: &str = "Nothing has happened yet";
pub const JUMP: &str = "Go to a time";
pub const JUMP_GO: &str = "Go";
pub const KEYS_PLAY: &str = " (Ctrl+J)";
pub const KEYS_BACK: &str = " (Ctrl+[)";
pub const KEYS_ON: &str = " (Ctrl+])";

pub const SPEEDS: [&str; 4] = ["Slow", "Normal", "Fast", "All in 10 s"];

pub fn of(at: u64, head: u64) -> String {
    format!("{at} of {head}")
}

pub fn moment(clock: &str, event: &str) -> String {
    format!("{clock}, after {event}")
}

// ---- what was done, and scenarios
pub const DONE: &str = "What was done";
pub const DONE_EMPTY: &str = "What you do is listed here, and can be kept as a scenario.";
pub const RECORD: &str = "Keep as scenario";
pub const RECORD_HELP: &str = "Writes what was done onto the board as given, when and then. It is checked from now on with each change.";
pub const RECORDED: &str = "Kept as a scenario on the board.";
pub const NOTHING_TO_RECORD: &str = "There is nothing to keep yet: play a command first.";
pub const NOT_RECORDED: &str = "The scenario could not be written.";
pub const REFUSED_MARK: &str = "refused";

pub fn scenario_name(label: &str) -> String {
    format!("{label}, as played")
}

pub fn go_to(words: &str) -> String {
    format!("Look at the moment after: {words}")
}

// ---- runs
pub const RUNS: &str = "Runs";
pub const EVERYBODY: &str = "Everybody’s run";
pub const SHARED: &str = "shared";
pub const ALONE: &str = "only you";
pub const NEW_RUN: &str = "New run";
pub const RUN_NAME: &str = "Name";
pub const WITH_OTHERS: &str = "With everybody on this board";
pub const FOR_ME: &str = "Alone, in this browser";
pub const BEGIN: &str = "Begin";
pub const RENAME: &str = "Rename";
pub const TAKE_NAME: &str = "Take this name";
pub const RESET: &str = "Start over";
pub const RESET_SURE: &str = "Start over: everything that happened in this run is taken back";
pub const REMOVE: &str = "Remove this run";
pub const REMOVE_SURE: &str = "Remove this run with everything in it";
pub const UNNAMED: &str = "Run without a name";
pub const RESET_DONE: &str = "The run begins anew.";

pub fn progress(done: u64, of: u64) -> String {
    let percent = done.min(of).saturating_mul(100).checked_div(of).unwrap_or(0);
    format!("Working: {percent} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_names_read_as_sentences() {
        assert_eq!(events_happened(&["Order Placed"]), "Order Placed happened.");
        assert_eq!(events_happened(&["A", "B", "C"]), "A, B and C happened.");
        assert_eq!(changed(&["Orders", "Menu"]), "Orders and Menu changed.");
    }

    #[test]
    fn many_times_are_said_shortly() {
        assert_eq!((times(3), times(1_250)), ("3×".to_owned(), "1.2k×".to_owned()));
    }

    #[test]
    fn a_condition_becomes_a_question() {
        assert_eq!(asks("it is the tenth stamp."), "Is it true that it is the tenth stamp?");
    }
}
