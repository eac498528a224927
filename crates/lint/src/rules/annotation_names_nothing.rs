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

pub const EXPLANATION: Explanation = Explanation {
    what: "An annotation names a property that its sticky does not have.",
    why: "It has no effect, so the rule that somebody meant to write does not hold.",
    mend: "Check the spelling, or add the property to the sticky.",
    example: "`Add Todo -> // description`, then `// @required description`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::NoSuchName { name, of } = what {
            findings.at(place, format!("'{of}' has no '{name}'."));
        }
    }
}
