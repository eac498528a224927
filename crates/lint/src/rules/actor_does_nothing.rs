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
    // From the end: what comes next, screens and other actors aside.
    let mut next_is_command = false;
    let mut idle = Vec::new();
    for (number, note) in wall.notes.iter().enumerate().rev() {
        match note.kind() {
            Kind::Actor if !next_is_command && !looks(wall, number) => idle.push(note),
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

/// Whether the actor stands behind a read model or a screen.
fn looks(wall: &Wall<'_>, number: usize) -> bool {
    let before = wall.notes[..number].iter().rev().map(Note::kind);
    matches!(before.into_iter().find(|kind| *kind != Kind::Actor), Some(Kind::ReadModel | Kind::Screen))
}
