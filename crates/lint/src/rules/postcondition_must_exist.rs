//! A command that leads to an event which its stream does not have.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("PostconditionMustExist"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Command(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A command leads to an event which its stream does not have.",
    why: "A command writes into one stream only, as a whole or not at all.",
    mend: "Check the name of the event; on a board, let the event start with the name of the stream.",
    example: "`Add Todo ->` leads to `Todo Added`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    for event in context.unknown_postconditions(command) {
        if findings.is_full() {
            return;
        }
        findings
                .add(
                    command.place,
                    format!(
                        "{}: Unknown postcondition: The command cannot result in an event of type '{event}' because the event type doesn't exist.",
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
