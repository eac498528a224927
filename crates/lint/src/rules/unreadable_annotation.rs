//! An annotation that does not read as it should.

use super::prelude::*;
use eml::What;

pub const RULE: Rule = Rule {
    id: RuleId("UnreadableAnnotation"),
    severity: Severity::Error,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Model(check),
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::Unreadable(shape) = what {
            findings.at(place, format!("This annotation is written `{shape}`."));
        }
    }
}
