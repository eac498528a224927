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

pub const EXPLANATION: Explanation = Explanation {
    what: "An annotation lacks a part.",
    why: "It has no effect, so the rule that somebody meant to write does not hold.",
    mend: "Write it as the message shows.",
    example: "`// @exists userId in User Lookup`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::Unreadable(shape) = what {
            findings.at(place, format!("This annotation is written `{shape}`."));
        }
    }
}
