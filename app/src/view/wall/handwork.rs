//! What hands do on the wall, and what shows it: the field of the sticky that is written, marks, guides, marquee.
//!
//! It comes with a part of the page of its own (see `chunks`), so the wall itself names nothing of it.

use super::super::cursors::cursors;
use super::super::editor::editor;
use super::super::regions;
use super::hand::Hand;
use crate::camera::Area;
use crate::session::Session;
use crate::tools::Guide;
use board::Point;
use elements::{El, el};
use leptos::prelude::*;
use web_sys::{MouseEvent, PointerEvent};

/// Takes hold of the wall; what is returned lies on its plane.
pub fn handwork(session: Session) -> El {
    let hand = Hand::new(session);
    take_hold(hand);
    let mark = |class: &str, style: String| el("div").class(class).attr("style", style);
    let insertion = move || {
        let at = session.insertion.get();
        at.map(|at| mark("insertion-point", format!("translate:{}px {}px", at.x, at.y)))
    };
    let guides = move || {
        let guides = hand.guides.get().into_iter();
        guides.map(move |it| mark("snap-guide", guide_style(session, it))).collect::<Vec<_>>()
    };
    el("div")
        .class("part")
        .live_child(editor(session))
        .live_child(insertion)
        .live_child(move || hand.mark.get().map(|at| mark("insertion-mark", mark_style(at))))
        .live_child(guides)
        .live_child(move || hand.marquee.get().map(|area| mark("marquee", area_style(area))))
        .child(cursors(session))
}

fn take_hold(hand: Hand) {
    let session = hand.session;
    let Some(wall) = session.wall.get_untracked() else { return };
    let tool = move || {
        if session.armed.get().is_some() {
            "place"
        } else if session.hand.get() || hand.space.get() {
            "hand"
        } else {
            "select"
        }
    };
    El::of(wall.into())
        .live_attr("data-tool", tool)
        .on_event("pointerdown", move |event: PointerEvent| hand.down(&event))
        .on_event("pointermove", move |event: PointerEvent| hand.moved(&event))
        .on_event("pointerup", move |event: PointerEvent| hand.up(&event))
        .on_event("pointercancel", move |event: PointerEvent| hand.cancelled(&event))
        .on_event("dblclick", move |event: MouseEvent| hand.double_click(&event))
        .child(regions::pinned(session));
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
