//! A rule `MustExistIn` that names no read model.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("MustExistInHasNoReadmodelArgument"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Command(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A rule says that an id must exist, but not in which read model.",
    why: "Without the read model nobody knows where to look.",
    mend: "Name the read model behind `MustExistIn` in the EML.",
    example: "`MustExistIn UserLookup`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    for parameter in &command.parameters {
        if parameter.must_exist_in() == Some("") {
            findings
                .add(
                    parameter.place.or(command.place),
                    format!(
                        "'{} {}' has a MustExistIn  rule, but no readmodel name argument.",
                        command.name, parameter.name
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
}
