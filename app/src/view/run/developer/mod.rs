//! The developer view of a run: what the admin page of an event store and a debugger that travels in time give, in
//! the pane beside the wall.
//!
//! One module an idea: `desk` knows where somebody is and what they opened, `asking` fetches what the worker knows,
//! `rows` and `pages` show long lists. The parts: `log`, `event`, `streams` with `stream`, `subscriptions` with `projection`, `send`
//! (expected version), `branch` with `comparison`, `replay` (what does not fit), `files`,
//! and a crowd as everybody has it (`view::run::storm`).
//! Invariants: everything shown is as of the slider's position; a list asks for the page that is on screen and for
//! nothing else, so a hundred thousand events cost what fifty cost; whatever changes a run is one `Act`.
//! Not here: the pane around it and the slider (`view::run`), the simulation (`sim`, in the worker).

mod asking;
mod branch;
mod comparison;
mod desk;
mod event;
mod files;
mod log;
mod pages;
mod projection;
mod replay;
mod rows;
mod send;
mod stream;
mod streams;
mod subscriptions;
mod tabs;

use crate::messages::developer as words;
use crate::run::Play;
use crate::view::run::empties_a_search;
use crate::view::run::storm::{self, Rehearsal};
use desk::{Desk, Place, Tab};
use elements::{El, el};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

pub fn view(play: Play, rehearsal: Rehearsal) -> El {
    let desk = Desk::of(play);
    // What was visited stays as it was left: filters, pages, the place in a list.
    let visited = move || desk.visited();
    let stops = move || desk.trail.get();
    el("div")
        .class("developer")
        .on_event("keydown", move |event: KeyboardEvent| leave(desk, &event))
        .child(tabs::tabs(desk))
        .when(move || play.at.with(Option::is_some), move || moment(play))
        .each(visited, move |tab| part(desk, rehearsal, tab))
        .each(stops, move |stop| {
            let mine = desk.on(stop.serial);
            let shown = mine.is_shown();
            el("div")
                .class("dev-body")
                .live_attr("hidden", move || !shown.get())
                .child(place(mine, stop.place))
        })
}

/// Says that all of this is the past.
fn moment(play: Play) -> El {
    el("p").class("dev-moment").live_text(move || play.at.get().map(words::as_of))
}

/// Escape goes back before it closes the pane.
fn leave(desk: Desk, event: &KeyboardEvent) {
    if event.key() == "Escape" && desk.trail.with_untracked(|trail| !trail.is_empty()) {
        event.prevent_default();
        event.stop_propagation();
        if !empties_a_search(event) {
            desk.back();
        }
    }
}

fn part(desk: Desk, rehearsal: Rehearsal, tab: Tab) -> El {
    let desk = desk.at(tab);
    let shown = desk.is_shown();
    let body = match tab {
        Tab::Log => log::log(desk),
        Tab::Streams => streams::streams(desk),
        Tab::Subscriptions => subscriptions::subscriptions(desk),
        Tab::Send => send::send(desk),
        Tab::WhatIf => branch::what_if(desk),
        Tab::Replay => replay::replay(desk),
        Tab::Files => files::files(desk),
        Tab::Crowd => el("div").class("dev-part").child(storm::whole(rehearsal)),
    };
    el("div")
        .class("dev-body")
        .attr("id", tab.panel())
        .attr("role", "tabpanel")
        .attr("aria-labelledby", tab.id())
        .live_attr("hidden", move || !shown.get())
        .child(body)
}

fn place(desk: Desk, place: Place) -> El {
    match place {
        Place::Event(position) => event::event(desk, position),
        Place::Stream(name) => stream::stream(desk, name),
        Place::Projection(name) => projection::projection(desk, name),
        Place::Compared(other) => comparison::comparison(desk, other),
    }
}
