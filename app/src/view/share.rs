//! Links to this board: for working on it, for looking at it, for deciding over it; each also as a QR code.

mod code;

use super::icons::{icon, live_icon};
use super::panel::panel;
use crate::route::board_of;
use crate::session::Session;
use crate::{api, boards, browser, messages};
use board::wire::Role;
use elements::{El, el, word};
use gloo_timers::callback::Timeout;
use leptos::html::Input;
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
enum Link {
    Fetching,
    Ready(String),
    Failed,
}

pub fn share_panel(session: Session) -> El {
    panel(session, messages::SHARE_PANEL, "share-panel", move |body| {
        let body = if session.role.get_untracked() == Role::View {
            body.child(el("p").class("quiet").text(messages::SHARE_NO_EDIT))
        } else {
            link_part(body, session, "link-edit", messages::SHARE_EDIT, Role::Edit)
        };
        let body = link_part(body, session, "link-view", messages::SHARE_VIEW, Role::View);
        let body = match facilitator(session) {
            Some(link) => body.child(link_row("link-facilitate", messages::SHARE_FACILITATE, link)),
            None => body,
        };
        body.child(el("p").class("quiet").text(messages::SHARE_NOTE)).child(only_this_machine())
    })
}

fn link_part(body: El, session: Session, id: &'static str, label: &'static str, role: Role) -> El {
    let link = link_of(session, role);
    body.live_child(move || match link.get() {
        Link::Ready(link) => link_row(id, label, link),
        Link::Fetching => el("p").class("quiet").attr("role", "status").text(messages::SHARE_MINTING),
        Link::Failed => el("p").class("remark").attr("role", "alert").text(messages::SHARE_NO_LINK),
    })
}

/// Under the name that this person uses for the server: it works at least in this network.
fn absolute(path: &str) -> String {
    let origin = browser::window().location().origin().unwrap_or_default();
    format!("{origin}{path}")
}

/// `localhost` means another machine on every machine.
fn only_this_machine() -> Option<El> {
    let name = browser::window().location().hostname().unwrap_or_default();
    let local = name == "localhost" || name.starts_with("127.") || name == "[::1]";
    local.then(|| {
        el("p").class("remark").child(icon("warning")).child(el("span").text(messages::SHARE_LOCALHOST))
    })
}

/// The facilitator's link, which only who made the board has: by this address, or kept by this browser.
fn facilitator(session: Session) -> Option<String> {
    let known = || boards::known(&session.board_id())?.facilitate;
    let mine = session.granted.get_value() == Role::Facilitate;
    let segment = if mine { Some(session.segment.get_value()) } else { known() };
    segment.map(|segment| absolute(&format!("/f/{segment}")))
}

/// The link of a role. One's own role is the address one came by; a lesser one is made by the server and remembered
/// on this device, so that opening the panel again gives the same link.
fn link_of(session: Session, role: Role) -> RwSignal<Link> {
    let (start, name) = if role == Role::View { ("/v/", "view") } else { ("/b/", "edit") };
    let segment = session.segment.get_value();
    if session.granted.get_value() == role {
        return RwSignal::new(Link::Ready(absolute(&format!("{start}{segment}"))));
    }
    let known = boards::known(&session.board_id());
    let kept = known.and_then(|known| if role == Role::View { known.view } else { known.edit });
    if let Some(kept) = kept {
        return RwSignal::new(Link::Ready(absolute(&format!("{start}{kept}"))));
    }
    let key = format!("squall.{name}.{}", board_of(&segment));
    if let Some(path) = browser::recall(&key).filter(|path| path.starts_with(start)) {
        return RwSignal::new(Link::Ready(absolute(&path)));
    }
    let link = RwSignal::new(Link::Fetching);
    browser::spawn(async move {
        let found = match api::make_link(&segment, name).await {
            Ok(path) => {
                browser::remember(&key, &path);
                Link::Ready(absolute(&path))
            }
            Err(_) => Link::Failed,
        };
        // The panel may be closed by now.
        let _ = link.try_set(found);
    });
    link
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Copying {
    Idle,
    Done,
    ByHand,
}

fn link_row(id: &'static str, label: &str, link: String) -> El {
    let field = NodeRef::<Input>::new();
    let state = RwSignal::new(Copying::Idle);
    let shown = RwSignal::new(false);
    let text = link.clone();
    let copy = move || {
        let Some(field) = field.get_untracked() else { return };
        api::copy(text.clone(), field, move |done| {
            let _ = state.try_set(if done { Copying::Done } else { Copying::ByHand });
            Timeout::new(2_500, move || {
                let _ = state.try_set(Copying::Idle);
            })
            .forget();
        });
    };
    let said = move || match state.get() {
        Copying::Idle => messages::COPY,
        Copying::Done => messages::COPIED,
        Copying::ByHand => messages::COPY_BY_HAND,
    };
    let select = move || {
        if let Some(field) = field.get_untracked() {
            field.select()
        }
    };
    let input = el("input")
        .class("field")
        .attr("id", id)
        .attr("readonly", true)
        .known_as(field)
        .prop("value", link.clone())
        .on("focus", select);
    let button = el("button")
        .class("button")
        .attr("aria-describedby", id)
        .on("click", copy)
        .child(live_icon(move || if state.get() == Copying::Done { "check" } else { "copy" }))
        .child(el("span").attr("role", "status").live_text(said));
    let show = el("button")
        .class("button code-button")
        .attr("aria-label", messages::code_of(label))
        .attr("title", messages::SHARE_CODE)
        .live_attr("aria-expanded", move || word(shown.get()))
        .on("click", move || shown.update(|shown| *shown = !*shown))
        .child(icon("code"));
    el("div")
        .child(el("label").class("label").attr("for", id).text(label))
        .child(el("div").class("link-row").child(input).child(button).child(show))
        .when(move || shown.get(), move || code::code(&link, messages::SHARE_CODE))
}
