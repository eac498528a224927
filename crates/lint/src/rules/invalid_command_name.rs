//! A command's name that starts with no letter.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("InvalidCommandName"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Start the name with a letter from A to Z.",
    check: Check::Command(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "The name of a command does not start with a letter.",
    why: "Command names become names in programs, which start with a letter.",
    mend: "Start with a word.",
    example: "`3 Day Delivery ->` becomes `Deliver In Three Days ->`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    if !command.name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        findings
                .add(
                    command.place,
                    format!(
                        "Invalid command name '{}': Names must start with an alpha character and have no leading or trailing spaces.",
                        command.name
                    ),
                )
                .subject = Subject {
                context: context.name.clone(),
                stream: stream.name.to_string(),
                ..Subject::default()
            };
    }
}
