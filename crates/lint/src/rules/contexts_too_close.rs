//! Two contexts that know each other too well.

use super::prelude::*;
use eml::names::stream_id;
use foldhash::{HashMap, HashSet};

pub const RULE: Rule = Rule {
    id: RuleId("ContextsTooClose"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Let one tell the other with a few events what it has to know, or make them one context.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "Two contexts use eight or more of each other's names: in policies, and as ids of each other's streams.",
    why: "Contexts are parted so that each can change on its own. The more they know of each other, the less that works.",
    mend: "Move what belongs together into one context, or agree on a few events through which they talk.",
    example: "`// @policy Whenever Ordering.Order Placed, Reserve Stock` alone is enough for shipping to start",
};

const TOO_MANY: usize = 8;

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let contexts = model.contexts();
    let Some(wall) = model.wall().filter(|_| contexts.len() > 1) else { return };
    let mut pairs: HashMap<(usize, usize), HashSet<String>> = HashMap::default();
    let mut know = |one: usize, other: usize, what: String| {
        if one != other {
            pairs.entry((one.min(other), one.max(other))).or_default().insert(what);
        }
    };
    let by_name: HashMap<&str, usize> =
        contexts.iter().enumerate().map(|(number, context)| (context.name.as_str(), number)).collect();
    let of_ids: HashMap<_, usize> = contexts
        .iter()
        .enumerate()
        .flat_map(|(number, context)| context.streams.iter().map(move |one| (stream_id(&one.name), number)))
        .collect();
    for (number, context) in contexts.iter().enumerate() {
        let own: HashSet<_> = context.streams.iter().map(|stream| stream_id(&stream.name)).collect();
        let properties = context.streams.iter().flat_map(|stream| &stream.events);
        for property in properties.flat_map(|event| &event.properties) {
            if let Some(other) = of_ids.get(&property.name).filter(|_| !own.contains(&property.name)) {
                know(number, *other, format!("{number}{}", property.name));
            }
        }
    }
    let number_of = |context: usize| by_name.get(wall.contexts[context]).copied();
    for note in wall.of_kind(Kind::Policy) {
        let said = emd::policy(note.raw, note.read);
        let named = [(Kind::Event, said.event), (Kind::Command, said.command)];
        for (kind, piece) in named.into_iter().filter_map(|(kind, piece)| Some((kind, piece?))) {
            if let Found::Note(found) = wall.find(note, &[kind], piece.span)
                && let (Some(one), Some(other)) = (number_of(note.context), number_of(found.context))
            {
                know(one, other, found.name().to_owned());
            }
        }
    }
    let mut close: Vec<_> = pairs.into_iter().filter(|(_, names)| names.len() >= TOO_MANY).collect();
    close.sort_by_key(|(pair, _)| *pair);
    for ((one, other), names) in close {
        if findings.is_full() {
            return;
        }
        let (one, other) = (&contexts[one], &contexts[other]);
        let words = format!("'{}' and '{}' use {} of each other's names.", one.name, other.name, names.len());
        findings.add(other.place, words).subject.context = other.name.clone();
    }
}
