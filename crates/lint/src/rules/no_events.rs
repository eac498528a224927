//! A stream without events.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoEvents"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A stream has no events.",
    why: "A stream is nothing but its events: without them nothing is remembered.",
    mend: "Add what happened, or leave the stream out.",
    example: "`Todo Added // todoId`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (context, stream) in model.streams() {
        if stream.events.is_empty() {
            findings
                .add(
                    stream.place,
                    format!(
                        "Event stream '{}': Must have at least one event that is being published to it.",
                        stream.name
                    ),
                )
                .subject = Subject {
                context: context.name.clone(),
                stream: stream.name.to_string(),
                ..Subject::default()
            };
        }
    }
}
