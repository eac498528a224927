//! The components. They read the mirror and the session's signals; only commands write.

mod caps;
mod chips;
mod cursors;
mod edge;
mod editor;
mod export;
mod find;
mod findings;
mod fit;
mod fixes;
mod home;
mod icons;
mod keys_panel;
mod menu;
mod note;
mod notice;
mod overlay;
mod palette;
mod panel;
mod people_bar;
mod preferences;
mod properties;
mod regions;
mod run;
mod scenarios;
mod share;
mod ship;
mod style_bar;
mod text_pane;
mod toolbar;
mod top;
pub mod wall;

pub use editor::close as editor_close;
pub use elements::{El, el};
pub use export::{Way, begin_with as export_as};
pub use home::home;
pub use run::{run_pane, watch};
pub use ship::{api as ship_api, build as ship_build};
pub use style_bar::style_bar;
pub use text_pane::text_pane;

use crate::route::{Route, route};
use crate::session::{Panel, Session, carry_out};
use crate::{address, boards, browser, chunks, commands, messages};
use board::wire::Role;
use elements::{afterwards, remembered};
use leptos::prelude::*;

/// The page for the present address.
pub fn page() -> El {
    let path = browser::window().location().pathname().unwrap_or_default();
    match route(&path) {
        Route::Home => chunks::home_place(),
        Route::Board { segment, role } => board_page(segment, role),
        Route::Unknown => lost(),
    }
}

fn board_page(segment: String, role: Role) -> El {
    let session = Session::open(segment, role);
    let main = el("main")
        .class("board-main")
        .child(wall::wall(session))
        .when(move || can_style(session), move || chunks::style_place(session))
        .child(chunks::bars_place(session));
    let open = remembered(move || session.panel.get());
    let main = main.live_child(move || open.get().map(|panel| chunks::panel_place(session, panel)));
    let said = el("div").class("visually-hidden").attr("aria-live", "polite");
    el("div")
        .class("board-page")
        .live_attr("data-text", move || if session.text_open.get() { "open" } else { "closed" })
        .live_attr("data-hands", move || session.hands.with(Option::is_some))
        .live_attr("data-run", move || session.run_open.get())
        .child(main)
        .when(move || session.text_open.get(), move || chunks::text_place(session))
        .when(move || session.run_open.get(), move || chunks::run_place(session))
        .child(said.live_text(move || session.announcement.get()))
}

/// Whether there is a selection that this person may change.
fn can_style(session: Session) -> bool {
    session.role.get() != Role::View && session.selection.with(|all| !all.is_empty())
}

/// What stands around the wall, and what is there of other people on it.
pub fn bars(session: Session) -> El {
    title_follows_the_board(session);
    afterwards(move || {
        if session.synced.get() {
            session.segment.with_value(|segment| boards::met(segment, session.granted.get_value()));
            boards::titled(&session.board_id(), &session.title().unwrap_or_default());
        }
    });
    el("div")
        .class("part")
        .child(top::top_bar(session))
        .child(people_bar::people_bar(session))
        .when(move || session.role.get() != Role::View, move || toolbar::toolbar(session))
        .child(toolbar::zoom_bar(session))
        .child(notice::notice_bar(session))
        .child(wall::others(session))
}

/// Everything that a person does on the wall: keys, pointers, writing, plans. Stands on the wall's plane.
pub fn hands(session: Session) -> El {
    commands::listen(session);
    address::follow(session);
    session.hands.set(Some(carry_out));
    // The keys that were pressed before this part was here have been held for it (`xtask/src/start.js`).
    if let Ok(here) = web_sys::Event::new("hands") {
        let _ = browser::window().dispatch_event(&here);
    }
    afterwards(move || {
        if session.synced.get() {
            session.sign_in();
        }
    });
    wall::handwork(session)
}

pub fn panel_of(session: Session, panel: Panel) -> El {
    match panel {
        Panel::Share => share::share_panel(session),
        Panel::Export => export::export_panel(session),
        Panel::Findings => findings::findings_panel(session),
        Panel::Fixes => fixes::fixes(session),
        Panel::Me => preferences::preferences_panel(session),
        Panel::Keys => keys_panel::keys_panel(session),
        Panel::Palette => palette::palette(session),
        Panel::Find => find::find_bar(session),
        Panel::Menu { x, y } => menu::menu(session, x, y),
    }
}

fn title_follows_the_board(session: Session) {
    let title = remembered(move || {
        session.epoch.track();
        session.title().unwrap_or_default()
    });
    afterwards(move || {
        let title = title.get();
        let page = if title.is_empty() { messages::NAME.to_owned() } else { format!("{title} · Squall") };
        browser::document().set_title(&page);
        if session.synced.get() {
            boards::titled(&session.board_id(), &title);
        }
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
