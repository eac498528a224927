//! One event with what led to it and what it led to.

use super::View;
use crate::transfer;
use protocol::Position;
use protocol::log::{Detail, Entry};

/// A longer chain is shown from its near end.
const MAX_CHAIN: usize = 100;

impl View<'_> {
    pub fn detail(&self, position: Position) -> Option<Detail> {
        let event = self.log.get(position)?;
        let led_to = |other: &crate::log::Recorded<'_>| other.causation() == Some(position);
        let effects = self.log.after(position).filter(led_to).take(MAX_CHAIN);
        Some(Detail {
            entry: self.entry(event),
            causes: self.causes(event.causation()),
            effects: effects.map(|event| self.entry(event)).collect(),
            json: transfer::pretty(self.log, event),
        })
    }

    /// From the nearest cause back to the first.
    fn causes(&self, mut next: Option<Position>) -> Vec<Entry> {
        let mut causes: Vec<Entry> = Vec::new();
        while let Some(event) = next.and_then(|position| self.log.get(position)) {
            // A cause is earlier than its effect; a file from elsewhere may say otherwise.
            let later = causes.last().is_some_and(|effect| effect.position <= event.position);
            if later || causes.len() == MAX_CHAIN {
                break;
            }
            causes.push(self.entry(event));
            next = event.causation();
        }
        causes
    }
}
