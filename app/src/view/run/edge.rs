//! The edge between wall and run: dragged, or moved by the arrow keys; a double click gives the usual width back.
//! What developers look at is wider than what is played, so each has a width of its own, remembered in this browser.

use crate::browser;
use crate::messages::run as words;
use elements::{El, el};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

const LEAST: f64 = 320.0;
const STEP: f64 = 24.0;

/// How wide the pane is in one of its views; nothing: as the style sheet has it.
#[derive(Clone, Copy)]
pub struct Width {
    developer: RwSignal<bool>,
    play: RwSignal<Option<f64>>,
    develop: RwSignal<Option<f64>>,
}

impl Width {
    pub fn remembered(developer: RwSignal<bool>) -> Width {
        let kept = |key: &str| RwSignal::new(browser::recall(key).and_then(|width| width.parse().ok()));
        Width { developer, play: kept(key(false)), develop: kept(key(true)) }
    }

    fn now(self) -> RwSignal<Option<f64>> {
        if self.developer.get() { self.develop } else { self.play }
    }

    pub fn style(self) -> Option<String> {
        let width = self.now().get()?;
        Some(format!("--run-width:{}px", width.clamp(LEAST, most()).round()))
    }

    fn set(self, to: Option<f64>) {
        let to = to.map(|to| to.clamp(LEAST, most()).round());
        let developer = self.developer.get_untracked();
        if developer { self.develop } else { self.play }.set(to);
        match to {
            Some(to) => browser::remember(key(developer), &to.to_string()),
            None => browser::forget(key(developer)),
        }
    }
}

const fn key(developer: bool) -> &'static str {
    if developer { "squall.developer-width" } else { "squall.run-width" }
}

fn window_width() -> f64 {
    browser::window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(1200.0)
}

fn most() -> f64 {
    (window_width() * 0.7).max(LEAST)
}

fn pane_width() -> f64 {
    let pane = browser::document().query_selector(".run-pane").ok().flatten();
    pane.map_or(LEAST, |pane| pane.get_bounding_client_rect().width())
}

pub fn edge(width: Width) -> El {
    let dragging = RwSignal::new(false);
    let capture = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(edge) = event.current_target().and_then(|edge| edge.dyn_into::<Element>().ok()) {
            dragging.set(edge.set_pointer_capture(event.pointer_id()).is_ok());
        }
    };
    let follow = move |event: PointerEvent| {
        if dragging.get_untracked() {
            width.set(Some(window_width() - f64::from(event.client_x())));
        }
    };
    let keys = move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowLeft" => pane_width() + STEP,
            "ArrowRight" => pane_width() - STEP,
            "Home" => LEAST,
            "End" => most(),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        width.set(Some(to));
    };
    el("div")
        .class("text-resize")
        .attr("role", "separator")
        .attr("tabindex", "0")
        .attr("aria-orientation", "vertical")
        .attr("aria-label", words::RESIZE)
        .attr("aria-valuemin", LEAST.to_string())
        .attr("aria-valuemax", most().round().to_string())
        .live_attr("aria-valuenow", move || {
            width.now().get().map_or(400.0, |width| width).round().to_string()
        })
        .on_event("pointerdown", capture)
        .on_event("pointermove", follow)
        .on("pointerup", move || dragging.set(false))
        .on("pointercancel", move || dragging.set(false))
        .on("dblclick", move || width.set(None))
        .on_event("keydown", keys)
}
