//! A policy that does not say when, or what then.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("PolicyIncomplete"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "Say when it starts and what it then does: `Whenever Order Placed, Reserve Stock`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A policy names no event that starts it, or no command that it then gives.",
    why: "A policy is the glue between two parts of the story. Without its event nobody knows when to act, without its command nobody knows what to do.",
    mend: "Write `Whenever`, the event, a comma, and the command; a condition may stand between them after `and`.",
    example: "`// @policy Whenever Order Placed, and the customer is new, Send Welcome Letter`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    let mut last_event = None;
    for (number, note) in wall.notes.iter().enumerate() {
        match note.kind() {
            Kind::Event => last_event = Some(note),
            Kind::Context => last_event = None,
            Kind::Policy if !findings.is_full() => policy(wall, number, last_event, findings),
            _ => {}
        }
    }
}

fn policy(wall: &Wall<'_>, number: usize, before: Option<&Note<'_>>, findings: &mut Findings) {
    let note = &wall.notes[number];
    let said = emd::policy(note.raw, note.read);
    let words = match (&said.event, &said.command) {
        (Some(_), Some(_)) => return,
        (None, Some(command)) => format!("This policy does not say when to '{}'.", command.text),
        (Some(event), None) => format!("This policy does not say what to do about '{}'.", event.text),
        (None, None) => "This policy does not say when it starts and what it then does.".to_owned(),
    };
    let finding = findings.at(note.place(), words);
    let next = wall.notes[number + 1..].iter().find(|next| next.kind() != Kind::Policy);
    let next = next.filter(|next| next.kind() == Kind::Command).map(Note::name);
    let event = said.event.as_ref().map(|piece| &*piece.text).or(before.map(Note::name));
    let command = said.command.as_ref().map(|piece| &*piece.text).or(next);
    let (Some(event), Some(command)) = (event, command) else { return };
    // The stickies beside it say the rest; free words would be lost, so they stay where there is a command already.
    if said.event.is_none() && said.command.is_none() && !note.name().is_empty() {
        return;
    }
    let condition = said.condition.as_ref().map_or(String::new(), |words| format!(", {}", words.text));
    let text = format!("Whenever {event}{condition}, {command}");
    let edits = vec![Edit::Replace {
        line: note.line,
        span: Span::new(0, note.raw.len()),
        text: emd::edit::write(Kind::Policy, &text, &[]),
    }];
    finding.fix(format!("Say '{text}'"), edits);
}
