//! An annotation that the sticky before it has no use for.

use super::prelude::*;
use eml::What;

pub const RULE: Rule = Rule {
    id: RuleId("AnnotationFitsNoSticky"),
    severity: Severity::Error,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "An annotation is about the sticky line before it: move it there.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "An annotation stands behind a sticky that it says nothing about.",
    why: "An annotation is about the sticky line before it. In the wrong place it has no effect.",
    mend: "Move it behind the sticky it is about.",
    example: "`// @requires Todo Added` stands behind a command, `// @pivotal` behind an event",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::NoSuchSticky(suits) = what {
            findings.at(place, format!("This annotation belongs behind {suits}."));
        }
    }
}
