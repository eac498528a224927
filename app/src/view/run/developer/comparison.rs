//! Two runs side by side: up to where they are the same, the events that only one has, the cells that differ.

use super::asking::missing;
use super::desk::{Desk, Other, run_name};
use super::rows::few;
use super::stream::head;
use crate::browser;
use crate::messages::developer as words;
use elements::{El, el, live};
use leptos::prelude::*;
use protocol::insight::Comparison;
use protocol::log::Entry;
use protocol::request::{Ask, Failed, RunId, Say};
use protocol::step::{Act, Step};

/// So many events of one side are listed.
const LISTED: usize = 100;

pub fn comparison(desk: Desk, other: Other) -> El {
    let here = run_name(desk.play, &desk.play.which.get_untracked());
    let there = match &other {
        Other::Run(which) => run_name(desk.play, which),
        Other::Without(position) => words::without(*position),
    };
    let title = match &other {
        Other::Run(_) => words::compared(&here, &there),
        Other::Without(_) => there.clone(),
    };
    let said = RwSignal::new(None);
    let shown = desk.is_shown();
    let asked = StoredValue::new(0u64);
    live(move || {
        desk.play.moves.track();
        if !shown.get() {
            return;
        }
        let (run, other) = (desk.play.run(), other.clone());
        let serial = asked.get_value() + 1;
        asked.set_value(serial);
        browser::spawn(async move {
            let found = match other {
                Other::Run(which) => desk.play.ask(Ask::Compare { left: run, right: which.run() }).await,
                Other::Without(position) => without(desk, run, position).await,
            };
            if asked.try_get_value() == Some(serial) {
                said.try_set(Some(found));
            }
        });
    });
    let body = move || {
        said.with(|said| match said {
            Some(Ok(Say::Comparison(found))) => differences(desk, found, &here, &there),
            other => vec![missing(other.as_ref())],
        })
    };
    el("div").class("dev-part").child(head(desk, &title)).live_child(body)
}

/// A copy of the run, for a moment, in which the event is skipped.
async fn without(desk: Desk, run: RunId, position: u64) -> Result<Say, Failed> {
    let play = desk.play;
    let into = format!("without/{position}");
    let (steps, at) = play.state.with_untracked(|state| (state.steps, state.last));
    play.ask(Ask::Branch { run: run.clone(), into: into.clone(), steps }).await?;
    let step = Step { at, by: String::new(), seed: 0, act: Act::Skip { position, skip: true } };
    let ask = Ask::Steps { run: into.clone(), seed: 0, keep: steps, steps: vec![step], models: Vec::new() };
    let found = match play.ask(ask).await {
        Ok(_) => play.ask(Ask::Compare { left: run, right: into.clone() }).await,
        failed => failed,
    };
    // Where closing fails there is nothing left to close.
    let _ = play.ask(Ask::Close { run: into }).await;
    found
}

fn differences(desk: Desk, found: &Comparison, here: &str, there: &str) -> Vec<El> {
    if found.only_left.is_empty() && found.only_right.is_empty() && found.cells.is_empty() {
        return vec![el("p").class("dev-none").text(words::SAME)];
    }
    let side = |run: &str, entries: &[Entry]| {
        let name = words::only_in(run);
        let listed = &entries[..entries.len().min(LISTED)];
        let more = (entries.len() > LISTED).then(|| el("p").class("quiet").text(words::MORE_EVENTS));
        (!entries.is_empty()).then(|| {
            let list = few(desk, &name, listed, |_, _| ());
            el("section").class("dev-chain").child(el("h3").text(&name)).child(list).child(more)
        })
    };
    let mut parts = vec![el("p").class("dev-note quiet").text(&words::common(found.common))];
    parts.extend(side(here, &found.only_left));
    parts.extend(side(there, &found.only_right));
    if !found.cells.is_empty() {
        parts.push(cells(found, here, there));
    }
    parts
}

/// Where the tables differ: read model, row and column, and what stands there on either side.
fn cells(found: &Comparison, here: &str, there: &str) -> El {
    let head = |words: &str| el("th").attr("scope", "col").text(words);
    let value = |value: &str| {
        if value.is_empty() { el("td").class("quiet").text(words::NOTHING) } else { el("td").text(value) }
    };
    let rows = found.cells.iter().map(|(table, key, column, left, right)| {
        el("tr")
            .child(el("th").attr("scope", "row").text(&format!("{table} · {key} · {column}")))
            .child(value(left))
            .child(value(right))
    });
    let table = el("table")
        .class("dev-cells")
        .child(el("thead").child(el("tr").child(head(words::CELL)).child(head(here)).child(head(there))))
        .child(el("tbody").child(rows));
    let scroll = el("div").class("dev-scroll").attr("tabindex", "0").attr("role", "region");
    el("section")
        .class("dev-chain")
        .child(el("h3").text(words::CELLS))
        .child(scroll.attr("aria-label", words::CELLS).child(table))
}
