//! A stream that no command writes to.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoCommands"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Write the command on a line before the event: `Add Todo -> // todoId`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A stream has no command that leads to its events.",
    why: "If nobody can do anything, nothing will ever happen to it.",
    mend: "Put the command before the event that it leads to.",
    example: "`Add Todo -> // description`, then `Todo Added // todoId, description`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (context, stream) in model.streams() {
        if stream.commands.is_empty() {
            findings
                .add(
                    stream.place,
                    format!(
                        "Event stream '{}': Must have at least one command which publishes event(s) to it.",
                        stream.name
                    ),
                )
                .subject = Subject {
                context: context.name.clone(),
                stream: stream.name.to_string(),
                ..Subject::default()
            };
        }
    }
}
