//! The components. They read the mirror and the session's signals; only commands write.

mod cursors;
mod editor;
mod element;
mod export;
mod findings;
mod home;
mod icons;
mod keys_panel;
mod note;
mod notice;
mod panel;
mod people_bar;
mod preferences;
mod share;
mod text_pane;
mod toolbar;
mod top;
pub mod wall;

pub use editor::close as editor_close;
pub use toolbar::PALETTE;

use crate::route::{Route, route};
use crate::session::{Panel, Session};
use crate::{browser, keys, messages};
use board::wire::Role;
use element::{El, afterwards, el, remembered};
use leptos::prelude::*;

/// The page for the present address.
pub fn page() -> El {
    let path = browser::window().location().pathname().unwrap_or_default();
    match route(&path) {
        Route::Home => home::home(),
        Route::Board { segment, role } => board_page(segment, role),
        Route::Unknown => lost(),
    }
}

fn board_page(segment: String, role: Role) -> El {
    let session = Session::open(segment, role);
    keys::listen(session);
    keys::warn_before_leaving(session);
    title_follows_the_board(session);
    let main = el("main")
        .class("board-main")
        .child(wall::wall(session))
        .child(top::top_bar(session))
        .child(people_bar::people_bar(session))
        .when(move || session.role.get() != Role::View, move || toolbar::toolbar(session))
        .child(toolbar::zoom_bar(session));
    let open = remembered(move || session.panel.get());
    let main = main.live_child(move || open.get().map(|panel| panel_of(session, panel)));
    let said = el("div").class("visually-hidden").attr("aria-live", "polite");
    el("div")
        .class("board-page")
        .live_attr("data-text", move || if session.text_open.get() { "open" } else { "closed" })
        .child(main.child(notice::notice_bar(session)))
        .when(move || session.text_open.get(), move || text_pane::text_pane(session))
        .child(said.live_text(move || session.announcement.get()))
}

fn panel_of(session: Session, panel: Panel) -> El {
    match panel {
        Panel::Share => share::share_panel(session),
        Panel::Export => export::export_panel(session),
        Panel::Findings => findings::findings_panel(session),
        Panel::Me => preferences::preferences_panel(session),
        Panel::Keys => keys_panel::keys_panel(session),
    }
}

fn title_follows_the_board(session: Session) {
    afterwards(move || {
        session.epoch.track();
        let title = session.with_board(|board| {
            board
                .texts()
                .map(emd::line)
                .find(|line| matches!(line.kind, emd::Kind::Heading(_)))
                .map(|l| l.name.text.to_string())
        });
        let page = title.map_or_else(|| "Squall".to_owned(), |title| format!("{title} · Squall"));
        browser::document().set_title(&page);
    });
}

fn lost() -> El {
    let home = el("a").class("button primary").attr("href", "/").text(messages::LOST_HOME);
    el("main")
        .class("lost")
        .child(el("h1").text(messages::LOST_TITLE))
        .child(el("p").text(messages::LOST_TEXT))
        .child(home)
}
