//! The words of what leaves as a service: its files, and the API that is tried in the page.

use super::file_name;
use protocol::ship::{Care, Failed};

// ---- the tabs of the export
pub const WAYS: &str = "Ways out";
pub const FILES: &str = "Files";
pub const BUILD: &str = "Build a service";
pub const TRY: &str = "Try the API";

// ---- a service
pub const TARGET: &str = "What to build";
pub const SHOWN_FILES: &str = "Which files are shown";
pub const ALL_FILES: &str = "All files";
pub const LOADING: &str = "Generating…";
pub const DOWNLOAD_ZIP: &str = "Download zip";
pub const PACKING: &str = "Packing…";
pub const NOTHING_LEAVES: &str = "Made in this page. Nothing is uploaded.";
pub const COMMAND_LINE: &str = "The same from a terminal:";
pub const COPY_COMMAND: &str = "Copy the command";
pub const TREE: &str = "Generated files";
pub const BACK: &str = "All files";
pub const FILE_TEXT: &str = "Text of the file";
pub const COPY_FILE: &str = "Copy";
pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str = "This browser does not let the page copy. Select the text instead.";
pub const PICTURE: &str = "Picture";
pub const TEXT: &str = "Text";
pub const CHANGES: &str = "Changes";
pub const SINCE_LAST: &str = "What changed since your last download";
pub const VIEW_AS: &str = "How to show it";
pub const REMOVED_FILE: &str = "Not generated any more. It was part of what you downloaded last.";
pub const NO_FILES: &str = "Nothing is generated for this yet";
pub const NO_FILES_HELP: &str = "Choose another target above.";
pub const NOT_BUILT: &str = "Before this can be built";
pub const NOT_TRIED: &str = "Before this can be tried";
pub const NOT_READY_HELP: &str =
    "A service is made from a model without errors. Each of these leads to its place on the board.";
pub const NOT_COMPLETE: &str = "There is not enough on the board yet";
pub const NOT_COMPLETE_HELP: &str = "A service needs at least one command, one event and one read model. A line such as “Place Order -> // orderId” with “Order Placed // orderId” and “Orders* // orderId” below it is a whole one.";
pub const SHOW: &str = "Show on the board";
pub const FAILED: &str = "That did not work";
pub const AGAIN: &str = "Try again";
pub const STRANGE: &str =
    "The generator gave an answer that this page does not understand. Load the page again.";

pub const NEW: &str = "new";
pub const CHANGED: &str = "changed";
pub const REMOVED: &str = "removed";

pub fn failed(failed: &Failed) -> String {
    match failed {
        Failed::NoSuchTarget | Failed::NoSuchFile | Failed::Behind | Failed::Unreadable(_) => {
            STRANGE.to_owned()
        }
        Failed::NotRaised(why) => format!("This file cannot become a board: {why}."),
        Failed::NoZip(why) => format!("The zip could not be made: {why}."),
        Failed::Stopped(why) if why.is_empty() => {
            "The generator could not be started. Look whether the server can be reached, and try again."
                .to_owned()
        }
        Failed::Stopped(why) => format!("The generator stopped: {why}. The next try starts it anew."),
    }
}

pub fn zip_name(title: &str, target: &str) -> String {
    format!("{}-{target}.zip", file_name(title))
}

pub fn command_line(target: &str) -> String {
    format!("squall generate Eventstorming.emd --target {target} -o DIR")
}

pub fn downloaded(name: &str) -> String {
    format!("{name} is downloaded.")
}

pub fn count(files: usize, bytes: usize) -> String {
    let word = if files == 1 { "file" } else { "files" };
    format!("{} {word}, {}", files, size(bytes))
}

pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// Nothing where nothing was downloaded before.
pub fn since(new: usize, changed: usize, removed: usize) -> String {
    let parts = [(new, NEW), (changed, CHANGED), (removed, REMOVED)];
    let told: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    match told.is_empty() {
        true => "Nothing has changed since your last download.".to_owned(),
        false => format!("Since your last download: {}.", told.join(", ")),
    }
}

/// Whose a file is.
pub fn care(care: Care) -> &'static str {
    match care {
        Care::Owned => "generated",
        Care::Once => "yours",
        Care::Merged => "merged",
    }
}

pub fn care_help(care: Care) -> &'static str {
    match care {
        Care::Owned => "Written again with each generation.",
        Care::Once => "Written once; what you make of it is never touched again.",
        Care::Merged => "Your entries are kept; only the generated ones are renewed.",
    }
}

/// Of one file since the last download.
pub fn lines(added: usize, removed: usize) -> String {
    let word = if added == 1 { "line" } else { "lines" };
    format!("Since your last download: {added} {word} added, {removed} removed.")
}

pub fn changed_files(count: usize) -> String {
    format!("Changed ({count})")
}

/// What a target is, for those who do not build it themselves.
pub fn about(target: &str) -> &'static str {
    match target {
        "specs" => {
            "What the board says, for other tools and for people: OpenAPI, AsyncAPI, schemas, diagrams, and pages to read."
        }
        "node" | "python" => {
            "A program with its tests, for your developers. It does what the board does when you press Run, and its README says how to start it."
        }
        _ => "",
    }
}

// ---- the API
pub const API_LOADING: &str = "Reading the board…";
pub const API_HELP: &str = "The API that a service of this board will have. The simulator answers, inside this page: nothing is sent anywhere.";
pub const RESET: &str = "Reset";
pub const RESET_HELP: &str = "Forgets all events and calls, and takes the board as it is now";
pub const EDITED: &str = "The board has changed since you began. Reset to try it as it is now.";
pub const HEADERS: &str = "Request headers";
pub const BODY: &str = "Request body";
pub const BODY_TYPE: &str = "application/json";
pub const EXAMPLE: &str = "Example again";
pub const EXECUTE: &str = "Execute";
pub const EXECUTE_TITLE: &str = "Execute (Ctrl+Enter)";
pub const REQUIRED: &str = "required";
pub const RESPONSE: &str = "Response";
pub const RESPONSE_BODY: &str = "Response body";
pub const RESPONSE_HEADERS: &str = "Response headers";
pub const HAPPENED: &str = "What happened";
pub const NO_BODY: &str = "No body.";
pub const RESPONSES: &str = "Possible responses";
pub const CURL: &str = "curl";
pub const CURL_HELP: &str = "The same call, once the service runs on your machine";
pub const COPY_CURL: &str = "Copy curl";
pub const HISTORY: &str = "Calls";
pub const NO_CALLS: &str = "Calls that you execute are listed here.";
pub const OTHERS: &str = "Other";

/// As RFC 9110 names it.
pub fn status_words(status: u16) -> String {
    let words = match status {
        200 => "OK",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        _ => "",
    };
    format!("{status} {words}").trim_end().to_owned()
}
