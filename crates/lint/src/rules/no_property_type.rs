//! A property without a type.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoPropertyType"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Event(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A property of an event has no type.",
    why: "A program has to know whether it is a text, a number or a date.",
    mend: "Give it a type in the EML. On a board the type is `string` unless `// @type` says otherwise.",
    example: "`// @type price: decimal`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, event: &Event, findings: &mut Findings) {
    for property in event.properties.iter().filter(|one| is_blank(&one.r#type)) {
        findings
            .add(
                property.place.or(event.place),
                format!("{}Event property types cannot be blank: ", event.name),
            )
            .subject =
            Subject { context: context.name.clone(), stream: stream.name.to_string(), ..Subject::default() };
    }
}
