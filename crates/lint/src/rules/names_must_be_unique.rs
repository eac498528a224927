//! Streams, commands, events and read models share one namespace per context.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NamesMustBeUnique"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Streams, commands, events and read models share one namespace: rename one of them.",
    check: Check::Model(check),
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for context in model.contexts() {
        for (name, times, place) in context.repeated() {
            findings.add(
                *place,
                format!(
                    "Names must be unique within a bounded context: '{name}' found {times} times in '{}'.",
                    context.name
                ),
            );
        }
    }
}
