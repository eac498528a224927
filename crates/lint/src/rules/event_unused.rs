//! An event that changes nothing for anybody.

use super::prelude::*;
use crate::wall::spaceless;
use foldhash::HashSet;

pub const RULE: Rule = Rule {
    id: RuleId("EventUnused"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Show it in a read model, react to it with a policy, or let a command require it.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "No read model shows the event, no policy reacts to it, and no command requires or forbids it.",
    why: "If a fact makes no difference to anybody, it is either not worth keeping, or somebody who needs it has not been heard.",
    mend: "Ask who wants to know. Add a read model with one of its properties, a policy `Whenever ...`, or `// @requires` behind a command.",
    example: "`Todo Completed // todoId, isComplete` is shown by `TODO List* // todoId, isComplete`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    let reacted = reacted_to(wall);
    for context in model.contexts() {
        // As long as a read model does not say what it shows, nobody knows what it needs.
        if context.readmodels.iter().any(|one| one.properties.is_empty()) {
            continue;
        }
        let mut used: HashSet<&str> = HashSet::default();
        let mut seen = HashSet::default();
        for list in context.readmodels.iter().flat_map(|one| one.subscribes_to.lists()) {
            if seen.insert(list.as_ptr().addr()) {
                used.extend(list.iter().map(|one| &*one.event));
            }
        }
        let commands = context.streams.iter().flat_map(|stream| &stream.commands);
        let conditions = commands.flat_map(|command| &command.preconditions);
        used.extend(conditions.filter_map(|condition| condition_event(&condition.text)));
        for event in context.streams.iter().flat_map(|stream| &stream.events) {
            let is_used =
                used.contains(&*event.name) || !reacted.is_empty() && reacted.contains(&*event.name);
            if !is_used && !is_blank(&event.name) && !findings.is_full() {
                let place = event.place;
                let name = place
                    .and_then(|place| model.document.map(|text| place.span.of(text.raw(place.line))))
                    .unwrap_or(&event.name);
                findings.add(place, format!("Nobody uses '{name}'.")).subject = Subject {
                    context: context.name.clone(),
                    event: event.name.to_string(),
                    ..Subject::default()
                };
            }
        }
    }
}

/// The names of the events that policies react to, in whichever context.
fn reacted_to(wall: &Wall<'_>) -> HashSet<String> {
    let mut names = HashSet::default();
    for note in wall.of_kind(Kind::Policy) {
        if let Some(event) = emd::policy(note.raw, note.read).event
            && let Found::Note(event) = wall.find(note, &[Kind::Event], event.span)
        {
            names.insert(spaceless(event.name()));
        }
    }
    names
}
