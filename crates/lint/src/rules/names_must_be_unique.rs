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

pub const EXPLANATION: Explanation = Explanation {
    what: "Two streams, commands, events or read models of one context have the same name.",
    why: "What has the same name cannot be told apart in a program, and hardly by people.",
    mend: "Give each its own name, or part the board into contexts with `// @context`.",
    example: "the stream `Order` and a read model `Order*` cannot both be: call it `Orders*`",
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
