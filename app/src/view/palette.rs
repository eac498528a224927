//! The command palette: type a few letters of what you want, press Enter.

mod fuzzy;

use super::caps::caps;
use super::icons::icon;
use super::note::kind_slug;
use super::overlay::{by_id, close_on_a_press_outside, give_back_the_focus, inside, when_there};
use crate::browser;
use crate::commands::{self, Record};
use crate::messages::commands as words;
use crate::session::Session;
use elements::{El, el, live, word};
use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

const PALETTE: &str = "palette";
const LIST: &str = "palette-list";
const INPUT: &str = "palette-input";
/// Where the ids of what was used lately are kept, the latest first.
const RECENT: &str = "squall.recent";
const REMEMBERED: usize = 6;

type Records = Vec<&'static Record>;

#[derive(Clone, Copy)]
struct Choice {
    session: Session,
    shown: StoredValue<Records, LocalStorage>,
    query: RwSignal<String>,
    at: RwSignal<usize>,
}

pub fn palette(session: Session) -> El {
    give_back_the_focus();
    close_on_a_press_outside(session, PALETTE);
    when_there(INPUT, |input| {
        let _ = input.focus();
    });
    let shown = StoredValue::new_local(find(session, ""));
    let choice = Choice { session, shown, query: RwSignal::new(String::new()), at: RwSignal::new(0) };
    let typed = move |event: Event| {
        let query = event_target_value(&event);
        choice.shown.set_value(find(session, &query));
        choice.at.set(0);
        choice.query.set(query);
    };
    let active = move || {
        choice.query.track();
        choice.shown.with_value(|all| all.get(choice.at.get()).map(|record| option_id(record)))
    };
    let input = el("input")
        .class("palette-input")
        .attr("id", INPUT)
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-label", words::PALETTE)
        .attr("aria-expanded", "true")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", LIST)
        .live_attr("aria-activedescendant", active)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", words::PALETTE_HINT)
        .on_event("input", typed)
        .on_event("keydown", move |event: KeyboardEvent| choice.key(&event));
    let list = el("ul").class("palette-list").attr("id", LIST).attr("role", "listbox");
    let list = list.attr("aria-label", words::COMMANDS).live_child(move || choice.options());
    live(move || choice.show(choice.at.get()));
    el("section")
        .class("panel palette")
        .attr("id", PALETTE)
        .attr("role", "dialog")
        .attr("aria-label", words::PALETTE)
        .child(el("div").class("palette-field").child(icon("search")).child(input))
        .child(list)
        .child(el("p").class("palette-none").attr("role", "status").live_text(move || choice.nothing()))
}

impl Choice {
    fn options(self) -> Vec<El> {
        self.query.track();
        self.shown
            .with_value(|all| all.iter().enumerate().map(|(at, record)| self.option(at, record)).collect())
    }

    fn option(self, at: usize, record: &'static Record) -> El {
        let mark = match record.kind {
            Some(kind) => {
                let slug = kind_slug(kind);
                el("span").class("swatch").attr("data-kind", slug).child(icon(slug))
            }
            None => el("span").class("palette-space"),
        };
        let keys = record.keys.first().map(|keys| caps(keys));
        // "New event" says by itself what it is.
        let section = if record.kind.is_none() { record.section.title() } else { "" };
        el("li")
            .class("palette-option")
            .attr("id", option_id(record))
            .attr("role", "option")
            .live_attr("aria-selected", move || word(self.at.get() == at))
            .on_event("pointerdown", |event: Event| event.prevent_default())
            .on("pointermove", move || {
                if self.at.get_untracked() != at {
                    self.at.set(at);
                }
            })
            .on("click", move || self.run(at))
            .child(mark)
            .child(el("span").class("palette-title").text(record.title))
            .child(el("span").class("palette-section").text(section))
            .child(keys)
    }

    fn nothing(self) -> String {
        self.query.track();
        if self.shown.with_value(Vec::is_empty) { words::NO_COMMAND.to_owned() } else { String::new() }
    }

    fn key(self, event: &KeyboardEvent) {
        let many = self.shown.with_value(Vec::len);
        let at = self.at.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" => (at + 1) % many.max(1),
            "ArrowUp" => (at + many.max(1) - 1) % many.max(1),
            "PageDown" => (at + 8).min(many.saturating_sub(1)),
            "PageUp" => at.saturating_sub(8),
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                return self.run(at);
            }
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                return self.session.panel.set(None);
            }
            // There is nothing else to go to; Tab outside would leave the palette open behind.
            "Tab" => at,
            _ => return,
        };
        event.prevent_default();
        self.at.set(next);
    }

    /// Keeps the chosen one in sight.
    fn show(self, at: usize) {
        let option = by_id(LIST).and_then(|list| inside(&list, "[role=option]").into_iter().nth(at));
        if let Some(option) = option {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    fn run(self, at: usize) {
        let Some(record) = self.shown.with_value(|all| all.get(at).copied()) else { return };
        let session = self.session;
        remember(record.id);
        session.panel.set(None);
        record.run(session, None);
    }
}

fn option_id(record: &Record) -> String {
    format!("command-{}", record.id)
}

fn recent() -> Vec<String> {
    let kept = browser::recall(RECENT).unwrap_or_default();
    kept.split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

fn remember(id: &str) {
    let mut ids = vec![id.to_owned()];
    ids.extend(recent().into_iter().filter(|other| other != id).take(REMEMBERED - 1));
    browser::remember(RECENT, &ids.join(" "));
}

/// What can be done now and fits the query: the best first, of equals what was used lately.
fn find(session: Session, query: &str) -> Records {
    let recent = recent();
    let used = |record: &Record| recent.iter().position(|id| id == record.id).unwrap_or(usize::MAX);
    let possible = commands::all().filter(|record| !record.by_key_only && record.is_enabled(session));
    let mut fitting: Vec<(i32, usize, &'static Record)> = possible
        .filter(|record| record.id != "palette")
        .filter_map(|record| {
            let score = fuzzy::score(query, record.title, record.section.title())?;
            Some((score, used(record), record))
        })
        .collect();
    fitting.sort_by_key(|(score, used, _)| (-score, *used));
    fitting.into_iter().map(|(_, _, record)| record).collect()
}
