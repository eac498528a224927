//! Cells of a spreadsheet: tabs between them, and quotes around those that hold a line end, a tab or a quote.

use super::list::without_mark;

/// The cells that hold something, row by row, each as one line. `None` if the text is no table.
pub fn cells(text: &str) -> Option<Vec<String>> {
    if !text.contains(['\t', '"']) {
        return None;
    }
    let mut is_table = text.lines().any(has_columns);
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let (cell, quoted, after) = cell(rest);
        is_table |= quoted && cell.contains(['\n', '"']);
        let words: Vec<&str> = cell.split_whitespace().collect();
        if !words.is_empty() {
            cells.push(if quoted { words.join(" ") } else { cell.trim().to_owned() });
        }
        match after.get(1..) {
            Some(next) => rest = next,
            None => break,
        }
    }
    is_table.then_some(cells)
}

/// Whether a tab stands between words. Before `//` or `->`, or behind `//`, it is a gap in a line of Event Markdown;
/// after a bullet it is how word processors set lists.
fn has_columns(line: &str) -> bool {
    let line = line.split("//").next().unwrap_or(line).trim();
    let line = without_mark(line).unwrap_or(line);
    line.split_once('\t').is_some_and(|(_, rest)| !rest.trim_start().starts_with("->"))
}

/// One cell, whether it stood in quotes, and what follows it: a tab, a line end or nothing.
fn cell(text: &str) -> (String, bool, &str) {
    if let Some((cell, rest)) = text.strip_prefix('"').and_then(quoted) {
        return (cell, true, rest);
    }
    let end = text.find(['\t', '\n']).unwrap_or(text.len());
    (text[..end].to_owned(), false, &text[end..])
}

/// What stands up to the closing quote, if a cell ends there.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('"')?;
        cell.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        if let Some(more) = rest.strip_prefix('"') {
            cell.push('"');
            rest = more;
        } else if rest.is_empty() || rest.starts_with(['\t', '\n']) {
            return Some((cell, rest));
        } else {
            return None;
        }
    }
}
