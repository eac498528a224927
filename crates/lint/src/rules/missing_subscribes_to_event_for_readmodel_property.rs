//! A read model shows what no event brings.

use super::prelude::*;
use eml::What;

pub const RULE: Rule = Rule {
    id: RuleId("MissingSubscribesToEventForReadmodelProperty"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Add the property to the event that brings it, or mark it with `// @derived` where it is worked out.",
    check: Check::Model(check),
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::NoEventForProperty(name) = what {
            findings.at(
                place,
                format!("Could not find an event to subscribe to for getting readmodel property '{name}'"),
            );
        }
    }
}
