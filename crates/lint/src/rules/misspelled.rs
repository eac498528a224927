//! A word that is written once, and one letter away from one that is written more often.

use super::prelude::*;
use crate::words::like;

pub const RULE: Rule = Rule {
    id: RuleId("Misspelled"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "If it is a slip of the pen, take the usual spelling; a program takes the two for different things.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A word occurs once, and with one letter more, less, other or swapped it would be a word that occurs often.",
    why: "People read over it, programs do not: a property with a slip of the pen is another property.",
    mend: "Take the usual spelling, or leave it if both words are meant.",
    example: "`quanity` beside `quantity`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for (word, usual) in model.vocabulary(wall).slips() {
        if findings.is_full() {
            return;
        }
        let note = &wall.notes[word.note];
        let usual = like(usual, word.text);
        let finding = findings.at(
            Place { line: note.line, span: word.span() },
            format!("'{}' may be meant for '{usual}'.", word.text),
        );
        let edits = match word.is_property {
            true => vec![Edit::Replace { line: note.line, span: word.span(), text: usual.clone() }],
            false => {
                let at = word.start - note.read.name.span.start;
                let mut name = note.written().to_owned();
                name.replace_range(at..at + word.text.len(), &usual);
                wall.rename(note, &name)
            }
        };
        finding.fix(format!("Write '{usual}'"), edits);
    }
}
