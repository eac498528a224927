//! A command that leads to no event.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("CommandHasNoEvents"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Write the events that the command leads to on the lines after it.",
    check: Check::Command(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A command leads to no event.",
    why: "A command that changes nothing need not be given.",
    mend: "Put the event that it leads to behind it.",
    example: "`Add Todo ->`, then `Todo Added // todoId`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    if command.postconditions.is_empty() {
        findings
            .add(
                command.place,
                format!(
                    "'{}' does not produce any events. Commands must result in state changes.",
                    command.name
                ),
            )
            .subject = Subject {
            context: context.name.clone(),
            stream: stream.name.to_string(),
            command: command.name.to_string(),
            ..Subject::default()
        };
    }
}
