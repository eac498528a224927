//! What was done in this run, newest first: every line leads to its moment, and all of it can be kept as a scenario.

use super::chain::{Chain, Look};
use super::clock;
use super::desk::Desk;
use crate::browser;
use crate::messages::run as words;
use crate::view::icons::icon;
use crate::view::wall;
use board::{At, Command};
use elements::{El, el};
use leptos::prelude::*;
use protocol::request::{Ask, Say};
use protocol::trace::Trace;

const SHOWN: usize = 30;

pub fn done(desk: Desk) -> El {
    let play = desk.play;
    let list = move || {
        play.traces.with(|traces| {
            let said = traces.iter().rev().filter(|trace| !trace.links.is_empty()).take(SHOWN);
            said.map(|trace| line(desk, trace)).collect::<Vec<_>>()
        })
    };
    let none = move || play.traces.with(|traces| traces.iter().all(|trace| trace.links.is_empty()));
    let keep = el("button")
        .class("button dense")
        .attr("title", words::RECORD_HELP)
        .live_attr("disabled", move || none() || !play.session.can_write())
        .on("click", move || record(desk))
        .child(icon("scenario"))
        .child(el("span").text(words::RECORD));
    el("section")
        .class("run-part run-done")
        .child(el("header").child(el("h3").text(words::DONE)).child(keep))
        .when(none, || el("p").class("quiet").text(words::DONE_EMPTY))
        .child(el("ol").live_child(list))
}

fn line(desk: Desk, trace: &Trace) -> El {
    let refused = Chain::of(trace, |_| None)
        .stops
        .iter()
        .any(|stop| stop.look == Look::Refused && stop.cause.unwrap_or(0) == 0);
    let after = trace.after;
    let shown = trace.clone();
    // Who plays alone need not read their own name again and again.
    let me = desk.play.session.name.get_untracked();
    let own = trace.words.strip_prefix(&me).and_then(|rest| rest.strip_prefix(": "));
    let said = own.unwrap_or(&trace.words).to_owned();
    let go = move || {
        desk.pause();
        desk.go(after);
        desk.show(&shown);
    };
    let time = el("span").class("run-at quiet").text(&clock::clock(trace.at));
    let mark = refused.then(|| el("span").class("run-no").text(words::REFUSED_MARK));
    let button = el("button")
        .attr("title", words::go_to(&said))
        .on("click", go)
        .child(time)
        .child(el("span").class("run-name").text(&said))
        .child(mark);
    el("li").live_attr("data-ahead", move || desk.play.at.get().is_some_and(|at| at < after)).child(button)
}

/// What was done up to the moment that is looked at becomes lines of the board, in one step for undo.
fn record(desk: Desk) {
    let play = desk.play;
    let at = play.at.get_untracked();
    let (to, label) = play.traces.with_untracked(|traces| {
        let mut seen = traces.iter().filter(|trace| at.is_none_or(|at| trace.after <= at));
        let label = traces.iter().rev().find_map(|trace| Some(trace.links.first()?.name.clone()));
        (seen.next_back().map_or(0, |trace| trace.step + 1), label.unwrap_or_default())
    });
    if to == 0 {
        return play.session.say(words::NOTHING_TO_RECORD);
    }
    let name = words::scenario_name(&label);
    let ask = Ask::Record { run: untrack(|| play.run()), from: 0, to, name };
    browser::spawn(async move {
        let lines = match play.ask(ask).await {
            Ok(Say::Text(lines)) if !lines.trim().is_empty() => lines,
            Ok(_) => return play.session.say(words::NOTHING_TO_RECORD),
            Err(_) => return play.session.say(words::NOT_RECORDED),
        };
        let made = play.session.run(Command::Paste { at: At::End, text: lines, place: None });
        play.session.flush();
        if let Some(first) = made.first() {
            wall::select(play.session, vec![first.clone()]);
            wall::show(play.session, first);
        }
        play.session.say(words::RECORDED);
    });
}
