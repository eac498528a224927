//! What colour each part of a line has, and what is underlined: pure.

use diag::{Severity, Span};
use emd::{Class, Kind};
use std::ops::Range;

/// A finding on a line, as the text shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    pub severity: Severity,
    pub span: Span,
    pub message: String,
    /// Whether the checker knows a way to mend it.
    pub mends: bool,
}

/// A stretch of a line with one look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    pub range: Range<usize>,
    pub class: String,
}

/// The whole line in pieces: nothing left out, nothing twice.
pub fn pieces(text: &str, marks: &[Mark]) -> Vec<Piece> {
    let kind = emd::line(text).kind;
    let tokens = emd::tokens(text);
    let marks: Vec<&Mark> = marks.iter().filter(|mark| fits(mark.span, text)).collect();
    let mut cuts = vec![0, text.len()];
    cuts.extend(tokens.iter().flat_map(|token| [token.span.start, token.span.end]));
    cuts.extend(marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]));
    cuts.retain(|cut| text.is_char_boundary(*cut));
    cuts.sort_unstable();
    cuts.dedup();
    let holds = |span: Span, at: usize| span.start <= at && at < span.end;
    let stretches = cuts.windows(2).map(|cut| {
        let token = tokens.iter().find(|token| holds(token.span, cut[0]));
        let mut class = token.map_or("", |token| class_of(token.class, kind)).to_owned();
        if let Some(severity) =
            marks.iter().filter(|mark| holds(mark.span, cut[0])).map(|mark| mark.severity).min()
        {
            class.push_str(" u-");
            class.push_str(severity.word());
        }
        Piece { range: cut[0]..cut[1], class: class.trim_start().to_owned() }
    });
    stretches.collect()
}

/// A finding of a moment ago may no longer fit the line.
fn fits(span: Span, text: &str) -> bool {
    !span.is_empty() && text.get(span.start..span.end).is_some()
}

fn class_of(class: Class, kind: Kind) -> &'static str {
    match class {
        Class::Name => match kind {
            Kind::Event => "t-event",
            Kind::Command => "t-command",
            Kind::ReadModel => "t-readmodel",
            Kind::Hotspot => "t-hotspot",
            _ => "t-special",
        },
        Class::Keyword => "t-mark",
        Class::Property => "t-property",
        Class::Arrow | Class::Star | Class::Slashes | Class::Comma => "t-mark",
        Class::Heading => "t-heading",
        Class::Comment => "t-comment",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize) -> Mark {
        Mark { severity: Severity::Error, span: Span::new(start, end), message: String::new(), mends: false }
    }

    #[test]
    fn the_pieces_of_a_line_are_the_line() {
        for text in
            ["", "Todo Added // todoId, ü", "Add -> // a", "# Title", "// @policy Whenever X, Y", "😀*"]
        {
            for marks in [vec![], vec![mark(0, 4)], vec![mark(3, 99)], vec![mark(1, 2), mark(0, text.len())]]
            {
                let whole: String =
                    pieces(text, &marks).into_iter().map(|piece| &text[piece.range]).collect();
                assert_eq!(whole, text);
            }
        }
    }

    #[test]
    fn a_finding_underlines_its_span_only() {
        let under: Vec<&str> = pieces("Todo Added // todoId", &[mark(5, 10)])
            .into_iter()
            .filter(|piece| piece.class.contains("u-error"))
            .map(|piece| &"Todo Added // todoId"[piece.range])
            .collect();
        assert_eq!(under, ["Added"]);
    }
}
