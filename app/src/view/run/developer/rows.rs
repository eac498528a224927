//! Events as rows of a list: one stop of the Tab key, arrows go through them, Enter opens one.

use super::desk::{Desk, Place};
use crate::messages::developer as words;
use crate::view::overlay::{focused, inside};
use elements::{El, afterwards, el};
use js_sys::Date;
use leptos::html::Ol;
use leptos::prelude::*;
use protocol::Time;
use protocol::log::Entry;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// A list of events that stay in place as long as they are on the page.
pub fn rows(desk: Desk, name: &str, entries: impl Fn() -> Vec<Entry> + Clone + 'static) -> El {
    let place = NodeRef::<Ol>::new();
    let keys = entries.clone();
    let list = el("ol").class("dev-rows").attr("aria-label", name.to_owned()).known_as(place);
    let list = walked(list.each(keys, move |entry| el("li").child(row(desk, entry, None))));
    afterwards(move || {
        entries();
        one_stop(place);
    });
    list
}

/// Events that are listed once; `reached` is told when one is opened.
pub fn few(desk: Desk, name: &str, entries: &[Entry], reached: fn(Desk, &Entry)) -> El {
    let rows = entries.iter().map(|entry| el("li").child(row(desk, entry.clone(), Some(reached))));
    let place = NodeRef::<Ol>::new();
    let list = el("ol").class("dev-rows").attr("aria-label", name.to_owned()).known_as(place).child(rows);
    one_stop(place);
    walked(list)
}

fn row(desk: Desk, entry: Entry, reached: Option<fn(Desk, &Entry)>) -> El {
    let marks = marks(&entry);
    let span = |class: &str, text: &str| el("span").class(class).text(text);
    let when = span("dev-when", &clock(entry.at)).attr("title", date(entry.at));
    let head = span("dev-type", &entry.r#type);
    let place = span("dev-stream", &format!("{}@{}", entry.stream, entry.version));
    let row = el("button")
        .class(if entry.skipped { "dev-row skipped" } else { "dev-row" })
        .attr("data-position", entry.position.to_string())
        .child(span("dev-position", &entry.position.to_string()))
        .child(el("span").class("dev-line").child(head).child(marks))
        .child(when)
        .child(el("span").class("dev-line dev-about").child(place).child(span("dev-data", &summary(&entry))));
    row.on("click", move || {
        desk.open(Place::Event(entry.position));
        if let Some(reached) = reached {
            reached(desk, &entry);
        }
    })
}

/// What was done to an event since it happened.
pub fn marks(entry: &Entry) -> Vec<El> {
    let mark = |class: &str, word: &str| el("span").class(class).text(word);
    let skipped = entry.skipped.then(|| mark("dev-mark warn", words::SKIPPED));
    let erased = entry.erased.then(|| mark("dev-mark", words::ERASED));
    skipped.into_iter().chain(erased).collect()
}

fn summary(entry: &Entry) -> String {
    let parts: Vec<String> = entry.data.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let mut words = parts.join(", ");
    if let Some((end, _)) = words.char_indices().nth(160) {
        words.truncate(end);
    }
    words
}

/// Up, Down, Home and End go through the buttons of a list.
pub fn walked(list: El) -> El {
    list.on_event("keydown", |event: KeyboardEvent| {
        let Some(list) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
        let all = inside(&list, BUTTONS);
        let Some(now) = focused().and_then(|now| all.iter().position(|row| *row == now)) else { return };
        let next = match event.key().as_str() {
            "ArrowDown" => now + 1,
            "ArrowUp" if now > 0 => now - 1,
            "Home" => 0,
            "End" => all.len() - 1,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(row) = all.get(next) {
            let _ = row.focus();
        }
    })
    .on_event("focusin", |event: Event| {
        let Some(list) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
        let now = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let all = inside(&list, BUTTONS);
        if now.as_ref().is_some_and(|now| all.contains(now)) {
            all.iter().for_each(|row| row.set_tab_index(if Some(row) == now.as_ref() { 0 } else { -1 }));
        }
    })
}

const BUTTONS: &str = ":scope > li > button";

/// The row with the focus, or the first, is the one that Tab comes to.
pub fn one_stop(list: NodeRef<Ol>) {
    let all = list.get_untracked().map(|list| inside(&list, BUTTONS)).unwrap_or_default();
    let now = focused().and_then(|now| all.iter().position(|row| *row == now)).unwrap_or_default();
    for (at, row) in all.iter().enumerate() {
        row.set_tab_index(if at == now { 0 } else { -1 });
    }
}

/// `11:05:03`
pub fn clock(at: Time) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    format!("{:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds())
}

/// `2026-11-21T11:05:03.120Z`, or nothing for a time that no calendar has.
pub fn date(at: Time) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    if date.get_time().is_nan() { String::new() } else { String::from(date.to_iso_string()) }
}
