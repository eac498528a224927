//! Where stickies lie: nudging, aligning, grouping, locking.

use super::{Given, Menu, Record, Section, can_change, can_write, keys, tell_of_locks};
use crate::browser;
use crate::messages::commands as words;
use crate::session::{Nudge, Session};
use board::command::Edge;
use board::{Command, Line, Point, Step};
use leptos::prelude::*;

/// Nudges that follow each other within this time (milliseconds) are one step for undo.
const BURST: f64 = 2500.0;

const fn align(id: &'static str, title: &'static str, run: fn(Session, &Given)) -> Record {
    Record::new(id, title, Section::Arrange, run).on_menu(Menu::Sticky).when(several)
}

pub const RECORDS: &[Record] = &[
    Record::new("nudge", words::NUDGE, Section::Arrange, nudge)
        .keys(&["Arrows", "Shift+Arrows"])
        .by_key_only()
        .when(can_change),
    align("align-left", words::ALIGN_LEFT, |session, _| line_up(session, Edge::Left)).keys(&["Alt+A"]),
    align("align-right", words::ALIGN_RIGHT, |session, _| line_up(session, Edge::Right)).keys(&["Alt+D"]),
    align("align-top", words::ALIGN_TOP, |session, _| line_up(session, Edge::Top)).keys(&["Alt+W"]),
    align("align-bottom", words::ALIGN_BOTTOM, |session, _| line_up(session, Edge::Bottom)).keys(&["Alt+S"]),
    Record::new("group", words::GROUP, Section::Arrange, |session, _| {
        session.run(Command::Group { lines: session.selection.get_untracked() });
        session.announcement.set(words::GROUPED.to_owned());
    })
    .keys(&["Ctrl+G"])
    .on_menu(Menu::Sticky)
    .when(several),
    Record::new("ungroup", words::UNGROUP, Section::Arrange, |session, _| {
        session.run(Command::Ungroup { lines: session.selection.get_untracked() });
        session.announcement.set(words::UNGROUPED.to_owned());
    })
    .keys(&["Ctrl+Shift+G"])
    .on_menu(Menu::Sticky)
    .when(|session| can_change(session) && any(session, |line| line.group.is_some())),
    Record::new("lock", words::LOCK, Section::Arrange, |session, _| lock(session, true))
        .keys(&["Ctrl+Shift+L"])
        .on_menu(Menu::Sticky)
        .when(|session| can_change(session) && any(session, |line| !line.locked)),
    Record::new("unlock", words::UNLOCK, Section::Arrange, |session, _| lock(session, false))
        .keys(&["Ctrl+Shift+L"])
        .on_menu(Menu::Sticky)
        .when(|session| can_change(session) && any(session, |line| line.locked)),
    Record::new("tidy", words::TIDY, Section::Arrange, |session, _| {
        session.run(Command::Tidy);
    })
    .on_menu(Menu::Wall)
    .when(can_write),
];

fn several(session: Session) -> bool {
    session.can_write() && session.selection.with_untracked(|all| all.len() > 1)
}

fn any(session: Session, is: fn(&Line) -> bool) -> bool {
    let lines = session.selection.get_untracked();
    session.with_board(|board| lines.iter().any(|id| board.line(id).is_some_and(is)))
}

/// Moves the selection by the pixels of the wall that the key says. A burst of nudges is one step.
fn nudge(session: Session, given: &Given) {
    let Some(press) = given.press else { return };
    let (dx, dy) = keys::arrow(press).unwrap_or_default();
    let far = if press.shift { 10.0 } else { 1.0 };
    let lines = session.selection.get_untracked();
    let goes_on = session.nudged.with_value(|last| {
        last.as_ref().is_some_and(|last| {
            let now = browser::now();
            last.lines == lines && last.acts == session.acts.get_value() && now - last.when < BURST
        })
    });
    tell_of_locks(session);
    let step = if goes_on { Step::Extend } else { Step::New };
    let by = Point { x: dx * far, y: dy * far };
    session.act(Command::Drop { lines: lines.clone(), by }, step);
    session.flush();
    session.nudged.set_value(Some(Nudge { lines, when: browser::now(), acts: session.acts.get_value() }));
}

fn line_up(session: Session, edge: Edge) {
    tell_of_locks(session);
    session.run(Command::Align { lines: session.selection.get_untracked(), edge });
}

fn lock(session: Session, locked: bool) {
    session.run(Command::Lock { lines: session.selection.get_untracked(), locked });
    let said = if locked { words::LOCKED } else { words::UNLOCKED };
    session.announcement.set(said.to_owned());
}
