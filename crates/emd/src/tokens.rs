//! Syntax colours: what each part of a line is.

use crate::{Kind, comment, line};
use diag::Span;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Class {
    Name,
    Arrow,
    Star,
    Slashes,
    Property,
    Comma,
    /// `// @policy` and its like.
    Keyword,
    Heading,
    Comment,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    pub class: Class,
    pub span: Span,
}

/// The tokens of one line, in order, none over another, none empty. What lies between them has no colour.
pub fn tokens(text: &str) -> Vec<Token> {
    let read = line(text);
    let all = |class| {
        let span = Span::new(0, text.len());
        Vec::from_iter((!span.is_empty()).then_some(Token { class, span }))
    };
    match read.kind {
        Kind::Blank => return Vec::new(),
        Kind::Heading(_) => return all(Class::Heading),
        Kind::Note | Kind::Caret => return all(Class::Comment),
        _ => {}
    }
    let mut found = Vec::new();
    let mut at = 0;
    if let Some((_, end)) = comment::word(text) {
        push(&mut found, Class::Keyword, Span::new(0, end));
        at = end;
    }
    let name = (Class::Name, read.name.span);
    let properties = read.properties.iter().map(|piece| (Class::Property, piece.span));
    for (class, span) in std::iter::once(name).chain(properties) {
        between(text, Span::new(at, span.start), &mut found);
        push(&mut found, class, span);
        at = at.max(span.end);
    }
    between(text, Span::new(at, text.len()), &mut found);
    found
}

fn push(found: &mut Vec<Token>, class: Class, span: Span) {
    if !span.is_empty() {
        found.push(Token { class, span });
    }
}

/// The marks between names and properties. Words there, such as those after a second arrow, mean nothing.
fn between(text: &str, gap: Span, found: &mut Vec<Token>) {
    let raw = gap.of(text);
    let mut at = 0;
    while let Some(first) = raw[at..].chars().next() {
        let (class, length) = match raw.as_bytes()[at..] {
            [b'-', b'>', ..] => (Class::Arrow, 2),
            [b'/', b'/', ..] => (Class::Slashes, 2),
            [b'*', ..] => (Class::Star, 1),
            [b',', ..] => (Class::Comma, 1),
            _ if first == ' ' => {
                at += 1;
                continue;
            }
            _ => (Class::Comment, first.len_utf8()),
        };
        let start = gap.start + at;
        at += length;
        match found.last_mut() {
            Some(last) if class == Class::Comment && last.class == class && last.span.end == start => {
                last.span.end += length;
            }
            _ => push(found, class, Span::new(start, start + length)),
        }
    }
}
