//! What was found, as questions for people: each fits on a hotspot.

use super::space::{Bits, Space};
use super::states::States;

/// How does this command ever succeed?
pub fn never(space: &Space, states: &States, each: usize) -> String {
    let label = &space.moves[each].label;
    format!("How does \"{label}\" ever succeed? {}", reason(space, states, each))
}

fn reason(space: &Space, states: &States, each: usize) -> String {
    let one = &space.moves[each];
    let missing = |exists: &&super::space::Exists| exists.lookup.is_none_or(|it| states.filled[it].is_none());
    if let Some(exists) = one.exists.iter().find(missing) {
        let name = exists.lookup.map_or(&exists.readmodel, |lookup| &space.lookups[lookup].label);
        return format!("It looks up {} in \"{name}\", which nothing ever fills.", exists.parameter);
    }
    if one.hopeless {
        return "It needs an event that is nowhere on the wall.".to_string();
    }
    let thing = &space.things[one.thing];
    let first = |bits: Bits| {
        let happening = *thing.deciding.get(bits.trailing_zeros() as usize)?;
        Some(&space.happenings[happening].label)
    };
    if let Some(event) = first(one.requires & one.forbids) {
        return format!("It needs \"{event}\" and forbids it at once.");
    }
    let reachable = states.order[one.thing].iter().fold(0, |all, state| all | state);
    if let Some(event) = first(one.requires & !reachable) {
        return format!("It needs \"{event}\", and nothing ever brings that about.");
    }
    match (first(one.requires), first(one.forbids)) {
        (Some(needs), Some(forbids)) => {
            format!(
                "It needs \"{needs}\", and by then something that it forbids has happened, like \"{forbids}\"."
            )
        }
        (Some(needs), None) => format!("It needs more than \"{needs}\", and never gets all of it together."),
        _ => "Something that it forbids has always happened already.".to_string(),
    }
}

/// A thing with which nothing can be done any more, and whose command waits for something that cannot come.
pub fn stuck(space: &Space, last: usize, waits: usize, lacks: Option<usize>) -> String {
    let event = &space.happenings[last].label;
    let thing = &space.things[space.happenings[last].thing].label;
    let waits = &space.moves[waits].label;
    let thing = thing.to_lowercase();
    match lacks {
        Some(lacks) => {
            let lacks = &space.happenings[lacks].label;
            format!(
                "What happens after \"{event}\"? Nothing can be done with this {thing} any more: \"{waits}\" waits for \"{lacks}\", which cannot come."
            )
        }
        None => format!("What happens after \"{event}\"? Nothing can be done with this {thing} any more."),
    }
}

/// Policies that run in a circle.
pub fn circle(space: &Space, circle: &[usize]) -> String {
    let mut chain = String::new();
    for each in circle {
        let reaction = &space.reactions[*each];
        let when = &space.happenings[reaction.when].label;
        let sends = &space.moves[reaction.sends].label;
        chain += &format!("\"{when}\" leads to \"{sends}\", ");
    }
    let first = circle.first().map_or("", |each| &space.happenings[space.reactions[*each].when].label);
    format!("When does this end? {chain}and that to \"{first}\" again.")
}

/// Whether the name of an event says by itself that nothing has to follow.
pub fn is_end(label: &str) -> bool {
    const ENDS: [&str; 26] = [
        "abandoned",
        "archived",
        "cancelled",
        "canceled",
        "closed",
        "collected",
        "completed",
        "declined",
        "deleted",
        "delivered",
        "discontinued",
        "done",
        "ended",
        "expired",
        "finished",
        "left",
        "refunded",
        "rejected",
        "removed",
        "resolved",
        "retired",
        "returned",
        "settled",
        "stopped",
        "terminated",
        "withdrawn",
    ];
    label.split_whitespace().any(|word| ENDS.contains(&&*word.to_lowercase()))
}
