//! An actor whom no command follows.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("ActorDoesNothing"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "Put the actor before the command they give, or behind the read model they look at.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "An actor stands where they neither give a command nor look at anything.",
    why: "Who does something shows who has to be asked, trained and let in. An actor without a deed hides a step that nobody has told yet.",
    mend: "Add the command that they give, or move the actor to the command or the read model that is theirs.",
    example: "`// @actor Customer`, then `Place Order ->`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    let looking = looking(wall);
    // From the end: what comes next, screens and other actors aside.
    let mut next_is_command = false;
    let mut idle = Vec::new();
    for (note, looks) in wall.notes.iter().zip(looking).rev() {
        match note.kind() {
            Kind::Actor if !next_is_command && !looks => idle.push(note),
            Kind::Actor | Kind::Screen | Kind::Term => {}
            kind => next_is_command = kind == Kind::Command,
        }
    }
    for note in idle.iter().rev() {
        if findings.is_full() {
            return;
        }
        findings.at(note.place(), format!("'{}' does nothing here.", note.name()));
    }
}

/// For each note whether it is a read model or a screen, and for an actor whether one stands before, other actors aside.
fn looking(wall: &Wall<'_>) -> Vec<bool> {
    let mut looks = false;
    let kinds = wall.notes.iter().map(Note::kind);
    let seen = kinds.map(|kind| {
        if kind != Kind::Actor {
            looks = matches!(kind, Kind::ReadModel | Kind::Screen);
        }
        looks
    });
    seen.collect()
}
