//! All streams: the system's own (`$all`, by category, by event type) and one for each thing that commands act on.

use super::asking::{answer, missing};
use super::desk::{Desk, Place};
use super::log::field;
use super::pages::{PAGE, Pages};
use super::rows::{one_stop, walked};
use crate::messages::developer as words;
use elements::{El, afterwards, el, live};
use leptos::html::Ol;
use leptos::prelude::*;
use protocol::log::Stream;
use protocol::request::{Ask, Say};

/// So many of them are offered.
const SYSTEM: u64 = 200;

pub fn streams(desk: Desk) -> El {
    let search = RwSignal::new(String::new());
    let pages = Pages::new();
    live(move || {
        search.track();
        desk.play.which.track();
        pages.first();
    });
    let said = answer(desk, move || {
        let (search, until) = (search.get().trim().to_owned(), pages.until(desk));
        Some(Ask::Streams { run: desk.play.run(), search, until, skip: pages.skip.get(), limit: PAGE })
    });
    live(move || {
        let total = said.with(|said| match said {
            Some(Ok(Say::Streams { total, .. })) => Some(*total),
            _ => None,
        });
        total.into_iter().for_each(|total| pages.total.set(total));
    });
    let place = NodeRef::<Ol>::new();
    let found = move || {
        said.with(|said| match said {
            Some(Ok(Say::Streams { streams, .. })) => streams.iter().map(|it| own(desk, it)).collect(),
            _ => Vec::new(),
        })
    };
    let trouble = move || {
        said.with(|said| match said {
            Some(Ok(Say::Streams { total: 0, .. })) => {
                let none =
                    if search.with(String::is_empty) { words::NO_STREAMS } else { words::NO_STREAM_FOUND };
                Some(el("p").class("dev-none quiet").text(none))
            }
            Some(Ok(Say::Streams { .. })) => None,
            other => Some(missing(other.as_ref())),
        })
    };
    afterwards(move || {
        said.track();
        one_stop(place);
    });
    let list = el("ol").class("dev-rows").attr("aria-label", words::STREAM_LIST).known_as(place);
    el("div")
        .class("dev-part")
        .child(system(desk))
        .child(field("search", words::STREAM_SEARCH, words::STREAM_SEARCH, search))
        .child(pages.bar(desk))
        .child(walked(list.live_child(found)))
        .live_child(trouble)
}

fn own(desk: Desk, stream: &Stream) -> El {
    let name = stream.name.clone();
    let mark = |on: bool, word: &str| on.then(|| el("span").class("dev-mark warn").text(word));
    let row = el("button")
        .class("dev-row dev-own")
        .attr("data-stream", name.clone())
        .on("click", move || desk.open(Place::Stream(name.clone())))
        .child(
            el("span")
                .class("dev-line")
                .child(el("span").class("dev-type").text(&stream.name))
                .child(mark(stream.deleted, words::DELETED))
                .child(mark(stream.forgotten, words::FORGOTTEN)),
        )
        .child(el("span").class("dev-when").text(&words::at_version(stream.version)))
        .child(el("span").class("dev-line dev-about").text(&words::last_position(stream.last)));
    el("li").child(row)
}

/// The streams that are made of the others'.
fn system(desk: Desk) -> El {
    let said = answer(desk, move || {
        let (search, until) = ("$".to_owned(), desk.play.at.get());
        Some(Ask::Streams { run: desk.play.run(), search, until, skip: 0, limit: SYSTEM })
    });
    let chips = move || {
        said.with(|said| match said {
            Some(Ok(Say::Streams { streams, .. })) => streams.iter().map(|it| chip(desk, it)).collect(),
            _ => Vec::new(),
        })
    };
    el("details")
        .class("dev-system")
        .attr("open", true)
        .child(el("summary").text(words::SYSTEM_STREAMS))
        .child(el("ul").class("dev-chips").live_child(chips))
}

fn chip(desk: Desk, stream: &Stream) -> El {
    let place = Place::Stream(stream.name.clone());
    let help = match stream.name.get(..4) {
        Some("$ce-") => words::BY_CATEGORY,
        Some("$et-") => words::BY_TYPE,
        _ => words::ALL_STREAM,
    };
    let count = el("span").class("dev-count").attr("aria-hidden", "true").text(&words::number(stream.events));
    let chip = el("button").class("dev-chip").attr("title", help).text(&stream.name).child(count);
    el("li").child(chip.on("click", move || desk.open(place.clone())))
}
