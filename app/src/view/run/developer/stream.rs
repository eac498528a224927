//! One stream as in the admin page of an event store: its version, what of it decides commands, its events.

use super::asking::answer;
use super::desk::{Desk, Tab};
use super::log::{entries, is_empty, page_of, trouble};
use super::pages::Pages;
use super::rows::rows;
use crate::messages::developer as words;
use crate::view::overlay::focused;
use elements::{El, afterwards, el};
use leptos::html::Button;
use leptos::prelude::*;
use protocol::log::{Filter, Stream};
use protocol::request::{Ask, Say};
use protocol::step::{Act, Expected};

/// The stream of that very name comes first.
const NAMESAKES: u64 = 1;

pub fn stream(desk: Desk, name: String) -> El {
    let pages = Pages::new();
    let filtered = name.clone();
    let said =
        page_of(desk, pages, move |until| Filter { stream: filtered.clone(), until, ..Filter::default() });
    let about = if name.starts_with('$') {
        el("p").class("quiet dev-note").text(words::READ_ONLY_STREAM)
    } else {
        el("div").live_child(known(desk, name.clone()))
    };
    el("div")
        .class("dev-part")
        .child(head(desk, &name))
        .child(about)
        .child(pages.bar(desk))
        .child(rows(desk, words::LOG_NAME, move || entries(said)))
        .live_child(move || is_empty(said).then(|| el("p").class("dev-none quiet").text(words::EMPTY_STREAM)))
        .live_child(move || trouble(said))
}

/// What the store knows of the stream as a whole.
fn known(desk: Desk, name: String) -> impl FnMut() -> Vec<El> {
    let search = name.clone();
    let said = answer(desk, move || {
        let until = desk.play.at.get();
        Some(Ask::Streams { run: desk.play.run(), search: search.clone(), until, skip: 0, limit: NAMESAKES })
    });
    move || {
        said.with(|said| match said {
            Some(Ok(Say::Streams { streams, .. })) => {
                let stream = streams.iter().find(|stream| stream.name == name);
                stream.map(|stream| about(desk, stream)).unwrap_or_default()
            }
            _ => Vec::new(),
        })
    }
}

fn about(desk: Desk, stream: &Stream) -> Vec<El> {
    let (name, version) = (stream.name.clone(), stream.version);
    let mark = |on: bool, word: &str| on.then(|| el("span").class("dev-mark warn").text(word));
    let state = el("p")
        .class("dev-title")
        .child(el("strong").text(&words::at_version(stream.version)))
        .child(el("span").class("quiet").text(&words::last_position(stream.last)))
        .child(mark(stream.deleted, words::DELETED))
        .child(mark(stream.forgotten, words::FORGOTTEN));
    let write = el("button").class("button dense").text(words::WRITE_TO).on("click", move || {
        desk.expects.set(Expected::Version(version));
        desk.go(Tab::Send);
    });
    let mut actions = vec![write];
    if stream.personal && !stream.forgotten {
        let act = Act::Forget { stream: name.clone() };
        actions.push(sure(desk, words::FORGET, words::FORGET_ASK, words::FORGET_YES, act));
    }
    if !stream.deleted {
        let act = Act::Delete { stream: name };
        actions.push(sure(desk, words::DELETE, words::DELETE_ASK, words::DELETE_YES, act));
    }
    let mut parts = vec![state];
    if !stream.snapshot.is_empty() {
        let facts =
            stream.snapshot.iter().map(|(what, at)| fact(what, el("span").text(&words::at_version(*at))));
        parts.push(
            el("details")
                .class("dev-snapshot")
                .child(el("summary").text(words::SNAPSHOT))
                .child(el("p").class("quiet").text(words::SNAPSHOT_HELP))
                .child(el("dl").class("dev-facts").child(facts)),
        );
    }
    parts.push(el("div").class("dev-actions").child(actions));
    parts
}

/// A button that asks once more, in its own place, before it does what cannot be taken back.
fn sure(desk: Desk, name: &'static str, ask: &'static str, yes: &'static str, act: Act) -> El {
    let asked = RwSignal::new(false);
    let inside = move || {
        if !asked.get() {
            let begin = move || {
                if desk.may_act() {
                    asked.set(true);
                }
            };
            return el("button").class("button dense").text(name).on("click", begin);
        }
        let act = act.clone();
        let carry_out = move || {
            desk.play.act(act.clone());
            asked.set(false);
        };
        let leave = el("button").class("button dense").text(words::NO).on("click", move || asked.set(false));
        el("div")
            .class("dev-sure")
            .attr("role", "group")
            .attr("aria-label", name)
            .child(el("p").attr("role", "alert").text(ask))
            .child(el("button").class("button dense danger").text(yes).on("click", carry_out))
            .child(leave)
    };
    el("div").live_child(inside)
}

/// The head of what was opened: the way back, which takes the focus, and the name.
pub fn head(desk: Desk, title: &str) -> El {
    let back = NodeRef::<Button>::new();
    let first = StoredValue::new(true);
    afterwards(move || {
        if let Some(back) = back.get().filter(|_| first.get_value() && focused().is_some()) {
            first.set_value(false);
            let _ = back.focus();
        }
    });
    let button = el("button")
        .class("tool dev-back")
        .attr("aria-label", words::BACK)
        .attr("title", words::BACK)
        .known_as(back)
        .on("click", move || desk.back())
        .text("←");
    el("header").class("dev-head").child(button).child(el("h2").text(title))
}

pub fn fact(name: &str, value: El) -> El {
    el("div").child(el("dt").text(name)).child(el("dd").child(value))
}
