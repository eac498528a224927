//! The edge between the wall and a pane beside it: dragged, or moved by the arrow keys, Home and End; a double click
//! gives the usual width back.

use crate::browser;
use elements::{El, el};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

const STEP: f64 = 24.0;

/// `now` is how wide the pane is; `set` is given its new width, whole and within the bounds, or nothing for the usual.
pub fn edge(
    label: &'static str,
    least: f64,
    now: impl Fn() -> f64 + Copy + 'static,
    set: impl Fn(Option<f64>) + Copy + 'static,
) -> El {
    let dragging = RwSignal::new(false);
    let resize = move |to: f64| set(Some(bound(to, least)));
    let capture = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(edge) = event.current_target().and_then(|edge| edge.dyn_into::<Element>().ok()) {
            dragging.set(edge.set_pointer_capture(event.pointer_id()).is_ok());
        }
    };
    let follow = move |event: PointerEvent| {
        if dragging.get_untracked() {
            resize(window_width() - f64::from(event.client_x()));
        }
    };
    let keys = move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowLeft" => untrack(now) + STEP,
            "ArrowRight" => untrack(now) - STEP,
            "Home" => least,
            "End" => f64::INFINITY,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        resize(to);
    };
    el("div")
        .class("text-resize")
        .attr("role", "separator")
        .attr("tabindex", "0")
        .attr("aria-orientation", "vertical")
        .attr("aria-label", label)
        .attr("aria-valuemin", least.to_string())
        .attr("aria-valuemax", bound(f64::INFINITY, least).to_string())
        .live_attr("aria-valuenow", move || now().round().to_string())
        .on_event("pointerdown", capture)
        .on_event("pointermove", follow)
        .on("pointerup", move || dragging.set(false))
        .on("pointercancel", move || dragging.set(false))
        .on("dblclick", move || set(None))
        .on_event("keydown", keys)
}

/// A width that leaves the wall some room.
pub fn bound(width: f64, least: f64) -> f64 {
    width.min(window_width() * 0.7).max(least).round()
}

fn window_width() -> f64 {
    browser::window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(1200.0)
}
