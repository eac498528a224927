//! The texts of the first page.

use super::UNTITLED;
use crate::api::ApiError;
use board::wire::Role;

pub const HOME_LEAD: &str =
    "A wall of stickies that is a text: storm together, and watch it become a model that works.";
pub const HOME_BEGIN: &str = "Begin a board";
pub const HOME_NEW: &str = "New board";
pub const HOME_OPEN: &str = "Open a file";
pub const HOME_DROP: &str = "Let go to open it as a board";
pub const HOME_EXAMPLES: &str = "Or look at an example";
pub const HOME_PASTE: &str = "Or paste words";
pub const HOME_PASTE_LABEL: &str = "One line, one sticky";
pub const HOME_PASTE_HINT: &str =
    "# Web shop\nPlace Order -> // items\nOrder Placed // orderId, items\nOpen Orders* // orderId, items";
pub const HOME_PASTE_BUTTON: &str = "Put it on a wall";
pub const HOME_PASTE_EMPTY: &str = "Paste or type a few lines first: one line becomes one sticky.";
pub const HOME_UNREADABLE: &str = "This file holds no text that can become a board. Choose a .emd, .eml.yaml, .mmd, .svg, .txt or .squall file.";
pub const HOME_FILE_EMPTY: &str = "This file is empty. Choose another, or begin with a new board.";
pub const HOME_BAD_FILE: &str =
    "This is no board that Squall saved, or it was changed. Export the board again and open that file.";
pub const HOME_BOARDS: &str = "Your boards";
pub const HOME_FILTER: &str = "Find a board";
pub const HOME_FIRST: &str =
    "Here you will find the boards you have opened: begin one, or open a link that somebody gave you.";
pub const HOME_NONE_FITS: &str = "No board has these words in its name.";
pub const HOME_NONE_ARCHIVED: &str = "No board is archived.";

pub fn archived(count: usize) -> String {
    format!("Archived ({count})")
}

pub fn title(title: &str) -> &str {
    if title.trim().is_empty() { UNTITLED } else { title }
}

pub const fn role(role: Role) -> &'static str {
    match role {
        Role::View => "View only",
        Role::Edit => "You can edit",
        Role::Facilitate => "You facilitate",
    }
}

/// When a board was opened, `when` and now on this device's clock.
pub fn opened(when: f64) -> String {
    let minutes = ((crate::browser::now() - when) / 60_000.0).max(0.0) as u64;
    let ago = |count: u64, word: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("opened {count} {word}{plural} ago")
    };
    match minutes {
        0..2 => "opened just now".to_owned(),
        2..60 => ago(minutes, "minute"),
        60..1_440 => ago(minutes / 60, "hour"),
        1_440..43_200 => ago(minutes / 1_440, "day"),
        43_200..525_600 => ago(minutes / 43_200, "month"),
        _ => "opened long ago".to_owned(),
    }
}

pub const RENAME: &str = "Rename";
pub const DUPLICATE_BOARD: &str = "Duplicate";
pub const ARCHIVE: &str = "Archive";
pub const UNARCHIVE: &str = "Take out of the archive";
pub const REMOVE_BOARD: &str = "Remove";
pub const REMOVE_FROM_LIST: &str = "Remove from this list";
pub const DELETE_FOR_ALL: &str = "Delete for everybody";
pub const CANCEL: &str = "Cancel";
pub const REMOVE_ONLY: &str =
    "The board stays where it is; only this browser forgets it. Only its facilitator can delete it.";
pub const REMOVE_OR_DELETE: &str = "Remove it from this list, where its links still open it, or delete it for everybody? Deleting cannot be undone.";
pub const BOARD_REMOVED: &str = "Removed from this list";
pub const BOARD_DELETED: &str = "Board deleted";
pub const NOT_DELETED: &str = "The server did not delete the board. Check the connection and try again.";
pub const NOT_DUPLICATED: &str =
    "The board could not be fetched for a copy. Check the connection, or whether its link still works.";
pub const NOT_RENAMED: &str =
    "The board could not be renamed. Check the connection, or whether its link still works.";
pub const NAME_KEPT: &str =
    "The server does not answer. This browser keeps the new name and sends it when you open the board.";

/// A button on the card of a board, by what it does and to which.
pub fn of_board(word: &str, title: &str) -> String {
    format!("{word}: {title}")
}

/// Why there is no new board.
pub fn not_made(error: ApiError, file: bool) -> String {
    match error {
        ApiError::Unreachable => HOME_NO_SERVER.to_owned(),
        ApiError::Refused(400 | 422) if file => HOME_BAD_FILE.to_owned(),
        ApiError::Refused(status) => home_refused(status),
        ApiError::Strange => HOME_STRANGE.to_owned(),
    }
}

pub const HOME_BUSY: &str = "Making your board…";
pub const HOME_NO_SERVER: &str =
    "The server did not answer. Check the connection and try again; your text is still here.";
pub const HOME_STRANGE: &str =
    "The server answered something this page does not understand. Reload the page and try again.";
pub const HOME_PAPER: [(&str, &str); 4] = [
    ("command", "Add Item"),
    ("event", "Todo Added"),
    ("hotspot", "Who may see it?"),
    ("readmodel", "TODO List"),
];
pub const HOME_NOTE: &str = "No account needed. Whoever has the link of a board can work on it.";

pub fn home_refused(status: u16) -> String {
    match status {
        413 => "This text is larger than a board may be. Start with a part of it.".to_owned(),
        429 | 503 => "The server has too much to do right now. Wait a moment and try again.".to_owned(),
        _ => format!(
            "The server could not make a board (answer {status}). Try again; your text is still here."
        ),
    }
}

pub const PART_MISSING: &str = "This part of the page could not be fetched. Check the connection and open it again; if that does not help, load the page again: nothing is lost.";
