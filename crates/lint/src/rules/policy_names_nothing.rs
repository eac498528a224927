//! A policy that names an event or a command which is not there.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("PolicyNamesNothing"),
    severity: Severity::Warning,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "Check the spelling, or add the missing sticky. A name of another context is written `Ordering.Order Placed`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A policy speaks of an event or a command that is on no sticky of its context.",
    why: "The policy would never start, or start nothing. Often it is a slip of the pen, or a sticky that somebody renamed.",
    mend: "Take one of the names that are offered, add the sticky that is missing, or write the context before the name.",
    example: "`// @policy Whenever Ordering.Order Placed, Reserve Stock`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for note in wall.of_kind(Kind::Policy) {
        if findings.is_full() {
            return;
        }
        let said = emd::policy(note.raw, note.read);
        if let Some(event) = said.event {
            unknown_name(wall, note, &[Kind::Event], event.span, "event", findings);
        }
        if let Some(command) = said.command {
            unknown_name(wall, note, &[Kind::Command], command.span, "command", findings);
        }
    }
}

/// A finding where a name means no sticky of these kinds, with the name it may have meant.
pub fn unknown_name(
    wall: &Wall<'_>,
    note: &Note<'_>,
    kinds: &[Kind],
    span: Span,
    noun: &str,
    findings: &mut Findings,
) {
    let name = span.of(note.raw);
    let place = Place { line: note.line, span };
    let replace = |text: &str| vec![Edit::Replace { line: note.line, span, text: text.to_owned() }];
    match wall.find(note, kinds, span) {
        Found::Note(_) => {}
        Found::Elsewhere(context) => {
            let better = format!("{context}.{name}");
            findings
                .at(place, format!("'{name}' is in the context {context}."))
                .fix(format!("Write '{better}'"), replace(&better));
        }
        Found::Nothing => {
            let finding = findings.at(place, format!("There is no {noun} '{name}'."));
            if let Some(better) = wall.closest(kinds, note, name) {
                finding.fix(format!("Did you mean '{better}'?"), replace(&better));
            }
        }
    }
}
