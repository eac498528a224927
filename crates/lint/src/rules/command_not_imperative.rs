//! A command that does not ask for something.

use super::prelude::*;
use crate::words::{imperative, is_imperative, like};

pub const RULE: Rule = Rule {
    id: RuleId("CommandNotImperative"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "A command is a wish that may be refused: start it with the verb, as in `Place Order`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "The name of a command says that something is done or under way instead of asking for it.",
    why: "A command is what somebody wants; it may still be refused. If it sounds like a fact, people take it for an event.",
    mend: "Start with the verb, as you would ask a colleague. If it has already happened, make it an event.",
    example: "`Placed Order ->` and `Order Placing ->` become `Place Order ->`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for command in wall.of_kind(Kind::Command) {
        let name = command.name();
        let Some(better) = in_imperative(name, wall.stream(command)) else { continue };
        if findings.is_full() {
            return;
        }
        let finding = findings.at(command.place(), format!("'{name}' does not ask for anything."));
        finding.fix(format!("Say '{better}'"), wall.rename(command, &better));
    }
}

/// The name with its verb first, if it starts with the past or the gerund of one that is known, or ends with it behind
/// the name of the stream. A verb at the end is the one that is meant: `Building Permit Request` asks for a permit.
fn in_imperative(name: &str, stream: &str) -> Option<String> {
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    if is_imperative(first) {
        return None;
    }
    if let Some(verb) = imperative(first) {
        if let Some((rest, last)) = name.rsplit_once(' ').filter(|(_, last)| is_imperative(last)) {
            return Some(format!("{} {rest}", like(last, first)));
        }
        return Some(format!("{} {rest}", like(verb, first)).trim_end().to_owned());
    }
    // `Mark Order Shipped` starts with a verb, if not with a known one; `Order Shipped` with the thing.
    let (rest, last) = name.rsplit_once(' ').filter(|_| first.eq_ignore_ascii_case(stream))?;
    let verb = imperative(last)?;
    Some(format!("{} {rest}", like(verb, last)))
}
