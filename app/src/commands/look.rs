//! Looking around: the camera, the selection's way over the wall, panes and panels.

use super::{Given, Menu, Record, Section, can_write, has_selection, keys};
use crate::browser;
use crate::messages::commands as words;
use crate::session::{Panel, Session};
use crate::view::{Way, editor_close, export_as, wall};
use board::LineId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// One press of an arrow pulls the wall so far, in screen pixels; with Shift four times as far.
const PAN: f64 = 60.0;

pub const RECORDS: &[Record] = &[
    Record::new("find", words::FIND, Section::Look, |session, _| open(session, Panel::Find))
        .keys(&["Ctrl+F"])
        .on_menu(Menu::Wall)
        .everywhere(),
    Record::new("find-next", words::FIND_NEXT, Section::Look, |session, _| turn(session, 1))
        .keys(&["F3"])
        .by_key_only()
        .everywhere(),
    Record::new("find-previous", words::FIND_PREVIOUS, Section::Look, |session, _| turn(session, -1))
        .keys(&["Shift+F3"])
        .by_key_only()
        .everywhere(),
    Record::new("walk", words::WALK, Section::Look, |session, given| {
        walk(session, if given.press.is_some_and(|press| press.shift) { -1 } else { 1 });
    })
    .keys(&["Tab", "Shift+Tab"])
    .by_key_only()
    .when(has_selection),
    Record::new("nearest", words::NEAREST, Section::Look, |session, given| {
        nearest(session, given.press.and_then(keys::arrow).unwrap_or_default());
    })
    .keys(&["Ctrl+Arrows"])
    .by_key_only(),
    Record::new("pan", words::PAN, Section::Look, pan)
        .keys(&["Arrows", "Shift+Arrows"])
        .by_key_only()
        .when(|session| !has_selection(session)),
    Record::new("zoom-in", words::ZOOM_IN, Section::Look, |session, _| wall::zoom_by(session, 1.25))
        .keys(&["Ctrl+Plus"]),
    Record::new("zoom-out", words::ZOOM_OUT, Section::Look, |session, _| wall::zoom_by(session, 1.0 / 1.25))
        .keys(&["Ctrl+Minus"]),
    Record::new("full-size", words::FULL_SIZE, Section::Look, |session, _| wall::zoom_to(session, 1.0))
        .keys(&["Ctrl+0", "Shift+0"]),
    Record::new("fit", words::FIT, Section::Look, |session, _| {
        session.steered.set_value(true);
        wall::fit_all(session);
    })
    .keys(&["Shift+1"])
    .on_menu(Menu::Wall),
    Record::new("fit-selection", words::FIT_SELECTION, Section::Look, |session, _| {
        session.steered.set_value(true);
        wall::fit_selection(session);
    })
    .keys(&["Shift+2"])
    .when(has_selection),
    Record::new("select", words::SELECT_TOOL, Section::Look, |session, _| session.take_hand(false))
        .keys(&["V"]),
    Record::new("hand", words::HAND_TOOL, Section::Look, |session, _| session.take_hand(true)).keys(&["H"]),
    Record::new("text", words::TEXT, Section::Look, |session, _| {
        session.text_open.update(|open| *open = !*open)
    }),
    Record::new("run", words::RUN, Section::Look, run).keys(&["R"]).on_menu(Menu::Both),
    Record::new("fixes", words::FIXES, Section::Look, |session, _| session.fix_selection())
        .keys(&["Ctrl+."])
        .on_menu(Menu::Sticky),
    Record::new("next-finding", words::NEXT_FINDING, Section::Look, |session, _| session.next_finding(false))
        .keys(&["F8"]),
    Record::new("previous-finding", words::PREVIOUS_FINDING, Section::Look, |session, _| {
        session.next_finding(true)
    })
    .keys(&["Shift+F8"])
    .by_key_only(),
    Record::new("findings", words::FINDINGS, Section::Look, |session, _| open(session, Panel::Findings)),
    Record::new("share", words::SHARE, Section::Look, |session, _| open(session, Panel::Share)),
    Record::new("export", words::EXPORT, Section::Look, |session, _| open(session, Panel::Export)),
    Record::new("build", words::BUILD, Section::Look, |session, _| leave_as(session, Way::Build)),
    Record::new("try", words::TRY, Section::Look, |session, _| leave_as(session, Way::Try)),
    Record::new("me", words::ME, Section::Look, |session, _| open(session, Panel::Me)).when(can_write),
];

/// Opens the pane that plays the model; there already, it gets the focus, and without a selection it closes.
fn run(session: Session, _: &Given) {
    if session.run_open.get_untracked() && !has_selection(session) {
        return session.run_open.set(false);
    }
    session.run_open.set(true);
    wall::focus_run_pane();
}

pub fn open(session: Session, panel: Panel) {
    session.panel.set(Some(panel));
}

fn leave_as(session: Session, way: Way) {
    export_as(way);
    open(session, Panel::Export);
}

/// The find bar hears of it; closed, it opens with what was looked for last.
fn turn(session: Session, by: i32) {
    if session.panel.get_untracked() == Some(Panel::Find) {
        session.search.update(|found| found.turn += by);
    } else {
        open(session, Panel::Find);
    }
}

fn pan(session: Session, given: &Given) {
    let Some(press) = given.press else { return };
    let (dx, dy) = keys::arrow(press).unwrap_or_default();
    let far = if press.shift { 4.0 * PAN } else { PAN };
    wall::pan_by(session, -dx * far, -dy * far);
}

fn walk(session: Session, by: isize) {
    let next = session.stickies.with_untracked(|all| {
        let now = session.selection.with_untracked(|chosen| chosen.last().cloned());
        let at = now.and_then(|id| all.iter().position(|other| *other == id));
        let at = at.map_or(0, |at| at.saturating_add_signed(by).min(all.len().saturating_sub(1)));
        all.get(at).cloned()
    });
    if let Some(line) = next {
        go(session, line);
    }
}

fn nearest(session: Session, (dx, dy): (f64, f64)) {
    let Some(from) = session.selection.with_untracked(|all| all.last().cloned()) else {
        return walk(session, 0);
    };
    let found = session.with_mirror(|mirror| {
        let from_centre = mirror.layout.frames.get(&from)?.centre();
        let mut best: Option<(f64, LineId)> = None;
        for (id, frame) in mirror.layout.frames.iter().filter(|(id, _)| **id != from) {
            let (x, y) = (frame.centre().x - from_centre.x, frame.centre().y - from_centre.y);
            let (ahead, aside) = (x * dx + y * dy, (x * dy - y * dx).abs());
            let cost = ahead + 2.0 * aside;
            if ahead > 1.0 && best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, id.clone()));
            }
        }
        best.map(|(_, id)| id)
    });
    if let Some(line) = found {
        go(session, line);
    }
}

/// Selects a sticky, shows it and gives it the focus.
pub fn go(session: Session, line: LineId) {
    session.steered.set_value(true);
    wall::select(session, vec![line.clone()]);
    wall::reveal(session, &line);
    wall::focus(&line);
}

/// Escape: closes what is open, else puts down what is in hand, else deselects.
pub fn leave(session: Session) {
    if session.panel.get_untracked().is_some() {
        session.panel.set(None);
    } else if session.armed.get_untracked().is_some() {
        session.armed.set(None);
    } else {
        editor_close(session);
        wall::select(session, Vec::new());
        if let Some(active) = browser::document().active_element()
            && let Ok(active) = active.dyn_into::<web_sys::HtmlElement>()
        {
            let _ = active.blur();
        }
    }
}
