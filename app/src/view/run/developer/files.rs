//! The log as a file, and events from elsewhere: JSON lines or CloudEvents, one event a line.

use super::desk::Desk;
use crate::browser;
use crate::messages::{self, developer as words};
use elements::{El, el};
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use protocol::request::{Ask, Format, Say};
use protocol::step::Act;
use protocol::trace::{Link, What};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

/// A step is kept whole in the shared document; more than this, written as JSON, might not fit into one.
const LONGEST: usize = 256_000;
/// So many steps one import may take.
const MOST: usize = 40;

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
    // A text that is too long to stand in the field.
    let held = StoredValue::new(None::<String>);
    // The last position before an import of several steps.
    let several = StoredValue::new(None::<u64>);
    let said = RwSignal::new(String::new());
    let append = move || {
        let Some(field) = field.get_untracked() else { return };
        let lines = held.try_update_value(Option::take).flatten().unwrap_or_else(|| field.value());
        if lines.trim().is_empty() {
            return said.set(words::IMPORT_EMPTY.to_owned());
        }
        let Some(parts) = parts(&lines) else { return said.set(words::import_too_long(LONGEST, MOST)) };
        if desk.may_act() {
            said.set(String::new());
            field.set_value("");
            several.set_value((parts.len() > 1).then(|| desk.play.state.with_untracked(|state| state.head)));
            parts.into_iter().for_each(|lines| desk.play.act(Act::Import { lines }));
        }
    };
    let chosen = move |file: File| {
        if file.size() > (LONGEST * MOST) as f64 {
            return said.set(words::import_too_long(LONGEST, MOST));
        }
        browser::spawn(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            let (Some(text), Some(field)) = (text, field.try_get_untracked().flatten()) else {
                return drop(said.try_set(words::IMPORT_UNREADABLE.to_owned()));
            };
            let long = text.len() > LONGEST;
            let ready = || words::import_ready(&file.name(), text.lines().count());
            said.set(if long { ready() } else { String::new() });
            field.set_value(if long { "" } else { &text });
            held.set_value(long.then_some(text));
        });
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
        .child(el("p").attr("role", "status").live_text(move || came(desk, several.get_value())))
}

/// What the import brought. One of several steps is counted from the position before it.
fn came(desk: Desk, several: Option<u64>) -> Option<String> {
    let mine = desk.play.mine.get();
    let trace = mine.into_iter().find(|trace| trace.links.iter().any(words::is_note))?;
    let refused = |link: &Link| matches!(link.what, What::Note { problem: true, .. });
    if let Some(before) = several.filter(|_| !trace.links.iter().any(refused)) {
        return Some(words::import_came(trace.after.saturating_sub(before)));
    }
    let told: Vec<String> = trace.links.iter().filter_map(words::outcome).collect();
    Some(told.join(" "))
}

/// What each step takes in: whole lines, as many as fit. Nothing where a line, or all of it, is too long.
fn parts(lines: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        if line.len() >= LONGEST {
            return None;
        }
        if parts.last().is_none_or(|part| part.len() + line.len() >= LONGEST) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    (parts.len() <= MOST).then_some(parts)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_takes_as_many_steps_as_its_lines_need() {
        assert_eq!(parts("a\n\nb"), Some(vec!["a\nb\n".to_owned()]));
        let line = "x".repeat(LONGEST / 2);
        let three = parts(&[line.as_str(); 3].join("\n"));
        assert_eq!(three.map(|parts| parts.len()), Some(3));
        assert_eq!(parts(&"x".repeat(LONGEST)), None);
        assert_eq!(parts(&[line.as_str(); MOST + 1].join("\n")), None);
    }
}
