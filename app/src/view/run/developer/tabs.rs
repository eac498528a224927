//! The row of tabs: one stop of the Tab key, arrows go along it.

use super::desk::{Desk, Tab};
use crate::messages::developer as words;
use crate::view::overlay::by_id;
use elements::{El, el, word};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

pub fn tabs(desk: Desk) -> El {
    el("div")
        .class("dev-tabs")
        .attr("role", "tablist")
        .attr("aria-label", words::VIEWS)
        .child(Tab::ALL.map(|tab| one(desk, tab)))
        .on_event("keydown", move |event: KeyboardEvent| {
            let now = Tab::ALL.iter().position(|tab| *tab == desk.tab.get_untracked()).unwrap_or_default();
            let count = Tab::ALL.len();
            let next = match event.key().as_str() {
                "ArrowRight" => (now + 1) % count,
                "ArrowLeft" => (now + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            desk.go(Tab::ALL[next]);
            if let Some(tab) = by_id(Tab::ALL[next].id()) {
                let _ = tab.focus();
            }
        })
}

fn one(desk: Desk, tab: Tab) -> El {
    let chosen = move || desk.tab.get() == tab;
    // What waits to be looked at.
    let count = move || match tab {
        Tab::Replay => desk.play.misfits.with(Vec::len),
        _ => 0,
    };
    let badge = move || (count() > 0).then(|| el("span").class("dev-badge").text(&count().to_string()));
    el("button")
        .class("dev-tab")
        .attr("id", tab.id())
        .attr("role", "tab")
        // What was never opened is not there to be pointed at.
        .live_attr("aria-controls", move || desk.visited().contains(&tab).then(|| tab.panel()))
        .live_attr("aria-selected", move || word(chosen()))
        .live_attr("tabindex", move || if chosen() { "0" } else { "-1" })
        .on("click", move || desk.go(tab))
        .text(tab.name())
        .live_child(badge)
}
