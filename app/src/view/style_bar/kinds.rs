//! Another kind for the selection; name and properties stay.

use super::super::icons::icon;
use super::super::note::{kind_slug, kind_word};
use super::Subject;
use crate::messages;
use crate::session::Session;
use elements::{El, el, word};
use emd::Kind;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent};

const KINDS: [Kind; 16] = [
    Kind::Event,
    Kind::Command,
    Kind::ReadModel,
    Kind::Policy,
    Kind::Constraint,
    Kind::Actor,
    Kind::System,
    Kind::Hotspot,
    Kind::Screen,
    Kind::Opportunity,
    Kind::Term,
    Kind::Note,
    Kind::Heading(1),
    Kind::Chapter,
    Kind::Lane,
    Kind::Context,
];

pub fn chooser(session: Session, subject: &Subject) -> El {
    let open = RwSignal::new(false);
    let now = subject.kind;
    let slug = now.map_or("note", kind_slug);
    let opener = el("button")
        .class("tool kind-now")
        .attr("type", "button")
        .attr("aria-haspopup", "menu")
        .live_attr("aria-expanded", move || word(open.get()))
        .attr("aria-label", messages::kind_now(now.map(kind_word)))
        .attr("title", messages::CHANGE_KIND)
        .on("click", move || open.update(|open| *open = !*open))
        .child(el("span").class("swatch").attr("data-kind", slug).child(icon(slug)))
        .child(icon("down"));
    el("div")
        .class("kind-chooser")
        .on_event("keydown", move |event: KeyboardEvent| keys(open, &event))
        .on_event("focusout", move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Element>().ok());
            if to.is_none_or(|to| to.closest(".kind-chooser").ok().flatten().is_none()) {
                open.set(false);
            }
        })
        .child(opener)
        .when(move || open.get(), move || menu(session, now))
}

fn menu(session: Session, now: Option<Kind>) -> El {
    let item = move |kind: Kind| {
        let slug = kind_slug(kind);
        el("button")
            .class("kind-item")
            .attr("type", "button")
            .attr("role", "menuitemradio")
            .attr("tabindex", "-1")
            .attr("aria-checked", word(now == Some(kind)))
            // The click comes after the blur that would close the menu in some browsers.
            .on_event("pointerdown", |event: web_sys::Event| event.prevent_default())
            .on("click", move || session.choose(kind))
            .child(el("span").class("swatch").attr("data-kind", slug).child(icon(slug)))
            .child(el("span").text(kind_word(kind)))
    };
    el("div")
        .class("kind-menu")
        .attr("role", "menu")
        .attr("aria-label", messages::CHANGE_KIND)
        .child(KINDS.map(item))
}

fn keys(open: RwSignal<bool>, event: &KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let Some(chooser) = target.closest(".kind-chooser").ok().flatten() else { return };
    let in_menu = target.closest(".kind-menu").ok().flatten().is_some();
    let by = match (event.key().as_str(), in_menu) {
        ("Escape", _) if open.get_untracked() => {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
            return focus(chooser.query_selector(".kind-now").ok().flatten());
        }
        ("ArrowDown", false) => {
            event.prevent_default();
            event.stop_propagation();
            open.set(true);
            return crate::browser::next_frame(move || {
                let first = chooser.query_selector("[aria-checked=true]").ok().flatten();
                focus(first.or_else(|| chooser.query_selector(".kind-item").ok().flatten()));
            });
        }
        // Two columns.
        ("ArrowDown", true) => 2,
        ("ArrowUp", true) => -2,
        ("ArrowRight", true) => 1,
        ("ArrowLeft", true) => -1,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let Ok(items) = chooser.query_selector_all(".kind-item") else { return };
    let items: Vec<web_sys::Node> = (0..items.length()).filter_map(|at| items.item(at)).collect();
    let here = items.iter().position(|item| *item == *target).unwrap_or(0) as i32;
    let to = (here + by).rem_euclid(items.len().max(1) as i32);
    focus(items.get(to as usize).cloned().and_then(|item| item.dyn_into().ok()));
}

fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
