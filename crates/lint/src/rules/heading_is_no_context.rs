//! A `##` heading never changes the model.

use super::prelude::*;
use emd::Kind;
use eml::Place;

pub const RULE: Rule = Rule {
    id: RuleId("HeadingIsNoContext"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "A context is written `// @context Ordering`: names have to be unique within it only.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A second heading looks like a part of the model, but changes nothing in it.",
    why: "In LES only the first heading counts, and all lines are one context.",
    mend: "Make it a context if words mean something else in it, or a chapter, or leave it as a heading.",
    example: "`// @context Ordering`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (index, line, raw) in model.lines() {
        if !matches!(line.kind, Kind::Heading(level) if level > 1) || line.name.text.is_empty() {
            continue;
        }
        let place = Place { line: index, span: line.name.span };
        findings.at(place, format!("'{}' is a heading and no context.", line.name.text)).fix(
            "Make it a context".to_owned(),
            vec![Edit::Replace {
                line: index,
                span: Span::new(0, raw.len()),
                text: emd::edit::write(Kind::Context, &line.name.text, &[]),
            }],
        );
    }
}
