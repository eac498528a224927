//! A precondition on an event of another stream, or of none.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("PreconditionEventDoesntExistInStream"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "A command can only require or forbid events of its own stream.",
    check: Check::Command(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A command requires or forbids an event that its own stream does not have.",
    why: "A decision is made on the facts of its own stream alone; the facts of others may still be on their way.",
    mend: "Check the name of the event. What other streams know is checked with `// @exists`.",
    example: "`Mark Complete ->`, then `// @requires Todo Added`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    for condition in &command.preconditions {
        let event = condition_event(&condition.text);
        if event.is_some_and(|event| !context.has_event_in(stream, event)) {
            findings
                    .add(
                        condition.place.or(command.place),
                        format!(
                            "'{}' refers to an event which is not produced by any of the commands publishing to the '{}' stream.",
                            condition.text,
                            stream.name
                        ),
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
