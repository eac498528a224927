//! The camera's moves: one writes the transform, the others say where to look.

use crate::browser;
use crate::camera::{Area, Camera, Viewport, dot_spacing};
use crate::decimals::{number, px};
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
    set(
        &plane,
        "transform",
        &format!("translate({},{}) scale({})", px(camera.x), px(camera.y), number(camera.zoom)),
    );
    set(&plane, "--unzoom", &number(1.0 / camera.zoom));
    let gap = dot_spacing(camera.zoom);
    set(&wall, "--dot-gap", &px(gap.unwrap_or(0.0)));
    set(&wall, "--dot-x", &px(camera.x));
    set(&wall, "--dot-y", &px(camera.y));
    let detail = if camera.zoom >= 0.6 {
        "near"
    } else if camera.zoom >= 0.3 {
        "mid"
    } else {
        "far"
    };
    let _ = wall.set_attribute("data-zoom", detail);
    let _ = wall.set_attribute("data-dots", if gap.is_some() { "on" } else { "off" });
    session.camera_moves.update(|moves| *moves += 1);
}

/// The part of the wall that no bar covers.
pub fn viewport() -> Option<Viewport> {
    viewports().map(|[above, _]| above)
}

/// The room above all bars at the bottom, and the room beside the zoom control.
fn viewports() -> Option<[Viewport; 2]> {
    let document = browser::document();
    let wall = document.get_element_by_id("wall")?.get_bounding_client_rect();
    let bar = |name: &str| Some(document.query_selector(name).ok().flatten()?.get_bounding_client_rect());
    let (near, side) = if wall.width() < 600.0 { (10.0, 12.0) } else { (24.0, 40.0) };
    let under = |bar: Option<web_sys::DomRect>| bar.map_or(0.0, |bar| bar.bottom() - wall.top());
    let over = |bar: Option<web_sys::DomRect>| bar.map_or(wall.height(), |bar| bar.top() - wall.top());
    // On a phone the run lies over the lower part of the wall, and bars make room for it.
    let sheet = over(bar(".run-pane").filter(|pane| pane.left() < wall.right() - 1.0));
    let bar = |name: &str| bar(name).filter(|bar| bar.height() > 0.0);
    let top = under(bar(".titlebar")).max(under(bar(".peoplebar"))) + near;
    let (kinds, zoom) = (over(bar(".toolbar")).min(sheet), over(bar(".zoombar")).min(sheet));
    let right = bar(".zoombar").map_or(wall.width() - side, |bar| bar.left() - wall.left() - near);
    let view = |right: f64, bottom: f64| Viewport {
        left: side,
        top,
        width: (right - side).max(50.0),
        height: (bottom - near - top).max(50.0),
    };
    Some([view(wall.width() - side, kinds.min(zoom)), view(right, kinds)])
}

fn bounds(session: Session, lines: Option<&[LineId]>) -> Option<Area> {
    session.with_mirror(|mirror| {
        let wanted = |id: &LineId| lines.is_none_or(|lines| lines.contains(id));
        let frames = mirror.layout.frames.iter().filter(|(id, _)| wanted(id)).map(|(_, frame)| frame);
        let regions = mirror.layout.regions.iter().filter(|_| lines.is_none()).map(|region| &region.frame);
        let all = board::geometry::bounds(frames.chain(regions))?;
        Some(Area { x: all.at.x, y: all.at.y, width: all.width, height: all.height })
    })
}

pub fn fit_all(session: Session) {
    fit(session, bounds(session, None));
}

pub fn fit_selection(session: Session) {
    let selection = session.selection.get_untracked();
    fit(session, bounds(session, Some(&selection)));
}

pub(super) fn fit(session: Session, area: Option<Area>) {
    if let (Some(area), Some(views)) = (area, viewports()) {
        let [above, beside] = views.map(|view| Camera::fitting(area, view));
        move_camera(session, |_| if beside.zoom > above.zoom { beside } else { above });
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
        session.run_open.track();
        session.hands.track();
        if !session.present.get() || session.steered.get_value() {
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
