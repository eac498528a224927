//! A term of the glossary that is written in another way.

use super::prelude::*;
use crate::vocabulary::words;
use crate::wall::term;
use foldhash::HashMap;

pub const RULE: Rule = Rule {
    id: RuleId("TermSpelling"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Write a term as the glossary does.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A name uses a term of the glossary, but joins or parts its words differently.",
    why: "The glossary is what people agreed on. Spelt differently, a term is not found again.",
    mend: "Take the spelling of the glossary, or change the glossary.",
    example: "with `// @term Shopping Cart: ...`, `ShoppingCart Emptied` becomes `Shopping Cart Emptied`",
};

/// The longest term, in words.
const MOST_WORDS: usize = 4;

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    let terms: HashMap<String, &str> =
        wall.of_kind(Kind::Term).map(|note| (joined(term(note)), term(note))).collect();
    if terms.is_empty() {
        return;
    }
    for note in &wall.notes {
        if !matches!(note.kind(), Kind::Event | Kind::Command | Kind::ReadModel) {
            continue;
        }
        let parts: Vec<(usize, &str)> = words(note.written()).collect();
        for (first, (start, _)) in parts.iter().enumerate() {
            for (last, word) in parts.iter().skip(first).take(MOST_WORDS) {
                let end = last + word.len();
                let written = &note.written()[*start..end];
                let Some(term) = terms.get(&joined(written)) else { continue };
                if same_words(written, term) || findings.is_full() {
                    continue;
                }
                let place = note.place();
                let span = Span::new(place.span.start + start, place.span.start + end);
                let better = format!("{}{term}{}", &note.written()[..*start], &note.written()[end..]);
                findings
                    .at(Place { span, ..place }, format!("'{written}' is '{term}' in the glossary."))
                    .fix(format!("Write '{term}'"), wall.rename(note, &better));
            }
        }
    }
}

/// The letters alone.
fn joined(name: &str) -> String {
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Capital letters may differ: a heading writes a term otherwise than a sentence.
fn same_words(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
