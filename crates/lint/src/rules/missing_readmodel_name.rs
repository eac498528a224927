//! A read model without a name.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("MissingReadmodelName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A read model has no name.",
    why: "Nobody can look at something that has no name.",
    mend: "Write the name before the asterisk.",
    example: "`TODO List* // todoId, description`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (context, readmodel) in model.readmodels() {
        if is_blank(&readmodel.name) {
            findings.add(readmodel.place, "Missing Readmodel Name".to_owned()).subject =
                Subject { context: context.name.to_owned(), ..Subject::default() };
        }
    }
}
