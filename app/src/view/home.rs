//! The first page: what this is, and three ways to begin.

use super::element::{El, el};
use super::icons::icon;
use crate::api::{self, ApiError};
use crate::{browser, messages};
use leptos::html::Textarea;
use leptos::prelude::*;

/// LES's own example.
const EXAMPLE: &str = include_str!("../../assets/todolist.emd");

pub fn home() -> El {
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let alert = move || {
        let words = trouble.get();
        words.map(|words| el("p").class("home-error").child(icon("warning")).text(&words))
    };
    let note = move || if busy.get() { messages::HOME_BUSY } else { messages::HOME_NOTE };
    let new = button(busy, "button primary", "new-board", move || begin(None, busy, trouble));
    let example =
        button(busy, "button", "example-board", move || begin(Some(EXAMPLE.to_owned()), busy, trouble));
    let actions = el("div")
        .class("home-actions")
        .child(new.child(icon("plus")).text(messages::HOME_NEW))
        .child(example.text(messages::HOME_EXAMPLE));
    el("main")
        .class("home")
        .child(el("h1").class("wordmark").text(messages::NAME))
        .child(paper())
        .child(el("p").class("home-lead").text(messages::HOME_LEAD))
        .child(actions)
        .child(paste(busy, trouble))
        .child(el("div").attr("role", "alert").class("home-alert").live_child(alert))
        .child(el("p").class("home-note").attr("role", "status").live_text(note))
}

fn button(busy: RwSignal<bool>, class: &str, id: &'static str, run: impl FnMut() + 'static) -> El {
    el("button").class(class).attr("id", id).live_attr("disabled", move || busy.get()).on("click", run)
}

fn paste(busy: RwSignal<bool>, trouble: RwSignal<Option<String>>) -> El {
    let field = NodeRef::<Textarea>::new();
    let paste = move || {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if text.trim().is_empty() {
            trouble.set(Some(messages::HOME_PASTE_EMPTY.to_owned()));
        } else {
            begin(Some(text), busy, trouble);
        }
    };
    let area = el("textarea")
        .class("field")
        .attr("id", "paste")
        .known_as(field)
        .attr("rows", "6")
        .attr("spellcheck", "false")
        .attr("placeholder", messages::HOME_PASTE_HINT);
    el("div")
        .class("home-paste")
        .child(el("label").class("label").attr("for", "paste").text(messages::HOME_PASTE_LABEL))
        .child(area)
        .child(button(busy, "button", "paste-board", paste).text(messages::HOME_PASTE_BUTTON))
}

/// Three stickies as a picture of what one gets.
fn paper() -> El {
    let notes = messages::HOME_PAPER.map(|(kind, words)| {
        let note = el("div").class("note").attr("data-kind", kind);
        note.child(el("div").class("note-text").text(words))
    });
    el("div").class("home-paper").attr("aria-hidden", "true").child(notes)
}

fn begin(text: Option<String>, busy: RwSignal<bool>, trouble: RwSignal<Option<String>>) {
    busy.set(true);
    trouble.set(None);
    wasm_bindgen_futures::spawn_local(async move {
        let words = match api::make_board(text.as_deref()).await {
            Ok(path) if browser::window().location().assign(&path).is_ok() => return,
            Ok(_) | Err(ApiError::Unreachable) => messages::HOME_NO_SERVER.to_owned(),
            Err(ApiError::Refused(status)) => messages::home_refused(status),
            Err(ApiError::Strange) => messages::HOME_STRANGE.to_owned(),
        };
        busy.set(false);
        trouble.set(Some(words));
    });
}
