//! A key that no event has.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("ReadModelKeyDoesNotExist"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "The first property of a read model is its key: put an id first that events have.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "The key of a read model is a property that no event carries.",
    why: "Rows are made from events; without the key nobody knows which row an event is about.",
    mend: "Put an id first that events carry.",
    example: "`Todo Added // todoId` feeds `TODO List* // todoId`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (context, readmodel) in model.readmodels() {
        if !readmodel.key.is_empty() && !context.has_property(&readmodel.key) {
            findings
                .add(
                    readmodel.properties.first().map_or(readmodel.place, |one| one.place),
                    format!(
                        "Unknown read model key: '{}' is not a property of any event in '{}'.",
                        readmodel.key, context.name
                    ),
                )
                .subject = Subject {
                context: context.name.to_owned(),
                readmodel: readmodel.name.to_string(),
                ..Subject::default()
            };
        }
    }
}
