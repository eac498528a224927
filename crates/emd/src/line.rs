//! Reading one line.

use crate::Kind;
use diag::Span;
use std::borrow::Cow;

/// A part of a line as it reads, and where it stands. The text can differ from the bytes under the span: command
/// parameters lose their spaces and slashes, read model names their asterisks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece<'a> {
    pub text: Cow<'a, str>,
    pub span: Span,
}

/// One line of Event Markdown as it reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line<'a> {
    pub kind: Kind,
    pub name: Piece<'a>,
    pub properties: Vec<Piece<'a>>,
}

/// Reads one line (without its line end). Never fails.
pub fn line(text: &str) -> Line<'_> {
    let trimmed = text.trim();
    let kind = if trimmed.is_empty() {
        Kind::Blank
    } else if trimmed.starts_with('#') {
        Kind::Heading(1)
    } else if trimmed.starts_with("//") {
        Kind::Note
    } else if trimmed.contains("->") {
        Kind::Command
    } else if trimmed.contains('*') {
        Kind::ReadModel
    } else {
        Kind::Event
    };
    let name = trimmed
        .split("//")
        .next()
        .unwrap_or("")
        .trim_matches(['#', '-', '>', '*', ' ']);
    Line {
        kind,
        name: Piece {
            text: name.into(),
            span: Span::new(0, text.len()),
        },
        properties: Vec::new(),
    }
}
