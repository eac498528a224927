//! A crowd plays: made-up people drive a copy of the run, and what came of it is shown in charts, with hot spots and
//! questions for the wall. The run itself stays as it is until somebody keeps what the crowd did.
//!
//! `wishes` is what to ask for, `rehearsal` how it goes in the worker, `charts` and `heat` what came of it, `questions`
//! what is offered as hotspots. Invariant: no stream id outside of the developer view.

mod charts;
mod heat;
mod questions;
mod rehearsal;
mod wishes;

use crate::browser;
use crate::messages::storm as words;
use crate::view::icons::icon;
use elements::{El, el, word};
use leptos::prelude::*;
use protocol::step::Act;
use protocol::storm::Report;
use rehearsal::Stage;

pub use rehearsal::Rehearsal;

/// Folded until somebody wants one.
pub fn storm(rehearsal: Rehearsal) -> El {
    let open = rehearsal.open;
    let toggle = el("button")
        .class("button dense")
        .live_attr("aria-expanded", move || word(open.get()))
        .on("click", move || {
            open.update(|open| *open = !*open);
            if open.get_untracked() {
                bring_into_view();
            }
        })
        .child(icon("people"))
        .child(el("span").live_text(move || if open.get() { words::CLOSE } else { words::OPEN }));
    el("section")
        .class("run-part storm")
        .attr("aria-label", words::STORM)
        .child(el("header").child(el("h3").text(words::STORM)).child(toggle))
        .when(move || open.get(), move || body(rehearsal))
}

/// All of it at once.
pub fn whole(rehearsal: Rehearsal) -> El {
    el("section").class("storm").attr("aria-label", words::STORM).child(body(rehearsal))
}

/// Opened at the end of the pane, its first lines would be out of sight.
fn bring_into_view() {
    browser::next_frame(|| {
        if let Some(section) = browser::document().query_selector(".storm").ok().flatten() {
            section.scroll_into_view();
        }
    });
}

fn body(rehearsal: Rehearsal) -> El {
    let stage = move || match rehearsal.stage.get() {
        Stage::Idle => Vec::new(),
        Stage::Going => vec![going(rehearsal)],
        Stage::Cancelled => vec![el("p").class("quiet").attr("role", "status").text(words::CANCELLED)],
        Stage::Failed => vec![remark(words::FAILED)],
        Stage::Over => {
            rehearsal.report.with(|report| report.iter().flat_map(|it| over(rehearsal, it)).collect())
        }
    };
    el("div")
        .class("storm-body")
        .child(el("p").class("quiet").text(words::HELP))
        .child(wishes::form(rehearsal))
        .live_child(stage)
}

fn remark(words: &str) -> El {
    el("p").class("remark").attr("role", "alert").child(icon("warning")).child(el("span").text(words))
}

fn going(rehearsal: Rehearsal) -> El {
    let told = move || {
        let (done, of) = rehearsal.progress.get();
        words::progress(done, of)
    };
    let bar = el("progress")
        .attr("aria-label", words::DONE)
        .live_attr("value", move || rehearsal.progress.get().0.to_string())
        .live_attr("max", move || rehearsal.progress.get().1.max(1).to_string());
    let cancel =
        el("button").class("button dense").text(words::CANCEL).on("click", move || rehearsal.cancel());
    el("div").class("storm-going").child(bar).child(el("span").class("quiet").live_text(told)).child(cancel)
}

fn over(rehearsal: Rehearsal, report: &Report) -> Vec<El> {
    let play = rehearsal.play;
    // In another run the same storm would do other things.
    let can_keep = move || play.can_act() && !rehearsal.kept.get() && rehearsal.run.get() == play.run();
    let keep = el("button")
        .class("button dense")
        .attr("title", words::KEEP_HELP)
        .live_attr("disabled", move || !can_keep())
        .on("click", move || keep(rehearsal))
        .child(icon("download"))
        .child(el("span").text(words::KEEP));
    vec![
        charts::summary(report),
        keep,
        charts::over_time(report),
        questions::questions(rehearsal, report),
        charts::by_type(rehearsal, report),
        charts::rejections(rehearsal, report),
        charts::longest(play, report),
        heat::hot_spots(rehearsal, report),
    ]
}

/// The same storm becomes a step of the run.
fn keep(rehearsal: Rehearsal) {
    let Some(storm) = rehearsal.storm.get_value() else { return };
    rehearsal.kept.set(true);
    rehearsal.play.act(Act::Storm(storm));
    rehearsal.play.session.say(words::KEPT);
}
