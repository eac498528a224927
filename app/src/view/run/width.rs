//! How wide the run is. What developers look at is wider than what is played, so each has a width of its own,
//! remembered in this browser.

use crate::browser;
use crate::messages::run as words;
use crate::view::edge::{bound, edge};
use elements::El;
use leptos::prelude::*;

const LEAST: f64 = 320.0;

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

    pub fn style(self) -> Option<String> {
        Some(format!("--run-width:{}px", bound(self.chosen()?, LEAST)))
    }

    pub fn edge(self) -> El {
        let now = move || self.chosen().unwrap_or_else(pane_width);
        edge(words::RESIZE, LEAST, now, move |to| self.set(to))
    }

    fn chosen(self) -> Option<f64> {
        if self.developer.get() { self.develop } else { self.play }.get()
    }

    fn set(self, to: Option<f64>) {
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

fn pane_width() -> f64 {
    let pane = browser::document().query_selector(".run-pane").ok().flatten();
    pane.map_or(LEAST, |pane| pane.get_bounding_client_rect().width())
}
