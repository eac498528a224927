//! One operation: a row that opens into what can be filled in, the button that executes it, and what came of it.

use super::response::response;
use crate::messages::ship as words;
use crate::ship::{Api, key, request};
use crate::view::fixes;
use crate::view::icons::drawing;
use elements::{El, el, word};
use leptos::prelude::*;
use protocol::ship::{Operation, Parameter};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlTextAreaElement, KeyboardEvent};

const CARET: &str = "M7.5 5l5 5-5 5";
/// A body of more lines is scrolled.
const LINES: usize = 16;

thread_local! {
    static IDS: Cell<u32> = const { Cell::new(0) };
}

fn fresh_id(name: &str) -> String {
    let id = IDS.get() + 1;
    IDS.set(id);
    format!("ship-{name}-{id}")
}

pub fn operation(api: Api, operation: Operation) -> El {
    let (key, operation) = (key(&operation), Rc::new(operation));
    let id = fresh_id("operation");
    let is_open = {
        let key = key.clone();
        move || api.open.with(|open| open.contains(&key))
    };
    let (opened, shown, mine) = (is_open.clone(), is_open.clone(), key.clone());
    let toggle = move || {
        api.open.update(|open| {
            if !open.remove(&mine) {
                open.insert(mine.clone());
            }
        });
    };
    let head = el("button")
        .class("ship-operation-head")
        .live_attr("aria-expanded", move || word(opened()))
        .attr("aria-controls", id.clone())
        .on("click", toggle)
        .child(method(&operation.method))
        .child(path(&operation.path))
        .child(el("span").class("ship-summary").text(&operation.summary))
        .child(drawing(CARET));
    let body = el("div").attr("id", id);
    let made = operation.clone();
    el("li")
        .class("ship-operation")
        .attr("data-operation", key)
        .attr("data-method", operation.method.clone())
        .child(head)
        .child(body.when(shown, move || sheet(api, made.clone())))
}

/// Where it has to go over several lines, it breaks between its parts.
fn path(path: &str) -> El {
    path.split_inclusive('/').fold(el("code"), |code, part| code.text(part).child(el("wbr")))
}

pub fn method(name: &str) -> El {
    el("b").class("ship-method").attr("data-method", name.to_owned()).text(name)
}

fn sheet(api: Api, operation: Rc<Operation>) -> El {
    let made = operation.clone();
    // What was filled in is forgotten when all begins anew.
    let restored = RwSignal::new(0_u64);
    let form = move || {
        api.round.track();
        restored.track();
        form(api, made.clone(), restored)
    };
    let about = operation.description.trim().replace("\n\n", "\n");
    el("div")
        .class("ship-sheet")
        .child((!about.is_empty()).then(|| fixes::words(el("p").class("ship-about"), &about)))
        .child(el("div").live_child(form))
        .child(responses(&operation))
        .child(el("div").live_child(move || response(api, &key(&operation))))
}

fn form(api: Api, operation: Rc<Operation>, restored: RwSignal<u64>) -> El {
    let executed = operation.clone();
    let execute = move || api.execute(&executed, request(&executed, &api.fields(&executed)));
    let by_key = execute.clone();
    let (own, headers): (Vec<&Parameter>, Vec<&Parameter>) =
        operation.parameters.iter().partition(|parameter| parameter.place != "header");
    let own = own.into_iter().map(|parameter| field(api, &operation, parameter));
    let folded = (!headers.is_empty()).then(|| {
        el("details")
            .class("ship-fold")
            .child(el("summary").text(words::HEADERS))
            .child(headers.into_iter().map(|parameter| field(api, &operation, parameter)))
    });
    let example = operation.body.as_ref().map(|_| {
        let operation = operation.clone();
        el("button").class("button dense").attr("type", "button").text(words::EXAMPLE).on(
            "click",
            move || {
                api.restore(&operation);
                restored.update(|times| *times += 1);
            },
        )
    });
    let button = el("button")
        .class("button primary dense")
        .attr("type", "submit")
        .attr("title", words::EXECUTE_TITLE)
        .text(words::EXECUTE);
    el("form")
        .class("ship-form")
        .attr("novalidate", true)
        .on_event("submit", move |event: Event| {
            event.prevent_default();
            execute();
        })
        .on_event("keydown", move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                event.stop_propagation();
                by_key();
            }
        })
        .child(own)
        .child(operation.body.as_ref().map(|_| body(api, &operation)))
        .child(folded)
        .child(el("div").class("ship-actions").child(button).child(example))
}

fn field(api: Api, operation: &Rc<Operation>, parameter: &Parameter) -> El {
    let id = fresh_id("field");
    let help = fresh_id("help");
    let (filled, place, name) = (operation.clone(), parameter.place.clone(), parameter.name.clone());
    let input = el("input")
        .class("field dense")
        .attr("id", id.clone())
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", parameter.example.clone())
        .attr("aria-required", parameter.required.then_some("true"))
        .attr("aria-describedby", (!parameter.description.is_empty()).then(|| help.clone()))
        .prop("value", api.fields(operation).of(&parameter.place, &parameter.name))
        .on_event("input", move |event: Event| {
            api.fill(&filled, |fields| fields.put(&place, &name, value_of(&event)));
        });
    let label = el("div")
        .class("ship-label")
        .child(el("label").attr("for", id).text(&parameter.name))
        .child(el("span").class("quiet").text(&parameter.place))
        .child(parameter.required.then(|| el("span").class("ship-required").text(words::REQUIRED)));
    let about = (!parameter.description.is_empty())
        .then(|| fixes::words(el("p").class("quiet").attr("id", help), &parameter.description));
    el("div").class("ship-field").child(label).child(input).child(about)
}

fn body(api: Api, operation: &Rc<Operation>) -> El {
    let id = fresh_id("body");
    let filled = operation.clone();
    let text = api.fields(operation).body;
    let lines = text.lines().count().clamp(3, LINES);
    let area = el("textarea")
        .class("field ship-json")
        .attr("id", id.clone())
        .attr("rows", lines.to_string())
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .prop("value", text)
        .on_event("input", move |event: Event| api.fill(&filled, |fields| fields.body = value_of(&event)));
    let label = el("div")
        .class("ship-label")
        .child(el("label").attr("for", id).text(words::BODY))
        .child(el("span").class("quiet").text(words::BODY_TYPE));
    el("div").class("ship-field").child(label).child(area)
}

fn value_of(event: &Event) -> String {
    let target = event.target();
    let area = target.as_ref().and_then(|target| target.dyn_ref::<HtmlTextAreaElement>());
    let input = target.as_ref().and_then(|target| target.dyn_ref::<web_sys::HtmlInputElement>());
    area.map(HtmlTextAreaElement::value).or(input.map(web_sys::HtmlInputElement::value)).unwrap_or_default()
}

/// What may come of it, folded: Swagger's list of responses.
fn responses(operation: &Operation) -> Option<El> {
    let row =
        |(status, about): &(String, String)| [el("dt").child(el("code").text(status)), el("dd").text(about)];
    let rows = operation.responses.iter().flat_map(row);
    (!operation.responses.is_empty()).then(|| {
        el("details")
            .class("ship-fold")
            .child(el("summary").text(words::RESPONSES))
            .child(el("dl").class("ship-responses").child(rows))
    })
}
