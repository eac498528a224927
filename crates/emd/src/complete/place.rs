//! Where the caret stands, and what is wanted there.

use crate::comment::{START, split_first, split_last, word};
use crate::scan::Marks;
use crate::{Annotation, Kind, Step, line};
use diag::Span;

pub enum Wanted<'a> {
    /// After `// @`.
    Word,
    Names(&'static [Kind]),
    /// After `// @then`.
    Outcome,
    /// How a policy starts.
    Whenever,
    /// A policy's event.
    Trigger,
    /// A policy's command.
    Reaction,
    /// Properties of the sticky that an annotation is about.
    Own,
    /// The same before a type.
    Typed,
    /// The same before a read model.
    Exists,
    /// Properties for the line's own sticky.
    Properties,
    Types,
    /// Properties of the sticky of these kinds and this name.
    Values(&'static [Kind], &'a str),
}

pub struct Place<'a> {
    pub wanted: Wanted<'a>,
    /// From the start of the part to the caret.
    pub typed: &'a str,
    /// The whole part.
    pub whole: &'a str,
    pub replaces: Span,
    /// What has to stand before what is inserted.
    pub gap: &'static str,
}

impl<'a> Place<'a> {
    pub fn property(typed: &'a str) -> Self {
        let kept = typed.trim();
        let replaces = Span::new(0, typed.len());
        Place { wanted: Wanted::Properties, typed: kept, whole: kept, replaces, gap: "" }
    }
}

pub fn of(text: &str, column: usize) -> Option<Place<'_>> {
    let before = text.get(..column)?;
    if let Some(place) = keyword(text, before) {
        return Some(place);
    }
    let line = At { text, column };
    match word(text) {
        Some((kind, end)) if column > end => line.marked(kind, end),
        Some(_) => None,
        None if text.starts_with("//") => None,
        None => line.plain(),
    }
}

/// `// @`, or the same without the space, and the start of a word.
fn keyword<'a>(text: &'a str, before: &'a str) -> Option<Place<'a>> {
    let typed = before.strip_prefix("//")?.trim_start_matches(' ').strip_prefix('@')?;
    if typed.contains(' ') {
        return None;
    }
    let end = text[before.len()..].find(' ').map_or(text.len(), |at| before.len() + at);
    let (start, gap) = match before.starts_with(START) {
        true => (START.len(), ""),
        false => (0, START),
    };
    // The space that is inserted is not doubled.
    let end = if text[end..].starts_with(' ') { end + 1 } else { end };
    let whole = text[before.len() - typed.len()..end].trim_end();
    Some(Place { wanted: Wanted::Word, typed, whole, replaces: Span::new(start, end), gap })
}

struct At<'a> {
    text: &'a str,
    column: usize,
}

impl<'a> At<'a> {
    /// The part from `start` to `end`, spaces at its ends left out, as long as the caret stands in it.
    fn part(&self, wanted: Wanted<'a>, start: usize, end: usize) -> Option<Place<'a>> {
        if self.column < start || self.column > end {
            return None;
        }
        let raw = &self.text[start..end];
        let kept = start + (raw.len() - raw.trim_start_matches(' ').len());
        let from = kept.min(self.column);
        let to = (start + raw.trim_end_matches(' ').len()).max(self.column);
        let glued = from == start && self.text[..from].ends_with(['/', ',', '>', ':', '*']);
        Some(Place {
            wanted,
            typed: &self.text[from..self.column],
            whole: self.text[from..to].trim_matches(' '),
            replaces: Span::new(from, to),
            gap: if glued { " " } else { "" },
        })
    }

    /// The part between commas within which the caret stands.
    fn item(&self, wanted: Wanted<'a>, start: usize, end: usize) -> Option<Place<'a>> {
        if self.column < start || self.column > end {
            return None;
        }
        let (from, to) = self.item_ends(start, end);
        self.part(wanted, from, to)
    }

    fn item_ends(&self, start: usize, end: usize) -> (usize, usize) {
        let from = self.text[start..self.column].rfind(',').map_or(start, |at| start + at + 1);
        let to = self.text[self.column..end].find(',').map_or(end, |at| self.column + at);
        (from, to)
    }

    fn plain(&self) -> Option<Place<'a>> {
        let marks = Marks::of(self.text);
        let kind = line(self.text).kind;
        let start = match (kind, marks.arrow, marks.slashes) {
            (Kind::Command, Some(arrow), slashes) => match slashes {
                Some(slashes) if slashes > arrow && self.column >= slashes + 2 => slashes + 2,
                _ => arrow + 2,
            },
            (Kind::Event | Kind::ReadModel, _, Some(slashes)) => slashes + 2,
            _ => return None,
        };
        self.item(Wanted::Properties, start, self.text.len())
    }

    fn marked(&self, kind: Kind, end: usize) -> Option<Place<'a>> {
        let rest = Span::new(end, self.text.len());
        match kind {
            Kind::Annotation(annotation) => self.annotation(annotation, rest),
            Kind::Scenario(step) => self.scenario(step, rest),
            Kind::Policy => self.policy(rest),
            _ => {
                let (name, list) = split_last(self.text, rest);
                if let Some(list) = list.filter(|list| self.column >= list.start) {
                    return self.item(Wanted::Properties, list.start, list.end);
                }
                let kinds: &'static [Kind] = match kind {
                    Kind::Actor => &[Kind::Actor],
                    Kind::System => &[Kind::System],
                    Kind::Constraint => &[Kind::Constraint, Kind::Term],
                    Kind::Screen => &[Kind::Screen],
                    Kind::Lane => &[Kind::Lane],
                    Kind::Context => &[Kind::Context],
                    _ => return None,
                };
                self.part(Wanted::Names(kinds), end, name.end.max(self.column))
            }
        }
    }

    fn annotation(&self, annotation: Annotation, rest: Span) -> Option<Place<'a>> {
        use Annotation::*;
        let raw = rest.of(self.text);
        let wanted = match annotation {
            Requires | Forbids => Wanted::Names(&[Kind::Event]),
            Required | Free | Hashed | Personal | Derived => Wanted::Own,
            Exists => {
                return self.halves(
                    rest,
                    raw.find(" in "),
                    4,
                    Wanted::Exists,
                    Wanted::Names(&[Kind::ReadModel]),
                );
            }
            Type => return self.halves(rest, raw.find(':'), 1, Wanted::Typed, Wanted::Types),
            Pivotal | Resolved => return None,
        };
        self.part(wanted, rest.start, rest.end)
    }

    /// One thing is wanted before a separator, another behind it.
    fn halves(
        &self,
        rest: Span,
        separator: Option<usize>,
        length: usize,
        first: Wanted<'a>,
        second: Wanted<'a>,
    ) -> Option<Place<'a>> {
        match separator.map(|at| rest.start + at) {
            Some(at) if self.column >= at + length => self.part(second, at + length, rest.end),
            // The separator is inserted with what comes before it.
            Some(at) => {
                let mut place = self.part(first, rest.start, at)?;
                let spaces =
                    self.text[at + length..].len() - self.text[at + length..].trim_start_matches(' ').len();
                place.replaces.end = at + length + spaces;
                Some(place)
            }
            None => self.part(first, rest.start, rest.end),
        }
    }

    fn scenario(&self, step: Step, rest: Span) -> Option<Place<'a>> {
        let kinds: &'static [Kind] = match step {
            Step::Scenario => return None,
            Step::Given => &[Kind::Event, Kind::Command],
            Step::When => &[Kind::Command],
            Step::Then => &[Kind::Event],
            Step::Expect => &[Kind::ReadModel],
        };
        let (name, values) = split_first(self.text, rest);
        if let Some(values) = values.filter(|values| self.column >= values.start) {
            let (from, to) = self.item_ends(values.start, values.end);
            let colon = self.text[from..to].find(':').map(|at| from + at);
            // Behind the colon anything may stand.
            return match colon {
                Some(colon) if self.column > colon => None,
                _ => {
                    let mut place =
                        self.part(Wanted::Values(kinds, name.of(self.text)), from, colon.unwrap_or(to))?;
                    if let Some(colon) = colon {
                        let behind = &self.text[colon + 1..];
                        place.replaces.end =
                            colon + 1 + (behind.len() - behind.trim_start_matches(' ').len());
                    }
                    Some(place)
                }
            };
        }
        let wanted = if step == Step::Then { Wanted::Outcome } else { Wanted::Names(kinds) };
        self.part(wanted, rest.start, name.end.max(self.column))
    }

    fn policy(&self, rest: Span) -> Option<Place<'a>> {
        const WHENEVER: &str = "whenever ";
        let raw = rest.of(self.text);
        let words = raw.trim_start_matches(' ');
        let start = rest.end - words.len();
        let whenever = words.get(..WHENEVER.len()).is_some_and(|word| word.eq_ignore_ascii_case(WHENEVER));
        let body = start + WHENEVER.len();
        if !whenever || self.column < body {
            let first = raw.trim_start_matches(' ').find(' ').map_or(rest.end, |at| start + at);
            return self.part(Wanted::Whenever, rest.start, first);
        }
        let (from, to) = self.item_ends(body, rest.end);
        if from == body {
            return self.part(Wanted::Trigger, from, to);
        }
        let is_condition = self.text[from..to].trim_start_matches(' ').starts_with("and ");
        if is_condition || to < rest.end {
            return None;
        }
        self.part(Wanted::Reaction, from, to)
    }
}
