//! A property without a name.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoPropertyName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "There is nothing between two commas.",
    check: Check::Event(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "An event has a property without a name.",
    why: "There is nothing between two commas, or before the first one.",
    mend: "Take the comma out, or write what is missing.",
    example: "`Todo Added // todoId, description`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, event: &Event, findings: &mut Findings) {
    for property in event.properties.iter().filter(|one| is_blank(&one.name)) {
        findings
            .add(
                property.place.or(event.place),
                format!("{}: Event property names cannot be blank.", event.name),
            )
            .subject =
            Subject { context: context.name.clone(), stream: stream.name.to_string(), ..Subject::default() };
    }
}
