//! The parts of the wall, under the stickies: chapters, lanes, outlines of contexts, lines of pivotal events.
//!
//! Their titles are stickies of their own. Where a title is out of sight while its part is not, its name stays at the
//! edge of the wall.

use super::icons::icon;
use super::note::kind_slug;
use super::wall;
use crate::decimals;
use crate::session::Session;
use board::layout::{Frame, Region, Shape};
use board::{LineId, Point};
use elements::{El, el, remembered};
use emd::Kind;
use leptos::prelude::*;
use web_sys::Event;

/// Screen pixels that a part must show before its name is pinned.
const ENOUGH: f64 = 120.0;

fn all(session: Session) -> Memo<Vec<Region>> {
    remembered(move || {
        session.epoch.track();
        session.with_mirror(|mirror| mirror.layout.regions.clone())
    })
}

pub fn regions(session: Session) -> El {
    let regions = all(session);
    let draw = |region: &Region| {
        let Frame { at, width, height } = region.frame;
        let style = decimals::area(at.x, at.y, width, height);
        el("div").class("region").attr("data-shape", slug(region.shape)).attr("style", style)
    };
    el("div")
        .class("regions")
        .attr("aria-hidden", "true")
        .live_child(move || regions.with(|all| all.iter().map(draw).collect::<Vec<_>>()))
}

const fn slug(shape: Shape) -> &'static str {
    match shape {
        Shape::Chapter => "chapter",
        Shape::Lane => "lane",
        Shape::Context => "context",
        Shape::Pivotal => "pivotal",
    }
}

/// A name at the left edge: whose, and where.
#[derive(Clone, PartialEq)]
struct Pin {
    line: LineId,
    kind: Kind,
    name: String,
    top: f64,
}

/// The names of parts whose title has been moved out of sight to the left.
pub fn pinned(session: Session) -> El {
    let regions = all(session);
    let pins = remembered(move || {
        session.camera_moves.track();
        regions.with(|all| all.iter().filter_map(|region| pin(session, region)).collect::<Vec<_>>())
    });
    el("div")
        .class("pins")
        .attr("aria-hidden", "true")
        .live_child(move || pins.get().into_iter().map(|pin| label(session, pin)).collect::<Vec<_>>())
}

fn pin(session: Session, region: &Region) -> Option<Pin> {
    if !matches!(region.shape, Shape::Lane | Shape::Chapter) {
        return None;
    }
    let camera = session.camera.get_value();
    session.with_mirror(|mirror| {
        let title = mirror.layout.frames.get(&region.line)?;
        let (edge, _) = camera.to_screen(Point { x: title.right(), y: title.at.y });
        let (right, bottom) = camera.to_screen(Point { x: region.frame.right(), y: region.frame.bottom() });
        let (_, top) = camera.to_screen(region.frame.at);
        if edge > 24.0 || right < ENOUGH || bottom < ENOUGH {
            return None;
        }
        let text = &mirror.board().line(&region.line)?.text;
        let read = emd::line(text);
        let top = top.max(84.0).min(bottom - 40.0) + 6.0;
        Some(Pin { line: region.line.clone(), kind: read.kind, name: read.name.text.to_string(), top })
    })
}

fn label(session: Session, pin: Pin) -> El {
    let line = pin.line;
    el("button")
        .class("pinned")
        .attr("tabindex", "-1")
        .attr("style", decimals::translate(0.0, pin.top))
        .attr("title", pin.name.clone())
        .on_event("pointerdown", |event: Event| event.stop_propagation())
        .on("click", move || wall::reveal(session, &line))
        .child(icon(kind_slug(pin.kind)))
        .child(el("span").text(&pin.name))
}
