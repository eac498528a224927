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

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for context in &model.solution.contexts {
        if context.streams.is_empty() {
            findings.add(context.place, "No event streams found".to_owned()).subject.context =
                context.name.clone();
        }
    }
}
