//! A whole text as lines.

use crate::{Line, line};

/// A text and what its lines read as. The lines borrow the text; the text is kept to the last byte.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document<'a> {
    raw: Vec<&'a str>,
    lines: Vec<Line<'a>>,
}

/// Reads a text. Lines end at `\n`; a `\r` before it is no part of the line. Never fails.
pub fn parse(text: &str) -> Document<'_> {
    parse_with(text, line)
}

/// The same with another way to read a line: `les::line`.
pub fn parse_with(text: &str, read: fn(&str) -> Line<'_>) -> Document<'_> {
    of_raw(text.split('\n').collect(), read)
}

impl<'a> Document<'a> {
    /// A document of lines that are already apart, such as those of a board.
    pub fn of_lines(lines: &[&'a str], read: fn(&str) -> Line<'_>) -> Document<'a> {
        of_raw(lines.to_vec(), read)
    }

    pub fn lines(&self) -> &[Line<'a>] {
        &self.lines
    }

    /// A line without its line end, as the spans of `lines` mean it.
    pub fn raw(&self, line: usize) -> &'a str {
        self.raw.get(line).map_or("", |raw| content(raw))
    }

    /// The text this was read from.
    pub fn text(&self) -> String {
        self.raw.join("\n")
    }
}

fn of_raw<'a>(raw: Vec<&'a str>, read: fn(&str) -> Line<'_>) -> Document<'a> {
    let lines = raw.iter().map(|raw| read(content(raw))).collect();
    Document { raw, lines }
}

fn content(raw: &str) -> &str {
    raw.strip_suffix('\r').unwrap_or(raw)
}
