//! Changing what is there: writing, undoing, the clipboard, deleting.

use super::{
    Menu, Record, Section, can_change, can_write, clipboard, create, has_selection, is_any_locked, look,
    tell_of_locks,
};
use crate::address;
use crate::messages::{self, commands as words};
use crate::session::Session;
use crate::view::wall;
use board::{Command, Point};
use leptos::prelude::*;

pub const RECORDS: &[Record] = &[
    Record::new("edit", words::EDIT, Section::Edit, |session, _| edit(session))
        .keys(&["Enter", "F2"])
        .on_menu(Menu::Sticky)
        .when(can_write),
    Record::new("undo", words::UNDO, Section::Edit, |session, _| session.undo())
        .keys(&["Ctrl+Z"])
        .when(can_write),
    Record::new("redo", words::REDO, Section::Edit, |session, _| session.redo())
        .keys(&["Ctrl+Shift+Z", "Ctrl+Y"])
        .when(can_write),
    Record::new("cut", words::CUT, Section::Edit, |session, _| clipboard::cut(session))
        .keys(&["Ctrl+X"])
        .on_menu(Menu::Sticky)
        .when(can_change),
    Record::new("copy", words::COPY, Section::Edit, |session, _| clipboard::copy(session))
        .keys(&["Ctrl+C"])
        .on_menu(Menu::Sticky)
        .when(has_selection),
    Record::new("paste", words::PASTE, Section::Edit, |session, _| clipboard::paste(session))
        .keys(&["Ctrl+V"])
        .on_menu(Menu::Both)
        .when(can_write),
    Record::new("duplicate", words::DUPLICATE, Section::Edit, |session, _| duplicate(session))
        .keys(&["Ctrl+D"])
        .on_menu(Menu::Sticky)
        .when(can_change),
    Record::new("copy-link", words::COPY_LINK, Section::Edit, |session, _| copy_link(session))
        .on_menu(Menu::Sticky)
        .when(has_selection),
    Record::new("select-all", words::SELECT_ALL, Section::Edit, |session, _| {
        wall::select(session, session.stickies.get_untracked());
    })
    .keys(&["Ctrl+A"])
    .on_menu(Menu::Wall),
    Record::new("style", messages::KEY_STYLE, Section::Edit, |_, _| wall::focus_style_bar())
        .keys(&["Alt+Enter"])
        .when(has_selection),
    Record::new("delete", words::DELETE, Section::Edit, |session, _| remove(session))
        .keys(&["Delete", "Backspace"])
        .on_menu(Menu::Sticky)
        .when(can_change),
    Record::new("leave", words::LEAVE, Section::Edit, |session, _| look::leave(session))
        .keys(&["Escape"])
        .by_key_only(),
];

/// Opens the selected sticky, or begins one where nothing is selected.
fn edit(session: Session) {
    match session.selection.with_untracked(|all| all.last().cloned()) {
        Some(_) if is_any_locked(session) => session.say(words::IS_LOCKED),
        Some(line) => session.edit(line),
        None => {
            let kind = session.armed.get_untracked().unwrap_or(session.last_kind.get_untracked());
            create::start_here(session, kind);
        }
    }
}

fn duplicate(session: Session) {
    let lines = session.selection.get_untracked();
    let made = session.run(Command::Duplicate { lines, by: Point { x: 30.0, y: 30.0 } });
    session.flush();
    wall::select(session, made);
}

fn copy_link(session: Session) {
    let Some(line) = session.selection.with_untracked(|all| all.last().cloned()) else { return };
    let link = address::link_to(&line);
    let by_hand = words::copy_this(&link);
    clipboard::hand_over(&link, move |copied| {
        session.say(if copied { words::LINK_COPIED } else { &by_hand });
    });
}

pub fn remove(session: Session) {
    let lines = session.selection.get_untracked();
    let before = session.stickies.with_untracked(Vec::len);
    tell_of_locks(session);
    session.run(Command::Remove { lines });
    session.flush();
    let gone = before.saturating_sub(session.stickies.with_untracked(Vec::len));
    if gone > 0 {
        session.announcement.set(messages::removed(gone));
    }
}
