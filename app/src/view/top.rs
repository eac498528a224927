//! The bar at the top left: which board this is, whether it is saved, how complete its model is, and the ways out.

use super::icons::Icon;
use crate::messages;
use crate::session::{Panel, SaveState, Session};
use board::Level;
use board::wire::Role;
use diag::Severity;
use emd::Kind;
use leptos::prelude::*;

/// How the checker sees the board.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meter {
    Green,
    Red(usize),
    /// No errors, but no complete model either.
    Parts,
    Empty,
    /// The level asks for no complete model.
    Off(Level),
}

#[component]
pub fn TopBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let title = Memo::new(move |_| {
        session.epoch.track();
        session.with_board(|board| {
            let headings = board.texts().map(emd::line).filter(|line| matches!(line.kind, Kind::Heading(_)));
            headings.map(|line| line.name.text.to_string()).find(|name| !name.trim().is_empty())
        })
    });
    let heading = move || title.get().unwrap_or_else(|| messages::UNTITLED.to_owned());
    view! {
        <header class="titlebar" aria-label=messages::BOARD_BAR>
            <a class="board-home wordmark" href="/">{messages::NAME}</a>
            <h1 class="board-title" title=heading>{heading}</h1>
            <SaveBadge />
            <MeterButton />
            <Show when=move || session.role.get() == Role::View>
                <span class="badge">{messages::VIEWING}</span>
            </Show>
            <Show when=move || session.role.get() != Role::View>
                <span class="bar-gap"></span>
                <span class="undo-redo">
                    <button class="tool" aria-label=messages::UNDO title=messages::UNDO
                        disabled=move || !session.can_undo.get() on:click=move |_| session.undo()>
                        <Icon name="undo" />
                    </button>
                    <button class="tool" aria-label=messages::REDO title=messages::REDO
                        disabled=move || !session.can_redo.get() on:click=move |_| session.redo()>
                        <Icon name="redo" />
                    </button>
                </span>
            </Show>
            <span class="bar-gap"></span>
            <button class="tool" title=messages::TEXT_TITLE aria-label=messages::TEXT
                aria-pressed=move || session.text_open.get().to_string()
                on:click=move |_| session.text_open.update(|open| *open = !*open)>
                <Icon name="text" /><span class="word">{messages::TEXT}</span>
            </button>
            <PanelButton panel=Panel::Export icon="export" word=messages::EXPORT />
            <PanelButton panel=Panel::Share icon="share" word=messages::SHARE />
        </header>
    }
}

/// Opens a panel, or closes it if it is the open one.
pub fn toggle(session: Session, panel: Panel) {
    session.panel.update(|open| *open = if *open == Some(panel) { None } else { Some(panel) });
}

#[component]
fn PanelButton(panel: Panel, icon: &'static str, word: &'static str) -> impl IntoView {
    let session = expect_context::<Session>();
    let class = if panel == Panel::Share { "tool primary" } else { "tool" };
    view! {
        <button class=class aria-label=word aria-haspopup="dialog"
            aria-expanded=move || (session.panel.get() == Some(panel)).to_string()
            on:click=move |_| toggle(session, panel)>
            <Icon name=icon /><span class="word">{word}</span>
        </button>
    }
}

fn save_words(state: SaveState) -> (&'static str, &'static str, &'static str, &'static str) {
    match state {
        SaveState::Connecting => {
            ("connecting", "sync", messages::SAVE_CONNECTING, messages::SAVE_CONNECTING_HELP)
        }
        SaveState::Saved => ("saved", "check", messages::SAVE_SAVED, messages::SAVE_SAVED_HELP),
        SaveState::Saving => ("saving", "sync", messages::SAVE_SAVING, messages::SAVE_SAVING_HELP),
        SaveState::Offline => ("offline", "offline", messages::SAVE_OFFLINE, messages::SAVE_OFFLINE_HELP),
        SaveState::Refused => ("refused", "warning", messages::SAVE_REFUSED, messages::SAVE_REFUSED_HELP),
    }
}

#[component]
fn SaveBadge() -> impl IntoView {
    let session = expect_context::<Session>();
    let words = Memo::new(move |_| save_words(session.save.get()));
    view! {
        <span class="save" id="save" data-save=move || words.get().0 title=move || words.get().3>
            {move || view! { <Icon name=words.get().1 /> }}
            <span class="word">{move || words.get().2}</span>
        </span>
    }
}

fn meter(level: Level, errors: usize, green: bool, empty: bool) -> Meter {
    match (errors, green, empty) {
        // The green meter exists only where a model is meant to be complete.
        (0, ..) if level != Level::SoftwareDesign => Meter::Off(level),
        (0, true, _) => Meter::Green,
        (0, false, true) => Meter::Empty,
        (0, false, false) => Meter::Parts,
        (count, ..) => Meter::Red(count),
    }
}

#[component]
fn MeterButton() -> impl IntoView {
    let session = expect_context::<Session>();
    let state = Memo::new(move |_| {
        let empty = session.stickies.with(Vec::is_empty);
        let level = session.with_board(|board| board.level);
        session.checked.with(|checked| {
            let found = &checked.report.diagnostics;
            let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
            meter(level, errors, checked.report.green, empty)
        })
    });
    let words = move || match state.get() {
        Meter::Green => ("green", "check", messages::METER_GREEN.to_owned()),
        Meter::Red(count) => ("red", "error", messages::problems(count)),
        Meter::Off(level) => ("off", "empty", messages::level(level).to_owned()),
        Meter::Parts => ("empty", "empty", messages::METER_PARTS.to_owned()),
        Meter::Empty => ("empty", "empty", messages::METER_EMPTY.to_owned()),
    };
    view! {
        <button class="meter" id="meter" title=messages::METER_HINT data-meter=move || words().0
            aria-haspopup="dialog" aria-expanded=move || (session.panel.get() == Some(Panel::Findings)).to_string()
            on:click=move |_| toggle(session, Panel::Findings)>
            {move || view! { <Icon name=words().1 /> }}
            <span class="word">{move || words().2}</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meter_is_green_only_without_errors_and_with_a_whole_model() {
        assert_eq!(meter(Level::SoftwareDesign, 0, true, false), Meter::Green);
        assert_eq!(meter(Level::SoftwareDesign, 2, false, false), Meter::Red(2));
        assert_eq!(meter(Level::SoftwareDesign, 1, true, false), Meter::Red(1), "an error always shows");
        assert_eq!(meter(Level::SoftwareDesign, 0, false, false), Meter::Parts);
        assert_eq!(meter(Level::SoftwareDesign, 0, false, true), Meter::Empty);
    }

    #[test]
    fn a_big_picture_has_no_green_meter() {
        assert_eq!(meter(Level::BigPicture, 0, true, false), Meter::Off(Level::BigPicture));
    }
}
