//! The first page: what this is, and three ways to begin.

use super::icons::Icon;
use crate::api::{self, ApiError};
use crate::{browser, messages};
use leptos::html::Textarea;
use leptos::prelude::*;

/// LES's own example.
const EXAMPLE: &str = include_str!("../../assets/todolist.emd");

#[component]
pub fn Home() -> impl IntoView {
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let field = NodeRef::<Textarea>::new();
    let paste = move |_| {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if text.trim().is_empty() {
            trouble.set(Some(messages::HOME_PASTE_EMPTY.to_owned()));
        } else {
            begin(Some(text), busy, trouble);
        }
    };
    view! {
        <main class="home">
            <h1 class="wordmark">{messages::NAME}</h1>
            <Paper />
            <p class="home-lead">{messages::HOME_LEAD}</p>
            <div class="home-actions">
                <button class="button primary" id="new-board" disabled=move || busy.get()
                    on:click=move |_| begin(None, busy, trouble)>
                    <Icon name="plus" />{messages::HOME_NEW}
                </button>
                <button class="button" id="example-board" disabled=move || busy.get()
                    on:click=move |_| begin(Some(EXAMPLE.to_owned()), busy, trouble)>
                    {messages::HOME_EXAMPLE}
                </button>
            </div>
            <div class="home-paste">
                <label class="label" for="paste">{messages::HOME_PASTE_LABEL}</label>
                <textarea class="field" id="paste" node_ref=field rows="6" spellcheck="false"
                    placeholder=messages::HOME_PASTE_HINT></textarea>
                <button class="button" id="paste-board" disabled=move || busy.get() on:click=paste>
                    {messages::HOME_PASTE_BUTTON}
                </button>
            </div>
            <div role="alert" class="home-alert">
                {move || trouble.get().map(|words| view! {
                    <p class="home-error"><Icon name="warning" />{words}</p>
                })}
            </div>
            <p class="home-note" role="status">
                {move || if busy.get() { messages::HOME_BUSY } else { messages::HOME_NOTE }}
            </p>
        </main>
    }
}

/// Three stickies as a picture of what one gets.
#[component]
fn Paper() -> impl IntoView {
    let note = |kind: &'static str, words: &'static str| {
        view! {
            <div class="note" data-kind=kind><div class="note-text">{words}</div></div>
        }
    };
    view! {
        <div class="home-paper" aria-hidden="true">
            {messages::HOME_PAPER.map(|(kind, words)| note(kind, words))}
        </div>
    }
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
