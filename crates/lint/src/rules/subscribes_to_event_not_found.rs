//! A read model that listens to an event which is not there.

use super::prelude::*;
use foldhash::HashSet;

pub const RULE: Rule = Rule {
    id: RuleId("SubscribesToEventNotFound"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A read model listens to an event that does not exist.",
    why: "It would wait for ever.",
    mend: "Check the name of the event in the EML.",
    example: "`SubscribesTo: [TodoAdded]`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    // What was lowered listens to events of its own context only.
    if model.document.is_some() {
        return;
    }
    for context in model.contexts() {
        let events = context.streams.iter().flat_map(|stream| &stream.events);
        let events: HashSet<&str> = events.map(|event| event.name.as_str()).collect();
        let heard = context.readmodels.iter().flat_map(|readmodel| {
            let names = readmodel.subscribes_to.names().into_iter();
            names.map(move |event| (readmodel, event))
        });
        for (readmodel, event) in heard {
            if !events.contains(event) {
                findings
                    .add(
                        readmodel.place,
                        format!(
                            "Unknown event: The read model cannot subscribe to an event of type '{event}' because the event type doesn't exist."
                        ),
                    )
                    .subject = Subject {
                    context: context.name.to_owned(),
                    readmodel: readmodel.name.to_string(),
                    ..Subject::default()
                };
            }
        }
    }
}
