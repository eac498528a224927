//! Finding out what can be done.

use super::{Record, Section, look};
use crate::messages::commands as words;
use crate::preferences;
use crate::session::{Panel, Session};
use crate::view::wall;
use leptos::prelude::*;

pub const RECORDS: &[Record] = &[
    Record::new("palette", words::PALETTE, Section::Help, |session, _| {
        let open = session.panel.get_untracked() == Some(Panel::Palette);
        session.panel.set((!open).then_some(Panel::Palette));
    })
    .keys(&["Ctrl+K"])
    .everywhere(),
    Record::new("menu", words::MENU, Section::Help, |session, _| open_menu(session))
        .keys(&["Shift+F10", "ContextMenu"])
        .by_key_only(),
    Record::new("keys", words::KEYS, Section::Help, |session, _| look::open(session, Panel::Keys))
        .keys(&["?"]),
    Record::new("letters-off", words::LETTERS_OFF, Section::Help, |session, _| letters(session, false))
        .when(|session| session.preferences.with_untracked(|it| it.letter_keys)),
    Record::new("letters-on", words::LETTERS_ON, Section::Help, |session, _| letters(session, true))
        .when(|session| session.preferences.with_untracked(|it| !it.letter_keys)),
];

fn letters(session: Session, on: bool) {
    preferences::change(session.preferences, |preferences| preferences.letter_keys = on);
    session.announcement.set(if on { words::LETTERS_ARE_ON } else { words::LETTERS_ARE_OFF }.to_owned());
}

/// The menu of the selection beside it, or that of the wall at the insertion point or in the middle.
fn open_menu(session: Session) {
    let (x, y) = wall::menu_spot(session);
    session.panel.set(Some(Panel::Menu { x, y }));
}
