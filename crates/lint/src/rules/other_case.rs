//! The same name with other upper and lower case.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("OtherCase"),
    severity: Severity::Warning,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "LES tells upper and lower case apart, and so does a generated program.",
    check: Check::Model(check),
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, written, known) in model.other_cases() {
        let title = format!("Write '{known}'");
        findings
            .at(place, format!("'{written}' is written '{known}' elsewhere."))
            .fix(title, vec![Edit::Replace { line: place.line, span: place.span, text: known.to_owned() }]);
    }
}
