//! The bar at the top left: which board this is, whether it is saved, how complete its model is, and the ways out.

mod more;
mod name;

use super::icons::{drawing, icon, live_icon};
use crate::messages;
use crate::session::{Panel, SaveState, Session};
use crate::store::Waiting;
use board::Level;
use board::wire::Role;
use diag::Severity;
use elements::{El, el, remembered, word};
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

pub fn top_bar(session: Session) -> El {
    let text = el("button")
        .class("tool text-button")
        .attr("title", messages::TEXT_TITLE)
        .attr("aria-label", messages::TEXT)
        .live_attr("aria-pressed", move || word(session.text_open.get()))
        .on("click", move || session.text_open.update(|open| *open = !*open))
        .child(icon("text"))
        .child(el("span").class("word").text(messages::TEXT));
    el("header")
        .class("titlebar")
        .attr("aria-label", messages::BOARD_BAR)
        .child(el("a").class("board-home wordmark").attr("href", "/").text(messages::NAME))
        .child(name::name(session))
        .child(save_badge(session))
        .child(meter_button(session))
        .when(move || session.role.get() == Role::View, || el("span").class("badge").text(messages::VIEWING))
        .when(move || session.role.get() != Role::View, move || [gap(), undo_redo(session)])
        .child(gap())
        .child(run_button(session))
        .child(text)
        .child(panel_button(session, Panel::Export, "export", messages::EXPORT))
        .child(panel_button(session, Panel::Share, "share", messages::SHARE))
        .child(more::more(session))
}

/// Opens the pane that plays the model, and closes it.
fn run_button(session: Session) -> El {
    el("button")
        .class("tool run-button")
        .attr("title", messages::RUN_TITLE)
        .attr("aria-label", messages::RUN)
        .live_attr("aria-pressed", move || word(session.run_open.get()))
        .on("click", move || session.run_open.update(|open| *open = !*open))
        .child(drawing("M6 3.8v12.4L16 10z"))
        .child(el("span").class("word").text(messages::RUN))
}

fn gap() -> El {
    el("span").class("bar-gap")
}

fn undo_redo(session: Session) -> El {
    let button = |title: &'static str, name: &str, can: RwSignal<bool>| {
        let button = el("button").class("tool").attr("aria-label", title).attr("title", title);
        button.live_attr("disabled", move || !can.get()).child(icon(name))
    };
    let undo = button(messages::UNDO, "undo", session.can_undo).on("click", move || session.undo());
    let redo = button(messages::REDO, "redo", session.can_redo).on("click", move || session.redo());
    el("span").class("undo-redo").child(undo).child(redo)
}

/// Opens a panel, or closes it if it is the open one.
pub fn toggle(session: Session, panel: Panel) {
    session.panel.update(|open| *open = if *open == Some(panel) { None } else { Some(panel) });
}

fn panel_button(session: Session, panel: Panel, name: &str, words: &'static str) -> El {
    el("button")
        .class(if panel == Panel::Share { "tool primary" } else { "tool" })
        .attr("aria-label", words)
        .attr("aria-haspopup", "dialog")
        .live_attr("aria-expanded", move || word(session.panel.get() == Some(panel)))
        .on("click", move || toggle(session, panel))
        .child(icon(name))
        .child(el("span").class("word").text(words))
}

fn save_words(state: SaveState) -> (&'static str, &'static str, &'static str, &'static str) {
    match state {
        SaveState::Connecting => {
            ("connecting", "sync", messages::SAVE_CONNECTING, messages::SAVE_CONNECTING_HELP)
        }
        SaveState::Saved => ("saved", "check", messages::SAVE_SAVED, messages::SAVE_SAVED_HELP),
        SaveState::Saving => ("saving", "sync", messages::SAVE_SAVING, messages::SAVE_SAVING_HELP),
        SaveState::Offline => ("offline", "offline", messages::SAVE_OFFLINE, messages::SAVE_OFFLINE_HELP),
        SaveState::Kept => ("kept", "warning", messages::VIEWING, messages::SAVE_KEPT_HELP),
        SaveState::Refused => ("refused", "warning", messages::SAVE_REFUSED, messages::SAVE_REFUSED_HELP),
    }
}

/// What there is to say beside the state: how much waits, and where it is.
fn waiting_words(state: SaveState, waiting: Waiting) -> Option<(String, &'static str)> {
    let calm = matches!(state, SaveState::Saved | SaveState::Saving) || waiting.count == 0;
    match waiting.only_here && waiting.trouble.is_some() {
        _ if calm => None,
        true => Some((messages::kept_in_page(waiting.count), messages::SAVE_ONLY_HERE_HELP)),
        false => Some((messages::kept_in_browser(waiting.count), messages::SAVE_IN_BROWSER_HELP)),
    }
}

fn save_badge(session: Session) -> El {
    let words = move || save_words(session.save.get());
    let more = move || waiting_words(session.save.get(), session.waiting.get());
    let shown = move || match more() {
        Some((more, _)) => [words().2, ": ", &more].concat(),
        None => words().2.to_owned(),
    };
    let help = move || [words().3, " ", more().map_or("", |(_, help)| help)].concat();
    el("span")
        .class("save")
        .attr("id", "save")
        .live_attr("data-save", move || words().0)
        .live_attr("data-kept", move || if session.waiting.get().only_here { "no" } else { "yes" })
        .live_attr("data-waiting", move || session.waiting.get().count.to_string())
        .live_attr("title", help)
        .child(live_icon(move || words().1))
        .child(el("span").class("word").live_text(shown))
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

fn meter_button(session: Session) -> El {
    let state = remembered(move || {
        let empty = session.stickies.with(Vec::is_empty);
        let level = session.with_board(|board| board.level);
        session.checked.with(|checked| {
            let found = &checked.found;
            let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
            meter(level, errors, checked.green, empty)
        })
    });
    let words = move || match state.get() {
        Meter::Green => ("green", "check", messages::METER_GREEN.to_owned()),
        Meter::Red(count) => ("red", "error", messages::problems(count)),
        Meter::Off(level) => ("off", "empty", messages::level(level).to_owned()),
        Meter::Parts => ("empty", "empty", messages::METER_PARTS.to_owned()),
        Meter::Empty => ("empty", "empty", messages::METER_EMPTY.to_owned()),
    };
    el("button")
        .class("meter")
        .attr("id", "meter")
        .attr("title", messages::METER_HINT)
        .live_attr("data-meter", move || words().0)
        .attr("aria-haspopup", "dialog")
        .live_attr("aria-expanded", move || word(session.panel.get() == Some(Panel::Findings)))
        .on("click", move || toggle(session, Panel::Findings))
        .child(live_icon(move || words().1))
        .child(el("span").class("word").live_text(move || words().2))
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
