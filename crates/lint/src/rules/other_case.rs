//! The same name with other upper and lower case.

use super::prelude::*;
use foldhash::HashMap;

pub const RULE: Rule = Rule {
    id: RuleId("OtherCase"),
    severity: Severity::Warning,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "LES tells upper and lower case apart, and so does a generated program.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "One name is written with different upper and lower case.",
    why: "LES and programs take `TodoId` and `todoId` for two properties, people for one.",
    mend: "Take the spelling that came first.",
    example: "`todoId` everywhere",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    // Told once for each spelling, and mended everywhere.
    let mut numbers: HashMap<(&str, String), usize> = HashMap::default();
    for (place, written, known) in model.other_cases() {
        let edit = Edit::Replace { line: place.line, span: place.span, text: known.clone() };
        let next = findings.list.len();
        let same = (written, known);
        if let Some(number) = numbers.get(&same) {
            let fixes = findings.list[*number].fixes.iter_mut();
            fixes.for_each(|fix| fix.edits.push(edit.clone()));
            continue;
        }
        let known = same.1;
        let (title, words) =
            (format!("Write '{known}'"), format!("'{written}' is written '{known}' elsewhere."));
        numbers.insert((written, known), next);
        findings.at(place, words).fix(title, vec![edit]);
    }
}
