//! A parameter without a type.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoParameterType"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check,
};

fn check(model: &Checked<'_>, findings: &mut Findings<'_>) {
    for (context, stream, command) in model.commands() {
        for parameter in command.parameters.iter().filter(|one| is_blank(&one.r#type)) {
            findings
                .add(parameter.place, format!("Command parameter types cannot be blank: {}", command.name))
                .subject = Subject {
                context: context.name.clone(),
                stream: stream.name.to_string(),
                ..Subject::default()
            };
        }
    }
}
