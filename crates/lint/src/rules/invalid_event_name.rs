//! An event's name that no programming language would take.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("InvalidEventName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Use at least two of the letters A to Z, digits and `_`, with a letter at both ends.",
    check: Check::Event(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "The name of an event holds signs that programs cannot use.",
    why: "Event names become names in programs: letters, digits and `_`, starting and ending with a letter.",
    mend: "Leave the signs out.",
    example: "`Todo Added (again)` becomes `Todo Added Again`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, event: &Event, findings: &mut Findings) {
    if !is_name(&event.name) {
        findings.add(event.place, format!("{}: Invalid event name.", event.name)).subject =
            Subject { context: context.name.clone(), stream: stream.name.to_string(), ..Subject::default() };
    }
}
