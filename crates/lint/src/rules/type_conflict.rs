//! One property name with two types in a context.

use super::prelude::*;
use eml::What;

pub const RULE: Rule = Rule {
    id: RuleId("TypeConflict"),
    severity: Severity::Error,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "A property name has one type in its whole context.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "One property name has two types in one context.",
    why: "Within a context a name means one thing.",
    mend: "Give both the same type, or one of them another name.",
    example: "`// @type price: decimal`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::TypeConflict { name, first, second } = what {
            findings.at(place, format!("'{name}' is {first} elsewhere, not {second}."));
        }
    }
}
