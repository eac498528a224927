//! The wall: the plane that the camera moves, with everything that lies on it.

mod goal;
mod hand;
mod look;
mod others;
mod place;

pub use goal::{centre, menu_spot, pan_by, show, show_area, spot};
pub use look::{fit_all, fit_selection, reveal, reveal_frame, viewport, zoom_by, zoom_to};
pub use others::Deed;
pub use place::{clear_place, focus, focus_selection, focus_style_bar, in_field, select, write_around};

use super::cursors::cursors;
use super::editor::editor;
use super::element::{El, el};
use super::note::note;
use super::regions;
use crate::camera::Area;
use crate::messages;
use crate::session::Session;
use crate::tools::Guide;
use board::Point;
use hand::Hand;
use leptos::prelude::*;
use web_sys::{MouseEvent, PointerEvent};

pub fn wall(session: Session) -> El {
    let hand = Hand::new(session);
    look::keep_in_view(session);
    let tool = move || {
        if session.armed.get().is_some() {
            "place"
        } else if session.hand.get() || hand.space.get() {
            "hand"
        } else {
            "select"
        }
    };
    let left = move || {
        session.cursor.set_value(None);
        session.show();
    };
    let empty = move || {
        session.synced.get() && session.stickies.with(Vec::is_empty) && session.editing.with(Option::is_none)
    };
    el("div")
        .class("wall")
        .attr("id", "wall")
        .known_as(hand.wall)
        .live_attr("data-tool", tool)
        .attr("role", "region")
        .attr("tabindex", "-1")
        .attr("aria-label", messages::WALL)
        .on_event("pointerdown", move |event: PointerEvent| hand.down(&event))
        .on_event("pointermove", move |event: PointerEvent| hand.moved(&event))
        .on_event("pointerup", move |event: PointerEvent| hand.up(&event))
        .on_event("pointercancel", move |event: PointerEvent| hand.cancelled(&event))
        .on("pointerleave", left)
        .on_event("dblclick", move |event: MouseEvent| hand.double_click(&event))
        .child(plane(session, hand))
        .child(regions::pinned(session))
        .child(others::others(session))
        .when(empty, || el("p").class("wall-empty").text(messages::EMPTY_WALL))
}

fn plane(session: Session, hand: Hand) -> El {
    let mark = |class: &str, style: String| el("div").class(class).attr("style", style);
    let insertion = move || {
        let at = session.insertion.get();
        at.map(|at| mark("insertion-point", format!("translate:{}px {}px", at.x, at.y)))
    };
    el("div")
        .class("wall-plane")
        .attr("id", "wall-plane")
        .child(regions::regions(session))
        .each(move || session.stickies.get(), move |id| note(session, id))
        .live_child(editor(session))
        .live_child(insertion)
        .live_child(move || hand.mark.get().map(|at| mark("insertion-mark", mark_style(at))))
        .live_child(move || hand.guides.get().into_iter().map(move |it| mark("snap-guide", guide_style(session, it))).collect::<Vec<_>>())
        .live_child(move || hand.marquee.get().map(|area| mark("marquee", area_style(area))))
        .child(cursors(session))
}

fn area_style(area: Area) -> String {
    format!("translate:{}px {}px;width:{}px;height:{}px", area.x, area.y, area.width, area.height)
}

fn mark_style((from, to): (Point, Point)) -> String {
    let area = Area {
        x: from.x.min(to.x) - 3.0,
        y: from.y.min(to.y),
        width: (from.x - to.x).abs().max(6.0),
        height: (from.y - to.y).abs().max(6.0),
    };
    area_style(area)
}

/// One pixel of the screen wide.
fn guide_style(session: Session, guide: Guide) -> String {
    let thin = 1.0 / session.camera.get_value().zoom;
    area_style(Area {
        x: guide.from.x,
        y: guide.from.y,
        width: (guide.to.x - guide.from.x).max(thin),
        height: (guide.to.y - guide.from.y).max(thin),
    })
}
