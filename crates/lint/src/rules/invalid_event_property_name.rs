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

pub const EXPLANATION: Explanation = Explanation {
    what: "A property of an event has a name that programs cannot use.",
    why: "Names of properties start and end with a letter and hold letters, digits and `_` only, and no space.",
    mend: "Write it as one word, with a capital letter where the next word starts.",
    example: "`due date` becomes `dueDate`",
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
