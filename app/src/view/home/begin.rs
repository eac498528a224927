//! Ways to begin a board: empty, from an example, from words, from a file.

use super::Home;
use crate::api::{self, Source};
use crate::view::icons::icon;
use crate::{browser, chunks, messages};
use elements::{El, el};
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File};

/// Larger files are no board.
const LARGEST: f64 = 16_000_000.0;

/// LES's own examples, and ours.
const EXAMPLES: [(&str, &str); 8] = [
    ("TODO list", include_str!("../../../assets/todolist.emd")),
    ("Coffee shop", include_str!("../../../assets/coffee-shop.emd")),
    ("Web shop", include_str!("../../../assets/web-shop.emd")),
    ("Library", include_str!("../../../assets/library.emd")),
    ("Online ordering", include_str!("../../../assets/shopping.emd")),
    ("Inventory and sales", include_str!("../../../assets/inventory.emd")),
    ("Timesheets and billing", include_str!("../../../assets/timesheets.emd")),
    ("Medical consent", include_str!("../../../assets/consentaur.emd")),
];

pub fn begin(home: Home) -> El {
    let new = button(home, "button primary", "new-board", move || start(home, Source::Empty));
    let file = NodeRef::<Input>::new();
    let open = move || {
        if let Some(file) = file.get_untracked() {
            file.click();
        }
    };
    let chooser = el("input")
        .attr("type", "file")
        .attr("id", "file")
        .attr("hidden", true)
        .attr("accept", ".emd,.md,.txt,.yaml,.yml,.mmd,.mermaid,.svg,.squall")
        .known_as(file)
        .on_event("change", move |event: web_sys::Event| {
            let input = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
            if let Some(chosen) = input.as_ref().and_then(|input| input.files()?.get(0)) {
                read(home, chosen);
            }
            // The same file can be chosen again.
            input.iter().for_each(|input| input.set_value(""));
        });
    let actions = el("div")
        .class("home-actions")
        .child(new.child(icon("plus")).text(messages::HOME_NEW))
        .child(button(home, "button", "open-file", open).child(icon("share")).text(messages::HOME_OPEN))
        .child(chooser);
    let section = el("section").class("home-begin").attr("aria-label", messages::HOME_BEGIN);
    drops(home, section.child(actions).child(examples(home)).child(paste(home)))
}

fn button(home: Home, class: &str, id: &'static str, run: impl FnMut() + 'static) -> El {
    el("button").class(class).attr("id", id).live_attr("disabled", move || home.busy.get()).on("click", run)
}

fn examples(home: Home) -> El {
    let rows = EXAMPLES.iter().enumerate().map(|(at, (name, text))| {
        let id = if at == 0 { "example-board" } else { "" };
        let run = move || start(home, Source::Text((*text).to_owned()));
        let button = el("button").class("button dense").on("click", run).text(name);
        let button = button.attr("id", (!id.is_empty()).then_some(id));
        el("li").child(button.live_attr("disabled", move || home.busy.get()))
    });
    el("div")
        .class("home-examples")
        .child(el("h2").attr("id", "examples").text(messages::HOME_EXAMPLES))
        .child(el("ul").attr("aria-labelledby", "examples").child(rows))
}

fn paste(home: Home) -> El {
    let field = NodeRef::<Textarea>::new();
    let paste = move || {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if text.trim().is_empty() {
            home.trouble.set(Some(messages::HOME_PASTE_EMPTY.to_owned()));
        } else {
            start(home, Source::Text(text));
        }
    };
    let area = el("textarea")
        .class("field")
        .attr("id", "paste")
        .known_as(field)
        .attr("rows", "6")
        .attr("spellcheck", "false")
        .attr("placeholder", messages::HOME_PASTE_HINT);
    el("details")
        .class("home-paste")
        .child(el("summary").text(messages::HOME_PASTE))
        .child(el("label").class("label").attr("for", "paste").text(messages::HOME_PASTE_LABEL))
        .child(area)
        .child(button(home, "button", "paste-board", paste).text(messages::HOME_PASTE_BUTTON))
}

/// A file let go anywhere on this page opens as a board.
fn drops(home: Home, section: El) -> El {
    let over = RwSignal::new(false);
    let listen = |name: &'static str, run: fn(Home, RwSignal<bool>, &DragEvent)| {
        window_event_listener_untyped(name, move |event| {
            if let Some(event) = event.dyn_ref::<DragEvent>() {
                event.prevent_default();
                run(home, over, event);
            }
        })
    };
    let listeners = [
        listen("dragover", |_, over, _| over.set(true)),
        listen("dragleave", |_, over, event| over.set(event.related_target().is_some())),
        listen("drop", |home, over, event| {
            over.set(false);
            let files = event.data_transfer().and_then(|data| data.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                read(home, file);
            }
        }),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    let hint = move || over.get().then(|| el("p").class("home-drop").text(messages::HOME_DROP));
    section.live_child(hint)
}

fn read(home: Home, file: File) {
    let name = file.name().to_lowercase();
    if file.size() > LARGEST {
        return home.trouble.set(Some(messages::home_refused(413)));
    }
    browser::spawn(async move {
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        // A browser reads a picture as text too, with signs that no text has.
        match text.filter(|text| !text.contains(['\u{0}', '\u{fffd}'])) {
            None => home.trouble.set(Some(messages::HOME_UNREADABLE.to_owned())),
            Some(text) => match source(&name, text).await {
                Ok(source) => start(home, source),
                Err(words) => home.trouble.set(Some(words)),
            },
        }
    });
}

/// What a file of this name holds, or why it cannot be opened.
async fn source(name: &str, text: String) -> Result<Source, String> {
    if name.ends_with(".squall") {
        return Ok(Source::File(text));
    }
    if text.trim().is_empty() {
        return Err(messages::HOME_FILE_EMPTY.to_owned());
    }
    match chunks::is_foreign(name) {
        true => chunks::raised(name.to_owned(), text).await.map(Source::Text),
        false => Ok(Source::Text(text)),
    }
}

/// Makes the board and goes there.
pub fn start(home: Home, source: Source) {
    home.busy.set(true);
    home.trouble.set(None);
    browser::spawn(async move {
        let words = match api::make_board(&source).await {
            Ok(path) if browser::window().location().assign(&path).is_ok() => return,
            Ok(_) => messages::HOME_NO_SERVER.to_owned(),
            Err(error) => messages::not_made(error, matches!(source, Source::File(_))),
        };
        home.busy.set(false);
        home.trouble.set(Some(words));
    });
}
