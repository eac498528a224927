//! The shortcut sheet, made from the same records that the keys run on.

use super::caps::caps;
use super::panel::panel;
use super::text_pane::TEXT_KEYS;
use crate::commands::{self, Section, is_letter_key};
use crate::messages::commands as words;
use crate::preferences;
use crate::session::Session;
use elements::{El, el};
use leptos::prelude::*;

pub fn keys_panel(session: Session) -> El {
    panel(session, words::KEYS, "keys-panel", move |body| {
        // Giving a kind has the keys of making one; one sentence says so.
        let sections = Section::ALL.into_iter().filter(|section| *section != Section::Kinds);
        body.child(letters(session))
            .child(sections.map(move |section| of_section(session, section)))
            .child(in_the_text(session))
            .child(in_the_run(session))
            .child(gestures())
    })
}

fn letters(session: Session) -> El {
    let input = el("input")
        .attr("type", "checkbox")
        .attr("role", "switch")
        .attr("id", "sheet-letters")
        .live_checked(move || session.preferences.with(|it| it.letter_keys))
        .on("change", move || {
            preferences::change(session.preferences, |it| it.letter_keys = !it.letter_keys)
        });
    let said = move || {
        if session.preferences.with(|it| it.letter_keys) {
            words::LETTERS_ON_HELP
        } else {
            words::LETTERS_OFF_HELP
        }
    };
    let label = el("label").attr("for", "sheet-letters").text(words::LETTERS_SWITCH);
    el("div")
        .class("sheet-letters")
        .child(input)
        .child(label)
        .child(el("p").class("quiet").attr("role", "status").live_text(said))
}

fn of_section(session: Session, section: Section) -> El {
    let records = commands::all().filter(move |record| record.section == section && !record.keys.is_empty());
    let rows = records.map(move |record| row(session, record.title, record.keys));
    let note = (section == Section::Create).then(|| el("p").class("quiet").text(words::KINDS_ON_SELECTION));
    el("section")
        .class("sheet-section")
        .child(el("h3").text(section.title()))
        .child(el("dl").class("keys-list").child(rows))
        .child(note)
}

fn row(session: Session, title: &'static str, keys: &'static [&'static str]) -> El {
    let all = keys.iter().map(move |keys| {
        let is_off = move || is_letter_key(keys) && !session.preferences.with(|it| it.letter_keys);
        caps(keys).live_attr("data-off", is_off)
    });
    el("div").child(el("dt").text(title)).child(el("dd").child(all))
}

fn in_the_text(session: Session) -> El {
    let rows = TEXT_KEYS.iter().map(|it| row(session, it.title, it.keys));
    el("section")
        .class("sheet-section")
        .child(el("h3").text(words::SECTION_TEXT))
        .child(el("dl").class("keys-list").child(rows))
}

fn in_the_run(session: Session) -> El {
    let rows = words::RUN_KEYS.iter().map(|(title, keys)| row(session, title, keys));
    el("section")
        .class("sheet-section")
        .child(el("h3").text(words::SECTION_RUN))
        .child(el("dl").class("keys-list").child(rows))
}

fn gestures() -> El {
    let rows = words::GESTURES.iter().map(|(what, how)| {
        el("div")
            .child(el("dt").text(what))
            .child(el("dd").class("gesture").text(&words::on_this_keyboard(how)))
    });
    el("section")
        .class("sheet-section")
        .child(el("h3").text(words::SECTION_GESTURES))
        .child(el("dl").class("keys-list").child(rows))
}
