//! Places to go to, and where what comes next goes.

use super::look::{fit, move_camera, reveal, viewport};
use super::place::at_point;
use crate::browser;
use crate::camera::Area;
use crate::session::Session;
use board::layout::size;
use board::{At, LineId, Point, geometry};
use leptos::prelude::*;

/// From this zoom on words can be read.
const READABLE: f64 = 0.5;

/// Brings a sticky into view so that it can be read.
pub fn show(session: Session, line: &LineId) {
    session.steered.set_value(true);
    if session.camera.get_value().zoom < READABLE { centre(session, line) } else { reveal(session, line) }
}

/// Puts a sticky into the middle, large enough to be read.
pub fn centre(session: Session, line: &LineId) {
    let frame = session.with_mirror(|mirror| mirror.layout.frames.get(line).copied());
    if let Some(frame) = frame {
        let room = frame.grown(300.0);
        show_area(session, Area { x: room.at.x, y: room.at.y, width: room.width, height: room.height });
    }
}

pub fn show_area(session: Session, area: Area) {
    fit(session, Some(area));
}

pub fn pan_by(session: Session, dx: f64, dy: f64) {
    session.steered.set_value(true);
    move_camera(session, |camera| camera.panned(dx, dy));
}

/// Where something that is put at a point of the wall goes: its place in the order, and on a free board the corner
/// of its first sticky, so that the point is the sticky's middle.
pub fn spot(session: Session, point: Point) -> (At, Option<Point>) {
    let (width, height) = size(emd::Kind::Event);
    let corner = Point { x: point.x - width / 2.0, y: point.y - height / 2.0 };
    (at_point(session, point), session.with_board(board::Board::is_free).then_some(corner))
}

/// Where a menu opens that no pointer asked for, in pixels of the window: on the selection, else at the insertion
/// point, else in the middle.
pub fn menu_spot(session: Session) -> (i32, i32) {
    let camera = session.camera.get_value();
    let lines = session.selection.get_untracked();
    let chosen = session.with_mirror(|mirror| {
        geometry::bounds(lines.iter().filter_map(|line| mirror.layout.frames.get(line)))
    });
    let (left, top) = browser::document()
        .get_element_by_id("wall")
        .map(|wall| wall.get_bounding_client_rect())
        .map_or((0.0, 0.0), |edge| (edge.left(), edge.top()));
    let Some(view) = viewport() else { return (0, 0) };
    let point = chosen.map(|frame| frame.centre()).or(session.insertion.get_untracked());
    let (x, y) =
        point.map_or((view.left + view.width / 2.0, view.top + view.height / 2.0), |at| camera.to_screen(at));
    let (x, y) = (x.clamp(view.left, view.left + view.width), y.clamp(view.top, view.top + view.height));
    ((x + left).round() as i32, (y + top).round() as i32)
}
