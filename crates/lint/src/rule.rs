//! What a rule is, and where it puts what it finds.

use crate::Options;
use crate::checked::{Checked, InContext, InStream};
use diag::{Diagnostic, Edit, Fix, RuleId, Severity, Span};
use eml::{Command, Event, Place, Profile};

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
    pub check: Check,
}

impl Rule {
    pub fn speaks(&self, options: &Options) -> bool {
        options.level >= self.from && (self.scope == Scope::Both || options.profile == Profile::Squall)
    }
}

/// What a rule looks at. Rules about commands and events look at one after another, so that a large model is walked
/// once for all of them.
#[derive(Clone, Copy)]
pub enum Check {
    Model(fn(&Checked<'_>, &mut Findings)),
    Command(fn(&InContext<'_>, &InStream<'_>, &Command, &mut Findings)),
    Event(fn(&InContext<'_>, &InStream<'_>, &Event, &mut Findings)),
}

/// A list that names every finding of a hostile text would grow with its square.
const MOST: usize = 100_000;

/// The findings of one rule.
pub struct Findings {
    rule: &'static Rule,
    pub list: Vec<Diagnostic>,
}

impl Findings {
    pub fn of(rule: &'static Rule) -> Self {
        Findings { rule, list: Vec::new() }
    }

    pub fn model(&mut self, model: &Checked<'_>) {
        if let Check::Model(check) = self.rule.check {
            check(model, self);
        }
    }

    pub fn stream(&mut self, context: &InContext<'_>, stream: &InStream<'_>) {
        match self.rule.check {
            Check::Command(check) => {
                stream.commands.iter().for_each(|command| check(context, stream, command, self));
            }
            Check::Event(check) => stream.events.iter().for_each(|event| check(context, stream, event, self)),
            Check::Model(_) => {}
        }
    }

    pub fn is_full(&self) -> bool {
        self.list.len() >= MOST
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
