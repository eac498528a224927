//! The wall: the plane that the camera moves, with everything that lies on it.

mod hand;
mod look;
mod place;

pub use look::{fit_all, fit_selection, reveal, reveal_frame, zoom_by, zoom_to};
pub use place::{focus, in_field, select, write_around};

use super::cursors::Cursors;
use super::editor::Editor;
use super::note::Note;
use crate::camera::Area;
use crate::messages;
use crate::session::Session;
use board::Point;
use hand::Hand;
use leptos::prelude::*;

#[component]
pub fn Wall() -> impl IntoView {
    let session = expect_context::<Session>();
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
    view! {
        <div
            class="wall"
            id="wall"
            node_ref=hand.wall
            data-tool=tool
            role="region"
            aria-label=messages::WALL
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |event| hand.cancelled(&event)
            on:pointerleave=move |_| { session.cursor.set_value(None); session.show(); }
            on:dblclick=move |event| hand.double_click(&event)
        >
            <div class="wall-plane" id="wall-plane">
                <For each=move || session.stickies.get() key=|id| id.clone() let:id>
                    <Note id />
                </For>
                <Editor />
                {move || session.insertion.get().map(|at| view! {
                    <div class="insertion-point" style=format!("translate:{}px {}px", at.x, at.y)></div>
                })}
                {move || hand.mark.get().map(|mark| view! { <div class="insertion-mark" style=mark_style(mark)></div> })}
                {move || hand.marquee.get().map(|area| view! { <div class="marquee" style=area_style(area)></div> })}
                <Cursors />
            </div>
            <Show when=move || session.synced.get() && session.stickies.with(Vec::is_empty)
                && session.editing.with(Option::is_none)>
                <p class="wall-empty">{messages::EMPTY_WALL}</p>
            </Show>
        </div>
    }
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
