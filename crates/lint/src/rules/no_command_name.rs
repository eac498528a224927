//! A command without a name.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoCommandName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Write what somebody wants done before the arrow: `Add Todo -> // todoId`.",
    check: Check::Command(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A command has no name.",
    why: "Nobody can ask for something that has no name.",
    mend: "Write what somebody wants before the arrow.",
    example: "`Add Todo -> // description`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    if is_blank(&command.name) {
        findings.add(command.place, format!("Command Name cannot be blank: {}", command.name)).subject =
            Subject { context: context.name.clone(), stream: stream.name.to_string(), ..Subject::default() };
    }
}
