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

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::NoStreamName(name) = what {
            findings.at(place, format!("'{name}': Could not determine event stream name."));
        }
    }
}
