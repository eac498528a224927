//! The log: `$all` or one stream of it, newest first, with search and filters.

use super::asking::{Answer, answer, missing};
use super::desk::{Desk, Place};
use super::pages::{PAGE, Pages};
use super::rows::rows;
use crate::messages::developer as words;
use elements::{El, el, live, word};
use leptos::prelude::*;
use protocol::log::{Entry, Filter, Page};
use protocol::request::{Ask, Say};
use std::collections::BTreeSet;
use web_sys::SubmitEvent;

/// What is looked for.
#[derive(Clone, Copy)]
struct Wanted {
    search: RwSignal<String>,
    stream: RwSignal<String>,
    kind: RwSignal<String>,
    by: RwSignal<String>,
}

pub fn log(desk: Desk) -> El {
    let empty = || RwSignal::new(String::new());
    let wanted = Wanted { search: empty(), stream: empty(), kind: empty(), by: empty() };
    let pages = Pages::new();
    let said = page_of(desk, pages, move |until| Filter { until, ..wanted.filter() });
    live(move || {
        wanted.filter();
        desk.play.which.track();
        pages.first();
    });
    let nothing = move || {
        let none = is_empty(said);
        let filtered = wanted.filter() != Filter::default();
        none.then(|| {
            el("p").class("dev-none quiet").text(if filtered { words::NO_MATCH } else { words::NO_EVENTS })
        })
    };
    el("div")
        .class("dev-part")
        .child(filters(desk, wanted))
        .child(pages.bar(desk))
        .child(rows(desk, words::LOG_NAME, move || entries(said)))
        .live_child(nothing)
        .live_child(move || trouble(said))
}

/// One page of what suits a filter, with the total for the buttons.
pub fn page_of(desk: Desk, pages: Pages, filter: impl Fn(Option<u64>) -> Filter + 'static) -> Answer {
    let said = answer(desk, move || {
        let filter = filter(pages.until(desk));
        Some(Ask::Log { run: desk.play.run(), filter, skip: pages.skip.get(), limit: PAGE })
    });
    live(move || {
        let total = said.with(|said| page(said).map(|page| page.total));
        if let Some(total) = total {
            pages.total.set(total);
            if total <= pages.skip.get_untracked() {
                pages.first();
            }
        }
    });
    said
}

fn page(said: &Option<Result<Say, protocol::request::Failed>>) -> Option<&Page> {
    match said {
        Some(Ok(Say::Page(page))) => Some(page),
        _ => None,
    }
}

pub fn entries(said: Answer) -> Vec<Entry> {
    said.with(|said| page(said).map(|page| page.entries.clone()).unwrap_or_default())
}

/// Nothing suits the filter.
pub fn is_empty(said: Answer) -> bool {
    said.with(|said| page(said).is_some_and(|page| page.total == 0))
}

/// Why there is no page.
pub fn trouble(said: Answer) -> Option<El> {
    said.with(|said| page(said).is_none().then(|| missing(said.as_ref())))
}

impl Wanted {
    fn filter(self) -> Filter {
        Filter {
            search: self.search.get().trim().to_owned(),
            stream: self.stream.get().trim().to_owned(),
            types: Some(self.kind.get()).filter(|kind| !kind.is_empty()).into_iter().collect(),
            by: self.by.get().trim().to_owned(),
            until: None,
        }
    }

    fn clear(self) {
        [self.search, self.stream, self.kind, self.by].iter().for_each(|field| field.set(String::new()));
    }
}

fn filters(desk: Desk, wanted: Wanted) -> El {
    let search = field("search", words::SEARCH, words::SEARCH, wanted.search);
    let clear = move || {
        let filtered = wanted.filter() != Filter::default();
        filtered.then(|| {
            el("button").class("button dense").text(words::CLEAR).on("click", move || wanted.clear())
        })
    };
    // Where there is little room, the finer filters wait behind a button.
    let open = RwSignal::new(false);
    let more = el("button")
        .class("button dense dev-more")
        .live_attr("aria-expanded", move || word(open.get()))
        .on("click", move || open.update(|open| *open = !*open))
        .text(words::FILTERS);
    el("div")
        .class("dev-filters dev-folds")
        .attr("role", "search")
        .live_attr("data-open", move || word(open.get()))
        .child(el("div").class("dev-search dev-go").child(search).child(more))
        .child(labelled(words::TYPE_FILTER, types(desk, wanted.kind)))
        .child(labelled(
            words::STREAM_FILTER,
            field("text", words::STREAM_FILTER, words::STREAM_HINT, wanted.stream),
        ))
        .child(labelled(words::BY_FILTER, people(desk, wanted.by)))
        .child(labelled(words::GO_TO, go_to(desk)))
        .live_child(clear)
}

/// A field for words, tied to a signal both ways.
pub fn field(kind: &'static str, name: &'static str, hint: &'static str, value: RwSignal<String>) -> El {
    let field = el("input")
        .class("field dense")
        .attr("type", kind)
        .attr("aria-label", name)
        .attr("placeholder", hint)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .on_event("input", move |event: web_sys::Event| value.set(event_target_value(&event)));
    let shown = field.clone();
    live(move || {
        shown.clone().prop("value", value.get());
    });
    field
}

/// A word over a control; the control has its own name.
pub fn labelled(word: &str, control: El) -> El {
    let word = el("span").class("dev-label").attr("aria-hidden", "true").text(word);
    el("div").class("dev-field").child(word).child(control)
}

fn types(desk: Desk, kind: RwSignal<String>) -> El {
    let options = move || {
        let names = desk.play.model.with(|model| {
            let events = model.as_ref().map(|model| model.events.clone()).unwrap_or_default();
            events.into_iter().map(|event| event.name).collect::<Vec<_>>()
        });
        let chosen = kind.get();
        let option = move |value: &str, words: &str| {
            el("option").attr("value", value.to_owned()).attr("selected", value == chosen).text(words)
        };
        let mut all = vec![option("", words::ANY_TYPE)];
        all.extend(names.iter().map(|name| option(name, name)));
        all
    };
    el("select")
        .class("field dense")
        .attr("aria-label", words::TYPE_FILTER)
        .live_child(options)
        .on_event("change", move |event: web_sys::Event| kind.set(event_target_value(&event)))
}

/// Whoever did something lately is offered.
fn people(desk: Desk, by: RwSignal<String>) -> El {
    let names = move || {
        let names: BTreeSet<String> =
            desk.play.traces.with(|traces| traces.iter().map(|trace| trace.by.clone()).collect());
        names.into_iter().map(|name| el("option").attr("value", name)).collect::<Vec<_>>()
    };
    el("div")
        .child(field("text", words::BY_FILTER, words::BY_HINT, by).attr("list", "dev-people"))
        .child(el("datalist").attr("id", "dev-people").live_child(names))
}

fn go_to(desk: Desk) -> El {
    let position = RwSignal::new(String::new());
    let go = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(wanted) = position.get_untracked().trim().parse().ok().filter(|wanted| *wanted > 0) {
            desk.open(Place::Event(wanted));
        }
    };
    el("form")
        .class("dev-go")
        .on_event("submit", go)
        .child(field("text", words::GO_TO, "1", position).attr("inputmode", "numeric"))
        .child(el("button").class("button dense").text(words::GO))
}
