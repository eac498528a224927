//! An event of a single word names no stream.

use super::prelude::*;
use eml::What;

pub const RULE: Rule = Rule {
    id: RuleId("NoStreamName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "The first word of an event is what it happened to, so an event needs at least two: `Todo Added`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "The name of an event is a single word, so it does not say what it happened to.",
    why: "The first word of an event names the thing whose story it is part of. Without it nobody can keep the events of one thing together.",
    mend: "Put the thing first and what happened to it behind.",
    example: "`Added` becomes `Todo Added`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::NoStreamName(name) = what {
            findings.at(place, format!("'{name}': Could not determine event stream name."));
        }
    }
}
