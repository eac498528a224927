//! Every text of the page, in one place, by name. English first.

pub mod commands;
pub mod developer;
mod home;
mod panels;
pub mod play;
pub mod run;
pub mod ship;
pub mod storm;

pub use home::*;
pub use panels::*;

use crate::view::wall::Deed;
use board::wire::CloseCode;
use emd::{Annotation, Kind, Step};

// ---- the product
pub const NAME: &str = "Squall";
pub const LOST_TITLE: &str = "There is no board at this address";
pub const LOST_TEXT: &str =
    "Check that the whole link was copied: it ends with a long row of letters and digits.";
pub const LOST_HOME: &str = "Make a new board";

// ---- what happens
pub const VIEW_ONLY: &str = "This link is for viewing. Ask for an edit link to change the board.";
pub const REMOVED_WHILE_WRITING: &str =
    "Someone removed the sticky you were writing on. Your words are kept with it.";
pub const NEWER_FORMAT: &str =
    "This board was made by a newer version. Reload the page to work on it; until then you can only read.";
pub const STARTED_AFRESH: &str =
    "The page had to start afresh. If something of yours is missing, download the text you had.";
pub const KEPT_DAMAGED: &str =
    "A part of what this browser kept of the board could not be read. It was put aside; the rest is here.";
pub const NEW_PAGE: &str =
    "A newer version of Squall is here. Everything is saved: load the page again when it suits you.";
pub const RELOAD: &str = "Load again";
pub const RESTORE: &str = "Restore";
pub const CLOSE: &str = "Close";

/// What the page says when the server closes the connection.
pub fn closed(code: CloseCode) -> &'static str {
    match code {
        CloseCode::Malformed => {
            "Something this page sent could not be read. It connects afresh; what you wrote last may need a second look."
        }
        CloseCode::TooBig => "That was a lot at once. The page connects again to send it in one piece.",
        CloseCode::Internal => "The board could not be opened on the server. Trying again…",
        CloseCode::Restart => {
            "The server is starting again. Your work stays here and is sent when it is back."
        }
        CloseCode::Overloaded => "The server has a lot to do. Your work stays here and is sent in a moment.",
        CloseCode::ViewOnly => "This link is for viewing. Ask for an edit link to change the board.",
        CloseCode::NotFound => "There is no board behind this link any more, or the link was withdrawn.",
        CloseCode::Silent => "The connection was too slow to begin. Trying again…",
        CloseCode::Resync => "The server missed a part of your work. Sending it again…",
        CloseCode::Full => {
            "This board is as large as a board may be. Export it, or remove stickies on another board."
        }
        CloseCode::TooFast => "Too much at once. The page slows down and sends the rest in a moment.",
        CloseCode::Deleted => {
            "This board was deleted. What you see is what this page still has of it: you can export it."
        }
        CloseCode::Crowded => "There are as many people here as this server allows. Trying again…",
    }
}

// ---- the wall
pub const TOOLBAR: &str = "Stickies";
pub const SELECT: &str = "Select (V)";
pub const HAND: &str = "Move the wall (H or hold Space)";
pub const ZOOM: &str = "Zoom";
pub const ZOOM_OUT: &str = "Zoom out";
pub const ZOOM_RESET: &str = "Zoom to 100 % (Ctrl+0)";
pub const ZOOM_IN: &str = "Zoom in";
pub const FIT: &str = "Show everything (Shift+1)";
pub const TIDY: &str = "Tidy: lay everything out from left to right";
pub const KEYS: &str = "Keyboard shortcuts (?)";

/// The name of a button that chooses a kind; `key` may be empty.
pub fn place(word: &str, key: &str) -> String {
    if key.is_empty() { format!("New {word}") } else { format!("New {word} ({key})") }
}

/// The name of the field in which a sticky is written.
pub fn writing(word: &str) -> String {
    format!("Text of the {word}")
}

/// What an empty sticky asks for.
pub fn placeholder(kind: Kind) -> &'static str {
    match kind {
        Kind::Event => "What happened?",
        Kind::Command => "Do what?",
        Kind::ReadModel => "What is shown?",
        Kind::Policy => "Whenever …, …",
        Kind::Constraint => "What must hold?",
        Kind::Actor => "Who?",
        Kind::System => "Which system?",
        Kind::Hotspot => "What is unclear?",
        Kind::Screen => "Which screen?",
        Kind::Opportunity => "What could be better?",
        Kind::Heading(_) => "Title",
        Kind::Term => "Word: what it means",
        Kind::Chapter => "Chapter",
        Kind::Lane => "Lane",
        Kind::Context => "Context",
        Kind::Note | Kind::Annotation(_) | Kind::Scenario(_) | Kind::Caret | Kind::Blank => "Note",
    }
}

// ---- the bars
pub const UNTITLED: &str = "Untitled board";
pub const BOARD_BAR: &str = "Board";
pub const RENAME_HINT: &str = "Rename the board";
pub const BAR_MORE: &str = "More of the board";
pub const ALL_BOARDS: &str = "All boards";
pub const SHORTCUTS: &str = "Keyboard shortcuts";
pub const UNDO: &str = "Undo (Ctrl+Z)";
pub const REDO: &str = "Redo (Ctrl+Shift+Z)";
pub const TEXT: &str = "Text";
pub const RUN: &str = "Run";
pub const RUN_TITLE: &str = "Run: play the model on the wall (R)";
pub const TEXT_TITLE: &str = "The board as text";
pub const SHARE: &str = "Share";
pub const EXPORT: &str = "Export";
pub const PEOPLE: &str = "People on this board";
pub const VIEWING: &str = "View only";

pub const SAVE_CONNECTING: &str = "Connecting…";
pub const SAVE_SAVED: &str = "Saved";
pub const SAVE_SAVING: &str = "Saving…";
pub const SAVE_OFFLINE: &str = "Offline";
pub const SAVE_REFUSED: &str = "Not connected";
pub const SAVE_CONNECTING_HELP: &str = "The page is fetching the board.";
pub const SAVE_SAVED_HELP: &str = "Everything on this page is on the server's disk.";
pub const SAVE_SAVING_HELP: &str = "Your last changes are on their way to the server's disk.";
pub const SAVE_OFFLINE_HELP: &str = "No connection. Keep working: it is tried again all the time.";
pub const SAVE_KEPT_HELP: &str =
    "This browser keeps changes that a link for viewing cannot send. Open the board with its edit link.";
pub const SAVE_IN_BROWSER_HELP: &str = "This browser keeps them, also when the page is closed, and sends them when the board is open and the server answers.";
pub const SAVE_ONLY_HERE_HELP: &str = "This browser keeps nothing (a private window, or no room left). Leave this page open until they are sent.";

fn changes(count: usize) -> String {
    if count == 1 { "1 change".to_owned() } else { format!("{count} changes") }
}

pub fn kept_in_browser(count: usize) -> String {
    format!("{} kept in this browser", changes(count))
}

pub fn kept_in_page(count: usize) -> String {
    format!("{} only in this page", changes(count))
}

pub const SAVE_REFUSED_HELP: &str = "The server does not take changes from this page. See the notice.";

pub const METER_GREEN: &str = "Model complete";
pub const METER_EMPTY: &str = "Nothing to check yet";
pub const METER_HINT: &str = "Open the list of findings";
pub const METER_PARTS: &str = "Not complete yet";

pub fn problems(count: usize) -> String {
    if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") }
}

pub fn others(names: &str) -> String {
    format!("{names} is here")
}

pub fn you(name: &str) -> String {
    format!("{name} (you): change your name or colour")
}

pub fn more_people(count: usize) -> String {
    format!("{count} more")
}

// ---- findings
pub const FINDINGS_PANEL: &str = "Findings";
pub const FINDINGS_NONE: &str = "No findings. The checker has nothing to say against this text.";
pub const FINDINGS_EMPTY: &str =
    "Still missing for a complete model: at least one command, one event and one read model.";
pub const FIX_STALE: &str = "The text has changed since this was found. Try again in a moment.";
pub const WHOLE_MODEL: &str = "whole model";
pub const FIXES: &str = "Findings here";
pub const FINDINGS_NOT_HERE: &str = "Nothing was found here.";

/// What is heard when somebody walks from finding to finding.
pub fn finding_spoken(severity: &str, place: &str, message: &str) -> String {
    format!("{severity}, {place}: {message}")
}

pub fn fixed(title: &str) -> String {
    format!("Done: {title}")
}

pub fn line_number(number: usize) -> String {
    format!("line {number}")
}

// ---- the text pane
pub const TEXT_PANE: &str = "Text";
pub const TEXT_FIELD: &str = "The board as Event Markdown, one line for each sticky";
pub const TEXT_RESIZE: &str = "Width of the text";
pub const TEXT_CLOSE: &str = "Close the text";
pub const TEXT_EMPTY: &str = "Type here: one line, one sticky.\n\nTodo Added // todoId, description";
pub const TEXT_NO_FINDINGS: &str = "No findings.";
pub const TEXT_HINT: &str = "Tab indents the line; to leave the text by keyboard, press Escape and then Tab. \
     Control and Space offers words, Control and Period mends, F8 goes to the next finding, \
     Alt with Up or Down moves lines.";
pub const COMPLETIONS: &str = "What may stand here";

/// What is heard when words are offered.
pub fn completions(count: usize) -> String {
    if count == 1 { "1 suggestion".to_owned() } else { format!("{count} suggestions") }
}

/// What a screen reader hears with the text field.
pub fn text_summary(findings: &[(usize, String)]) -> String {
    const SPOKEN: usize = 5;
    if findings.is_empty() {
        return TEXT_NO_FINDINGS.to_owned();
    }
    let mut words = findings
        .iter()
        .take(SPOKEN)
        .map(|(line, message)| format!("Line {line}: {message}"))
        .collect::<Vec<_>>();
    if findings.len() > SPOKEN {
        words.push(format!("And {} more.", findings.len() - SPOKEN));
    }
    words.join(" ")
}

// ---- keys

// ---- the wall and its keys

pub const WALL: &str = "Wall of stickies";
pub const EMPTY_WALL: &str =
    "Double-click anywhere to write what happens, or paste a list. Each line becomes a sticky.";

pub fn removed(count: usize) -> String {
    if count == 1 { "Sticky deleted".to_owned() } else { format!("{count} stickies deleted") }
}

// ---- what stickies say of themselves

pub const LOCKED: &str = "Locked";
pub const RESOLVED: &str = "resolved";

/// An annotation in plain words; `about` is what stands behind its keyword.
pub fn annotation(annotation: Annotation, about: &str) -> String {
    let before = match annotation {
        Annotation::Requires => "needs: ",
        Annotation::Forbids => "not after: ",
        Annotation::Required => "must be given: ",
        Annotation::Exists => "must exist: ",
        Annotation::Type => "",
        Annotation::Pivotal => return "pivotal".to_owned(),
        Annotation::Free => "free: ",
        Annotation::Hashed => "hashed: ",
        Annotation::Personal => "personal: ",
        Annotation::Derived => "computed: ",
        Annotation::Resolved if about.is_empty() => "resolved",
        Annotation::Resolved => "resolved ",
    };
    format!("{before}{about}")
}

pub fn more_annotations(count: usize) -> String {
    format!("+{count}")
}

pub fn some_properties(names: &str, more: usize) -> String {
    match (names, more) {
        (names, 0) => names.to_owned(),
        ("", more) => format!("{more} properties"),
        (names, more) => format!("{names}, +{more}"),
    }
}

pub fn remove_named(what: &str) -> String {
    format!("Remove “{what}”")
}

pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Scenario => "scenario",
        Step::Given => "given",
        Step::When => "when",
        Step::Then => "then",
        Step::Expect => "expect",
    }
}

/// Who wrote a sticky, for the ear; nothing where nobody is known.
pub fn by(initials: &str) -> String {
    if initials.is_empty() { String::new() } else { format!("by {initials}") }
}

pub fn nth(nth: usize, all: usize) -> String {
    format!("{nth} of {all}")
}

// ---- what can be done with stickies, beside them

pub const PROPERTIES: &str = "Properties";
pub const LOCK: &str = "Lock (Ctrl+Shift+L)";
pub const UNLOCK: &str = "Unlock (Ctrl+Shift+L)";
pub const GROUP: &str = "Group (Ctrl+G)";
pub const UNGROUP: &str = "Ungroup (Ctrl+Shift+G)";
pub const DUPLICATE: &str = "Duplicate (Ctrl+D)";
pub const DELETE: &str = "Delete (Del)";
pub const MORE: &str = "More (Shift+F10)";
pub const RESOLVE: &str = "Resolve";
pub const REOPEN: &str = "Reopen";
pub const CHANGE_KIND: &str = "Change the kind";
pub const KEY_STYLE: &str = "What can be done with the selection, and its properties";

pub fn stickies(count: usize) -> String {
    format!("{count} stickies")
}

pub fn style_of(what: &str) -> String {
    format!("What can be done with the selected {what}")
}

pub fn kind_now(word: Option<&str>) -> String {
    word.map_or(CHANGE_KIND.to_owned(), |word| format!("{CHANGE_KIND} ({word})"))
}

// ---- properties

pub const ADD_PROPERTY: &str = "Add a property";
pub const ADD_PROPERTY_HINT: &str = "Add property…";
pub const PROPERTY_NAME: &str = "Name";
pub const PROPERTY_TYPE: &str = "Type";
pub const TYPE_TEXT: &str = "text";
pub const MUST_BE_GIVEN: &str = "Must be given";
pub const WITHOUT_LOOKUP: &str = "Free: not looked up";
pub const MUST_EXIST_IN: &str = "Must exist in";
pub const NOWHERE: &str = "nowhere in particular";
pub const IS_PERSONAL: &str = "Personal data";
pub const IS_HASHED: &str = "Stored hashed";
pub const IS_DERIVED: &str = "Computed: no event carries it";
pub const PIVOTAL: &str = "Pivotal event";
pub const NEEDS: &str = "Needs…";
pub const NOT_AFTER: &str = "Not after…";
pub const EARLIER: &str = "Earlier (Alt+Left)";
pub const LATER: &str = "Later (Alt+Right)";
pub const REMOVE: &str = "Remove";

pub fn properties_of(name: &str) -> String {
    format!("Properties of “{name}”")
}

pub fn about_property(name: &str) -> String {
    format!("About “{name}”")
}

/// The name of a property's chip, with what is said about it.
pub fn property_chip(name: &str, about: &[String]) -> String {
    if about.is_empty() { name.to_owned() } else { format!("{name} ({})", about.join(", ")) }
}

pub fn nth_property(name: &str, nth: usize) -> String {
    format!("{name} is number {nth} now")
}

// ---- what others do, for the ear

pub const SOMEBODY: &str = "Somebody";

pub fn others_did(who: &str, deed: Deed, name: &str, more: usize) -> String {
    let deed = match deed {
        Deed::Added => "added",
        Deed::Changed => "changed",
        Deed::Removed => "removed",
    };
    let name = if name.is_empty() { "a sticky".to_owned() } else { format!("“{name}”") };
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{who} {deed} {name}{more}.")
}

// ---- how formal the board is

pub const LEVEL: &str = "How strictly is this board checked?";

pub const fn level(level: board::Level) -> &'static str {
    match level {
        board::Level::BigPicture => "Big picture",
        board::Level::ProcessModelling => "Process modelling",
        board::Level::SoftwareDesign => "Software design",
    }
}

pub const fn level_help(level: board::Level) -> &'static str {
    match level {
        board::Level::BigPicture => "Say everything. Nothing is wrong yet.",
        board::Level::ProcessModelling => "Who does what, and what follows from it.",
        board::Level::SoftwareDesign => "Checked like code, until the model is complete.",
    }
}
