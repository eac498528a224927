//! A read model that listens to an event which is not there.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("SubscribesToEventNotFound"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check,
};

fn check(model: &Checked<'_>, findings: &mut Findings<'_>) {
    // What was lowered listens to events of its own context only.
    if model.document.is_some() {
        return;
    }
    for (context, readmodel) in model.readmodels() {
        for event in readmodel.subscribes_to.names() {
            if !context.has_event(event) {
                findings
                    .add(
                        readmodel.place,
                        format!(
                            "Unknown event: The read model cannot subscribe to an event of type '{event}' because the event type doesn't exist."
                        ),
                    )
                    .subject = Subject {
                    context: context.name.to_owned(),
                    readmodel: readmodel.name.clone(),
                    ..Subject::default()
                };
            }
        }
    }
}
