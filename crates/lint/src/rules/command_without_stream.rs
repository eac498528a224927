//! A command that no event follows is not in the model.

use super::prelude::*;
use eml::What;

pub const RULE: Rule = Rule {
    id: RuleId("CommandWithoutStream"),
    severity: Severity::Warning,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "Write the event that the command leads to on the line after it.",
    check: Check::Model(check),
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::CommandWithoutStream(name) = what {
            findings.at(place, format!("'{name}' leads to no event, so it is not in the model."));
        }
    }
}
