//! Pasted text as lines of Event Markdown: lists, cells of a spreadsheet, stickies copied from other whiteboards.
//!
//! Invariants: text that is recognisably Event Markdown stays as it is, but for its line ends and marks of byte order; reading what was read
//! changes nothing; whatever comes, lines come out.
//! Not here: what the lines become (`plan/insert.rs`).

mod list;
mod table;

use list::without_mark;

/// Any pasted text as lines of Event Markdown.
pub fn read(text: &str) -> String {
    let mut text = with_line_ends(text);
    // Each step takes something away, so this ends: a list may come out of a table, and a list out of a list.
    while let Some(read) = step(&text) {
        text = read;
    }
    text
}

/// Whether a text is lines already, rather than something that `read` has to make lines of.
pub(crate) fn is_plain(text: &str) -> bool {
    step(&with_line_ends(text)).is_none()
}

fn with_line_ends(text: &str) -> String {
    match text.contains(['\r', '\u{2028}', '\u{2029}', '\u{FEFF}']) {
        true => {
            text.replace('\u{FEFF}', "").replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n")
        }
        false => text.to_owned(),
    }
}

/// What the text says in fewer signs; `None` if it is plain lines.
fn step(text: &str) -> Option<String> {
    if let Some(cells) = table::cells(text) {
        return Some(cells.join("\n"));
    }
    if text.lines().any(says_event_markdown) {
        return None;
    }
    if text.contains('\u{A0}') {
        return Some(text.replace('\u{A0}', " "));
    }
    list::items(text).or_else(|| paragraphs(text))
}

/// What nobody writes who does not write Event Markdown: an arrow or a star at the end, two slashes.
fn says_event_markdown(line: &str) -> bool {
    let line = line.trim();
    if without_mark(line).is_some() {
        return false;
    }
    let (name, has_comment) = match line.find("//") {
        Some(0) => return true,
        Some(at) => (line[..at].trim_end(), line[..at].ends_with([' ', '\t'])),
        None => (line, false),
    };
    has_comment || name.ends_with("->") || (name.ends_with('*') && !name.ends_with("**"))
}

/// Stickies of a whiteboard: one paragraph each, with blank lines between. Lines of events look much the same, so a
/// paragraph is only joined where its lines read on, or where hardly any other has a second line.
fn paragraphs(text: &str) -> Option<String> {
    let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), paragraphs.last_mut()) {
            (false, Some(last)) => last.push(line),
            _ => paragraphs.push(Vec::new()),
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    let has_heading = paragraphs.iter().flatten().any(|line| line.starts_with('#'));
    let single = paragraphs.iter().filter(|lines| lines.len() == 1).count();
    if has_heading || paragraphs.len() < 2 || single == paragraphs.len() {
        return None;
    }
    let mut further = paragraphs.iter().flat_map(|lines| &lines[1..]);
    let reads_on = further.all(|line| !line.starts_with(char::is_uppercase));
    let rarely = paragraphs.len() > 2 && single * 2 > paragraphs.len();
    let joined = || paragraphs.iter().map(|lines| lines.join(" ")).collect::<Vec<_>>().join("\n");
    (reads_on || rarely).then(joined)
}
