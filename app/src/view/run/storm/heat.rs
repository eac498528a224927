//! Hot spots: a small picture of the wall in which what took part often is dark, the same over the wall itself, and
//! the hottest stickies as a list.

use super::charts::{Bar, SHOWN, bars};
use super::rehearsal::Rehearsal;
use crate::browser;
use crate::decimals::{area, number};
use crate::messages::storm as words;
use crate::run::Play;
use board::LineId;
use board::layout::Frame;
use elements::{El, el, remembered, svg};
use leptos::prelude::*;
use protocol::storm::Report;
use std::collections::HashMap;
use std::sync::Arc;

/// So many of the hottest have their number on the wall.
const NUMBERED: usize = 8;

pub fn hot_spots(rehearsal: Rehearsal, report: &Report) -> El {
    let play = rehearsal.play;
    let heat = report.heat.iter().filter_map(|(sticky, times)| Some((rehearsal.line(*sticky)?, *times)));
    let heat: Arc<[(LineId, u64)]> = heat.collect();
    let glows = rehearsal.glows;
    glow(rehearsal, heat.clone());
    let (all, times) = (frames(play), heat.iter().cloned().collect::<HashMap<_, _>>());
    let picture = move || all.with(|all| picture(all, &times));
    let switch = el("input")
        .attr("type", "checkbox")
        .live_checked(move || glows.get())
        .on("change", move || glows.update(|on| *on = !*on));
    let switch = el("label").class("storm-switch").child(switch).child(el("span").text(words::HEAT_ON_WALL));
    let labels = remembered(move || {
        let labelled = |(line, times): &(LineId, u64)| Some((line.clone(), label(play, line)?, *times));
        heat.iter().filter_map(labelled).take(SHOWN).collect::<Vec<_>>()
    });
    let hottest = move || {
        let bar = |(line, label, times): (LineId, String, u64)| Bar {
            label,
            note: String::new(),
            times,
            line: Some(line),
        };
        let rows: Vec<Bar> = labels.get().into_iter().map(bar).collect();
        bars(play, "hotspot", [words::STICKY, words::TIMES], &rows)
    };
    el("section")
        .class("storm-part")
        .attr("aria-label", words::HEAT)
        .child(
            el("div").child(el("h4").text(words::HEAT)).child(el("p").class("quiet").text(words::HEAT_HELP)),
        )
        .live_child(picture)
        .child(switch)
        .live_child(hottest)
}

fn label(play: Play, line: &LineId) -> Option<String> {
    play.session.epoch.track();
    play.session.with_board(|board| {
        let text = &board.line(line)?.text;
        Some(emd::line(text).name.text.trim().to_owned())
    })
}

/// From 0 to 1, so that the lukewarm can still be told from the cold.
fn warmth(times: u64, most: u64) -> f64 {
    (times as f64 / most.max(1) as f64).sqrt()
}

/// Where the stickies lie: most edits leave that as it is.
fn frames(play: Play) -> Memo<Vec<(LineId, Frame)>> {
    remembered(move || {
        play.session.epoch.track();
        play.session.with_mirror(|mirror| {
            let frames = &mirror.layout.frames;
            mirror.layout.order.iter().filter_map(|id| Some((id.clone(), *frames.get(id)?))).collect()
        })
    })
}

fn picture(frames: &[(LineId, Frame)], heat: &HashMap<LineId, u64>) -> Option<El> {
    const MOST: usize = 1_500;
    let all = frames.iter().map(|(_, frame)| *frame).reduce(|all, frame| all.with(&frame))?.grown(40.0);
    let most = heat.values().copied().max().unwrap_or(1);
    let drawn = frames.iter().take(MOST).map(|(line, frame)| {
        let times = heat.get(line).copied().unwrap_or(0);
        let spot = svg("rect")
            .attr("x", number(frame.at.x))
            .attr("y", number(frame.at.y))
            .attr("width", number(frame.width))
            .attr("height", number(frame.height))
            .attr("rx", "12");
        match times {
            0 => spot.attr("class", "storm-cold"),
            _ => spot
                .attr("class", "storm-warm")
                .attr("fill-opacity", number(0.15 + 0.85 * warmth(times, most))),
        }
    });
    let view = [all.at.x, all.at.y, all.width, all.height].map(number).join(" ");
    let picture = svg("svg")
        .attr("class", "storm-picture")
        .attr("viewBox", view)
        .attr("role", "img")
        .attr("aria-label", words::HEAT_PICTURE)
        .child(drawn);
    Some(el("div").class("storm-map").child(picture))
}

/// The same over the stickies on the wall, as long as it is wished for.
fn glow(rehearsal: Rehearsal, heat: Arc<[(LineId, u64)]>) {
    let play = rehearsal.play;
    let Some(plane) = browser::document().get_element_by_id("wall-plane") else { return };
    let most = heat.first().map_or(1, |(_, times)| *times);
    let spots = move || {
        play.session.epoch.track();
        let spot = |(at_all, (line, times)): (usize, &(LineId, u64))| {
            let Frame { at, width, height } =
                play.session.with_mirror(|it| it.layout.frames.get(line).copied())?;
            let warm = number(warmth(*times, most));
            // Numbers on all of them would hide the wall.
            let count = (at_all < NUMBERED).then(|| el("span").text(&words::grouped(*times)));
            let place = area(at.x, at.y, width, height);
            Some(el("div").class("storm-glow").attr("style", place).var("--warm", &warm).child(count))
        };
        heat.iter().enumerate().filter_map(spot).collect::<Vec<_>>()
    };
    let overlay = el("div").class("storm-overlay").attr("aria-hidden", "true");
    let overlay = overlay.when(move || rehearsal.glows.get(), spots);
    overlay.put_into(&plane);
    on_cleanup(|| {
        if let Some(overlay) = browser::document().query_selector(".storm-overlay").ok().flatten() {
            overlay.remove();
        }
    });
}
