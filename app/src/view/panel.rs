//! The frame that panels share: a named dialog beside the wall with a close button. It takes the focus when it
//! opens, keeps Tab inside, leaves on Escape and gives the focus back.

use super::icons::Icon;
use crate::session::Session;
use crate::{browser, messages};
use leptos::html::Section;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

const FOCUSABLE: &str = "button:not(:disabled), input:not(:disabled), a[href], textarea, [tabindex='0']";

#[component]
pub fn Panel(title: &'static str, name: &'static str, children: Children) -> impl IntoView {
    let session = expect_context::<Session>();
    let frame = NodeRef::<Section>::new();
    let before = StoredValue::new_local(focused());
    Effect::new(move |_| {
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
    view! {
        <section class=format!("panel {name}") role="dialog" aria-label=title node_ref=frame on:keydown=keydown>
            <header class="panel-head">
                <h2>{title}</h2>
                <button class="tool" aria-label=messages::CLOSE title=messages::CLOSE on:click=move |_| close()>
                    <Icon name="close" />
                </button>
            </header>
            <div class="panel-body">{children()}</div>
        </section>
    }
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
