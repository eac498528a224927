//! A type that is none.

use super::prelude::*;
use eml::What;

pub const RULE: Rule = Rule {
    id: RuleId("UnknownType"),
    severity: Severity::Error,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Types are string, integer, decimal, boolean, date, datetime, uuid and email, and lists of them such as `string[]`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A type is none that Squall knows.",
    why: "A program has to know what to make of it.",
    mend: "Take string, integer, decimal, boolean, date, datetime, uuid or email, or a list of them.",
    example: "`// @type tags: string[]`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::UnknownType(name) = what {
            findings.at(place, format!("'{name}' is no type."));
        }
    }
}
