//! Which run is looked at: everybody's, or one of one's own; beginning, naming, starting over and removing runs.

use super::desk::Desk;
use crate::messages::run as words;
use crate::run::{Known, Which};
use crate::view::icons::icon;
use elements::{El, afterwards, el, word};
use leptos::html::{Div, Input};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Event;

/// What the menu is asked to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sheet {
    List,
    New,
    Rename,
}

fn name_of(which: &Which, runs: &[Known]) -> String {
    let named = runs.iter().find(|run| run.which == *which).map(|run| run.name.trim()).unwrap_or_default();
    match named {
        "" if *which == Which::main() => words::EVERYBODY.to_owned(),
        "" => words::UNNAMED.to_owned(),
        name => name.to_owned(),
    }
}

const fn whose(which: &Which) -> &'static str {
    match which {
        Which::Shared(_) => words::SHARED,
        Which::Alone(_) => words::ALONE,
    }
}

pub fn runs(desk: Desk) -> El {
    let play = desk.play;
    let open: RwSignal<Option<Sheet>> = RwSignal::new(None);
    let place = NodeRef::<Div>::new();
    let outside = window_event_listener(leptos::ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = place.get_untracked().is_some_and(|place| place.contains(target.as_ref()));
        if open.get_untracked().is_some() && !inside {
            open.set(None);
        }
    });
    on_cleanup(move || outside.remove());
    let escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked().is_some() {
            event.stop_propagation();
            open.set(None);
            if let Some(button) =
                place.get_untracked().and_then(|it| it.query_selector("button").ok().flatten())
            {
                let _ = button.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        }
    };
    let name = move || play.runs.with(|runs| play.which.with(|which| name_of(which, runs)));
    let button = el("button")
        .class("run-which")
        .attr("title", words::RUNS)
        .live_attr("aria-expanded", move || word(open.with(Option::is_some)))
        .on("click", move || {
            open.update(|open| *open = if open.is_some() { None } else { Some(Sheet::List) })
        })
        .child(el("span").class("run-name").live_text(name))
        .child(el("span").class("badge").live_text(move || play.which.with(whose)))
        .child(icon("down"));
    let sheet = move || {
        open.get().map(|sheet| match sheet {
            Sheet::List => list(desk, open),
            Sheet::New => new_run(desk, open),
            Sheet::Rename => rename(desk, open),
        })
    };
    el("div").class("run-runs").known_as(place).on_event("keydown", escape).child(button).live_child(sheet)
}

/// Done: the focus is where the menu was opened.
fn close(open: RwSignal<Option<Sheet>>) {
    super::focus(".run-which");
    open.set(None);
}

fn list(desk: Desk, open: RwSignal<Option<Sheet>>) -> El {
    let play = desk.play;
    let mut known = play.runs.get_untracked();
    if !known.iter().any(|run| run.which == Which::main()) {
        known.insert(0, Known { which: Which::main(), name: String::new(), by: String::new(), steps: 0 });
    }
    let rows: Vec<El> = known.iter().map(|run| row(desk, run, &known, open)).collect();
    let line = move |mark: &str, label: &'static str, run: Box<dyn Fn()>| {
        let button = el("button").on("click", run).child(icon(mark)).child(el("span").text(label));
        el("li").child(button)
    };
    let is_main = play.which.with_untracked(|which| *which == Which::main());
    let can = play.can_act();
    let rename = (can && !is_main)
        .then(|| line("rename", words::RENAME, Box::new(move || open.set(Some(Sheet::Rename)))));
    let reset = can.then(|| {
        sure("reopen", words::RESET, words::RESET_SURE, move || {
            play.reset();
            desk.dismiss();
            desk.go_now();
            play.session.announcement.set(words::RESET_DONE.to_owned());
            close(open);
        })
    });
    let remove = (can && !is_main).then(|| {
        sure("delete", words::REMOVE, words::REMOVE_SURE, move || {
            let gone = play.which.get_untracked();
            play.look_at(Which::main());
            play.remove(&gone);
            close(open);
        })
    });
    el("div").class("run-menu").child(el("ul").attr("aria-label", words::RUNS).child(rows)).child(
        el("ul")
            .child(line("plus", words::NEW_RUN, Box::new(move || open.set(Some(Sheet::New)))))
            .child(rename)
            .child(reset)
            .child(remove),
    )
}

fn row(desk: Desk, run: &Known, known: &[Known], open: RwSignal<Option<Sheet>>) -> El {
    let play = desk.play;
    let which = run.which.clone();
    let here = play.which.with_untracked(|now| *now == which);
    let button = el("button")
        .attr("aria-current", here.then_some("true"))
        .child(el("span").class("run-name").text(&name_of(&which, known)))
        .child(el("span").class("quiet").text(whose(&which)))
        .child(here.then(|| icon("check")));
    let button = button.on("click", move || {
        desk.pause();
        play.at.set(None);
        play.look_at(which.clone());
        close(open);
    });
    el("li").child(button)
}

/// What cannot be taken back asks once more, in place.
fn sure(mark: &str, label: &'static str, question: &'static str, run: impl Fn() + Clone + 'static) -> El {
    let asking = RwSignal::new(false);
    let mark = mark.to_owned();
    el("li").live_child(move || {
        let run = run.clone();
        let pressed = move || if asking.get_untracked() { run() } else { asking.set(true) };
        let button = el("button").live_class("danger", move || asking.get()).on("click", pressed);
        button.child(icon(&mark)).child(el("span").text(if asking.get() { question } else { label }))
    })
}

fn named(before: &str) -> (NodeRef<Input>, El) {
    let input = NodeRef::<Input>::new();
    afterwards(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
            input.select();
        }
    });
    let field = el("input")
        .class("field")
        .attr("id", "run-name-field")
        .attr("maxlength", "60")
        .known_as(input)
        .prop("value", before.to_owned());
    (
        input,
        el("div")
            .child(el("label").class("label").attr("for", "run-name-field").text(words::RUN_NAME))
            .child(field),
    )
}

fn typed(input: NodeRef<Input>) -> String {
    input.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default()
}

fn new_run(desk: Desk, open: RwSignal<Option<Sheet>>) -> El {
    let play = desk.play;
    let can_share = play.session.can_write();
    let shared = RwSignal::new(can_share);
    let (input, name) = named("");
    let choice = |value: bool, label: &'static str| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "run-shared")
            .attr("disabled", value && !can_share)
            .live_checked(move || shared.get() == value)
            .on("change", move || shared.set(value));
        el("label").class("run-choice").child(input).child(el("span").text(label))
    };
    let begin = move |event: Event| {
        event.prevent_default();
        let name = typed(input);
        desk.pause();
        play.at.set(None);
        play.begin(if name.is_empty() { words::NEW_RUN } else { &name }, shared.get_untracked());
        close(open);
    };
    el("form")
        .class("run-menu run-asks")
        .on_event("submit", begin)
        .child(name)
        .child(choice(true, words::WITH_OTHERS))
        .child(choice(false, words::FOR_ME))
        .child(el("button").class("button primary").attr("type", "submit").text(words::BEGIN))
}

fn rename(desk: Desk, open: RwSignal<Option<Sheet>>) -> El {
    let play = desk.play;
    let which = play.which.get_untracked();
    let (input, name) = named(&play.runs.with_untracked(|runs| name_of(&which, runs)));
    let take = move |event: Event| {
        event.prevent_default();
        let name = typed(input);
        if !name.is_empty() {
            play.rename(&which, &name);
        }
        close(open);
    };
    el("form")
        .class("run-menu run-asks")
        .on_event("submit", take)
        .child(name)
        .child(el("button").class("button primary").attr("type", "submit").text(words::TAKE_NAME))
}
