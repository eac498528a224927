//! An event that does not say which stream it is of.

use super::prelude::*;
use eml::names::{Folded, stream_id};

pub const RULE: Rule = Rule {
    id: RuleId("NoAggregateId"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Event(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "An event does not carry the id of its stream.",
    why: "Without the id nobody knows to which todo something happened, and the state cannot be rebuilt from the events.",
    mend: "Add the id: the name of the stream with a small first letter, and `Id`. On a board it is added by itself.",
    example: "`Todo Added // todoId`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, event: &Event, findings: &mut Findings) {
    let id = stream_id(&stream.name);
    let has_id = event.properties.iter().any(|one| Folded::always(&one.name) == Folded::always(&id));
    if !has_id {
        findings
            .add(event.place, format!("Missing stream/aggregate ID property for  '{}' event.", event.name))
            .subject =
            Subject { context: context.name.clone(), stream: stream.name.to_string(), ..Subject::default() };
    }
}
