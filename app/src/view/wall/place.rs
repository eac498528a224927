//! Where things are on the wall, and where the next one goes.

use super::super::editor;
use super::look::move_camera;
use crate::browser;
use crate::camera::Area;
use crate::session::Session;
use board::layout::Frame;
use board::{At, LineId, Point};
use emd::Kind;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

pub fn select(session: Session, lines: Vec<LineId>) {
    session.insertion.set(None);
    if session.selection.with_untracked(|old| *old != lines) {
        session.selection.set(lines);
        session.show();
    }
}

/// Gives a sticky the focus where it lies.
pub fn focus(line: &LineId) {
    if let Some(note) = browser::note_element(line) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = note.focus_with_options(&options);
    }
}

/// The selected sticky has the focus, or the wall if there is none.
pub fn focus_selection(session: Session) {
    match session.selection.with_untracked(|all| all.last().cloned()) {
        Some(line) => focus(&line),
        None => focus_wall(),
    }
}

/// The wall itself has the focus: it is never lost to nowhere.
pub fn focus_wall() {
    if let Some(wall) = browser::document().get_element_by_id("wall") {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = wall.unchecked_ref::<web_sys::HtmlElement>().focus_with_options(&options);
    }
}

/// What can be done with the selection gets the focus, as soon as it is there.
pub fn focus_style_bar() {
    focus_soon("#style-bar .tool");
}

/// The form of the chosen command, or the pane itself.
pub fn focus_run_pane() {
    focus_soon("[data-run-first], .run-pane");
}

/// The first of these gets the focus, as soon as it is there.
fn focus_soon(wanted: &'static str) {
    fn seek(wanted: &'static str, frames: u32) {
        let first = browser::document().query_selector(wanted).ok().flatten();
        match first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok()) {
            Some(first) => {
                let _ = first.focus();
                // It takes the focus once it stands at its place and shows.
                let taken = browser::document().active_element().is_some_and(|it| it == *first.as_ref());
                if !taken && frames > 0 {
                    browser::next_frame(move || seek(wanted, frames - 1));
                }
            }
            // It comes with a part of the page that may have to be fetched first.
            None if frames > 0 => browser::next_frame(move || seek(wanted, frames - 1)),
            None => {}
        }
    }
    seek(wanted, 120);
}

/// On a free board: the nearest clear place to the right of a sticky, or below it. In flow the order decides.
pub fn clear_place(session: Session, line: &LineId, kind: Kind, below: bool) -> Option<Point> {
    session.with_mirror(|mirror| {
        if !mirror.board().is_free() {
            return None;
        }
        let from = mirror.layout.frames.get(line)?;
        let (width, height) = board::layout::size(kind);
        let gap = board::layout::GAP;
        let (x, y) = if below { (from.at.x, from.bottom() + gap) } else { (from.right() + gap, from.at.y) };
        let mut place = Frame::new(x, y, width, height);
        // Each step goes behind what is in the way, so there are no more of them than stickies.
        for _ in 0..mirror.layout.frames.len() {
            let Some(other) = mirror.layout.frames.values().find(|other| other.overlaps(&place)) else {
                break;
            };
            match below {
                true => place.at.y = other.bottom() + gap,
                false => place.at.x = other.right() + gap,
            }
        }
        Some(place.at)
    })
}

/// Starts a sticky around a point: in flow the order decides its place, on a free board it lies at the point.
pub fn write_around(session: Session, kind: Kind, around: Point) {
    editor::close(session);
    session.flush();
    let at = at_point(session, around);
    if session.stickies.with_untracked(Vec::is_empty) {
        bring_first_place(session, kind, around);
    }
    let place = session.with_board(board::Board::is_free).then(|| {
        let size = board::layout::size(kind);
        Point { x: around.x - size.0 / 2.0, y: around.y - size.1 / 2.0 }
    });
    session.write(kind, at, place);
}

/// On an empty board the first sticky appears where the person pointed: the wall moves under it.
fn bring_first_place(session: Session, kind: Kind, around: Point) {
    let frame = session.with_mirror(|mirror| mirror.draft_frame(kind, &At::End, None));
    if let Some(frame) = frame {
        let (dx, dy) =
            (around.x - frame.at.x - frame.width / 2.0, around.y - frame.at.y - frame.height / 2.0);
        move_camera(session, |camera| camera.panned(dx * camera.zoom, dy * camera.zoom));
    }
}

/// Where in the order a point on the wall lies: in its chapter, lane or context, else after the last sticky that
/// reads before it.
pub(super) fn at_point(session: Session, point: Point) -> At {
    session.with_mirror(|mirror| {
        if let Some(at) = board::layout::at(mirror.board(), &mirror.layout, point) {
            return at;
        }
        let before = |frame: &Frame| {
            let bottom = frame.at.y + frame.height;
            bottom < point.y || (frame.at.y < point.y && frame.at.x + frame.width / 2.0 < point.x)
        };
        let ids = mirror.stickies();
        let last = ids.iter().rev().find(|id| mirror.layout.frames.get(*id).is_some_and(before));
        match (last, ids.first()) {
            (Some(id), _) => At::After(id.clone()),
            (None, Some(_)) => At::Start,
            (None, None) => At::End,
        }
    })
}

pub fn touching(session: Session, area: Area) -> Vec<LineId> {
    session.with_mirror(|mirror| {
        let touches = |frame: &Frame| {
            frame.at.x < area.x + area.width
                && frame.at.x + frame.width > area.x
                && frame.at.y < area.y + area.height
                && frame.at.y + frame.height > area.y
        };
        let ids = mirror.stickies();
        ids.into_iter().filter(|id| mirror.layout.frames.get(id).is_some_and(touches)).collect()
    })
}

/// The sticky under a point of the window.
pub fn line_at(x: i32, y: i32) -> Option<LineId> {
    let element = browser::document().element_from_point(x as f32, y as f32)?;
    let note = element.closest("[data-line]").ok().flatten()?;
    Some(LineId(note.get_attribute("data-line")?.into()))
}

pub fn inside_editor(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest(".editing").ok().flatten().is_some())
}

/// Whether the keys go into a field.
pub fn in_field(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| {
        element.closest("input, textarea, select, [contenteditable], dialog").ok().flatten().is_some()
    })
}

/// A press on the wall ends writing elsewhere, as a click outside a field does.
pub fn leave_fields() {
    if let Some(active) = browser::document().active_element()
        && let Ok(active) = active.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = active.blur();
    }
}
