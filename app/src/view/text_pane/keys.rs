//! The keys of the text, as fingers know them from other editors: one record each, which the shortcut sheet shows too.
//!
//! Tab indents, so there must be another way out for those without a pointer: Escape, and then Tab leaves.

use super::edit::{Desk, Way};
use super::offers::Offers;
use super::sync::Pane;
use super::writing::selection;
use crate::commands::{Press, fits};
use crate::messages::commands as words;
use crate::session::{Beside, Panel};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// One thing that keys do in the text.
pub struct TextKey {
    pub title: &'static str,
    /// As on the sheet: see `commands::fits`.
    pub keys: &'static [&'static str],
    run: fn(Pane, Offers),
}

const fn key(title: &'static str, keys: &'static [&'static str], run: fn(Pane, Offers)) -> TextKey {
    TextKey { title, keys, run }
}

/// Undo and redo are those of the whole board, and on the sheet already.
const HISTORY: &[TextKey] = &[
    key(words::UNDO, &["Ctrl+Z"], |pane, _| pane.undo(false)),
    key(words::REDO, &["Ctrl+Shift+Z", "Ctrl+Y"], |pane, _| pane.undo(true)),
];

pub const TEXT_KEYS: &[TextKey] = &[
    key(words::TEXT_OFFER, &["Ctrl+ "], |pane, offers| offers.ask(pane)),
    key(words::TEXT_MEND, &["Ctrl+."], |pane, _| {
        if let Some(line) = pane.caret_line() {
            pane.session.show_fixes(line, Beside::Text);
        }
    }),
    key(words::NEXT_FINDING, &["F8"], |pane, _| walk(pane, false)),
    key(words::PREVIOUS_FINDING, &["Shift+F8"], |pane, _| walk(pane, true)),
    key(words::TEXT_UP, &["Alt+ArrowUp"], |pane, _| pane.perform(|desk| desk.move_lines(Way::Up))),
    key(words::TEXT_DOWN, &["Alt+ArrowDown"], |pane, _| pane.perform(|desk| desk.move_lines(Way::Down))),
    key(words::TEXT_COPY_UP, &["Alt+Shift+ArrowUp"], |pane, _| pane.perform(|desk| desk.copy_lines(Way::Up))),
    key(words::TEXT_COPY_DOWN, &["Alt+Shift+ArrowDown"], |pane, _| {
        pane.perform(|desk| desk.copy_lines(Way::Down))
    }),
    key(words::TEXT_DELETE, &["Ctrl+Shift+K"], |pane, _| pane.perform(|desk| desk.delete_lines())),
    key(words::TEXT_BELOW, &["Ctrl+Enter"], |pane, _| pane.perform(|desk| desk.open_line(Way::Down))),
    key(words::TEXT_ABOVE, &["Ctrl+Shift+Enter"], |pane, _| pane.perform(|desk| desk.open_line(Way::Up))),
    key(words::TEXT_COMMENT, &["Ctrl+/"], |pane, _| pane.perform(|desk| desk.comment())),
    key(words::TEXT_INDENT, &["Tab"], |pane, _| pane.perform(|desk| desk.indent())),
    key(words::TEXT_OUTDENT, &["Shift+Tab"], |pane, _| pane.perform(|desk| desk.outdent())),
    key(words::TEXT_LEAVE, &["Escape"], escape),
];

pub fn keydown(pane: Pane, offers: Offers, event: &KeyboardEvent) {
    if event.is_composing() || pane.is_held() {
        return;
    }
    // The browser must not edit a text that is no longer the board's.
    pane.session.flush();
    pane.settle();
    let press = Press::of(event);
    let leaves = press.key == "Tab" && (offers.leaving.get_value() || !pane.session.can_write());
    if !matches!(press.key.as_str(), "Tab" | "Shift" | "Escape") {
        offers.leaving.set_value(false);
    }
    let taken = offers.key(pane, event) || (!leaves && run(pane, offers, &press)) || home(pane, &press);
    if taken {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn run(pane: Pane, offers: Offers, press: &Press) -> bool {
    let mut all = HISTORY.iter().chain(TEXT_KEYS);
    let meant = all.find(|it| it.keys.iter().any(|keys| fits(keys, press)));
    if let Some(it) = meant {
        (it.run)(pane, offers);
    }
    meant.is_some()
}

fn walk(pane: Pane, back: bool) {
    pane.session.walk_findings(pane.caret_line(), back, Beside::Text);
}

/// Closes what is open; else the next Tab leaves.
fn escape(pane: Pane, offers: Offers) {
    let session = pane.session;
    if session.panel.get_untracked() == Some(Panel::Fixes) {
        session.panel.set(None);
    } else {
        offers.leaving.set_value(true);
    }
}

/// Home goes to the first word of the line, and from there to its start.
fn home(pane: Pane, press: &Press) -> bool {
    let Some(field) = pane.field.get_untracked() else { return false };
    if press.key != "Home" || press.command || press.alt {
        return false;
    }
    let (start, end) = selection(&field);
    let backward = field.selection_direction().ok().flatten().as_deref() == Some("backward");
    let (fixed, caret) = if backward { (end, start) } else { (start, end) };
    let to = pane
        .with_rows(|_, shown| pane.session.with_board(|board| Desk { board, shown, start, end }.home(caret)));
    let Some(to) = to.flatten() else { return false };
    let fixed = if press.shift { fixed } else { to };
    let direction = if to < fixed { "backward" } else { "forward" };
    let _ = field.set_selection_range_with_direction(fixed.min(to), fixed.max(to), direction);
    true
}
