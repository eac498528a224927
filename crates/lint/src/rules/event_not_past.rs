//! An event that does not say that something is over.

use super::prelude::*;
use crate::words::{is_past, like, past};
use foldhash::HashSet;

pub const RULE: Rule = Rule {
    id: RuleId("EventNotPast"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "An event is a fact: say it in the past tense, as in `Order Placed`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "The name of an event does not say that something has happened.",
    why: "An event is a fact that nobody can take back. Said in the past tense, everybody hears whether a sticky is a fact or a wish.",
    mend: "Name the thing first and what happened to it last. If somebody still has to decide it, it is a command. Names in other languages are left alone.",
    example: "`Order Place` becomes `Order Placed`; `Order Shipping` becomes `Order Shipped`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    let mut doubtful = Vec::new();
    let mut past_events = 0;
    let mut things = HashSet::default();
    for event in wall.of_kind(Kind::Event) {
        match event.name().rsplit(' ').any(is_past) {
            true => {
                past_events += 1;
                things.insert(wall.stream(event));
            }
            false => doubtful.push(event),
        }
    }
    // Where hardly any event looks past, the people speak another language.
    let english = past_events >= 3 && past_events >= 2 * doubtful.len();
    for event in doubtful {
        let name = event.name();
        let several = name.contains(' ') && name.is_ascii();
        let better = if several { in_past(name, &things) } else { None };
        if findings.is_full() || better.is_none() && !(english && several) {
            continue;
        }
        let finding =
            findings.at(event.place(), format!("'{name}' does not sound like something that has happened."));
        if let Some(better) = better {
            finding.fix(format!("Say '{better}'"), wall.rename(event, &better));
            let command = emd::edit::set_kind(event.raw, Kind::Command);
            let span = Span::new(0, event.raw.len());
            finding.fix(
                "Make it a command".to_owned(),
                vec![Edit::Replace { line: event.line, span, text: command }],
            );
        }
    }
}

/// The name with its verb at the end and in the past, if it starts or ends with one that is known. What starts a fact is
/// a thing and no verb: beside `Stock Counted` nothing is `Stocked` in `Stock Running Low`.
fn in_past(name: &str, things: &HashSet<&str>) -> Option<String> {
    let (rest, last) = name.rsplit_once(' ')?;
    if let Some(past) = past(last) {
        return Some(format!("{rest} {}", like(past, last)));
    }
    let (first, rest) = name.split_once(' ')?;
    let past = past(first).filter(|_| !things.contains(first) && rest.split(' ').count() < 3)?;
    Some(format!("{rest} {}", like(past, first)))
}
