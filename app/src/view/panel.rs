//! The frame that panels share: a named dialog beside the wall with a close button. It takes the focus when it
//! opens, keeps Tab inside, leaves on Escape and gives the focus back.

use super::icons::icon;
use crate::session::Session;
use crate::{browser, messages};
use elements::{El, afterwards, el};
use leptos::html::Section;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

const FOCUSABLE: &str = "button:not(:disabled), input:not(:disabled), a[href], textarea, [tabindex='0']";

pub fn panel(session: Session, title: &'static str, name: &str, fill: impl FnOnce(El) -> El) -> El {
    let frame = NodeRef::<Section>::new();
    take_and_give_back_the_focus(frame);
    let close = move || session.panel.set(None);
    let keydown = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            event.prevent_default();
            close();
        }
        "Tab" => {
            if let Some(frame) = frame.get_untracked() {
                keep_inside(&event, &inside(&frame));
            }
        }
        _ => {}
    };
    let leave = el("button")
        .class("tool")
        .attr("aria-label", messages::CLOSE)
        .attr("title", messages::CLOSE)
        .on("click", close)
        .child(icon("close"));
    el("section")
        .class(&format!("panel {name}"))
        .attr("role", "dialog")
        .attr("aria-label", title)
        .known_as(frame)
        .on_event("keydown", keydown)
        .child(el("header").class("panel-head").child(el("h2").text(title)).child(leave))
        .child(fill(el("div").class("panel-body")))
}

fn take_and_give_back_the_focus(frame: NodeRef<Section>) {
    let before = StoredValue::new_local(focused());
    afterwards(move || {
        if let Some(first) =
            frame.get().and_then(|frame| inside(&frame).into_iter().nth(1).or(inside(&frame).pop()))
        {
            let _ = first.focus();
        }
    });
    on_cleanup(move || {
        // A person who has gone on to click elsewhere keeps the focus there.
        let lost = focused().is_none_or(|element| !element.is_connected() || element.tag_name() == "BODY");
        if let Some(Some(before)) = before.try_get_value().filter(|_| lost) {
            let _ = before.focus();
        }
    });
}

fn focused() -> Option<HtmlElement> {
    browser::document().active_element().and_then(|element| element.dyn_into().ok())
}

fn inside(frame: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = frame.query_selector_all(FOCUSABLE) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Tab goes round inside the panel.
fn keep_inside(event: &web_sys::KeyboardEvent, all: &[HtmlElement]) {
    let (Some(first), Some(last), Some(now)) = (all.first(), all.last(), focused()) else { return };
    let next = match event.shift_key() {
        true if now == *first => last,
        false if now == *last => first,
        _ => return,
    };
    event.prevent_default();
    let _ = next.focus();
}
