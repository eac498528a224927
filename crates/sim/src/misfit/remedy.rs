//! What can be done about a misfit, likeliest first.

use super::likely::likeness;
use super::{Look, Tally, What};
use crate::model::{Event, EventId, folded, label};
use crate::sample;
use crate::value::Text;
use crate::views::full;
use protocol::step::Upcast;
use protocol::{Position, Sticky};
use std::cmp::Reverse;

/// So many new names are offered for an old one.
const MOST_OFFERED: usize = 3;
/// Names less alike than that are no offer.
const ALIKE: u32 = 25;

type Remedy = (String, Upcast);

impl Look<'_> {
    pub(super) fn remedies(&self, what: &What, tally: &Tally) -> Vec<Remedy> {
        match what {
            What::Unknown { context, name } => self.renamed_event(context, name, tally),
            What::Missing { event, property } | What::Column { event, property, .. } => {
                self.filled(*event, *property, tally)
            }
            What::Unfit { event, property } => vec![self.retyped(*event, *property), these(tally)],
            What::Blank { event, property, .. } => {
                self.default(*event, *property).into_iter().chain([these(tally)]).collect()
            }
            What::Condition { .. } | What::Stranger { .. } => vec![these(tally)],
        }
    }

    /// The sticky that a misfit is shown on. An event that is gone shows on its likely successor.
    pub(super) fn sticky(&self, what: &What) -> Option<Sticky> {
        match what {
            What::Unknown { context, name } => {
                let successor = self.successors(context, name).first().copied()?;
                self.model.event(successor).name.sticky
            }
            What::Missing { event, .. } | What::Unfit { event, .. } => self.model.event(*event).name.sticky,
            What::Column { readmodel, .. } => self.model.readmodel(*readmodel).name.sticky,
            What::Condition { command, .. }
            | What::Blank { command, .. }
            | What::Stranger { command, .. } => self.model.command(*command).name.sticky,
        }
    }

    /// Events of the model that the name may stand for now.
    fn successors(&self, context: &str, name: &str) -> Vec<EventId> {
        let known = self.log.schemas().find(|schema| schema.name == name && schema.context == context);
        let stored: Vec<Text> =
            known.into_iter().flat_map(|schema| &schema.properties).map(|one| folded(&one.name)).collect();
        let alike = |event: &Event| {
            let of = event.properties.iter().filter(|property| stored.contains(&folded(&property.name)));
            let all = stored.len().max(event.properties.len()) as u32;
            let shared = (of.count() as u32 * 100).checked_div(all).unwrap_or(0);
            (likeness(name, &event.name.name) + shared) / 2
        };
        let mut events: Vec<(u32, EventId)> = self
            .model
            .events
            .iter()
            .map(alike)
            .zip((0..).map(EventId))
            .filter(|(alike, _)| *alike >= ALIKE)
            .collect();
        events.sort_by_key(|(alike, event)| (Reverse(*alike), *event));
        events.into_iter().take(MOST_OFFERED).map(|(_, event)| event).collect()
    }

    fn renamed_event(&self, context: &str, name: &str, tally: &Tally) -> Vec<Remedy> {
        let from = full(context, name);
        let them = if tally.events == 1 { "it" } else { "them" };
        let renamed = self.successors(context, name).into_iter().map(|event| {
            let (to, words) = (self.full_event(event), &self.model.event(event).name.label);
            (format!("Read {them} as “{words}”"), Upcast::RenameEvent { from: from.clone(), to })
        });
        let left_out = (format!("Leave {them} out"), Upcast::SkipEvent { event: from.clone() });
        renamed.chain([left_out]).collect()
    }

    /// The event's name as upcasts write it.
    fn full_event(&self, event: EventId) -> String {
        let of = self.model.event(event);
        full(&self.model.category(of.category).context, &of.name.name)
    }

    /// The property under another name, or a value for all.
    fn filled(&self, event: EventId, property: usize, tally: &Tally) -> Vec<Remedy> {
        let of = self.model.event(event);
        let Some(wanted) = of.properties.get(property) else { return Vec::new() };
        let known = |name: &str| of.properties.iter().any(|one| folded(&one.name) == folded(name));
        let mut spare: Vec<(u32, Text)> = self
            .stored(tally)
            .into_iter()
            .filter(|name| !known(name))
            .map(|name| (likeness(&name, &wanted.name), name))
            .collect();
        spare.sort_by_key(|(alike, _)| Reverse(*alike));
        let renamed = spare.into_iter().take(MOST_OFFERED).map(|(_, from)| {
            let words = format!("Take it from “{}”", label(&from));
            let (event, from, to) = (self.full_event(event), from.to_string(), wanted.name.to_string());
            (words, Upcast::RenameProperty { event, from, to })
        });
        renamed.chain(self.default(event, property)).chain([these(tally)]).collect()
    }

    /// What the events are read to hold.
    fn stored(&self, tally: &Tally) -> Vec<Text> {
        let first: Option<&Position> = tally.positions.first();
        let event = first.and_then(|position| self.log.get(*position));
        let reading = event.and_then(|event| {
            self.readings.upcasts.read(event.schema(), self.readings.upcasts.generation(event.position))
        });
        reading.into_iter().flat_map(|reading| reading.properties).map(|(name, _)| name).collect()
    }

    /// An id is nobody's default.
    fn default(&self, event: EventId, property: usize) -> Option<Remedy> {
        let of = self.model.event(event);
        let name = of.properties.get(property).filter(|_| of.id != Some(property))?.name.to_string();
        let value = self.example(event, property);
        let words = format!("Use “{value}” instead");
        Some((words, Upcast::Default { event: self.full_event(event), property: name, value }))
    }

    fn retyped(&self, event: EventId, property: usize) -> Remedy {
        let of = self.model.event(event).properties.get(property);
        let (name, r#type) = of.map(|of| (of.name.to_string(), of.r#type.to_string())).unwrap_or_default();
        let value = self.example(event, property);
        let words = format!("Use “{value}” instead");
        (words, Upcast::Retype { event: self.full_event(event), property: name, r#type, value })
    }

    fn example(&self, event: EventId, property: usize) -> String {
        let of = self.model.event(event);
        let thing = &self.model.category(of.category).name;
        let Some(property) = of.properties.get(property) else { return String::new() };
        let at = self.log.get(1).map_or(0, |event| event.at());
        sample::example(thing, &property.name, &property.r#type.to_string(), 0, at)
    }
}

fn these(tally: &Tally) -> Remedy {
    let words = match (tally.events, tally.positions.len()) {
        (1, _) => "Leave this event out".to_string(),
        (all, some) if all > some as u64 => format!("Leave the first {some} of these events out"),
        _ => "Leave these events out".to_string(),
    };
    (words, Upcast::SkipThese { positions: tally.positions.clone() })
}
