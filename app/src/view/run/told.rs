//! What the last step brought about, as a short list beside the wall: every line leads to its sticky.

use super::chain::{Look, Stop};
use super::desk::Desk;
use crate::messages::run as words;
use crate::view::wall;
use elements::{El, el};
use leptos::prelude::*;

pub fn told(desk: Desk) -> El {
    let list = move || {
        desk.showing.track();
        let chain = desk.chain.get()?;
        // What was refused stands in the form already.
        let refused = desk.failures.with(|failures| !failures.is_empty());
        if refused && chain.stops.iter().all(|stop| matches!(stop.look, Look::Command | Look::Refused)) {
            return None;
        }
        let stops = chain.stops.into_iter().enumerate().map(|(at, stop)| line(desk, at, stop));
        let more =
            (chain.more > 0).then(|| el("li").class("run-more quiet").text(&words::more_links(chain.more)));
        let list = el("ol").class("run-told").attr("aria-label", words::HAPPENED).child(stops).child(more);
        Some(el("section").class("run-part").child(el("h3").text(words::HAPPENED)).child(list))
    };
    el("div").class("part").live_child(list)
}

fn line(desk: Desk, at: usize, stop: Stop) -> El {
    let kind = match stop.look {
        Look::Command => words::LINK_COMMAND,
        Look::Event => words::LINK_EVENT,
        Look::Policy => words::LINK_POLICY,
        Look::Waits => words::WAITS,
        Look::Readmodel => words::LINK_READMODEL,
        Look::Refused => words::LINK_REFUSED,
        Look::Loop => words::LOOP,
        Look::Note | Look::Trouble => "",
    };
    let nowhere = stop.line.is_none();
    let show = move || {
        let session = desk.play.session;
        if let Some(line) = &stop.line {
            session.steered.set_value(true);
            wall::show(session, line);
            session.hovered.set(Some(line.clone()));
        }
    };
    let name = if stop.name.is_empty() { stop.words.clone() } else { stop.name.clone() };
    let button = el("button")
        .attr("disabled", nowhere)
        .on("click", show)
        .on("pointerleave", move || desk.play.session.hovered.set(None))
        .child(el("span").class("run-dot").attr("data-look", stop.look.slug()))
        .child(el("span").class("run-name").text(&name))
        .child(el("span").class("run-kind quiet").text(kind));
    let reason = (!stop.words.is_empty() && !stop.name.is_empty() && stop.look != Look::Note)
        .then(|| el("p").class("run-reason").text(&stop.words));
    el("li")
        .attr("data-look", stop.look.slug())
        .live_attr("data-lit", move || desk.lit.get() > at)
        .child(button)
        .child(reason)
}
