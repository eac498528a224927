//! What a policy says: `Whenever <Event>[, and <condition>], <Command>`.

use crate::scan::{piece, trim};
use crate::{Line, Piece};
use diag::Span;
use std::borrow::Cow;

/// The parts of a policy; what it does not say is `None`. Event and command may be written `Context.Name`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Policy<'a> {
    pub event: Option<Piece<'a>>,
    pub condition: Option<Piece<'a>>,
    pub command: Option<Piece<'a>>,
}

const WHENEVER: &str = "whenever";

/// Reads the line of a policy. Words that do not start with `Whenever` say nothing that could be carried out.
pub fn policy<'a>(text: &'a str, line: &Line<'_>) -> Policy<'a> {
    let span = line.name.span;
    let words = span.of(text);
    let starts = words.get(..WHENEVER.len()).is_some_and(|word| word.eq_ignore_ascii_case(WHENEVER));
    if !starts || !words[WHENEVER.len()..].starts_with([' ', ',']) && words.len() > WHENEVER.len() {
        return Policy::default();
    }
    let part = |start: usize, end: usize| {
        let span = trim(text, Span::new(start, end));
        (!span.is_empty()).then(|| piece(text, span))
    };
    let start = span.start + WHENEVER.len();
    let rest = Span::new(start, span.end).of(text);
    let first = rest.find(',').map_or(span.end, |at| start + at);
    let last = rest.rfind(',').map_or(span.end, |at| start + at);
    let event = part(start, first);
    if first == span.end {
        return Policy { event, ..Policy::default() };
    }
    // `Whenever A, and it is late` has no command yet.
    let tail = part(last + 1, span.end);
    let is_condition = first == last && tail.as_ref().is_some_and(|tail| tail.text.starts_with("and "));
    match is_condition {
        true => Policy { event, condition: tail, command: None },
        false => Policy { event, condition: part((first + 1).min(last), last), command: tail },
    }
}

/// `todoId: 1` of a scenario's line as name and value; `None` where there is no colon. Within quotes, two of them are
/// one.
pub fn value(pair: &str) -> Option<(&str, Cow<'_, str>)> {
    let (name, value) = pair.split_once(':')?;
    let value = value.trim();
    let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let value = match quoted {
        Some(inner) if inner.contains('"') => Cow::Owned(inner.replace("\"\"", "\"")),
        Some(inner) => Cow::Borrowed(inner),
        None => Cow::Borrowed(value.trim_matches('"')),
    };
    Some((name.trim(), value))
}

/// The same the other way round: quoted where the value could not be read back otherwise. A line holds no line ends:
/// they become spaces.
pub fn written(name: &str, value: &str) -> String {
    let value = value.replace(['\n', '\r'], " ");
    let is_plain = !value.contains([',', '"']) && !value.contains("//") && value.trim() == value;
    match is_plain {
        true => format!("{name}: {value}"),
        false => format!("{name}: \"{}\"", value.replace('"', "\"\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_it_was_written() {
        for value in ["Milk", "", "a, b", "\"", "say \"hi\"", " a ", "http://x", "\"\"", "a: b", "\""] {
            assert_eq!(super::value(&written("text", value)), Some(("text", value.into())), "{value}");
        }
        assert_eq!(super::value("text: \"Milk, bread\""), Some(("text", "Milk, bread".into())));
        assert_eq!(super::value("text: Milk\""), Some(("text", "Milk".into())));
        assert_eq!(super::value("text"), None);
    }
}
