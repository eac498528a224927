//! A read model that no event brings anything to.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("ReadModelFedByNothing"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "Give it properties that events carry, or put it behind the event it shows.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A read model shows nothing that any event carries.",
    why: "What people look at is made of what has happened. A list that no event fills stays empty for ever.",
    mend: "Write on the events what the read model has to show. At the level Software Design LES's rules about read models say which property is missing.",
    example: "`Order Placed // orderId, total` feeds `Orders* // orderId, total`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    if model.level == Level::SoftwareDesign {
        return;
    }
    for (context, readmodel) in model.readmodels() {
        let has_events = context.streams.iter().any(|stream| !stream.events.is_empty());
        let fed = match readmodel.properties.is_empty() {
            true => has_events,
            false => !readmodel.subscribes_to.is_empty(),
        };
        if !fed && !findings.is_full() {
            findings
                .add(readmodel.place, format!("No event brings anything to '{}'.", readmodel.name))
                .subject
                .readmodel = readmodel.name.to_string();
        }
    }
}
