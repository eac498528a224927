//! The pointers of the others, on the wall.

use crate::decimals::translate;
use crate::people::safe_colour;
use crate::session::Session;
use elements::{El, el, remembered, svg};
use leptos::prelude::*;

pub fn cursors(session: Session) -> El {
    let visible = move || {
        let peers = session.peers.get();
        let pointing = peers.into_iter().filter(|peer| peer.presence.cursor.is_some());
        pointing.map(|peer| peer.client).collect::<Vec<_>>()
    };
    el("div")
        .class("cursors")
        .attr("aria-hidden", "true")
        .each(visible, move |client| cursor(session, client))
}

fn cursor(session: Session, client: u64) -> El {
    let presence = remembered(move || {
        session.peers.with(|peers| {
            let peer = peers.iter().find(|peer| peer.client == client);
            peer.map(|peer| peer.presence.clone()).unwrap_or_default()
        })
    });
    let style = move || {
        presence.with(|presence| {
            let at = presence.cursor.unwrap_or_default();
            format!("{};--peer:{}", translate(at.x, at.y), safe_colour(&presence.colour))
        })
    };
    let arrow = svg("svg")
        .class("cursor-arrow")
        .attr("viewBox", "0 0 18 18")
        .attr("width", "18")
        .attr("height", "18")
        .child(svg("path").attr("d", "M2 1.5 15 8.2 9.3 9.9 6.6 15.5Z"));
    let name = move || presence.with(|presence| presence.name.clone());
    el("div")
        .class("cursor")
        .live_attr("style", style)
        .attr("data-client", client.to_string())
        .child(arrow)
        .child(el("span").class("cursor-name").live_text(name))
}
