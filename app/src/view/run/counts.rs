//! How often each event sticky has happened, up to the moment that is looked at.

use super::desk::Desk;
use crate::browser;
use board::LineId;
use elements::afterwards;
use leptos::prelude::*;
use protocol::log::Filter;
use protocol::request::{Ask, Say};
use std::collections::{BTreeMap, BTreeSet};

/// By lines: an answer may come when the stickies have other numbers.
pub type Counts = BTreeMap<LineId, u64>;

/// Follows the run and the moment; an answer that comes too late is not shown.
pub fn follow(desk: Desk) -> RwSignal<Counts> {
    let counts = RwSignal::new(Counts::new());
    let asked = StoredValue::new(0u64);
    afterwards(move || {
        let until = desk.play.at.get();
        desk.play.moves.track();
        let run = desk.play.run();
        let events = desk.play.model.with(|model| {
            let events = model.iter().flat_map(|model| &model.events);
            events.filter_map(|event| Some((desk.play.line(event.sticky?)?, event.name.clone()))).collect::<Vec<_>>()
        });
        let bare = events.iter().filter_map(|(_, name)| name.rsplit('.').next().map(str::to_owned));
        let mut seen = BTreeSet::new();
        let shared: BTreeSet<String> = bare.filter(|name| !seen.insert(name.clone())).collect();
        asked.update_value(|asked| *asked += 1);
        let serial = asked.get_value();
        browser::spawn(async move {
            let mut found = Counts::new();
            for (line, name) in events {
                // A stream of a type is found by its bare name; where contexts share one, the type decides.
                let bare = name.rsplit('.').next().unwrap_or(&name);
                let types = if shared.contains(bare) { vec![name.clone()] } else { Vec::new() };
                let filter = Filter { stream: ["$et-", bare].concat(), types, until, ..Filter::default() };
                let ask = Ask::Log { run: run.clone(), filter, skip: 0, limit: 0 };
                let Ok(Say::Page(page)) = desk.play.ask(ask).await else { return };
                if asked.try_get_value() != Some(serial) {
                    return;
                }
                found.insert(line, page.total);
            }
            if counts.try_with_untracked(|old| *old != found) == Some(true) {
                counts.set(found);
            }
        });
    });
    counts
}
