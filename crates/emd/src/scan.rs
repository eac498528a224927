//! Finding one's way within a line: marks, spans without spaces, lists.

use crate::Piece;
use diag::Span;

/// Which of the marks that decide a line's kind occur in it, found in one pass.
pub struct Marks {
    pub hash: bool,
    pub star: bool,
    /// The first `->`.
    pub arrow: Option<usize>,
    /// The last `//`.
    pub slashes: Option<usize>,
}

impl Marks {
    pub fn of(text: &str) -> Marks {
        let mut marks = Marks { hash: false, star: false, arrow: None, slashes: None };
        let mut before = 0;
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            match byte {
                b'#' => marks.hash = true,
                b'*' => marks.star = true,
                b'>' if before == b'-' => marks.arrow = marks.arrow.or(Some(at - 1)),
                b'/' if before == b'/' => marks.slashes = Some(at - 1),
                _ => {}
            }
            before = byte;
        }
        marks
    }
}

pub fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

/// The span without the spaces at its ends.
pub fn trim(text: &str, span: Span) -> Span {
    let raw = span.of(text);
    let kept = raw.trim_start_matches(' ');
    let start = span.start + (raw.len() - kept.len());
    Span::new(start, start + kept.trim_end_matches(' ').len())
}

pub fn piece(text: &str, span: Span) -> Piece<'_> {
    Piece { text: span.of(text).into(), span }
}

/// The parts between commas, spaces included.
pub fn list(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    span.of(text).split(',').map(move |part| {
        let at = start;
        start += part.len() + 1;
        Span::new(at, at + part.len())
    })
}
