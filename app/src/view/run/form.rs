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
use protocol::request::{Ask, RunId, Say};
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
    /// The values to begin with come from here: one a form, until it is sent with success.
    seed: StoredValue<u64>,
    /// The form that is open, and the run that it is of.
    shown: StoredValue<Option<(RunId, Form)>>,
}

impl Fetch {
    fn of(desk: Desk) -> Fetch {
        Fetch {
            desk,
            asked: StoredValue::new(0),
            seed: StoredValue::new(browser::random()),
            shown: StoredValue::new(None),
        }
    }

    fn form(self, command: String) {
        let play = self.desk.play;
        let run = untrack(|| play.run());
        let (serial, seed) = (self.next(), self.seed.get_value());
        browser::spawn(async move {
            let answer = play.ask(Ask::Form { run: run.clone(), command, seed }).await;
            if self.asked.try_get_value() == Some(serial) {
                self.show(if let Ok(Say::Form(form)) = answer { Some((run, form)) } else { None });
            }
        });
    }

    /// What is half filled in, or was just refused, stays as long as it asks for the same.
    fn show(self, new: Option<(RunId, Form)>) {
        let kept = self.desk.touched() || self.desk.failures.with_untracked(|all| !all.is_empty());
        let stays = self.shown.with_value(|old| match (old, &new) {
            (Some((run, old)), Some((of, new))) if kept => run == of && asks_the_same(old, new),
            (old, Some(new)) => old.as_ref() == Some(new),
            (_, None) => self.desk.form.with_untracked(Option::is_none),
        });
        if !stays {
            self.shown.set_value(new.clone());
            self.desk.form.set(new.map(|(_, form)| form));
        }
    }

    fn next(self) -> u64 {
        self.asked.update_value(|asked| *asked += 1);
        self.asked.get_value()
    }

    /// Nothing is written or refused any more, and what comes next begins with other values.
    fn begin_anew(self) {
        self.desk.failures.set(Vec::new());
        self.desk.typed.set_value(BTreeMap::new());
        self.seed.set_value(browser::random());
        self.shown.set_value(None);
    }
}

fn asks_the_same(one: &Form, other: &Form) -> bool {
    let asked = |form: &Form| -> Vec<(String, String)> {
        form.fields.iter().map(|field| (field.name.clone(), field.r#type.clone())).collect()
    };
    one.command == other.command && asked(one) == asked(other)
}

/// Fetches the form of the chosen command, and again when something may have changed what it asks or what can be
/// chosen.
pub fn follow(desk: Desk) {
    let (play, fetch) = (desk.play, Fetch::of(desk));
    let opened = StoredValue::new(None::<String>);
    afterwards(move || {
        let command = play.command.get();
        play.moves.track();
        play.which.track();
        let other = opened.with_value(|opened| *opened != command);
        if other {
            opened.set_value(command.clone());
            fetch.begin_anew();
        }
        match command {
            Some(command) => fetch.form(command),
            None => {
                // A form that is on its way comes too late.
                fetch.next();
                if desk.form.with_untracked(Option::is_some) {
                    desk.form.set(None);
                }
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
        fetch.begin_anew();
        if let Some(command) = play.command.get_untracked() {
            fetch.form(command);
        }
    });
    // What came to nothing has no answer, and neither has what was sent to another run.
    afterwards(move || {
        if play.trouble.with(Option::is_some) && !play.awaits_its_own() {
            desk.sent.set_value(false);
        }
    });
    afterwards(move || {
        play.which.track();
        desk.sent.set_value(false);
        desk.failures.set(Vec::new());
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
