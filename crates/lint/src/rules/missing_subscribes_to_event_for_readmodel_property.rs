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

pub const EXPLANATION: Explanation = Explanation {
    what: "A read model shows a property that no event carries.",
    why: "What people look at is made of what has happened. What no event brings stays empty.",
    mend: "Add the property to the event that brings it, or say with `// @derived total` that it is worked out.",
    example: "`Order Placed // orderId, total` feeds `Orders* // orderId, total`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::NoEventForProperty(name) = what {
            let words =
                format!("Could not find an event to subscribe to for getting readmodel property '{name}'");
            let finding = findings.at(place, words);
            // LES knows no annotations.
            if model.has_notation() {
                let text = emd::edit::write(Kind::Annotation(emd::Annotation::Derived), name, &[]);
                let edits = vec![Edit::Insert { line: place.line + 1, text }];
                finding.fix(format!("Say that '{name}' is worked out"), edits);
            }
        }
    }
}
