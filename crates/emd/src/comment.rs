//! What we write in comments, which LES ignores: `// @kind NAME // properties`, annotations, scenarios, carets.
//!
//! A name is split from its properties at the last ` // ` of the line (as plain EMD does), so that a name may hold
//! slashes; scenario lines are split at the first one, because their values may hold them in quotes.

use crate::kind::keyword;
use crate::scan::{list, piece, trim};
use crate::{Kind, Line};
use diag::Span;

/// How every line of ours starts.
pub const START: &str = "// @";

/// Reads a line that starts with `//`.
pub fn line(text: &str) -> Line<'_> {
    if let Some((kind, end)) = word(text) {
        return of_kind(text, kind, Span::new(end, text.len()));
    }
    let rest = trim(text, Span::new(2, text.len()));
    Line {
        kind: match is_caret(rest.of(text)) {
            true => Kind::Caret,
            false => Kind::Note,
        },
        name: piece(text, rest),
        properties: Vec::new(),
    }
}

/// The kind that a line's keyword names, and where the keyword ends.
pub fn word(text: &str) -> Option<(Kind, usize)> {
    let rest = text.strip_prefix(START)?;
    let word = rest.split(' ').next().unwrap_or(rest);
    Some((keyword(word)?, START.len() + word.len()))
}

fn of_kind(text: &str, kind: Kind, rest: Span) -> Line<'_> {
    let (name, properties) = match kind {
        Kind::Annotation(_) => (trim(text, rest), Vec::new()),
        Kind::Scenario(_) => {
            let (name, values) = split_first(text, rest);
            (name, values.map_or(Vec::new(), |span| quoted(text, span)))
        }
        _ => {
            let (name, properties) = split_last(text, rest);
            let parts = properties.into_iter().flat_map(|span| list(text, span));
            let parts = parts.map(|part| trim(text, part));
            (name, parts.filter(|part| !part.is_empty()).collect())
        }
    };
    Line {
        kind,
        name: piece(text, name),
        properties: properties.into_iter().map(|part| piece(text, part)).collect(),
    }
}

/// Name and properties, parted at the first ` // ` (whose second space may be the line's end).
pub fn split_first(text: &str, rest: Span) -> (Span, Option<Span>) {
    let raw = rest.of(text);
    let trailing = raw.ends_with(" //").then(|| raw.len() - " //".len());
    parted(text, rest, raw.find(" // ").or(trailing))
}

/// The same at the last one.
pub fn split_last(text: &str, rest: Span) -> (Span, Option<Span>) {
    let raw = rest.of(text);
    let trailing = raw.ends_with(" //").then(|| raw.len() - " //".len());
    parted(text, rest, trailing.or_else(|| raw.rfind(" // ")))
}

fn parted(text: &str, rest: Span, at: Option<usize>) -> (Span, Option<Span>) {
    match at {
        Some(at) => (
            trim(text, Span::new(rest.start, rest.start + at)),
            Some(Span::new(rest.start + at + " //".len(), rest.end)),
        ),
        None => (trim(text, rest), None),
    }
}

/// The parts between commas, where commas within double quotes part nothing.
fn quoted(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let (mut start, mut inside) = (span.start, false);
    for (at, character) in span.of(text).char_indices() {
        match character {
            '"' => inside = !inside,
            ',' if !inside => {
                parts.push(trim(text, Span::new(start, span.start + at)));
                start = span.start + at + 1;
            }
            _ => {}
        }
    }
    parts.push(trim(text, Span::new(start, span.end)));
    parts.retain(|part| !part.is_empty());
    parts
}

/// `^^^^ Rule: words`: one or more carets, then the name of a rule.
fn is_caret(rest: &str) -> bool {
    let words = rest.trim_start_matches('^');
    words.len() < rest.len()
        && words.trim_start_matches(' ').starts_with(|first: char| first.is_ascii_alphabetic())
}
