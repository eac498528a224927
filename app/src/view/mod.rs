//! The components. They read the mirror and the session's signals; only commands write.

mod cursors;
mod editor;
mod export;
mod findings;
mod home;
mod icons;
mod keys_panel;
mod note;
mod notice;
mod panel;
mod people_bar;
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
use leptos::prelude::*;

#[component]
pub fn App() -> impl IntoView {
    let path = browser::window().location().pathname().unwrap_or_default();
    match route(&path) {
        Route::Home => home::Home().into_any(),
        Route::Board { segment, role } => view! { <BoardPage segment role /> }.into_any(),
        Route::Unknown => view! { <Lost /> }.into_any(),
    }
}

#[component]
fn BoardPage(segment: String, role: Role) -> impl IntoView {
    let session = Session::open(segment, role);
    provide_context(session);
    keys::listen(session);
    keys::warn_before_leaving(session);
    title_follows_the_board(session);
    let panel = move |wanted: Panel| session.panel.get() == Some(wanted);
    view! {
        <div class="board-page" data-text=move || if session.text_open.get() { "open" } else { "closed" }>
            <main class="board-main">
                <wall::Wall />
                <top::TopBar />
                <people_bar::PeopleBar />
                <toolbar::Toolbar />
                <toolbar::ZoomBar />
                <Show when=move || panel(Panel::Share)><share::SharePanel /></Show>
                <Show when=move || panel(Panel::Export)><export::ExportPanel /></Show>
                <Show when=move || panel(Panel::Findings)><findings::FindingsPanel /></Show>
                <Show when=move || panel(Panel::Me)><people_bar::MePanel /></Show>
                <Show when=move || panel(Panel::Keys)><keys_panel::KeysPanel /></Show>
                <notice::NoticeBar />
            </main>
            <Show when=move || session.text_open.get()><text_pane::TextPane /></Show>
            <div class="visually-hidden" aria-live="polite">{move || session.announcement.get()}</div>
        </div>
    }
}

fn title_follows_the_board(session: Session) {
    Effect::new(move |_| {
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

#[component]
fn Lost() -> impl IntoView {
    view! {
        <main class="lost">
            <h1>{messages::LOST_TITLE}</h1>
            <p>{messages::LOST_TEXT}</p>
            <a class="button primary" href="/">{messages::LOST_HOME}</a>
        </main>
    }
}
