//! A scenario that gives a value to a property which is not there.

use super::prelude::*;
use crate::wall::kinds_of_step;

pub const RULE: Rule = Rule {
    id: RuleId("ScenarioPropertyUnknown"),
    severity: Severity::Warning,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Values are written `todoId: 1, description: Milk`, with the names that the sticky has.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A step of a scenario gives a value to a property that its sticky does not have, or gives no value.",
    why: "The value would get lost, and the example would prove something else than it says.",
    mend: "Take one of the names that are offered, or add the property to the sticky.",
    example: "`// @given Todo Added // todoId: 1, description: Milk`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for note in &wall.steps {
        if note.read.properties.is_empty() || findings.is_full() {
            continue;
        }
        let Found::Note(sticky) = wall.find(note, kinds_of_step(note), note.read.name.span) else { continue };
        let known = wall.properties(sticky);
        for pair in &note.read.properties {
            let Some((name, _)) = emd::value(pair.span.of(note.raw)) else {
                let place = Place { line: note.line, span: pair.span };
                let words = format!("'{0}' has no value: write `{0}: ...`.", pair.text);
                findings.at(place, words);
                continue;
            };
            if name.is_empty() || known.iter().any(|one| one == name) {
                continue;
            }
            let span = Span::new(pair.span.start, pair.span.start + name.len());
            let place = Place { line: note.line, span };
            let finding = findings.at(place, format!("'{}' has no '{name}'.", sticky.name()));
            let near = known.iter().filter_map(|one| Some((crate::words::distance(one, name)?, one)));
            if let Some((_, better)) = near.min_by_key(|(distance, _)| *distance) {
                let edits = vec![Edit::Replace { line: note.line, span, text: better.clone() }];
                finding.fix(format!("Did you mean '{better}'?"), edits);
            }
        }
    }
}
