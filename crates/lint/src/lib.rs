//! The rules of a complete event-sourced model, one file each.
//!
//! Invariants: ids and messages of LES's rules are frozen by its corpus, ours stand beside them; hints and warnings
//! never block; every finding that has a line points at the part of it that is meant; below the level Software Design
//! no strict rule speaks.
//! Not here: how a text becomes a model (`eml`).

mod checked;
mod complete;
mod names;
mod rule;
mod rules;
mod vocabulary;
mod wall;
mod words;

use checked::Checked;
use diag::{Diagnostic, Severity};
use emd::Document;
pub use eml::Profile;
use eml::{Lowered, Solution};
use rule::Findings;

pub use complete::{CHECKLIST, Claim};
pub use rule::{Explanation, Level};
pub use rules::{Explained, explain, explanations};
pub use words::distance;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Options {
    pub profile: Profile,
    pub level: Level,
}

/// What there is to say about a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    pub diagnostics: Vec<Diagnostic>,
    /// No errors, and at least one command, event and read model, at the level Software Design.
    pub green: bool,
    pub lowered: Lowered,
}

impl Report {
    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let all = self.diagnostics.iter();
        all.filter(|finding| finding.severity == Severity::Error)
    }
}

/// Checks a text, given as its lines.
pub fn inspect(lines: &[&str], options: &Options) -> Report {
    let document = Document::of_lines(lines, options.profile.read());
    let lowered = eml::lower(&document, options.profile);
    report(Some(&document), lowered, options)
}

/// Checks a model that does not come from a text of ours.
pub fn inspect_model(solution: Solution, options: &Options) -> Report {
    let lowered = Lowered { solution, problems: Vec::new() };
    report(None, lowered, options)
}

fn report(document: Option<&Document<'_>>, lowered: Lowered, options: &Options) -> Report {
    let model = Checked::new(document, &lowered.solution, &lowered.problems, options);
    let mut findings: Vec<Findings> =
        rules::RULES.iter().filter(|rule| rule.speaks(options)).map(Findings::of).collect();
    findings.iter_mut().for_each(|of_rule| of_rule.model(&model));
    for (context, stream) in model.streams() {
        findings.iter_mut().for_each(|of_rule| of_rule.stream(context, stream));
    }
    let mut diagnostics: Vec<_> = findings.into_iter().flat_map(|of_rule| of_rule.list).collect();
    // In the profile les the order is LES's own: first what is wrong with the text, then the model.
    if options.profile == Profile::Squall {
        diagnostics
            .sort_by_key(|finding| (finding.line.is_none(), finding.line, finding.severity, finding.span));
    }
    let complete = model.commands().next().is_some()
        && model.events().next().is_some()
        && model.readmodels().next().is_some();
    let errors = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    Report { green: options.level == Level::SoftwareDesign && complete && !errors, diagnostics, lowered }
}
