//! A parameter without a type.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoParameterType"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Command(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A parameter of a command has no type.",
    why: "A program has to know whether it is a text, a number or a date.",
    mend: "Give it a type in the EML, or with `// @type`. On a board the type is `string` unless said otherwise.",
    example: "`// @type price: decimal`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    for parameter in command.parameters.iter().filter(|one| is_blank(&one.r#type)) {
        findings
            .add(parameter.place, format!("Command parameter types cannot be blank: {}", command.name))
            .subject =
            Subject { context: context.name.clone(), stream: stream.name.to_string(), ..Subject::default() };
    }
}
