//! The three ways out: files of the board, a service that is generated from it, and that service's API to try. The
//! later two are a part of the page of their own (`view::ship`), fetched when they are opened.

use super::files;
use crate::chunks;
use crate::messages::ship as words;
use crate::session::Session;
use crate::view::overlay::by_id;
use elements::{El, el, word};
use leptos::prelude::*;
use std::cell::Cell;
use web_sys::KeyboardEvent;

const PANEL: &str = "export-part";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Files,
    Build,
    Try,
}

impl Way {
    const ALL: [Way; 3] = [Way::Files, Way::Build, Way::Try];

    fn name(self) -> &'static str {
        match self {
            Way::Files => words::FILES,
            Way::Build => words::BUILD,
            Way::Try => words::TRY,
        }
    }

    fn id(self) -> &'static str {
        match self {
            Way::Files => "export-as-files",
            Way::Build => "export-as-service",
            Way::Try => "export-try",
        }
    }
}

thread_local! {
    /// The one that was open last on this page.
    static LAST: Cell<Way> = const { Cell::new(Way::Files) };
}

/// The panel opens with this one next time.
pub fn begin_with(way: Way) {
    LAST.set(way);
}

pub fn tabs(session: Session, body: El) -> El {
    let way = RwSignal::new(LAST.get());
    let row = el("div")
        .class("export-tabs")
        .attr("role", "tablist")
        .attr("aria-label", words::WAYS)
        .child(Way::ALL.map(|one| tab(way, one)))
        .on_event("keydown", move |event: KeyboardEvent| keys(way, &event));
    let part = move || match way.get() {
        Way::Files => files(session),
        Way::Build => chunks::build_place(session),
        Way::Try => chunks::api_place(session),
    };
    let shown = el("div")
        .class("export-part")
        .attr("id", PANEL)
        .attr("role", "tabpanel")
        .live_attr("aria-labelledby", move || way.get().id())
        .live_child(part);
    body.live_attr("data-wide", move || way.get() != Way::Files).child(row).child(shown)
}

fn tab(way: RwSignal<Way>, mine: Way) -> El {
    el("button")
        .class("dev-tab")
        .attr("id", mine.id())
        .attr("role", "tab")
        .attr("aria-controls", PANEL)
        .live_attr("aria-selected", move || word(way.get() == mine))
        .live_attr("tabindex", move || if way.get() == mine { "0" } else { "-1" })
        .on("click", move || go(way, mine))
        .text(mine.name())
}

fn go(way: RwSignal<Way>, to: Way) {
    LAST.set(to);
    way.set(to);
}

/// One stop of the Tab key, arrows go along it.
fn keys(way: RwSignal<Way>, event: &KeyboardEvent) {
    let now = Way::ALL.iter().position(|one| *one == way.get_untracked()).unwrap_or_default();
    let count = Way::ALL.len();
    let next = match event.key().as_str() {
        "ArrowRight" => (now + 1) % count,
        "ArrowLeft" => (now + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    go(way, Way::ALL[next]);
    if let Some(tab) = by_id(Way::ALL[next].id()) {
        let _ = tab.focus();
    }
}
