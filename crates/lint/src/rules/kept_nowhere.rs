//! What a command is told and no event keeps.

use super::prelude::*;
use crate::wall::Carried;

pub const RULE: Rule = Rule {
    id: RuleId("KeptNowhere"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "What no event carries is forgotten as soon as the command is done.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A command asks for something that none of its events carries, and that its stream does not know either.",
    why: "A system remembers events and nothing else. What people typed in and no event keeps can never be shown or decided upon again.",
    mend: "Add it to the event, or do not ask for it. Ids and passwords are left alone: they are looked up, not kept.",
    example: "`Create Product -> // productId, price` needs `Product Created // productId, price`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for slice in &wall.slices {
        let (Some(command), Some(event)) = (slice.command, slice.first_event) else { continue };
        let command = &wall.notes[command];
        let behind = wall.notes[event..].iter().take_while(|note| note.slice == command.slice);
        let mut events = behind.filter(|note| note.kind() == Kind::Event);
        let said: usize = events.clone().map(|event| event.read.properties.len()).sum();
        if said == 0 || said * command.read.properties.len() > TOO_MANY {
            continue;
        }
        let lost = command.read.properties.iter().filter(|piece| {
            !is_looked_up(&piece.text) && !events.clone().any(|event| carries(event, &piece.text))
        });
        let lost: Vec<_> =
            lost.filter(|piece| wall.carried(command, &piece.text) == Carried::Nowhere).collect();
        let Some(first) = lost.first() else { continue };
        if findings.is_full() {
            return;
        }
        let names: Vec<&str> = lost.iter().map(|piece| &*piece.text).collect();
        let words = format!("'{}' asks for {}, and no event keeps it.", command.name(), listed(&names));
        let finding = findings.at(Place { line: command.line, span: first.span }, words);
        let Some(event) = events.next() else { continue };
        let mut all: Vec<&str> = event.read.properties.iter().map(|piece| &*piece.text).collect();
        all.extend(&names);
        let text = emd::edit::set_properties(event.raw, &all);
        let span = Span::new(0, event.raw.len());
        finding.fix(
            format!("Keep it in '{}'", event.name()),
            vec![Edit::Replace { line: event.line, span, text }],
        );
    }
}

/// Comparisons in one slice; more than any board of people has.
pub const TOO_MANY: usize = 10_000;

pub fn carries(note: &Note<'_>, property: &str) -> bool {
    note.read.properties.iter().any(|piece| piece.text.eq_ignore_ascii_case(property))
}

fn is_looked_up(name: &str) -> bool {
    name.ends_with("Id") || name.eq_ignore_ascii_case("id") || name.contains("assword")
}
