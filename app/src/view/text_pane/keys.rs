//! The keys of the text, as fingers know them from other editors.
//!
//! Tab indents, so there must be another way out for those without a pointer: Escape, and then Tab leaves.

use super::edit::{Desk, Way};
use super::offers::Offers;
use super::sync::Pane;
use super::writing::selection;
use crate::session::{Beside, Panel};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

pub fn keydown(pane: Pane, offers: Offers, event: &KeyboardEvent) {
    if event.is_composing() || pane.is_held() {
        return;
    }
    // The browser must not edit a text that is no longer the board's.
    pane.session.flush();
    pane.settle();
    let key = event.key();
    let leaving = offers.leaving.get_value();
    if !matches!(key.as_str(), "Tab" | "Shift" | "Escape") {
        offers.leaving.set_value(false);
    }
    let taken = offers.key(pane, event)
        || (key == "Escape" && escape(pane, offers))
        || (key == "Tab" && !leaving && tab(pane, event))
        || with_control(pane, offers, event)
        || plain(pane, event);
    if taken {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Closes what is open; else the next Tab leaves.
fn escape(pane: Pane, offers: Offers) -> bool {
    let session = pane.session;
    if session.panel.get_untracked() == Some(Panel::Fixes) {
        session.panel.set(None);
    } else {
        offers.leaving.set_value(true);
    }
    true
}

fn tab(pane: Pane, event: &KeyboardEvent) -> bool {
    let other = event.alt_key() || event.ctrl_key() || event.meta_key();
    if other || !pane.session.can_write() {
        return false;
    }
    let out = event.shift_key();
    pane.perform(|desk| if out { desk.outdent() } else { desk.indent() });
    true
}

fn with_control(pane: Pane, offers: Offers, event: &KeyboardEvent) -> bool {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
        return false;
    }
    let shift = event.shift_key();
    match event.key().as_str() {
        "z" | "Z" => pane.undo(shift),
        "y" | "Y" => pane.undo(true),
        "/" => pane.perform(|desk| desk.comment()),
        "k" | "K" if shift => pane.perform(|desk| desk.delete_lines()),
        "Enter" => pane.perform(|desk| desk.open_line(if shift { Way::Up } else { Way::Down })),
        " " => offers.ask(pane),
        "." => {
            if let Some(line) = pane.caret_line() {
                pane.session.show_fixes(line, Beside::Text);
            }
        }
        _ => return false,
    }
    true
}

fn plain(pane: Pane, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() {
        return false;
    }
    let (alt, shift) = (event.alt_key(), event.shift_key());
    let way = if event.key() == "ArrowUp" { Way::Up } else { Way::Down };
    match event.key().as_str() {
        "ArrowUp" | "ArrowDown" if alt && shift => pane.perform(|desk| desk.copy_lines(way)),
        "ArrowUp" | "ArrowDown" if alt => pane.perform(|desk| desk.move_lines(way)),
        "F8" => pane.session.walk_findings(pane.caret_line(), shift, Beside::Text),
        "Home" if !alt => return home(pane, shift),
        _ => return false,
    }
    true
}

/// To the first word of the line, and from there to its start.
fn home(pane: Pane, extend: bool) -> bool {
    let Some(field) = pane.field.get_untracked() else { return false };
    let (start, end) = selection(&field);
    let backward = field.selection_direction().ok().flatten().as_deref() == Some("backward");
    let (fixed, caret) = if backward { (end, start) } else { (start, end) };
    let to = pane
        .with_rows(|_, shown| pane.session.with_board(|board| Desk { board, shown, start, end }.home(caret)));
    let Some(to) = to.flatten() else { return false };
    let fixed = if extend { fixed } else { to };
    let direction = if to < fixed { "backward" } else { "forward" };
    let _ = field.set_selection_range_with_direction(fixed.min(to), fixed.max(to), direction);
    true
}
