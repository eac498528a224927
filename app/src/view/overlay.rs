//! What the palette, the menu and the find bar share: they take the focus and give it back, and a press elsewhere
//! closes them.

use crate::browser;
use crate::session::Session;
use elements::afterwards;
use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

pub fn focused() -> Option<HtmlElement> {
    browser::document().active_element().and_then(|element| element.dyn_into().ok())
}

pub fn by_id(id: &str) -> Option<HtmlElement> {
    browser::document().get_element_by_id(id).and_then(|it| it.dyn_into().ok())
}

/// All elements inside of one that fit a selector.
pub fn inside(element: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = element.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Runs once the element with this id stands on the page.
pub fn when_there(id: &'static str, run: impl Fn(HtmlElement) + 'static) {
    afterwards(move || {
        if let Some(element) = by_id(id) {
            run(element);
        }
    });
}

/// Whoever has the focus now gets it back when this view goes, unless the person has gone on to something else.
pub fn give_back_the_focus() {
    let before = StoredValue::new_local(focused());
    on_cleanup(move || {
        let Some(Some(before)) = before.try_get_value() else { return };
        // In the next frame this view is gone from the page, and with it the focus if it was here.
        browser::next_frame(move || {
            if focused().is_none_or(|element| element.tag_name() == "BODY") {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = before.focus_with_options(&options);
            }
        });
    });
}

/// A press outside of the element with this id closes the panel.
pub fn close_on_a_press_outside(session: Session, id: &'static str) {
    let options = EventListenerOptions::run_in_capture_phase();
    let listener =
        EventListener::new_with_options(&browser::window(), "pointerdown", options, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            if by_id(id).is_some_and(|element| !element.contains(target.as_ref())) {
                session.panel.set(None);
            }
        });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.set_value(None));
}
