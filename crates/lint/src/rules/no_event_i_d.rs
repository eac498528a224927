//! An event without a name.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoEventID"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Event(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "An event has no name.",
    why: "What has no name cannot be remembered.",
    mend: "Name it after what happened.",
    example: "`Todo Added`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, event: &Event, findings: &mut Findings) {
    if is_blank(&event.name) {
        findings.add(event.place, format!("{}: Event IDs cannot be blank.", event.name)).subject =
            Subject { context: context.name.clone(), stream: stream.name.to_string(), ..Subject::default() };
    }
}
