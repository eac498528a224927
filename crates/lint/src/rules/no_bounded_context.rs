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

fn check(model: &Checked<'_>, findings: &mut Findings) {
    if model.solution.contexts.is_empty() {
        findings.add(model.solution.place, "No Bounded Context".to_owned());
    }
}
