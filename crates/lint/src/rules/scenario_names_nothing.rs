//! A scenario that names a sticky which is not there.

use super::policy_names_nothing::unknown_name;
use super::prelude::*;
use crate::wall::kinds_of_step;

pub const RULE: Rule = Rule {
    id: RuleId("ScenarioNamesNothing"),
    severity: Severity::Warning,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Check the spelling, or add the missing sticky.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A step of a scenario speaks of an event, a command or a read model that is on no sticky.",
    why: "An example about something that is not there cannot be played.",
    mend: "Take one of the names that are offered, or add the sticky that is missing. A refusal is written `// @then rejected: why`.",
    example: "`// @when Mark Complete // todoId: 1` needs the command `Mark Complete ->`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for note in &wall.steps {
        let kinds = kinds_of_step(note);
        if kinds.is_empty() || findings.is_full() {
            continue;
        }
        let noun = match kinds {
            [Kind::Event] => "event",
            [Kind::Command] => "command",
            [Kind::ReadModel] => "read model",
            _ => "event or command",
        };
        let span = note.read.name.span;
        match span.is_empty() {
            true => {
                let whole = Span::new("// ".len(), note.raw.len());
                findings.at(Place { line: note.line, span: whole }, format!("This step names no {noun}."));
            }
            false => unknown_name(wall, note, kinds, span, noun, findings),
        }
    }
}
