//! The shortcut sheet, made from the same records that the keys run on.

use super::element::{El, el};
use super::icons::icon;
use crate::keys::BINDINGS;
use crate::session::Session;
use crate::{browser, messages};
use leptos::prelude::*;

pub fn keys_panel(session: Session) -> El {
    let name = |keys: &str| {
        if browser::is_mac() { keys.replace("Ctrl", "⌘").replace("Alt", "⌥") } else { keys.to_owned() }
    };
    let rows = BINDINGS.iter().map(|binding| {
        let keys = el("dd").child(el("kbd").text(&name(binding.keys)));
        el("div").child(el("dt").text(binding.title)).child(keys)
    });
    let close = el("button")
        .class("tool")
        .attr("aria-label", messages::CLOSE)
        .on("click", move || session.panel.set(None))
        .child(icon("close"));
    el("section")
        .class("panel keys-panel")
        .attr("role", "dialog")
        .attr("aria-label", messages::KEYS)
        .child(el("header").class("panel-head").child(el("h2").text(messages::KEYS)).child(close))
        .child(el("dl").class("keys-list").child(rows))
}
