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

pub const EXPLANATION: Explanation = Explanation {
    what: "A parameter has a name that programs cannot use.",
    why: "Names of parameters start and end with a letter and hold letters, digits and `_` only.",
    mend: "Write it as one word, with a capital letter where the next word starts.",
    example: "`due-date2` becomes `dueDate`",
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
