//! There is no context.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoBoundedContext"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "The model has no context.",
    why: "Everything in a model belongs to a context, within which words have one meaning.",
    mend: "Give the board a title: its lines are then one context of that name.",
    example: "`# TODO List`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    if model.solution.contexts.is_empty() {
        findings.add(model.solution.place, "No Bounded Context".to_owned());
    }
}
