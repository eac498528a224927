//! The edge between wall and text: dragged, or moved by the arrow keys, Home and End. The width is remembered.

use crate::{browser, messages};
use elements::{El, el};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

const WIDTH_KEY: &str = "squall.text-width";
const LEAST: f64 = 280.0;
const USUAL: f64 = 420.0;
const STEP: f64 = 24.0;

pub fn remembered_width() -> RwSignal<f64> {
    RwSignal::new(browser::recall(WIDTH_KEY).and_then(|width| width.parse().ok()).unwrap_or(USUAL))
}

fn window_width() -> f64 {
    browser::window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(1200.0)
}

fn most() -> f64 {
    (window_width() * 0.7).max(LEAST).round()
}

pub fn edge(width: RwSignal<f64>) -> El {
    let dragging = RwSignal::new(false);
    let set = move |to: f64| {
        let to = to.min(most()).max(LEAST).round();
        width.set(to);
        browser::remember(WIDTH_KEY, &to.to_string());
    };
    let capture = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(edge) = event.current_target().and_then(|edge| edge.dyn_into::<Element>().ok()) {
            dragging.set(edge.set_pointer_capture(event.pointer_id()).is_ok());
        }
    };
    let follow = move |event: PointerEvent| {
        if dragging.get_untracked() {
            set(window_width() - f64::from(event.client_x()));
        }
    };
    let keys = move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowLeft" => width.get_untracked() + STEP,
            "ArrowRight" => width.get_untracked() - STEP,
            "Home" => LEAST,
            "End" => most(),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        set(to);
    };
    el("div")
        .class("text-resize")
        .attr("role", "separator")
        .attr("tabindex", "0")
        .attr("aria-orientation", "vertical")
        .attr("aria-label", messages::TEXT_RESIZE)
        .attr("aria-valuemin", LEAST.to_string())
        .attr("aria-valuemax", most().to_string())
        .live_attr("aria-valuenow", move || width.get().to_string())
        .on_event("pointerdown", capture)
        .on_event("pointermove", follow)
        .on("pointerup", move || dragging.set(false))
        .on("pointercancel", move || dragging.set(false))
        .on("dblclick", move || set(USUAL))
        .on_event("keydown", keys)
}
