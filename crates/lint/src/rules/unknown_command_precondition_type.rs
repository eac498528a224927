//! A precondition that says neither `MustHaveHappened` nor `MustNotHaveHappened` of one event.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("UnknownCommandPreconditionType"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Command(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A precondition says neither that an event must have happened nor that it must not.",
    why: "These two are all that a command can ask of the past.",
    mend: "Write `MustHaveHappened` or `MustNotHaveHappened` behind the event in the EML; on a board it is `// @requires` or `// @forbids`.",
    example: "`TodoAdded MustHaveHappened`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    for condition in &command.preconditions {
        if condition_event(&condition.text).is_none() {
            findings
                .add(
                    condition.place.or(command.place),
                    format!("Unknown command precondition type: '{}'", condition.text),
                )
                .subject = Subject {
                context: context.name.clone(),
                stream: stream.name.to_string(),
                command: command.name.to_string(),
                ..Subject::default()
            };
        }
    }
}
