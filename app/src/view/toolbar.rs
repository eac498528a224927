//! The row of kinds at the bottom, and the zoom control in the corner.

use super::icons::{Icon, KindIcon};
use super::note::{kind_slug, kind_word};
use super::wall;
use crate::messages;
use crate::session::Session;
use emd::Kind;
use leptos::prelude::*;

/// The kinds a person can place, with their keys.
pub const PALETTE: [(&str, Kind); 12] = [
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

#[component]
pub fn Toolbar() -> impl IntoView {
    let session = expect_context::<Session>();
    let kinds = move || {
        PALETTE.map(|(key, kind)| {
            let armed = move || session.armed.get() == Some(kind);
            let title = messages::place(kind_word(kind), key);
            view! {
                <button
                    class="tool"
                    data-kind=kind_slug(kind)
                    aria-pressed=move || armed().to_string()
                    aria-label=title.clone()
                    title=title
                    on:click=move |_| session.choose(kind)
                >
                    <span class="swatch" data-kind=kind_slug(kind)><KindIcon kind /></span>
                    <span class="tool-key" data-key=key></span>
                </button>
            }
        })
    };
    let pressed = move |hand: bool| (session.armed.get().is_none() && session.hand.get() == hand).to_string();
    view! {
        <Show when=move || session.role.get() != board::wire::Role::View>
            <div class="toolbar" role="toolbar" aria-label=messages::TOOLBAR>
                <button class="tool" aria-pressed=move || pressed(false) aria-label=messages::SELECT title=messages::SELECT
                    on:click=move |_| session.take_hand(false)>
                    <Icon name="select" /><span class="tool-key" data-key="V"></span>
                </button>
                <button class="tool" aria-pressed=move || pressed(true) aria-label=messages::HAND title=messages::HAND
                    on:click=move |_| session.take_hand(true)>
                    <Icon name="hand" /><span class="tool-key" data-key="H"></span>
                </button>
                <span class="tool-gap" role="separator"></span>
                {kinds()}
            </div>
        </Show>
    }
}

#[component]
pub fn ZoomBar() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <div class="zoombar" role="group" aria-label=messages::ZOOM>
            <button class="tool" aria-label=messages::ZOOM_OUT title=messages::ZOOM_OUT
                on:click=move |_| wall::zoom_by(session, 1.0 / 1.25)><Icon name="minus" /></button>
            <button class="zoom-label" title=messages::ZOOM_RESET on:click=move |_| wall::zoom_to(session, 1.0)>
                {move || format!("{:.0} %", session.zoom.get() * 100.0)}
            </button>
            <button class="tool" aria-label=messages::ZOOM_IN title=messages::ZOOM_IN
                on:click=move |_| wall::zoom_by(session, 1.25)><Icon name="plus" /></button>
            <button class="tool" aria-label=messages::FIT title=messages::FIT
                on:click=move |_| wall::fit_all(session)><Icon name="fit" /></button>
            <Show when=move || session.role.get() != board::wire::Role::View>
                <button class="tool" aria-label=messages::TIDY title=messages::TIDY
                    on:click=move |_| { session.run(board::Command::Tidy); }><Icon name="tidy" /></button>
            </Show>
            <button class="tool" aria-label=messages::KEYS title=messages::KEYS
                on:click=move |_| session.panel.set(Some(crate::session::Panel::Keys))><Icon name="keyboard" /></button>
        </div>
    }
}
