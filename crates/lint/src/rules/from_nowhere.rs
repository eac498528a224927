//! What an event carries and nobody has said.

use super::kept_nowhere::{TOO_MANY, carries};
use super::prelude::*;
use crate::wall::Carried;

pub const RULE: Rule = Rule {
    id: RuleId("FromNowhere"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Let the command ask for it, or say how it comes about.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "An event carries something that its command does not ask for and that its stream has not known before.",
    why: "An event can only say what somebody said, what was known, or what was worked out. If none of it is on the wall, somebody will have to guess.",
    mend: "Add it to the command. Ids, dates and yes-or-no properties such as `isComplete` are left alone: they come with the event itself.",
    example: "`Product Stocked // sku, price` needs `Stock Product -> // sku, price`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for slice in &wall.slices {
        let (Some(command), Some(event)) = (slice.command, slice.first_event) else { continue };
        let command = &wall.notes[command];
        let behind = wall.notes[event..].iter().take_while(|note| note.slice == command.slice);
        for event in behind.filter(|note| note.kind() == Kind::Event) {
            if event.read.properties.len() * command.read.properties.len() > TOO_MANY || findings.is_full() {
                continue;
            }
            let new = event.read.properties.iter().filter(|piece| {
                !piece.text.is_empty() && !carries(command, &piece.text) && !comes_by_itself(&piece.text)
            });
            let new: Vec<_> =
                new.filter(|piece| wall.carried(event, &piece.text) != Carried::Elsewhere).collect();
            let Some(first) = new.first() else { continue };
            let names: Vec<&str> = new.iter().map(|piece| &*piece.text).collect();
            let words = format!(
                "'{}' carries {}, and '{}' does not ask for it.",
                event.name(),
                listed(&names),
                command.name()
            );
            let finding = findings.at(Place { line: event.line, span: first.span }, words);
            let mut all: Vec<&str> = command.read.properties.iter().map(|piece| &*piece.text).collect();
            all.extend(&names);
            let text = emd::edit::set_properties(command.raw, &all);
            let span = Span::new(0, command.raw.len());
            let edits = vec![Edit::Replace { line: command.line, span, text }];
            finding.fix(format!("Let '{}' ask for it", command.name()), edits);
        }
    }
}

/// Ids are made, dates are read off the clock, and `isComplete` is what the event says anyway.
fn comes_by_itself(name: &str) -> bool {
    let after = |start: &str| {
        name.strip_prefix(start)
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    };
    let ends = ["Id", "id", "ID", "At", "On"].iter().any(|end| name.ends_with(end));
    if ends || after("is") || after("has") {
        return true;
    }
    let lower = name.to_lowercase();
    ["date", "time", "password"].iter().any(|word| lower.contains(word))
}
