//! How often each event sticky has happened, up to the moment that is looked at.

use super::asking::answer;
use super::desk::Desk;
use board::LineId;
use elements::live;
use leptos::prelude::*;
use protocol::request::{Ask, Say};
use std::collections::{BTreeMap, HashMap};

/// By lines: a sticky has another number in the next text.
pub type Counts = BTreeMap<LineId, u64>;

/// Follows the run, the moment and the names on the wall.
pub fn follow(desk: Desk) -> RwSignal<Counts> {
    let (play, counts) = (desk.play, RwSignal::new(Counts::new()));
    let said = answer(play, move || Some(Ask::Counts { run: play.run(), until: play.at.get() }));
    live(move || {
        let found = said.with(|said| {
            let Some(Ok(Say::Counts(all))) = said else { return None };
            let all: HashMap<&str, u64> = all.iter().map(|(name, times)| (name.as_str(), *times)).collect();
            let times = |name: &String| all.get(name.as_str()).copied().unwrap_or(0);
            Some(play.model.with(|model| {
                let events = model.iter().flat_map(|model| &model.events);
                events
                    .filter_map(|event| Some((play.line(event.sticky?)?, times(&event.name))))
                    .collect::<Counts>()
            }))
        });
        if let Some(found) = found
            && counts.with_untracked(|old| *old != found)
        {
            counts.set(found);
        }
    });
    counts
}
