//! An event that no command leads to.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("EventMustBeCommandPostcondition"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Write the command that leads to it on a line before it, or move the event behind its command.",
    check: Check::Event(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "No command leads to an event.",
    why: "A fact that nobody can bring about will never be one.",
    mend: "Put the event behind its command; both have to be about the same thing, that is, the first event behind a command names its stream.",
    example: "`Complete Todo ->`, then `Todo Completed`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, event: &Event, findings: &mut Findings) {
    if !context.is_postcondition(stream, &event.name) {
        findings
            .add(
                event.place,
                format!("{} has no command which would result in '{}'.", context.name, event.name),
            )
            .subject =
            Subject { context: context.name.clone(), stream: stream.name.to_string(), ..Subject::default() };
    }
}
