//! A name that plain Event Markdown cannot hold is not lowered.

use super::prelude::*;
use emd::Kind;
use eml::Place;

pub const RULE: Rule = Rule {
    id: RuleId("NameNotInModel"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Event Markdown has no way to write #, ->, * or // within a name.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A name holds signs with which Event Markdown marks something else.",
    why: "The sticky is on the wall, but LES cannot read it, so it is not in the model.",
    mend: "Leave out `#`, `->`, `*` and `//`.",
    example: "`Todo #1 Added` becomes `Todo 1 Added`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (index, line, raw) in model.lines() {
        let lowered = matches!(line.kind, Kind::Event | Kind::Command | Kind::ReadModel);
        if !lowered || !raw.starts_with("//") {
            continue;
        }
        let place = Place { line: index, span: line.name.span };
        let finding =
            findings.at(place, format!("'{}' is on the wall, but not in the model.", line.name.text));
        let mut name: String = line.name.text.to_string();
        for sign in ["#", "->", "*", "//"] {
            name = name.replace(sign, " ");
        }
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let properties: Vec<&str> = line.properties.iter().map(|one| &*one.text).collect();
        let plain = emd::edit::write(line.kind, &name, &properties);
        if !plain.starts_with("//") {
            finding.fix(
                format!("Write `{plain}`"),
                vec![Edit::Replace { line: index, span: Span::new(0, raw.len()), text: plain }],
            );
        }
    }
}
