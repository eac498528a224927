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
/// Nobody reads more hints of one kind.
const MOST_HINTS: usize = 100;

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

    /// A hint that gives many stickies another name carries an edit for each of them, so hints are full of edits, too.
    pub fn is_full(&self) -> bool {
        if self.rule.severity != Severity::Hint {
            return self.list.len() >= MOST;
        }
        let fixes = self.list.iter().flat_map(|one| &one.fixes);
        self.list.len() >= MOST_HINTS || fixes.map(|fix| fix.edits.len()).sum::<usize>() > MOST
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

/// What a rule is about, at length: for `squall explain` and for who asks why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// What is found.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// What it looks like when it is right.
    pub example: &'static str,
}

/// Names in a sentence: `'a', 'b' and 'c'`, at most four of them.
pub fn listed(names: &[&str]) -> String {
    const MOST: usize = 4;
    let quoted: Vec<String> = names.iter().take(MOST).map(|name| format!("'{name}'")).collect();
    match (names.len().checked_sub(MOST), quoted.split_last()) {
        (Some(1..), _) => format!("{} and {} more", quoted.join(", "), names.len() - MOST),
        (_, Some((last, []))) => last.clone(),
        (_, Some((last, rest))) => format!("{} and {last}", rest.join(", ")),
        (_, None) => String::new(),
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
