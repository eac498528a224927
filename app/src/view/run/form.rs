//! The form of a command: sensible values to begin with, Enter presses the button, and what was refused stands
//! beside its field.

use super::chain;
use super::desk::Desk;
use super::field::{self, Values};
use crate::browser;
use crate::messages::run as words;
use crate::view::icons::icon;
use elements::{El, afterwards, el};
use leptos::prelude::*;
use protocol::request::{Ask, Say};
use protocol::step::{Act, Command};
use protocol::trace::{Failure, Field, Form};
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;
use web_sys::Event;

/// Fetches forms; an answer that comes too late is not shown.
#[derive(Clone, Copy)]
struct Fetch {
    desk: Desk,
    asked: StoredValue<u64>,
}

impl Fetch {
    fn form(self, command: String) {
        let play = self.desk.play;
        let run = untrack(|| play.run());
        let serial = self.next();
        browser::spawn(async move {
            let answer = play.ask(Ask::Form { run, command, seed: browser::random() }).await;
            if self.asked.try_get_value() == Some(serial) {
                self.desk.form.set(if let Ok(Say::Form(form)) = answer { Some(form) } else { None });
            }
        });
    }

    fn next(self) -> u64 {
        self.asked.update_value(|asked| *asked += 1);
        self.asked.get_value()
    }

    /// Nothing is written or refused any more.
    fn clear(self) {
        self.desk.failures.set(Vec::new());
        self.desk.touched.set_value(false);
    }
}

/// Fetches the form of the chosen command, and again when something may have changed what can be chosen.
pub fn follow(desk: Desk) {
    let (play, fetch) = (desk.play, Fetch { desk, asked: StoredValue::new(0) });
    afterwards(move || {
        let command = play.command.get();
        play.moves.track();
        let same =
            desk.form.with_untracked(|form| form.as_ref().map(|form| &form.command) == command.as_ref());
        // What is half filled in, or was just refused, stays.
        let kept = desk.touched.get_value() || desk.failures.with_untracked(|all| !all.is_empty());
        match command {
            Some(_) if same && kept => {}
            Some(command) => {
                if !same {
                    fetch.clear();
                }
                fetch.form(command);
            }
            None => {
                // A form that is on its way comes too late.
                fetch.next();
                fetch.clear();
                desk.form.set(None);
            }
        }
    });
    afterwards(move || {
        let Some(mine) = play.mine.get().filter(|_| desk.sent.get_value()) else { return };
        desk.sent.set_value(false);
        if let Some(failures) = chain::failures(&mine) {
            desk.failures.set(failures);
            return browser::next_frame(focus_the_first_refused);
        }
        fetch.clear();
        if let Some(command) = play.command.get_untracked() {
            fetch.form(command);
        }
    });
}

pub fn sheet(desk: Desk, form: Form) -> El {
    let values: Values = StoredValue::new(BTreeMap::new());
    let shown = form.fields.iter().filter(|field| !field.made_up);
    let rows: Vec<El> = shown.enumerate().map(|(at, field)| row(desk, values, at, field)).collect();
    let empty = rows.is_empty().then(|| el("p").class("quiet").text(words::NO_FIELDS));
    let (name, label) = (form.command.clone(), form.label.clone());
    let fields: Vec<(String, String)> = form
        .fields
        .iter()
        .filter(|field| !field.made_up)
        .map(|it| (it.name.clone(), it.r#type.clone()))
        .collect();
    let send = move |event: Event| {
        event.prevent_default();
        let read = |(name, kind): &(String, String)| {
            let value = values.with_value(|all| all.get(name).cloned()).unwrap_or_default();
            (name.clone(), field::written(kind, value))
        };
        let values = fields.iter().map(read).collect();
        desk.sent.set_value(true);
        desk.play.at.set(None);
        desk.play.act(Act::Send(Command { name: name.clone(), values, ..Command::default() }));
    };
    let past = move || desk.play.at.with(Option::is_some);
    el("form")
        .class("run-form")
        .attr("novalidate", true)
        .attr("autocomplete", "off")
        .attr("aria-label", label.clone())
        .on_event("submit", send)
        .child(head(desk, &form))
        .child(rows)
        .child(empty)
        .live_child(move || desk.failures.with(|all| summary(all, &form.fields)))
        .when(past, || el("p").class("remark").child(icon("hint")).child(el("span").text(words::NOT_NOW)))
        .child(
            el("button")
                .class("button primary run-send")
                .attr("type", "submit")
                .live_attr("disabled", move || !desk.play.can_act())
                .text(&label),
        )
}

fn head(desk: Desk, form: &Form) -> El {
    let back = el("button")
        .class("tool")
        .attr("type", "button")
        .attr("aria-label", words::BACK)
        .attr("title", words::BACK)
        .on("click", move || super::leave_the_form(desk))
        .child(icon("left"));
    let actor = form.actor.as_ref().map(|actor| el("span").class("quiet").text(&words::acted_by(actor)));
    el("header")
        .class("run-form-head")
        .child(back)
        .child(el("span").class("swatch").attr("data-kind", "command").child(icon("command")))
        .child(el("h3").text(&form.label))
        .child(actor)
}

fn row(desk: Desk, values: Values, at: usize, field: &Field) -> El {
    let id = format!("run-field-{at}");
    let problem = format!("{id}-problem");
    let name = field.name.clone();
    let reasons = Memo::new(move |_| {
        desk.failures.with(|all| {
            let own = all.iter().filter(|failure| failure.field == name);
            own.map(plain).collect::<Vec<_>>().join(" ")
        })
    });
    let needed =
        field.required.then(|| el("span").class("run-must").attr("aria-hidden", "true").text(words::MUST));
    let label = el("div")
        .class("run-label")
        .child(el("label").attr("for", id.clone()).text(&field.label))
        .child(needed);
    let spot = field::Spot { desk, values, id, problem: problem.clone(), first: at == 0, reasons };
    let words = move || Some(reasons.get()).filter(|words| !words.is_empty());
    let said = move || {
        let problem = problem.clone();
        words().map(|words| {
            el("p")
                .class("run-problem")
                .attr("id", problem)
                .child(icon("error"))
                .child(el("span").text(&words))
        })
    };
    el("div")
        .class("run-field")
        .live_attr("data-wrong", move || reasons.with(|words| !words.is_empty()))
        .child(label)
        .child(field::control(spot, field))
        .live_child(said)
}

/// What was refused and belongs to no field that is shown.
fn summary(failures: &[Failure], fields: &[Field]) -> Option<El> {
    let elsewhere = |failure: &&Failure| {
        !fields.iter().any(|field| !field.made_up && field.name == failure.field && !failure.field.is_empty())
    };
    let reasons: Vec<El> =
        failures.iter().filter(elsewhere).map(|failure| el("p").text(plain(failure))).collect();
    let title = el("b").text(words::REJECTED);
    let shown = !failures.is_empty();
    shown.then(|| {
        el("div").class("run-refused").child(icon("forbid")).child(el("div").child(title).child(reasons))
    })
}

fn plain(failure: &Failure) -> &str {
    if failure.plain.is_empty() { &failure.message } else { &failure.plain }
}

fn focus_the_first_refused() {
    let found = browser::document().query_selector(".run-form [aria-invalid=true]").ok().flatten();
    if let Some(field) = found.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
