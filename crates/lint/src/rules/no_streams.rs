//! A context without streams.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoStreams"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Write at least one event of two words: `Todo Added`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A context has no stream, because it has no event of two words.",
    why: "Streams are the stories of things, told by their events. Without one there is nothing to keep.",
    mend: "Write an event that says what happened to what.",
    example: "`Todo Added // todoId, description`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for context in &model.solution.contexts {
        if context.streams.is_empty() {
            findings.add(context.place, "No event streams found".to_owned()).subject.context =
                context.name.clone();
        }
    }
}
