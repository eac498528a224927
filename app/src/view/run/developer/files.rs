//! The log as a file, and events from elsewhere: JSON lines or CloudEvents, one event a line.

use super::desk::Desk;
use crate::browser;
use crate::messages::{self, developer as words};
use elements::{El, el};
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use protocol::request::{Ask, Format, Say};
use protocol::step::Act;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

/// A step is kept whole in the shared document; more than this does not fit into one.
const LONGEST: usize = 256_000;

pub fn files(desk: Desk) -> El {
    el("div").class("dev-part").child(exports(desk)).child(import(desk))
}

fn exports(desk: Desk) -> El {
    let way = |format: Format, name: &str, help: &str, ending: &'static str, mime: &'static str| {
        let title = desk.play.session.title().unwrap_or_default();
        let file = [messages::file_name(&title).as_str(), ending].concat();
        let label = messages::download(&file);
        let save = move || save(desk, format, file.clone(), mime);
        el("div")
            .class("export-item")
            .child(el("h3").text(name).text(" ").child(el("span").class("file-name").text(ending)))
            .child(el("p").text(help))
            .child(
                el("button")
                    .class("button dense")
                    .attr("aria-label", label)
                    .text(messages::DOWNLOAD)
                    .on("click", save),
            )
    };
    el("section")
        .class("dev-chain")
        .child(el("h3").text(words::EXPORT))
        .child(way(
            Format::JsonLines,
            words::EXPORT_JSON,
            words::EXPORT_JSON_HELP,
            ".events.jsonl",
            "application/x-ndjson",
        ))
        .child(way(
            Format::CloudEvents,
            words::EXPORT_CLOUD,
            words::EXPORT_CLOUD_HELP,
            ".cloudevents.jsonl",
            "application/cloudevents+json",
        ))
}

fn save(desk: Desk, format: Format, file: String, mime: &'static str) {
    let ask = Ask::Export { run: untrack(|| desk.play.run()), format };
    browser::spawn(async move {
        match desk.play.ask(ask).await {
            Ok(Say::Text(text)) => browser::download(&file, &text, mime),
            Ok(_) => {}
            Err(failed) => desk.play.session.say(&words::failed(&failed)),
        }
    });
}

fn import(desk: Desk) -> El {
    let field = NodeRef::<Textarea>::new();
    let said = RwSignal::new(String::new());
    let append = move || {
        let Some(field) = field.get_untracked() else { return };
        let lines = field.value();
        if lines.trim().is_empty() {
            return said.set(words::IMPORT_EMPTY.to_owned());
        }
        if lines.len() > LONGEST {
            return said.set(words::import_too_long(LONGEST));
        }
        if desk.may_act() {
            said.set(String::new());
            desk.play.act(Act::Import { lines });
            field.set_value("");
        }
    };
    let chosen = move |file: File| {
        // A character has three bytes at most in a file that fits.
        if file.size() > LONGEST as f64 * 3.0 {
            return said.set(words::import_too_long(LONGEST));
        }
        browser::spawn(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            match (text, field.try_get_untracked().flatten()) {
                (Some(text), Some(field)) => field.set_value(&text),
                (None, _) => drop(said.try_set(words::IMPORT_UNREADABLE.to_owned())),
                _ => {}
            }
        });
    };
    let result = move || {
        let mine = desk.play.mine.get();
        let trace = mine.into_iter().find(|trace| trace.links.iter().any(|link| words::is_note(link)));
        trace.map(|trace| {
            let told = trace.links.iter().filter_map(words::outcome).collect::<Vec<_>>();
            told.join(" ")
        })
    };
    el("section")
        .class("dev-chain")
        .child(el("h3").text(words::IMPORT))
        .child(el("p").class("quiet").text(words::IMPORT_HELP))
        .child(
            el("textarea")
                .class("field dev-import")
                .attr("aria-label", words::IMPORT_FIELD)
                .attr("spellcheck", "false")
                .attr("autocomplete", "off")
                .known_as(field),
        )
        .child(
            el("div")
                .class("dev-actions")
                .child(el("button").class("button dense primary").text(words::IMPORT_NOW).on("click", append))
                .child(opener(chosen)),
        )
        .child(el("p").attr("role", "status").live_text(move || said.get()))
        .child(el("p").attr("role", "status").live_text(result))
}

/// A button that lets the person choose a file.
fn opener(chosen: impl Fn(File) + 'static) -> Vec<El> {
    let file = NodeRef::<Input>::new();
    let input = el("input")
        .attr("type", "file")
        .attr("id", "dev-import-file")
        .attr("hidden", true)
        .attr("accept", ".jsonl,.ndjson,.json,.txt")
        .known_as(file)
        .on_event("change", move |event: Event| {
            let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
            if let Some(found) = input.as_ref().and_then(|input| input.files()?.get(0)) {
                chosen(found);
            }
            // The same file can be chosen again.
            input.iter().for_each(|input| input.set_value(""));
        });
    let open = move || file.get_untracked().iter().for_each(|file| file.click());
    vec![el("button").class("button dense").text(words::IMPORT_FILE).on("click", open), input]
}
