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

pub const EXPLANATION: Explanation = Explanation {
    what: "No event stands behind a command.",
    why: "A command leads to an event, or nothing has changed. Which stream it belongs to is seen from that event.",
    mend: "Write what has happened when the command was carried out.",
    example: "`Add Todo ->`, then `Todo Added // todoId`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::CommandWithoutStream(name) = what {
            findings.at(place, format!("'{name}' leads to no event, so it is not in the model."));
        }
    }
}
