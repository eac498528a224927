//! What a run shows on the wall: stickies that can be played, the chain as it lights up, why something was refused,
//! how often each has happened, and what has not happened yet at the moment that is looked at.
//!
//! It lies over the stickies on the wall's plane and takes no pointer away from them. For the ear there is the live
//! region, for the keyboard the pane; so all of it is hidden from screen readers.

use super::chain::{Chain, Look, Stop};
use super::counts::{self, Counts};
use super::desk::Desk;
use crate::browser;
use crate::decimals::{area, number};
use crate::messages::run as words;
use crate::view::icons::{drawing, icon};
use board::LineId;
use board::layout::Frame;
use elements::{El, el, remembered, svg};
use leptos::prelude::*;
use protocol::Sticky;
use std::collections::BTreeSet;

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

fn frame_of(desk: Desk, sticky: Sticky) -> Option<(LineId, Frame)> {
    let session = desk.play.session;
    session.epoch.track();
    let line = desk.play.line(sticky)?;
    let frame = session.with_mirror(|mirror| mirror.layout.frames.get(&line).copied())?;
    Some((line, frame))
}

/// A mark that stands over its sticky wherever that goes.
fn over(desk: Desk, class: &str, sticky: Sticky) -> El {
    let style = move || {
        let (_, Frame { at, width, height }) = frame_of(desk, sticky)?;
        Some(area(at.x, at.y, width, height))
    };
    el("div").class(class).live_attr("style", style)
}

/// Blue stickies that can be played invite to be clicked.
fn offers(desk: Desk) -> El {
    let playable = move || {
        desk.play.model.with(|model| {
            let commands = model.iter().flat_map(|model| &model.commands);
            commands.filter_map(|command| Some((command.sticky?, command.name.clone()))).collect::<Vec<_>>()
        })
    };
    el("div").class("part").each(playable, move |(sticky, name)| {
        let chosen = move || desk.play.command.with(|now| now.as_ref() == Some(&name));
        let mark = el("span").class("run-offer-mark").child(drawing(super::PLAY));
        over(desk, "run-offer", sticky).live_attr("data-chosen", chosen).child(mark)
    })
}

/// At an earlier moment, what had not happened then is pale.
fn ahead(desk: Desk, counts: RwSignal<Counts>) -> El {
    let pale = remembered(move || {
        if desk.play.at.with(Option::is_none) {
            return BTreeSet::new();
        }
        counts.with(|counts| counts.iter().filter(|(_, count)| **count == 0).map(|(at, _)| *at).collect())
    });
    el("div")
        .class("part")
        .each(move || pale.get().into_iter().collect(), move |sticky| over(desk, "run-ahead", sticky))
}

/// How often an event happened, up to the moment that is looked at.
fn badges(desk: Desk, counts: RwSignal<Counts>) -> El {
    let happened = move || {
        counts.with(|counts| counts.iter().filter(|(_, count)| **count > 0).map(|(at, _)| *at).collect())
    };
    el("div").class("part").each(happened, move |sticky| {
        let count = move || counts.with(|all| words::times(all.get(&sticky).copied().unwrap_or_default()));
        over(desk, "run-count", sticky).child(el("span").live_text(count))
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
        let sticky =
            move |at: usize| stop_at(desk, at).and_then(|stop| Some((stop.sticky?, stop.look.slug())));
        stops.into_iter().filter(|(_, at)| sticky(*at).is_some_and(|it| seen.insert(it))).collect()
    };
    el("div").class("part").each(
        move || first(lit(desk)),
        move |(_, at)| {
            let Some(stop) = stop_at(desk, at) else { return el("div") };
            let Some(sticky) = stop.sticky else { return el("div") };
            let fresh = move || desk.lit.get() == at + 1;
            over(desk, "run-stop", sticky).attr("data-look", stop.look.slug()).live_attr("data-fresh", fresh)
        },
    )
}

// ---- from one sticky to the next

fn arrows(desk: Desk) -> El {
    let drawn = svg("svg").attr("class", "run-arrows").attr("width", "1").attr("height", "1");
    let drawn = drawn.each(
        move || lit(desk),
        move |(_, at)| {
            let path = move || {
                let (from, to) = ends(desk, at)?;
                Some(bow(from, to))
            };
            let way = svg("path").attr("class", "run-arrow").attr("pathLength", "1").live_attr("d", path);
            let head = move || {
                let (from, to) = ends(desk, at)?;
                Some(tip(from, to))
            };
            svg("g").child(way).child(svg("path").attr("class", "run-tip").live_attr("d", head))
        },
    );
    el("div").class("part").child(drawn)
}

/// Where an arrow begins and ends: on the edges that face each other.
fn ends(desk: Desk, at: usize) -> Option<((f64, f64), (f64, f64))> {
    let (stop, cause) = desk.chain.with(|chain| {
        let stops = &chain.as_ref()?.stops;
        let stop = stops.get(at)?;
        Some((stop.sticky?, stops.get(stop.cause?)?.sticky?))
    })?;
    if stop == cause {
        return None;
    }
    let ((_, from), (_, to)) = (frame_of(desk, cause)?, frame_of(desk, stop)?);
    Some(facing(from, to))
}

fn facing(from: Frame, to: Frame) -> ((f64, f64), (f64, f64)) {
    let (a, b) = (from.centre(), to.centre());
    let aside = to.at.x >= from.right() || from.at.x >= to.right();
    if aside {
        let forth = b.x > a.x;
        let (start, end) = if forth { (from.right(), to.at.x) } else { (from.at.x, to.right()) };
        ((start, a.y), (end, b.y))
    } else {
        let down = b.y > a.y;
        let (start, end) = if down { (from.bottom(), to.at.y) } else { (from.at.y, to.bottom()) };
        ((a.x, start), (b.x, end))
    }
}

/// A bow that leaves and arrives straight.
fn bow((ax, ay): (f64, f64), (bx, by): (f64, f64)) -> String {
    let [ax, ay, bx, by] = [ax, ay, bx, by].map(|it| it.round());
    let across = (bx - ax).abs() >= (by - ay).abs();
    let (c, d) = match across {
        true => ((ax + (bx - ax) / 2.0, ay), (bx - (bx - ax) / 2.0, by)),
        false => ((ax, ay + (by - ay) / 2.0), (bx, by - (by - ay) / 2.0)),
    };
    let point = |(x, y): (f64, f64)| [number(x), number(y)].join(" ");
    ["M", &point((ax, ay)), "C", &point(c), " ", &point(d), " ", &point((bx, by))].concat()
}

fn tip((ax, ay): (f64, f64), (bx, by): (f64, f64)) -> String {
    const LONG: f64 = 11.0;
    const WIDE: f64 = 6.5;
    let across = (bx - ax).abs() >= (by - ay).abs();
    let (dx, dy) = match across {
        true => ((bx - ax).signum(), 0.0),
        false => (0.0, (by - ay).signum()),
    };
    let point = |x: f64, y: f64| [number(x), number(y)].join(" ");
    let side = |way: f64| point(bx - dx * LONG - dy * WIDE * way, by - dy * LONG - dx * WIDE * way);
    ["M", &side(1.0), "L", &point(bx, by), "L", &side(-1.0)].concat()
}

// ---- what was refused

/// The reason stands on the sticky in plain words, as large at every zoom.
fn refusals(desk: Desk) -> El {
    let says = |stop: &Stop| {
        matches!(stop.look, Look::Refused | Look::Waits | Look::Loop | Look::Trouble)
            && stop.sticky.is_some()
            && !stop.words.is_empty()
    };
    let speaking = move || {
        let of = |chain: &Option<Chain>, at: usize| chain.as_ref().is_some_and(|it| says(&it.stops[at]));
        let lit = lit(desk);
        desk.chain.with(|chain| lit.into_iter().filter(|(_, at)| of(chain, *at)).collect())
    };
    el("div").class("part").each(speaking, move |(_, at)| {
        let Some((stop, sticky)) = stop_at(desk, at).and_then(|stop| Some((stop.clone(), stop.sticky?)))
        else {
            return el("div");
        };
        let close = el("button")
            .attr("tabindex", "-1")
            .attr("title", words::DISMISS)
            .on_event("pointerdown", |event: web_sys::Event| event.stop_propagation())
            .on("click", move || desk.dismiss())
            .child(icon("close"));
        let mark = if stop.look == Look::Refused { "forbid" } else { "hint" };
        let says = el("div")
            .class("run-says")
            .attr("data-look", stop.look.slug())
            .child(icon(mark))
            .child(el("span").text(&stop.words))
            .child(close);
        over(desk, "run-saying", sticky).child(says)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_between_the_edges_that_face_each_other() {
        let (left, right) = (Frame::new(0.0, 0.0, 200.0, 200.0), Frame::new(300.0, 40.0, 200.0, 200.0));
        assert_eq!(facing(left, right), ((200.0, 100.0), (300.0, 140.0)));
        assert_eq!(facing(right, left), ((300.0, 140.0), (200.0, 100.0)));
        let below = Frame::new(20.0, 260.0, 200.0, 200.0);
        assert_eq!(facing(left, below), ((100.0, 200.0), (120.0, 260.0)));
    }

    #[test]
    fn a_bow_leaves_and_arrives_straight() {
        assert_eq!(bow((200.0, 100.0), (300.0, 140.0)), "M200 100C250 100 250 140 300 140");
        assert_eq!(tip((200.0, 100.0), (300.0, 140.0)), "M289 133.5L300 140L289 146.5");
    }
}
