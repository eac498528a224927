//! A read model that nobody looks at.

use super::prelude::*;
use foldhash::HashSet;

pub const RULE: Rule = Rule {
    id: RuleId("ReadModelReadByNobody"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "Put the actor or the screen behind it that looks at it.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "On a board that shows who looks at what, a read model has no actor, screen or command near it.",
    why: "A list that nobody reads costs work and answers no question. Or somebody reads it and is missing on the wall.",
    mend: "Put the reader or the screen beside it, use it in `// @exists`, or take it off. Boards without actors and screens are left alone.",
    example: "`Orders* // orderId, total`, then `// @actor Clerk`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    if !wall.slices.iter().any(|slice| slice.has_reader) {
        return;
    }
    let mut looked_up: HashSet<&str> = HashSet::default();
    for (_, _, command) in model.commands() {
        looked_up.extend(command.parameters.iter().filter_map(|one| one.must_exist_in()));
    }
    for step in &wall.steps {
        if step.kind() == Kind::Scenario(emd::Step::Expect) {
            looked_up.insert(step.name());
        }
    }
    // From the end: whether somebody comes before the next event.
    let mut read = false;
    let mut lonely = Vec::new();
    for note in wall.notes.iter().rev() {
        match note.kind() {
            Kind::Actor | Kind::Screen | Kind::Command => read = true,
            Kind::Event | Kind::Context => read = false,
            Kind::ReadModel if !read && !wall.slices[note.slice].has_reader => lonely.push(note),
            _ => {}
        }
    }
    for note in lonely.into_iter().rev() {
        let name = crate::wall::spaceless(note.name());
        if !looked_up.contains(&*name) && !looked_up.contains(note.name()) && !findings.is_full() {
            findings.at(note.place(), format!("Nobody looks at '{}'.", note.name()));
        }
    }
}
