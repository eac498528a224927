//! How each scenario came out, on its card on the wall; there also while the run pane is closed.

use crate::browser;
use crate::decimals::area;
use crate::messages::play as words;
use crate::run::Play;
use crate::session::{Panel, Session};
use crate::tried::{Tried, tried};
use crate::view::icons::icon;
use board::LineId;
use board::layout::Frame;
use elements::{El, el};
use leptos::prelude::*;
use std::cell::Cell;
use web_sys::Event;

thread_local! {
    static THERE: Cell<bool> = const { Cell::new(false) };
}

/// Has the scenarios run from now on whenever the text stands still, and shows on the wall how they come out. Once a
/// page.
pub fn watch(session: Session) {
    let play = Play::of(session);
    if THERE.replace(true) {
        return;
    }
    let Some(plane) = browser::document().get_element_by_id("wall-plane") else { return };
    play.lasting(|| {
        let keys =
            move || -> Vec<LineId> { tried().with(|all| all.iter().map(|it| it.line.clone()).collect()) };
        el("div").class("verdicts").each(keys, move |line| verdict(session, &line)).put_into(&plane);
    });
}

fn of(line: &LineId) -> Option<Tried> {
    tried().with(|all| all.iter().find(|tried| tried.line == *line).cloned())
}

/// The mark at the foot of the card: a word, and why it fails. It opens the findings, where all of it is side by side.
fn verdict(session: Session, line: &LineId) -> El {
    let (at, state, said) = (line.clone(), line.clone(), line.clone());
    let place = move || {
        session.epoch.track();
        let Frame { at, width, height } =
            session.with_mirror(|mirror| mirror.layout.frames.get(&at).copied())?;
        Some(area(at.x, at.y, width, height))
    };
    // Its card went a moment ago.
    let style = move || place().unwrap_or_else(|| "display:none".to_owned());
    let passed = move || of(&state).map(|tried| if tried.passed { "true" } else { "false" });
    let mark = move || {
        let tried = of(&said)?;
        let why = tried.checks.iter().find(|check| !check.holds).map(|check| {
            el("span").class("verdict-why").text(if check.words.is_empty() {
                &check.actual
            } else {
                &check.words
            })
        });
        let word = if tried.passed { words::PASSES } else { words::FAILS };
        let head = el("span")
            .class("verdict-word")
            .child(icon(if tried.passed { "check" } else { "close" }))
            .child(el("span").text(word));
        let whose = el("span").class("unseen").text(&words::scenario(&tried.name));
        Some([Some(head), why, Some(whose)].into_iter().flatten().collect::<Vec<El>>())
    };
    let button = el("button")
        .class("verdict-mark")
        .attr("tabindex", "-1")
        .on_event("pointerdown", |event: Event| event.stop_propagation())
        .on("click", move || session.panel.set(Some(Panel::Findings)))
        .live_child(move || mark().unwrap_or_default());
    el("div").class("verdict").live_attr("style", style).live_attr("data-passed", passed).child(button)
}
