//! An id that has to exist in a read model which is not there, or has another key.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("MustExistInReadmodelNotFound"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Write the read model with that id first, for example `User Lookup* // userId, name`, or `// @free userId` behind the command where the id need not exist.",
    check: Check::Command(check),
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    for parameter in &command.parameters {
        let Some(name) = parameter.must_exist_in().filter(|name| !name.is_empty()) else {
            continue;
        };
        let key = context.key_of(name);
        if key.is_some() && key == eml::names::id_part(&parameter.name).as_deref() {
            continue;
        }
        findings
            .add(
                parameter.place.or(command.place),
                format!(
                    "'{} {}' has a MustExistIn {name} rule, but that read model does not exist.",
                    command.name, parameter.name
                ),
            )
            .subject = Subject {
            context: context.name.to_owned(),
            stream: stream.name.to_string(),
            command: command.name.to_string(),
            ..Subject::default()
        };
    }
}
