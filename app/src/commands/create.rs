//! Making stickies of each kind, and turning what is selected into them.

use super::{Given, Menu, Record, Section, can_change, can_write, has_selection, tell_of_locks};
use crate::messages::commands as words;
use crate::session::Session;
use crate::view::wall;
use board::Command;
use emd::Kind;
use leptos::prelude::*;

const fn new(id: &'static str, title: &'static str, kind: Kind) -> Record {
    Record::new(id, title, Section::Create, start).about(kind).when(nothing_selected)
}

const fn change(id: &'static str, title: &'static str, kind: Kind) -> Record {
    Record::new(id, title, Section::Kinds, turn).about(kind).when(can_change)
}

pub const RECORDS: &[Record] = &[
    new("new-event", words::NEW_EVENT, Kind::Event).keys(&["1"]).on_menu(Menu::Wall),
    new("new-command", words::NEW_COMMAND, Kind::Command).keys(&["2"]).on_menu(Menu::Wall),
    new("new-readmodel", words::NEW_READ_MODEL, Kind::ReadModel).keys(&["3"]).on_menu(Menu::Wall),
    new("new-policy", words::NEW_POLICY, Kind::Policy).keys(&["4"]).on_menu(Menu::Wall),
    new("new-constraint", words::NEW_CONSTRAINT, Kind::Constraint).keys(&["5"]).on_menu(Menu::Wall),
    new("new-actor", words::NEW_ACTOR, Kind::Actor).keys(&["6"]).on_menu(Menu::Wall),
    new("new-system", words::NEW_SYSTEM, Kind::System).keys(&["7"]).on_menu(Menu::Wall),
    new("new-hotspot", words::NEW_HOTSPOT, Kind::Hotspot).keys(&["8"]).on_menu(Menu::Wall),
    new("new-screen", words::NEW_SCREEN, Kind::Screen).keys(&["9"]).on_menu(Menu::Wall),
    new("new-opportunity", words::NEW_OPPORTUNITY, Kind::Opportunity).keys(&["0"]).on_menu(Menu::Wall),
    new("new-heading", words::NEW_HEADING, Kind::Heading(1)),
    new("new-subheading", words::NEW_SUBHEADING, Kind::Heading(2)),
    new("new-chapter", words::NEW_CHAPTER, Kind::Chapter),
    new("new-lane", words::NEW_LANE, Kind::Lane),
    new("new-context", words::NEW_CONTEXT, Kind::Context),
    new("new-term", words::NEW_TERM, Kind::Term),
    new("new-note", words::NEW_NOTE, Kind::Note),
    Record::new("new-last", words::NEW_LAST, Section::Create, |session, _| {
        start_here(session, session.last_kind.get_untracked());
    })
    .keys(&["N"])
    .when(can_write),
];

pub const CHANGES: &[Record] = &[
    change("kind-event", words::TO_EVENT, Kind::Event).keys(&["1"]).on_menu(Menu::Sticky),
    change("kind-command", words::TO_COMMAND, Kind::Command).keys(&["2"]).on_menu(Menu::Sticky),
    change("kind-readmodel", words::TO_READ_MODEL, Kind::ReadModel).keys(&["3"]).on_menu(Menu::Sticky),
    change("kind-policy", words::TO_POLICY, Kind::Policy).keys(&["4"]).on_menu(Menu::Sticky),
    change("kind-constraint", words::TO_CONSTRAINT, Kind::Constraint).keys(&["5"]).on_menu(Menu::Sticky),
    change("kind-actor", words::TO_ACTOR, Kind::Actor).keys(&["6"]).on_menu(Menu::Sticky),
    change("kind-system", words::TO_SYSTEM, Kind::System).keys(&["7"]).on_menu(Menu::Sticky),
    change("kind-hotspot", words::TO_HOTSPOT, Kind::Hotspot).keys(&["8"]).on_menu(Menu::Sticky),
    change("kind-screen", words::TO_SCREEN, Kind::Screen).keys(&["9"]).on_menu(Menu::Sticky),
    change("kind-opportunity", words::TO_OPPORTUNITY, Kind::Opportunity).keys(&["0"]).on_menu(Menu::Sticky),
    change("kind-heading", words::TO_HEADING, Kind::Heading(1)),
    change("kind-subheading", words::TO_SUBHEADING, Kind::Heading(2)),
    change("kind-chapter", words::TO_CHAPTER, Kind::Chapter),
    change("kind-lane", words::TO_LANE, Kind::Lane),
    change("kind-context", words::TO_CONTEXT, Kind::Context),
    change("kind-term", words::TO_TERM, Kind::Term),
    change("kind-note", words::TO_NOTE, Kind::Note),
];

fn nothing_selected(session: Session) -> bool {
    session.can_write() && !has_selection(session)
}

/// A key chooses the kind for the next click, so that a person can say where; the palette and the menu start at once.
fn start(session: Session, given: &Given) {
    let Some(kind) = given.kind else { return };
    if given.press.is_some() && session.insertion.with_untracked(Option::is_none) {
        session.choose(kind);
    } else {
        start_here(session, kind);
    }
}

fn turn(session: Session, given: &Given) {
    let Some(kind) = given.kind else { return };
    let lines = session.selection.get_untracked();
    tell_of_locks(session);
    session.last_kind.set(kind);
    session.run(Command::SetKind { lines, kind });
}

/// Starts writing at the insertion point, or after the selection.
pub fn start_here(session: Session, kind: Kind) {
    match session.insertion.get_untracked() {
        Some(point) => wall::write_around(session, kind, point),
        None => session.write(kind, session.after_selection(), None),
    }
}
