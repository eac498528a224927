//! An annotation that names what its sticky does not have.

use super::prelude::*;
use eml::What;

pub const RULE: Rule = Rule {
    id: RuleId("AnnotationNamesNothing"),
    severity: Severity::Error,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Check the spelling, or add that property to the sticky.",
    check: Check::Model(check),
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::NoSuchName { name, of } = what {
            findings.at(place, format!("'{of}' has no '{name}'."));
        }
    }
}
