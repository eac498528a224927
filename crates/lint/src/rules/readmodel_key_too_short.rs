//! A first property that is too short to make a key of; LES crashes on it.

use super::prelude::*;
use eml::What;

pub const RULE: Rule = Rule {
    id: RuleId("ReadmodelKeyTooShort"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Put the id first, for example `todoId`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "The first property of a read model has only one letter.",
    why: "The first property is the key by which rows are told apart: its last two letters are taken off and `Id` is put there, which needs at least two.",
    mend: "Put the id first.",
    example: "`Todos* // todoId, description`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (place, what) in model.problems() {
        if let What::ShortKey(name) = what {
            findings.at(place, format!("'{name}': The first property of a read model is its key and needs at least two characters."));
        }
    }
}
