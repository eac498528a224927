//! The row of kinds at the bottom, and the zoom control in the corner.

use super::icons::icon;
use super::note::{kind_slug, kind_word};
use super::wall;
use crate::messages;
use crate::session::{Panel, Session};
use board::wire::Role;
use elements::{El, el, word};
use emd::Kind;
use leptos::prelude::*;
use web_sys::PointerEvent;

/// The kinds a person can place, with their keys.
const PALETTE: [(&str, Kind); 12] = [
    ("1", Kind::Event),
    ("2", Kind::Command),
    ("3", Kind::ReadModel),
    ("4", Kind::Policy),
    ("5", Kind::Constraint),
    ("6", Kind::Actor),
    ("7", Kind::System),
    ("8", Kind::Hotspot),
    ("9", Kind::Screen),
    ("0", Kind::Opportunity),
    ("", Kind::Heading(1)),
    ("", Kind::Note),
];

/// A button with an icon alone, named for the ear and in its tooltip.
fn tool(title: impl Into<String>, name: &'static str, run: impl FnMut() + 'static) -> El {
    let title = title.into();
    let button = el("button").class("tool").attr("aria-label", title.clone()).attr("title", title);
    button.on("click", run).child(icon(name))
}

fn key(letter: &'static str) -> El {
    el("span").class("tool-key").attr("data-key", letter)
}

/// Where a person may write: the row of kinds.
pub fn toolbar(session: Session) -> El {
    let pressed = move |hand: bool| word(session.armed.get().is_none() && session.hand.get() == hand);
    let select = tool(messages::SELECT, "select", move || session.take_hand(false));
    let hand = tool(messages::HAND, "hand", move || session.take_hand(true));
    el("div")
        .class("toolbar")
        .attr("role", "toolbar")
        .attr("aria-label", messages::TOOLBAR)
        .child(select.live_attr("aria-pressed", move || pressed(false)).child(key("V")))
        .child(hand.live_attr("aria-pressed", move || pressed(true)).child(key("H")))
        .child(el("span").class("tool-gap").attr("role", "separator"))
        .child(PALETTE.map(|(key, kind)| place(session, key, kind)))
}

fn place(session: Session, letter: &'static str, kind: Kind) -> El {
    let title = messages::place(kind_word(kind), letter);
    let slug = kind_slug(kind);
    // The press began here.
    let held = StoredValue::new(false);
    el("button")
        .class("tool")
        .attr("data-kind", slug)
        .live_attr("aria-pressed", move || word(session.armed.get() == Some(kind)))
        .attr("aria-label", title.clone())
        .attr("title", title)
        .on("click", move || session.choose(kind))
        // Who pulls a kind out of the palette puts it where they let go, whatever is selected.
        .on_event("pointerdown", move |event: PointerEvent| {
            held.set_value(event.button() == 0 && event.pointer_type() != "touch");
        })
        .on_event("pointerleave", move |event: PointerEvent| {
            if held.try_update_value(std::mem::take) == Some(true) && event.buttons() & 1 == 1 {
                session.last_kind.set(kind);
                session.armed.set(Some(kind));
            }
        })
        .child(el("span").class("swatch").attr("data-kind", slug).child(icon(slug)))
        .child(key(letter))
}

pub fn zoom_bar(session: Session) -> El {
    let reset = el("button")
        .class("zoom-label")
        .attr("title", messages::ZOOM_RESET)
        .on("click", move || wall::zoom_to(session, 1.0))
        .live_text(move || format!("{} %", (session.zoom.get() * 100.0).round() as i32));
    let tidy = move || {
        session.run(board::Command::Tidy);
    };
    el("div")
        .class("zoombar")
        .attr("role", "group")
        .attr("aria-label", messages::ZOOM)
        .child(tool(messages::ZOOM_OUT, "minus", move || wall::zoom_by(session, 1.0 / 1.25)))
        .child(reset)
        .child(tool(messages::ZOOM_IN, "plus", move || wall::zoom_by(session, 1.25)))
        .child(tool(messages::FIT, "fit", move || wall::fit_all(session)))
        .when(move || session.role.get() != Role::View, move || tool(messages::TIDY, "tidy", tidy))
        .child(tool(messages::KEYS, "keyboard", move || session.panel.set(Some(Panel::Keys))))
}
