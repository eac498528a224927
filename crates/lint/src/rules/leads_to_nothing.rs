//! A system or a constraint after which nothing happens.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("LeadsToNothing"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "Say what happens when it has done its work: put an event behind it.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A system or a constraint stands where no event follows before the next command.",
    why: "Systems and constraints answer a command. If they never say what came out, the story goes on without them and nobody would miss them.",
    mend: "Add the event that the system or the constraint brings about, or move it between the command and the event it belongs to.",
    example: "`Pay Order ->`, `// @system Payment provider`, `Payment Received`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for note in &wall.notes {
        let noun = match note.kind() {
            Kind::System => "system",
            Kind::Constraint => "constraint",
            _ => continue,
        };
        if wall.slices[note.slice].first_event.is_none() && !findings.is_full() {
            findings.at(note.place(), format!("Nothing happens after the {noun} '{}'.", note.name()));
        }
    }
}
