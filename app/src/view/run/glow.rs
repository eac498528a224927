//! What a run shows on the wall: stickies that can be played, the chain as it lights up, why something was refused,
//! how often each has happened, and what has not happened yet at the moment that is looked at.
//!
//! It lies over the stickies on the wall's plane and takes no pointer away from them. For the ear there is the live
//! region, for the keyboard the pane; so all of it is hidden from screen readers.

use super::arrow::Arrow;
use super::chain::{Chain, Look, Stop};
use super::counts::{self, Counts};
use super::desk::Desk;
use crate::browser;
use crate::decimals::{area, px};
use crate::messages::run as words;
use crate::view::icons::{drawing, icon};
use crate::view::wall;
use board::LineId;
use board::layout::Frame;
use elements::{El, el, remembered, svg};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The width of words on a sticky, in pixels of the screen.
const SAYS_PX: f64 = 250.0;

/// Lies on the wall's plane as long as the pane is open.
pub fn put_on_the_wall(desk: Desk) {
    let Some(plane) = browser::document().get_element_by_id("wall-plane") else { return };
    let counts = counts::follow(desk);
    let overlay = el("div")
        .class("run-overlay")
        .attr("aria-hidden", "true")
        .child(ahead(desk, counts))
        .child(offers(desk))
        .child(arrows(desk))
        .child(stops(desk))
        .child(badges(desk, counts))
        .child(refusals(desk));
    let place = El::of(plane).child(overlay);
    drop(place);
    on_cleanup(|| {
        if let Some(overlay) = browser::document().query_selector(".run-overlay").ok().flatten() {
            overlay.remove();
        }
    });
}

fn frame_of(desk: Desk, line: &LineId) -> Option<Frame> {
    let session = desk.play.session;
    session.epoch.track();
    session.with_mirror(|mirror| mirror.layout.frames.get(line).copied())
}

/// A mark that stands over its sticky wherever that goes.
fn over(desk: Desk, class: &str, line: LineId) -> El {
    let style = move || {
        let Frame { at, width, height } = frame_of(desk, &line)?;
        Some(area(at.x, at.y, width, height))
    };
    el("div").class(class).live_attr("style", style)
}

/// Blue stickies that can be played invite to be clicked.
fn offers(desk: Desk) -> El {
    let playable = move || {
        desk.play.model.with(|model| {
            let commands = model.iter().flat_map(|model| &model.commands);
            let places = commands.flat_map(|command| {
                let lines = command.sticky.iter().chain(&command.also).filter_map(|it| desk.play.line(*it));
                lines.map(|line| (line, command.name.clone()))
            });
            places.collect::<Vec<_>>()
        })
    };
    el("div").class("part").each(playable, move |(line, name)| {
        let chosen = move || desk.play.command.with(|now| now.as_ref() == Some(&name));
        let mark = el("span").class("run-offer-mark").child(drawing(super::PLAY));
        over(desk, "run-offer", line).live_attr("data-chosen", chosen).child(mark)
    })
}

/// At an earlier moment, what had not happened then is pale.
fn ahead(desk: Desk, counts: RwSignal<Counts>) -> El {
    let pale = remembered(move || {
        if desk.play.at.with(Option::is_none) {
            return BTreeSet::new();
        }
        let none = |(line, count): (&LineId, &u64)| (*count == 0).then(|| line.clone());
        counts.with(|counts| counts.iter().filter_map(none).collect::<BTreeSet<LineId>>())
    });
    el("div")
        .class("part")
        .each(move || pale.get().into_iter().collect(), move |line| over(desk, "run-ahead", line))
}

/// How often an event happened, up to the moment that is looked at.
fn badges(desk: Desk, counts: RwSignal<Counts>) -> El {
    let happened = move || {
        let some = |(line, count): (&LineId, &u64)| (*count > 0).then(|| line.clone());
        counts.with(|counts| counts.iter().filter_map(some).collect())
    };
    el("div").class("part").each(happened, move |line| {
        let of = line.clone();
        let count = move || counts.with(|all| words::times(all.get(&of).copied().unwrap_or_default()));
        over(desk, "run-count", line).child(el("span").live_text(count))
    })
}

/// The stops of the chain that are lit, by their place in it and the showing they belong to.
fn lit(desk: Desk) -> Vec<(u64, usize)> {
    let (showing, lit) = (desk.showing.get(), desk.lit.get());
    let all = desk.chain.with(|chain| chain.as_ref().map_or(0, |chain| chain.stops.len()));
    (0..lit.min(all)).map(|at| (showing, at)).collect()
}

fn stop_at(desk: Desk, at: usize) -> Option<Stop> {
    desk.chain.with_untracked(|chain| chain.as_ref()?.stops.get(at).cloned())
}

fn stops(desk: Desk) -> El {
    let first = move |stops: Vec<(u64, usize)>| -> Vec<(u64, usize)> {
        // A sticky that takes part twice glows once.
        let mut seen = BTreeSet::new();
        let sticky = move |at: usize| stop_at(desk, at).and_then(|stop| Some((stop.line?, stop.look.slug())));
        stops.into_iter().filter(|(_, at)| sticky(*at).is_some_and(|it| seen.insert(it))).collect()
    };
    el("div").class("part").each(
        move || first(lit(desk)),
        move |(_, at)| {
            let Some(stop) = stop_at(desk, at) else { return el("div") };
            let Some(line) = stop.line else { return el("div") };
            let fresh = move || desk.lit.get() == at + 1;
            over(desk, "run-stop", line).attr("data-look", stop.look.slug()).live_attr("data-fresh", fresh)
        },
    )
}

// ---- from one sticky to the next

fn arrows(desk: Desk) -> El {
    let drawn = svg("svg").attr("class", "run-arrows").attr("width", "1").attr("height", "1");
    let drawn = drawn.each(
        move || lit(desk),
        move |(_, at)| {
            let way = svg("path").attr("class", "run-arrow").attr("pathLength", "1");
            let way = way.live_attr("d", move || ends(desk, at).map(|arrow| arrow.bow()));
            let tip = svg("path").attr("class", "run-tip");
            let tip = tip.live_attr("d", move || ends(desk, at).map(|arrow| arrow.tip()));
            svg("g").child(way).child(tip)
        },
    );
    el("div").class("part").child(drawn)
}

/// The arrow that leads to a stop.
fn ends(desk: Desk, at: usize) -> Option<Arrow> {
    let (stop, cause) = desk.chain.with(|chain| {
        let stops = &chain.as_ref()?.stops;
        let stop = stops.get(at)?;
        Some((stop.line.clone()?, stops.get(stop.cause?)?.line.clone()?))
    })?;
    if stop == cause {
        return None;
    }
    Some(Arrow::between(frame_of(desk, &cause)?, frame_of(desk, &stop)?))
}

// ---- what was refused

/// How far words on a sticky would reach out of the window at its right, in wall pixels.
fn beyond_the_edge(desk: Desk, line: &LineId) -> f64 {
    let session = desk.play.session;
    session.camera_moves.track();
    let camera = session.camera.get_value();
    let (Some(frame), Some(view)) = (frame_of(desk, line), wall::viewport()) else { return 0.0 };
    let (left, _) = camera.to_screen(frame.at);
    // As wide as the style sheet has it, which grows with the zoom only when things are near.
    let width = SAYS_PX * (camera.zoom * 0.9).max(1.0);
    let beyond = left + frame.width * camera.zoom * 0.06 + width - (view.left + view.width);
    beyond.clamp(0.0, (left - view.left).max(0.0)) / camera.zoom
}

/// The reason stands on the sticky in plain words, as large at every zoom.
fn refusals(desk: Desk) -> El {
    let says = |stop: &Stop| {
        matches!(stop.look, Look::Refused | Look::Waits | Look::Loop | Look::Trouble)
            && stop.line.is_some()
            && !stop.words.is_empty()
    };
    let speaking = move || {
        let of = |chain: &Option<Chain>, at: usize| chain.as_ref().is_some_and(|it| says(&it.stops[at]));
        let lit = lit(desk);
        desk.chain.with(|chain| lit.into_iter().filter(|(_, at)| of(chain, *at)).collect())
    };
    el("div").class("part").each(speaking, move |(_, at)| {
        let Some((stop, line)) = stop_at(desk, at).and_then(|stop| Some((stop.clone(), stop.line?))) else {
            return el("div");
        };
        let close = el("button")
            .attr("tabindex", "-1")
            .attr("title", words::DISMISS)
            .on_event("pointerdown", |event: web_sys::Event| event.stop_propagation())
            .on("click", move || desk.dismiss())
            .child(icon("close"));
        let mark = if stop.look == Look::Refused { "forbid" } else { "hint" };
        let of = line.clone();
        let says = el("div")
            .class("run-says")
            .attr("data-look", stop.look.slug())
            .live_var("--shift", move || px(beyond_the_edge(desk, &of)))
            .child(icon(mark))
            .child(el("span").text(&stop.words))
            .child(close);
        over(desk, "run-saying", line).child(says)
    })
}
