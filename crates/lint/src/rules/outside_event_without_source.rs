//! An event that no command, no system and no clock brings about.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("OutsideEventWithoutSource"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::ProcessModelling,
    help: "Put the command before it, or the system it comes from; what time brings starts with `Month`, `Day` or `Deadline`.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "An event stands before any command, and no system or clock is named that it comes from.",
    why: "Everything happens because somebody wants it, another system reports it, or time passes. If none of the three is known, a part of the story is missing.",
    mend: "Add the command, or the system before the event. Name what time brings after it: `Month Ended`. At the level Software Design the stricter rule EventMustBeCommandPostcondition takes over.",
    example: "`// @system Bank`, then `Payment Received`",
};

const TIMES: [&str; 12] = [
    "time", "timer", "clock", "hour", "day", "night", "midnight", "week", "month", "quarter", "year",
    "deadline",
];

fn check(model: &Checked<'_>, findings: &mut Findings) {
    if model.level == Level::SoftwareDesign {
        return;
    }
    let Some(wall) = model.wall() else { return };
    // The slice in which a system stands before.
    let mut with_system = None;
    for note in &wall.notes {
        match note.kind() {
            Kind::System => with_system = Some(note.slice),
            Kind::Event => {}
            _ => continue,
        }
        let first = note.name().split(' ').next().unwrap_or("");
        let by_time = TIMES.iter().any(|time| time.eq_ignore_ascii_case(first));
        let by_command = wall.slices[note.slice].command.is_some();
        if !by_command && !by_time && with_system != Some(note.slice) && !findings.is_full() {
            findings.at(note.place(), format!("Nobody and nothing makes '{}' happen.", note.name()));
        }
    }
}
