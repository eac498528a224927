//! Two names that differ only in word order, plural or capital letters.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NearDuplicate"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "If both mean the same, give them one name.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "Two stickies of one kind have the same words in another order, in the plural, or with other capital letters.",
    why: "People will take them for one, programs for two.",
    mend: "Agree on one name. If they are two things, give them names that can be told apart when spoken.",
    example: "`Order Items Added` and `Order Item Added`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for (first, again) in model.vocabulary(wall).alike(wall) {
        if first.plain != again.plain || findings.is_full() {
            continue;
        }
        let (first, again) = (&wall.notes[first.note], &wall.notes[again.note]);
        let finding = findings.at(
            again.place(),
            format!("'{}' and '{}' look like one and the same.", again.name(), first.name()),
        );
        // Two commands or read models of one name would be an error.
        if again.kind() == Kind::Event {
            finding.fix(format!("Write '{}'", first.name()), wall.rename(again, first.name()));
        }
    }
}
