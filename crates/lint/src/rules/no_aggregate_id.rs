//! An event that does not say which stream it is of.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoAggregateId"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check,
};

fn check(model: &Checked<'_>, findings: &mut Findings<'_>) {
    for (context, stream, event) in model.events() {
        let id = stream.name.to_lowercase() + "id";
        if !event.properties.iter().any(|property| property.name.to_lowercase() == id) {
            findings
                .add(
                    event.place,
                    format!("Missing stream/aggregate ID property for  '{}' event.", event.name),
                )
                .subject =
                Subject { context: context.name.clone(), stream: stream.name.clone(), ..Subject::default() };
        }
    }
}
