//! The wall: the plane that the camera moves, with everything that lies on it.

mod goal;
mod hand;
mod handwork;
mod look;
mod others;
mod place;

pub use goal::{centre, menu_spot, pan_by, show, show_area, spot};
pub use handwork::handwork;
pub use look::{fit_all, fit_selection, reveal, reveal_frame, viewport, zoom_by, zoom_to};
pub use others::{Deed, others};
pub use place::{
    clear_place, focus, focus_run_pane, focus_selection, focus_style_bar, in_field, select, write_around,
};

use super::note::note;
use super::regions;
use crate::session::Session;
use crate::{chunks, messages};
use elements::{El, el};
use leptos::prelude::*;

pub fn wall(session: Session) -> El {
    look::keep_in_view(session);
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
        .known_as(session.wall)
        .attr("role", "region")
        .attr("tabindex", "-1")
        .attr("aria-label", messages::WALL)
        .on("pointerleave", left)
        .child(plane(session))
        .when(empty, || el("p").class("wall-empty").text(messages::EMPTY_WALL))
}

fn plane(session: Session) -> El {
    el("div")
        .class("wall-plane")
        .attr("id", "wall-plane")
        .child(regions::regions(session))
        .each(move || session.stickies.get(), move |id| note(session, id))
        .child(chunks::hands_place(session))
}
