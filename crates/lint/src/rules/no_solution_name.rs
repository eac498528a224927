//! The solution has no name.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoSolutionName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "The first line that starts with `#` names the solution.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "No line names the solution.",
    why: "The model needs a name, for people and for what is made of it.",
    mend: "Start the board with a heading.",
    example: "`# TODO List`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    if model.solution.name.is_empty() {
        findings.add(model.solution.place, "No Solution Name".to_owned());
    }
}
