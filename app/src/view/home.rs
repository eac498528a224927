//! The first page: the boards that this browser knows, and the ways to begin another.

mod begin;
mod card;
mod renaming;

use super::preferences;
use crate::boards::{self, Known};
use crate::messages;
use crate::preferences::{self as likes, Preferences};
use elements::{El, el, word};
use leptos::prelude::*;

/// A filter is shown from so many boards on.
const MANY: usize = 6;

/// What the parts of this page share.
#[derive(Clone, Copy)]
pub struct Home {
    pub boards: RwSignal<Vec<Known>>,
    pub filter: RwSignal<String>,
    pub archived: RwSignal<bool>,
    /// Something is asked of the server.
    pub busy: RwSignal<bool>,
    pub trouble: RwSignal<Option<String>>,
    pub preferences: RwSignal<Preferences>,
    /// Said politely.
    pub said: RwSignal<String>,
    /// The boards that were opened unseen, to rename them; they end with this page.
    pub guests: StoredValue<Vec<Owner>>,
}

impl Home {
    pub fn refresh(self) {
        self.boards.set(boards::all());
    }

    fn shown(self) -> Vec<Known> {
        let wanted = self.filter.get().trim().to_lowercase();
        let archived = self.archived.get();
        let fits = |board: &&Known| {
            board.archived == archived && messages::title(&board.title).to_lowercase().contains(&wanted)
        };
        self.boards.with(|boards| boards.iter().filter(fits).cloned().collect())
    }
}

pub fn home() -> El {
    let home = Home {
        boards: RwSignal::new(boards::all()),
        filter: RwSignal::new(String::new()),
        archived: RwSignal::new(false),
        busy: RwSignal::new(false),
        trouble: RwSignal::new(None),
        preferences: likes::follow(),
        said: RwSignal::new(String::new()),
        guests: StoredValue::new(Vec::new()),
    };
    follow_other_tabs(home);
    let alert = move || {
        let words = home.trouble.get();
        words.map(|words| el("p").class("home-error").child(super::icons::icon("warning")).text(&words))
    };
    let note = move || if home.busy.get() { messages::HOME_BUSY } else { messages::HOME_NOTE };
    el("main")
        .class("home")
        .live_attr("data-boards", move || word(home.boards.with(|boards| !boards.is_empty())))
        .child(head())
        .child(begin::begin(home))
        .child(el("div").attr("role", "alert").class("home-alert").live_child(alert))
        .child(list(home))
        .child(el("p").class("home-note").attr("role", "status").live_text(note))
        .child(
            el("div").class("visually-hidden").attr("aria-live", "polite").live_text(move || home.said.get()),
        )
        .child(el("footer").class("home-foot").child(preferences::theme(home.preferences)))
}

fn head() -> El {
    el("header")
        .class("home-head")
        .child(el("h1").class("wordmark").text(messages::NAME))
        .child(paper())
        .child(el("p").class("home-lead").text(messages::HOME_LEAD))
}

/// Stickies as a picture of what one gets.
fn paper() -> El {
    let notes = messages::HOME_PAPER.map(|(kind, words)| {
        let note = el("div").class("note").attr("data-kind", kind);
        note.child(el("div").class("note-text").text(words))
    });
    el("div").class("home-paper").attr("aria-hidden", "true").child(notes)
}

fn list(home: Home) -> El {
    let filter = move || {
        let input = el("input")
            .class("field")
            .attr("type", "search")
            .attr("id", "filter")
            .attr("aria-label", messages::HOME_FILTER)
            .attr("placeholder", messages::HOME_FILTER)
            .prop("value", home.filter.get_untracked())
            .on_event("input", move |event: web_sys::Event| home.filter.set(event_target_value(&event)));
        (home.boards.with(Vec::len) >= MANY).then_some(input)
    };
    let archive = move || {
        let count = home.boards.with(|boards| boards.iter().filter(|board| board.archived).count());
        let button = el("button")
            .class("button dense")
            .attr("id", "show-archived")
            .live_attr("aria-pressed", move || word(home.archived.get()))
            .on("click", move || home.archived.update(|shown| *shown = !*shown))
            .text(&messages::archived(count));
        (count > 0 || home.archived.get()).then_some(button)
    };
    let nothing = move || {
        let words = match (home.boards.with(Vec::is_empty), home.archived.get()) {
            (true, _) => messages::HOME_FIRST,
            (_, true) => messages::HOME_NONE_ARCHIVED,
            (false, false) => messages::HOME_NONE_FITS,
        };
        home.shown().is_empty().then(|| el("p").class("home-none").text(words))
    };
    let keys =
        move || home.shown().into_iter().map(|board| (board.id, board.title, board.archived)).collect();
    let card = move |(id, ..): (String, String, bool)| match boards::known(&id) {
        Some(board) => card::card(home, board),
        None => el("li"),
    };
    el("section")
        .class("home-boards")
        .attr("aria-labelledby", "your-boards")
        .child(
            el("header")
                .child(el("h2").attr("id", "your-boards").text(messages::HOME_BOARDS))
                .live_child(filter)
                .live_child(archive),
        )
        .live_child(nothing)
        .child(el("ul").class("cards").each(keys, card))
}

/// Boards opened or renamed in another tab, or before this page is shown again.
fn follow_other_tabs(home: Home) {
    let stored = window_event_listener_untyped("storage", move |_| home.refresh());
    let shown = window_event_listener_untyped("pageshow", move |_| home.refresh());
    on_cleanup(move || [stored, shown].into_iter().for_each(|listener| listener.remove()));
}
