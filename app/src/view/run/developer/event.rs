//! One event: what is known of it, its JSON, what led to it and what came of it, and what can be tried with it.

use super::asking::{answer, missing};
use super::desk::{Desk, Other, Place, Tab};
use super::rows::{date, few, marks};
use super::stream::{fact, head};
use crate::api;
use crate::browser;
use crate::messages::developer as words;
use elements::{El, el};
use leptos::prelude::*;
use protocol::Position;
use protocol::log::{Detail, Entry};
use protocol::request::{Ask, Say};
use protocol::step::Act;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub fn event(desk: Desk, position: Position) -> El {
    let said = answer(desk, move || Some(Ask::Event { run: desk.play.run(), position }));
    let body = move || {
        said.with(|said| match said {
            Some(Ok(Say::Event(Some(detail)))) => shown(desk, detail),
            Some(Ok(_)) => vec![missing(Some(&Err(protocol::request::Failed::NoSuchThing)))],
            other => vec![missing(other.as_ref())],
        })
    };
    let last = move || position >= desk.head();
    let turn = |name: &'static str, sign: &str, off: Box<dyn Fn() -> bool>, to: Position| {
        el("button")
            .class("tool dev-turn")
            .attr("aria-label", name)
            .attr("title", name)
            .live_attr("disabled", off)
            .on("click", move || {
                desk.turn_to(to);
                // Whoever turns goes on turning.
                browser::next_frame(move || focus_on(name));
            })
            .text(sign)
    };
    let head = head(desk, &words::event_title(position))
        .child(turn(words::OLDER, "‹", Box::new(move || position <= 1), position.saturating_sub(1)))
        .child(turn(words::NEWER, "›", Box::new(last), position.saturating_add(1)));
    el("div").class("dev-part").child(head).child(el("div").class("dev-event").live_child(body))
}

fn focus_on(name: &str) {
    let wanted = format!(".dev-body:not([hidden]) .dev-turn[aria-label='{name}']:not(:disabled)");
    let found = browser::document().query_selector(&wanted).ok().flatten();
    if let Some(button) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

fn shown(desk: Desk, detail: &Detail) -> Vec<El> {
    let entry = &detail.entry;
    let title = el("p").class("dev-title").child(el("strong").text(&entry.r#type)).child(marks(entry));
    let chain = |name: &str, none: &str, entries: &[Entry]| {
        let list = match entries {
            [] => el("p").class("quiet").text(none),
            entries => few(desk, name, entries, |desk, entry| desk.show(entry.sticky)),
        };
        el("section").class("dev-chain").child(el("h3").text(name)).child(list)
    };
    vec![
        title,
        actions(desk, entry),
        facts(desk, entry),
        chain(words::CAUSES, words::NO_CAUSES, &detail.causes),
        chain(words::EFFECTS, words::NO_EFFECTS, &detail.effects),
        json(desk, &detail.json),
    ]
}

fn facts(desk: Desk, entry: &Entry) -> El {
    let link = |words: String, place: Place| {
        el("button").class("dev-link").text(&words).on("click", move || desk.open(place.clone()))
    };
    let text = |words: &str| el("span").text(words);
    let mut facts = vec![
        fact(words::STREAM, link(entry.stream.clone(), Place::Stream(entry.stream.clone()))),
        fact(words::VERSION, text(&entry.version.to_string())),
        fact(words::TIME, text(&date(entry.at))),
        fact(words::BY, text(&entry.by)),
        fact(words::EVENT_ID, el("code").text(&entry.id)),
        fact(words::STEP, text(&(entry.step + 1).to_string())),
    ];
    if !entry.context.is_empty() {
        facts.push(fact(words::CONTEXT, text(&entry.context)));
    }
    let mut to = |name, position: Position| {
        let place = if position == entry.position {
            text(&position.to_string())
        } else {
            link(position.to_string(), Place::Event(position))
        };
        facts.push(fact(name, place));
    };
    if entry.correlation > 0 {
        to(words::CORRELATION, entry.correlation);
    }
    if let Some(cause) = entry.causation {
        to(words::CAUSATION, cause);
    }
    el("dl").class("dev-facts").child(facts)
}

fn json(desk: Desk, json: &str) -> El {
    let text = json.to_owned();
    let copy = move || {
        let session = desk.play.session;
        api::copy_plain(text.clone(), move |done| {
            session.say(if done { words::COPIED } else { words::NOT_COPIED });
        });
    };
    let copy = el("button").class("button dense").text(words::COPY_JSON).on("click", copy);
    let json = el("pre")
        .class("preview dev-json")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", words::JSON)
        .text(json);
    let head = el("div").class("dev-json-head").child(el("h3").text(words::JSON)).child(copy);
    el("section").child(head).child(json)
}

fn actions(desk: Desk, entry: &Entry) -> El {
    let (position, sticky, skipped, step) = (entry.position, entry.sticky, entry.skipped, entry.step);
    let button = |words: &str| el("button").class("button dense").text(words);
    let travel = move || desk.play.at.set(Some(position));
    let skip = move || {
        if desk.may_act() {
            desk.play.act(Act::Skip { position, skip: !skipped });
        }
    };
    let branch = move || {
        let name = words::branch_at(position.saturating_sub(1));
        desk.play.branch(&name, step);
        desk.go(Tab::WhatIf);
    };
    let skip = button(if skipped { words::UNSKIP } else { words::SKIP }).on("click", skip);
    el("div")
        .class("dev-actions")
        .child(button(words::SHOW_STICKY).on("click", move || desk.show(sticky)))
        .child(button(words::TRAVEL).attr("title", words::TRAVEL_HELP).on("click", travel))
        .child(skip.attr("title", words::SKIP_HELP))
        .child(
            button(words::WITHOUT).on("click", move || desk.open(Place::Compared(Other::Without(position)))),
        )
        .child(button(words::BRANCH_BEFORE).on("click", branch))
}
