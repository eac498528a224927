//! How wide the text is, remembered in this browser.

use crate::view::edge::edge;
use crate::{browser, messages};
use elements::El;
use leptos::prelude::*;

const KEY: &str = "squall.text-width";
const LEAST: f64 = 280.0;
const USUAL: f64 = 420.0;

pub fn remembered_width() -> RwSignal<f64> {
    RwSignal::new(browser::recall(KEY).and_then(|width| width.parse().ok()).unwrap_or(USUAL))
}

pub fn width_edge(width: RwSignal<f64>) -> El {
    let set = move |to: Option<f64>| {
        let to = to.unwrap_or(USUAL);
        width.set(to);
        browser::remember(KEY, &to.to_string());
    };
    edge(messages::TEXT_RESIZE, LEAST, move || width.get(), set)
}
