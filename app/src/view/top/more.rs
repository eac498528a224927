//! The rest of the bar, for screens where it finds no place: everything in words.

use super::toggle;
use crate::messages;
use crate::session::{Panel, Session};
use crate::view::icons::icon;
use board::wire::Role;
use elements::{El, el, word};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

pub fn more(session: Session) -> El {
    let open = RwSignal::new(false);
    let place = NodeRef::<Div>::new();
    let outside = window_event_listener(leptos::ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = place.get_untracked().is_some_and(|place| place.contains(target.as_ref()));
        if open.get_untracked() && !inside {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            focus_button(place);
        }
    };
    let button = el("button")
        .class("tool")
        .attr("aria-label", messages::BAR_MORE)
        .attr("title", messages::BAR_MORE)
        .live_attr("aria-expanded", move || word(open.get()))
        .on("click", move || open.update(|open| *open = !*open))
        .child(icon("more"));
    el("div")
        .class("more")
        .known_as(place)
        .on_event("keydown", escape)
        .child(button)
        .when(move || open.get(), move || list(session, open))
}

fn focus_button(place: NodeRef<Div>) {
    let button = place.get_untracked().and_then(|place| place.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

fn list(session: Session, open: RwSignal<bool>) -> El {
    let row = move |name: &str, words: &str, class: &str, run: fn(Session)| {
        let run = move || {
            open.set(false);
            run(session);
        };
        let button = el("button").on("click", run).child(icon(name)).child(el("span").text(words));
        el("li").class(class).child(button)
    };
    let home = el("li")
        .child(el("a").attr("href", "/").child(icon("home")).child(el("span").text(messages::ALL_BOARDS)));
    let writes = session.role.get_untracked() != Role::View;
    let undo = writes.then(|| row("undo", messages::UNDO, "only-narrow", |session| session.undo()));
    let redo = writes.then(|| row("redo", messages::REDO, "only-narrow", |session| session.redo()));
    el("ul")
        .class("more-list")
        .child(home)
        .child(undo)
        .child(redo)
        .child(row("export", messages::EXPORT, "only-narrow", |session| toggle(session, Panel::Export)))
        .child(row("people", messages::ME, "", |session| toggle(session, Panel::Me)))
        .child(row("keyboard", messages::SHORTCUTS, "", |session| toggle(session, Panel::Keys)))
}
