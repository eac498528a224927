//! A read model that no event feeds.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("MissingReadmodelSubscribesToEvent"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Give it at least one property that an event brings.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A read model listens to no event.",
    why: "It would stay empty for ever.",
    mend: "Give it a property besides the id that events carry.",
    example: "`TODO List* // todoId, description`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (context, readmodel) in model.readmodels() {
        if readmodel.subscribes_to.is_empty() {
            findings.add(readmodel.place, "Missing Readmodel SubscribesTo Event(s)".to_owned()).subject =
                Subject {
                    context: context.name.to_owned(),
                    readmodel: readmodel.name.to_string(),
                    ..Subject::default()
                };
        }
    }
}
