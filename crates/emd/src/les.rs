//! How LES itself reads a line: five cases, tried in a fixed order.
//!
//! Invariants: only spaces are ever trimmed (a tab is part of a name); lengths count bytes, as in LES; what LES
//! ignores or drops reads as a note. The names stay as LES keeps them, odd spaces included.
//! Not here: our own notation in comments; that is `comment`.

use crate::scan::{Marks, list, piece, trim, whole};
use crate::{Kind, Line, Piece};
use diag::Span;
use std::borrow::Cow;

/// LES ignores lines of at most this many bytes, whatever they hold.
pub const SHORTEST: usize = 2;

/// One line as LES reads it: an event, a command, a read model, a comment (`Kind::Heading(1)`), or a note where LES
/// ignores or drops it.
pub fn line(text: &str) -> Line<'_> {
    if text.len() <= SHORTEST || text.starts_with("//") {
        return nothing(text);
    }
    let marks = Marks::of(text);
    if marks.hash {
        return comment(text).unwrap_or_else(|| nothing(text));
    }
    if let Some(arrow) = marks.arrow {
        return command(text, arrow);
    }
    if marks.star {
        return read_model(text, marks.slashes.is_some()).unwrap_or_else(|| nothing(text));
    }
    event(text, marks.slashes)
}

fn nothing(text: &str) -> Line<'_> {
    Line { kind: Kind::Note, name: piece(text, trim(text, whole(text))), properties: Vec::new() }
}

/// `^ *# *(.*)`
fn comment(text: &str) -> Option<Line<'_>> {
    let start = text.len() - text.trim_start_matches(' ').len();
    text[start..].starts_with('#').then(|| Line {
        kind: Kind::Heading(1),
        name: piece(text, trim(text, Span::new(start + 1, text.len()))),
        properties: Vec::new(),
    })
}

/// What stands between the first arrow and a second one is the parameters; slashes and spaces in it mean nothing.
fn command(text: &str, arrow: usize) -> Line<'_> {
    let start = arrow + "->".len();
    let end = text[start..].find("->").map_or(text.len(), |at| start + at);
    let parameters = list(text, Span::new(start, end));
    Line {
        kind: Kind::Command,
        name: piece(text, trim(text, Span::new(0, arrow))),
        properties: parameters.filter_map(|part| parameter(text, part)).collect(),
    }
}

fn parameter(text: &str, part: Span) -> Option<Piece<'_>> {
    let skipped = [' ', '/'];
    let raw = part.of(text);
    let kept = raw.trim_matches(skipped);
    if kept.is_empty() {
        return None;
    }
    let start = part.start + (raw.len() - raw.trim_start_matches(skipped).len());
    let read = match kept.contains(skipped) {
        true => Cow::Owned(kept.replace(skipped, "")),
        false => Cow::Borrowed(kept),
    };
    Some(Piece { text: read, span: Span::new(start, start + kept.len()) })
}

/// With slashes `^(.*) *\* *// *(.*)`, greedy: the last asterisk that only spaces part from two slashes.
fn read_model(text: &str, slashes: bool) -> Option<Line<'_>> {
    if !slashes {
        return Some(plain_read_model(text));
    }
    let (star, rest) = text.rmatch_indices('*').find_map(|(star, _)| {
        let after = text[star + 1..].trim_start_matches(' ');
        after.starts_with("//").then(|| (star, text.len() - after.len() + 2))
    })?;
    let properties = list(text, ends(text, rest)).filter(|part| !part.is_empty());
    Some(Line {
        kind: Kind::ReadModel,
        name: piece(text, trim(text, Span::new(0, star))),
        properties: properties.map(|part| piece(text, trim(text, part))).collect(),
    })
}

/// The line without its asterisks. LES trims before it takes them out, so the name can keep spaces at its ends.
fn plain_read_model(text: &str) -> Line<'_> {
    let line = text.trim_matches(' ');
    let lead = text.len() - text.trim_start_matches(' ').len();
    let inner = line.trim_matches('*');
    let start = lead + (line.len() - line.trim_start_matches('*').len()).min(line.len());
    let name = match inner.contains('*') {
        true => Cow::Owned(inner.replace('*', "")),
        false => Cow::Borrowed(inner),
    };
    Line {
        kind: Kind::ReadModel,
        name: Piece { text: name, span: Span::new(start, start + inner.len()) },
        properties: Vec::new(),
    }
}

/// With slashes `^(.*) *// *(.*)`, greedy: the last two slashes. Blank properties between two commas stay.
fn event(text: &str, slashes: Option<usize>) -> Line<'_> {
    let end = slashes.unwrap_or(text.len());
    let properties = slashes.map_or(Vec::new(), |at| {
        let inner = ends(text, at + 2);
        if inner.is_empty() {
            return Vec::new();
        }
        list(text, inner).map(|part| piece(text, trim(text, part))).collect()
    });
    Line { kind: Kind::Event, name: piece(text, trim(text, Span::new(0, end))), properties }
}

/// The rest of the line from `start` without the commas and spaces at its ends.
fn ends(text: &str, start: usize) -> Span {
    let rest = &text[start..];
    let kept = rest.trim_start_matches([' ', ',']);
    let start = text.len() - kept.len();
    Span::new(start, start + kept.trim_end_matches([' ', ',']).len())
}
