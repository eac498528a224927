//! Reading one line.

use crate::{Kind, comment, les};
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

/// Reads one line (without its line end). Never fails. Where LES gives a line a meaning, this is that meaning.
pub fn line(text: &str) -> Line<'_> {
    if text.starts_with("//") {
        return comment::line(text);
    }
    let mut read = les::line(text);
    match read.kind {
        Kind::Heading(_) => heading(text, &mut read),
        Kind::ReadModel => trim_name(&mut read.name),
        Kind::Event | Kind::Note if text.trim().is_empty() => {
            read.kind = Kind::Blank;
            read.name = Piece { text: Cow::Borrowed(""), span: Span::default() };
        }
        _ => {}
    }
    read
}

/// LES takes the first `#` off; the others are the level and no part of the name.
fn heading(text: &str, read: &mut Line<'_>) {
    let start = text.find('#').unwrap_or(0);
    let marks = text[start..].bytes().take_while(|byte| *byte == b'#').count();
    read.kind = Kind::Heading(u8::try_from(marks).unwrap_or(u8::MAX));
    let skipped = (start + marks).saturating_sub(read.name.span.start);
    if marks > 1 && skipped > 0 {
        cut_front(&mut read.name, skipped);
    }
    trim_name(&mut read.name);
}

fn trim_name(name: &mut Piece<'_>) {
    let lead = name.text.len() - name.text.trim_start_matches(' ').len();
    cut_front(name, lead);
    let tail = name.text.len() - name.text.trim_end_matches(' ').len();
    let kept = name.text.len() - tail;
    match &mut name.text {
        Cow::Borrowed(text) => *text = &text[..kept],
        Cow::Owned(text) => text.truncate(kept),
    }
    name.span.end -= tail.min(name.span.len());
}

fn cut_front(name: &mut Piece<'_>, bytes: usize) {
    let bytes = bytes.min(name.text.len());
    match &mut name.text {
        Cow::Borrowed(text) => *text = &text[bytes..],
        Cow::Owned(text) => drop(text.drain(..bytes)),
    }
    name.span.start += bytes.min(name.span.len());
}
