//! What came of a storm, in charts: drawings made of elements, each with its numbers as a table.

use super::rehearsal::Rehearsal;
use crate::decimals::number;
use crate::messages::storm as words;
use crate::run::Play;
use crate::view::wall;
use board::LineId;
use elements::{El, el, svg};
use leptos::prelude::*;
use protocol::storm::Report;

/// Rows that are shown of each list.
pub const SHOWN: usize = 8;
const WIDE: f64 = 320.0;
const HIGH: f64 = 96.0;

pub fn summary(report: &Report) -> El {
    let tile = |count: u64, label: &str, mood: &str| {
        el("div")
            .class("storm-tile")
            .attr("data-mood", mood.to_owned())
            .child(el("dd").text(&words::grouped(count)))
            .child(el("dt").text(label))
    };
    el("dl")
        .class("storm-tiles")
        .child(tile(report.commands, words::DONE, ""))
        .child(tile(report.accepted, words::WORKED, "good"))
        .child(tile(report.rejected, words::REFUSED, if report.rejected > 0 { "bad" } else { "" }))
        .child(tile(report.events, words::EVENTS, ""))
}

fn part(title: &str, help: &str) -> El {
    let head = el("div").child(el("h4").text(title));
    let help = (!help.is_empty()).then(|| el("p").class("quiet").text(help));
    el("section").class("storm-part").attr("aria-label", title.to_owned()).child(head.child(help))
}

pub fn over_time(report: &Report) -> El {
    let most = report.over_time.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let start = report.over_time.first().map_or(0, |(at, _)| *at);
    let count = report.over_time.len().max(1) as f64;
    let width = WIDE / count;
    let bar = |(at, (_, events)): (usize, &(i64, u64))| {
        let height = HIGH * *events as f64 / most as f64;
        svg("rect")
            .attr("x", number(at as f64 * width + width * 0.08))
            .attr("y", number(HIGH - height))
            .attr("width", number(width * 0.84))
            .attr("height", number(height))
    };
    let drawing = svg("svg")
        .attr("class", "storm-bars")
        .attr("viewBox", format!("0 0 {} {}", number(WIDE), number(HIGH)))
        .attr("preserveAspectRatio", "none")
        .attr("role", "img")
        .attr("aria-label", format!("{}: {}", words::OVER_TIME, words::at_most(most, report.slice)))
        .child(report.over_time.iter().enumerate().map(bar));
    let end = report.over_time.last().map_or(0, |(at, _)| at - start + report.slice);
    let axis = el("div")
        .class("storm-axis quiet")
        .attr("aria-hidden", "true")
        .child(el("span").text(&words::after(0)))
        .child(el("span").text(&words::at_most(most, report.slice)))
        .child(el("span").text(&words::after(end)));
    let row = |(at, events): &(i64, u64)| {
        el("tr")
            .child(el("th").attr("scope", "row").text(&words::after(at - start)))
            .child(el("td").text(&words::grouped(*events)))
    };
    let table = el("table")
        .child(head(&[words::FROM, words::EVENTS]))
        .child(el("tbody").child(report.over_time.iter().map(row)));
    let table = el("details").child(el("summary").text(words::AS_TABLE)).child(table);
    part(words::OVER_TIME, "").child(drawing).child(axis).child(table)
}

fn head(names: &[&str]) -> El {
    let cell = |name: &&str| el("th").attr("scope", "col").text(name);
    el("thead").child(el("tr").child(names.iter().map(cell)))
}

/// A row of a chart that is a table: words, a bar and its number.
pub struct Bar {
    pub label: String,
    /// What stands under the label.
    pub note: String,
    pub times: u64,
    pub line: Option<LineId>,
}

/// A list as bars; `kind` gives the colour.
pub fn bars(play: Play, kind: &str, names: [&str; 2], bars: &[Bar]) -> El {
    let most = bars.iter().map(|bar| bar.times).max().unwrap_or(0).max(1);
    let rows = bars.iter().take(SHOWN).map(|bar| row(play, bar, most));
    el("table")
        .class("storm-list")
        .attr("data-kind", kind.to_owned())
        .child(head(&names))
        .child(el("tbody").child(rows))
}

fn row(play: Play, bar: &Bar, most: u64) -> El {
    let part = 100.0 * bar.times as f64 / most as f64;
    let drawing = svg("svg")
        .attr("class", "storm-bar")
        .attr("viewBox", "0 0 100 4")
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .child(svg("rect").attr("width", number(part.max(0.5))).attr("height", "4"));
    let note = (!bar.note.is_empty()).then(|| el("span").class("storm-note quiet").text(&bar.note));
    let name = el("th").attr("scope", "row").child(named(play, bar)).child(note).child(drawing);
    el("tr").child(name).child(el("td").text(&words::grouped(bar.times)))
}

/// The label leads to its sticky.
fn named(play: Play, bar: &Bar) -> El {
    let Some(line) = bar.line.clone() else { return el("span").text(&bar.label) };
    let show = move || {
        wall::select(play.session, vec![line.clone()]);
        wall::show(play.session, &line);
    };
    el("button").class("storm-link").attr("type", "button").on("click", show).text(&bar.label)
}

pub fn by_type(rehearsal: Rehearsal, report: &Report) -> El {
    let rows: Vec<Bar> = report
        .by_type
        .iter()
        .map(|one| Bar {
            label: one.label.clone(),
            note: String::new(),
            times: one.times,
            line: one.sticky.and_then(|sticky| rehearsal.line(sticky)),
        })
        .collect();
    part(words::BY_TYPE, "").child(bars(rehearsal.play, "event", [words::EVENT, words::TIMES], &rows))
}

pub fn rejections(rehearsal: Rehearsal, report: &Report) -> El {
    let play = rehearsal.play;
    let part = part(words::REJECTIONS, "");
    if report.rejections.is_empty() {
        return part.child(el("p").class("quiet").text(words::NO_REJECTIONS));
    }
    part.live_child({
        let all = report.rejections.clone();
        move || {
            let note = |one: &protocol::storm::Refused| {
                if play.developer.get() { one.message.clone() } else { one.plain.clone() }
            };
            let bar = |one: &protocol::storm::Refused| Bar {
                label: one.label.clone(),
                note: note(one),
                times: one.times,
                line: one.sticky.and_then(|sticky| rehearsal.line(sticky)),
            };
            let rows: Vec<Bar> = all.iter().map(bar).collect();
            bars(play, "refused", [words::REASON, words::TIMES], &rows)
        }
    })
}

/// Ids of streams are for developers; others see the longest story of each kind of thing.
pub fn longest(play: Play, report: &Report) -> El {
    let streams = report.longest_streams.clone();
    let all = report.streams;
    part(words::LONGEST, words::LONGEST_HELP)
        .live_child(move || {
            let bar =
                |label: String, events: u64| Bar { label, note: String::new(), times: events, line: None };
            if play.developer.get() {
                let rows: Vec<Bar> = streams.iter().map(|one| bar(one.stream.clone(), one.events)).collect();
                return bars(play, "constraint", [words::THING, words::EVENTS], &rows);
            }
            let mut rows: Vec<Bar> = Vec::new();
            for one in &streams {
                // Longest first: the first of its kind is the one.
                if !rows.iter().any(|row| row.label == one.category) {
                    rows.push(bar(one.category.clone(), one.events));
                }
            }
            bars(play, "constraint", [words::THING, words::EVENTS], &rows)
        })
        .child(el("p").class("quiet").text(&words::things(all)))
}
