//! What a rule is, and where it puts what it finds.

use crate::checked::Checked;
use diag::{Diagnostic, Edit, Fix, RuleId, Severity, Span};
use eml::Place;

/// How far a board has come. Findings wait until the people are that far.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Default)]
pub enum Level {
    BigPicture,
    ProcessModelling,
    #[default]
    SoftwareDesign,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    Both,
    /// Not a rule of LES.
    Squall,
}

pub struct Rule {
    pub id: RuleId,
    pub severity: Severity,
    pub scope: Scope,
    /// The level from which on it counts.
    pub from: Level,
    /// Why it matters and what to do.
    pub help: &'static str,
    pub check: fn(&Checked<'_>, &mut Findings<'_>),
}

/// A list that names every finding of a hostile text would grow with its square.
const MOST: usize = 100_000;

/// The findings of one rule.
pub struct Findings<'a> {
    rule: &'a Rule,
    list: &'a mut Vec<Diagnostic>,
    first: usize,
}

impl<'a> Findings<'a> {
    pub fn of(rule: &'a Rule, list: &'a mut Vec<Diagnostic>) -> Self {
        let first = list.len();
        Findings { rule, list, first }
    }

    pub fn is_full(&self) -> bool {
        self.list.len() - self.first >= MOST
    }

    pub fn at(&mut self, place: Place, message: String) -> &mut Diagnostic {
        self.add(Some(place), message)
    }

    pub fn add(&mut self, place: Option<Place>, message: String) -> &mut Diagnostic {
        let at = self.list.len();
        self.list.push(Diagnostic {
            rule: self.rule.id,
            severity: self.rule.severity,
            line: place.map(|place| place.line),
            span: place.map_or(Span::default(), |place| place.span),
            message,
            help: self.rule.help.to_owned(),
            subject: diag::Subject::default(),
            fixes: Vec::new(),
        });
        &mut self.list[at]
    }
}

/// Findings that know how they are mended.
pub trait Fixable {
    fn fix(&mut self, title: String, edits: Vec<Edit>);
}

impl Fixable for Diagnostic {
    fn fix(&mut self, title: String, edits: Vec<Edit>) {
        self.fixes.push(Fix { title, edits });
    }
}
