//! Two words for one thing.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("Synonym"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Agree on one word within a context, and write it into the glossary: `// @term Customer: who buys from us`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "One context uses two words that usually mean the same: for a thing (client, customer), or for a deed with the same thing (delete todo, remove todo).",
    why: "Who hears two words looks for two things. Within a context every word should have one meaning, and every thing one word.",
    mend: "Ask the people who do the work which word they use, and use it everywhere. If the two do differ, say how with `// @term`.",
    example: "`Delete Todo ->` and `Remove Todo ->` become one command",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    let vocabulary = model.vocabulary(wall);
    for (first, again) in vocabulary.alike(wall) {
        if first.plain == again.plain || findings.is_full() {
            continue;
        }
        let (first, again) = (&wall.notes[first.note], &wall.notes[again.note]);
        findings.at(again.place(), format!("'{}' may be the same as '{}'.", again.name(), first.name()));
    }
    let explained: Vec<u64> =
        wall.of_kind(Kind::Term).map(|term| crate::vocabulary::hash(crate::wall::term(term))).collect();
    for (word, usual) in vocabulary.two_words_for_one(wall) {
        // The glossary tells them apart.
        if explained.contains(&word.hash) || findings.is_full() {
            continue;
        }
        let place = Place { line: wall.notes[word.note].line, span: word.span() };
        findings.at(place, format!("'{}' and '{usual}' may be two words for one thing.", word.text));
    }
}
