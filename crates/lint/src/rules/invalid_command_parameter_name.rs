//! A parameter's name that no programming language would take.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("InvalidCommandParameterName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Use at least two of the letters A to Z, digits and `_`, with a letter at both ends.",
    check: Check::Command(check),
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    for parameter in command.parameters.iter().filter(|one| !is_property_name(&one.name)) {
        findings
                .add(
                    parameter.place.or(command.place),
                    format!(
                        "Invalid command parameter name '{}': Names must start with an alpha character and contain no spaces.",
                        command.name
                    ),
                )
                .subject = Subject {
                context: context.name.clone(),
                stream: stream.name.to_string(),
                ..Subject::default()
            };
    }
}
