//! A command without a name.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoCommandName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Write what somebody wants done before the arrow: `Add Todo -> // todoId`.",
    check,
};

fn check(model: &Checked<'_>, findings: &mut Findings<'_>) {
    for (context, stream, command) in model.commands() {
        if is_blank(&command.name) {
            findings.add(command.place, format!("Command Name cannot be blank: {}", command.name)).subject =
                Subject {
                    context: context.name.clone(),
                    stream: stream.name.to_string(),
                    ..Subject::default()
                };
        }
    }
}
