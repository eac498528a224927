//! A property's name that no programming language would take.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("InvalidEventPropertyName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Use at least two of the letters A to Z, digits and `_`, with a letter at both ends.",
    check: Check::Event(check),
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, event: &Event, findings: &mut Findings) {
    for property in event.properties.iter().filter(|one| !is_property_name(&one.name)) {
        findings
                .add(
                    property.place.or(event.place),
                    format!(
                        "Invalid event property name '{}': Names must start with a character and contain no spaces.",
                        property.name
                    ),
                )
                .subject = Subject {
                context: context.name.clone(),
                stream: stream.name.to_string(),
                ..Subject::default()
            };
    }
}
