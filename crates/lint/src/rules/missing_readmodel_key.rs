//! A read model without properties has no key.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("MissingReadmodelKey"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Give it properties, its id first: `TODO List* // todoId, description`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A read model has no key.",
    why: "The key tells its rows apart. It is made of the first property.",
    mend: "Put the id first among its properties.",
    example: "`TODO List* // todoId, description`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (context, readmodel) in model.readmodels() {
        if readmodel.key.is_empty() {
            findings.add(readmodel.place, "Missing Readmodel Key".to_owned()).subject = Subject {
                context: context.name.to_owned(),
                readmodel: readmodel.name.to_string(),
                ..Subject::default()
            };
        }
    }
}
