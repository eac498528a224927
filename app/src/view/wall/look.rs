//! The camera's moves: one writes the transform, the others say where to look.

use crate::browser;
use crate::camera::{Area, Camera, Viewport, dot_spacing};
use crate::session::Session;
use board::LineId;
use board::layout::Frame;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Moves the camera and writes the transform.
pub fn move_camera(session: Session, change: impl FnOnce(Camera) -> Camera) {
    let camera = change(session.camera.get_value());
    session.camera.set_value(camera);
    if session.zoom.get_untracked() != camera.zoom {
        session.zoom.set(camera.zoom);
    }
    let document = browser::document();
    let element =
        |id: &str| document.get_element_by_id(id).and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    let (Some(wall), Some(plane)) = (element("wall"), element("wall-plane")) else { return };
    let set = |target: &web_sys::HtmlElement, name: &str, value: &str| {
        // A style that is refused leaves the old one; the next move sets it again.
        let _ = web_sys::HtmlElement::style(target).set_property(name, value);
    };
    set(&plane, "transform", &format!("translate({}px,{}px) scale({})", camera.x, camera.y, camera.zoom));
    set(&plane, "--unzoom", &format!("{}", 1.0 / camera.zoom));
    let gap = dot_spacing(camera.zoom);
    set(&wall, "--dot-gap", &format!("{}px", gap.unwrap_or(0.0)));
    set(&wall, "--dot-x", &format!("{}px", camera.x));
    set(&wall, "--dot-y", &format!("{}px", camera.y));
    let detail = if camera.zoom >= 0.6 {
        "near"
    } else if camera.zoom >= 0.3 {
        "mid"
    } else {
        "far"
    };
    let _ = wall.set_attribute("data-zoom", detail);
    let _ = wall.set_attribute("data-dots", if gap.is_some() { "on" } else { "off" });
}

fn viewport() -> Option<Viewport> {
    let wall = browser::document().get_element_by_id("wall")?.get_bounding_client_rect();
    let narrow = wall.width() < 600.0;
    let (side, top, bottom) = if narrow { (12.0, 120.0, 130.0) } else { (40.0, 88.0, 96.0) };
    Some(Viewport {
        left: side,
        top,
        width: (wall.width() - 2.0 * side).max(50.0),
        height: (wall.height() - top - bottom).max(50.0),
    })
}

fn bounds(session: Session, lines: Option<&[LineId]>) -> Option<Area> {
    session.with_mirror(|mirror| {
        let wanted = |id: &LineId| lines.is_none_or(|lines| lines.contains(id));
        let frames = mirror.layout.frames.iter().filter(|(id, _)| wanted(id)).map(|(_, frame)| frame);
        frames.fold(None, |area: Option<Area>, frame| {
            let (x, y) = (frame.at.x, frame.at.y);
            let (right, bottom) = (x + frame.width, y + frame.height);
            Some(match area {
                None => Area { x, y, width: frame.width, height: frame.height },
                Some(old) => {
                    let (left, top) = (old.x.min(x), old.y.min(y));
                    let width = (old.x + old.width).max(right) - left;
                    let height = (old.y + old.height).max(bottom) - top;
                    Area { x: left, y: top, width, height }
                }
            })
        })
    })
}

pub fn fit_all(session: Session) {
    fit(session, bounds(session, None));
}

pub fn fit_selection(session: Session) {
    let selection = session.selection.get_untracked();
    fit(session, bounds(session, Some(&selection)));
}

fn fit(session: Session, area: Option<Area>) {
    if let (Some(area), Some(view)) = (area, viewport()) {
        move_camera(session, |_| Camera::fitting(area, view));
    }
}

pub fn zoom_by(session: Session, factor: f64) {
    session.steered.set_value(true);
    if let Some(view) = viewport() {
        let (x, y) = (view.left + view.width / 2.0, view.top + view.height / 2.0);
        move_camera(session, |camera| camera.zoomed_at(x, y, factor));
    }
}

pub fn zoom_to(session: Session, zoom: f64) {
    zoom_by(session, zoom / session.camera.get_value().zoom);
}

/// Brings a sticky into view if it is not, without changing the zoom.
pub fn reveal(session: Session, line: &LineId) {
    let frame = session.with_mirror(|mirror| mirror.layout.frames.get(line).copied());
    if let Some(frame) = frame {
        reveal_frame(session, frame);
    }
}

/// Pulls the wall by the shortest way that brings this frame out from under edges and panels.
pub fn reveal_frame(session: Session, frame: Frame) {
    let Some(view) = viewport() else { return };
    let camera = session.camera.get_value();
    let (left, top) = camera.to_screen(frame.at);
    let way = |start: f64, length: f64, from: f64, room: f64| {
        let (before, after) = (from - start, start + length - (from + room));
        if before > 0.0 || length > room {
            before
        } else if after > 0.0 {
            -after
        } else {
            0.0
        }
    };
    let dx = way(left, frame.width * camera.zoom, view.left, view.width);
    let dy = way(top, frame.height * camera.zoom, view.top, view.height);
    if dx != 0.0 || dy != 0.0 {
        move_camera(session, |camera| camera.panned(dx, dy));
    }
}

/// The first picture of a board shows all of it, and so do the next ones until the person takes the camera.
pub fn keep_in_view(session: Session) {
    move_camera(session, |camera| camera);
    leptos::prelude::Effect::new(move |started: Option<bool>| {
        let started = started == Some(true);
        session.epoch.track();
        session.text_open.track();
        if !session.synced.get() || session.steered.get_value() {
            return started;
        }
        if !started && let Some(view) = viewport() {
            // An empty wall starts near the middle of the screen, where there is room to every side.
            let (x, y) = (view.left + view.width * 0.3, view.top + view.height * 0.35);
            move_camera(session, |_| Camera { x, y, zoom: 1.0 });
        }
        // After the frame, when the panes have their new sizes.
        browser::next_frame(move || {
            if !session.steered.get_value() {
                fit_all(session);
            }
        });
        true
    });
}
