//! Sending a command as a developer: with the version that its stream must have. Below, what became of every step.

use super::desk::{Desk, Place};
use super::log::{field, labelled};
use super::rows::clock;
use crate::browser;
use crate::messages::developer as words;
use crate::messages::run::NOT_NOW;
use elements::{El, el, live, remembered};
use leptos::prelude::*;
use protocol::request::{Ask, Say};
use protocol::step::{Act, Command, Expected};
use protocol::trace::{Field, Form, Trace, What};
use web_sys::SubmitEvent;

/// So many steps are listed.
const STEPS: usize = 25;

pub fn send(desk: Desk) -> El {
    let command = RwSignal::new(desk.play.command.get_untracked().unwrap_or_default());
    follow_the_wall(desk, command);
    let form = form_of(desk, command);
    let inside = move || form.with(|form| form.as_ref().map(|form| fields(desk, form)));
    el("div")
        .class("dev-part")
        .child(labelled(words::COMMAND, chooser(desk, command)))
        .live_child(inside)
        .child(history(desk))
}

/// A blue sticky that is selected on the wall is the command.
fn follow_the_wall(desk: Desk, command: RwSignal<String>) {
    let play = desk.play;
    let selected = remembered(move || {
        let line =
            play.session.selection.with(|all| if let [one] = &all[..] { Some(one.clone()) } else { None })?;
        let sticky = play.sticky(&line)?;
        play.model.with(|model| {
            let commands = model.iter().flat_map(|model| &model.commands);
            let mut here = commands.filter(|command| command.sticky == Some(sticky));
            here.next().map(|command| command.name.clone())
        })
    });
    live(move || {
        if let Some(name) = selected.get() {
            command.set(name);
        }
    });
}

/// The fields of the chosen command. They are asked for once, so that nothing overwrites what is typed.
fn form_of(desk: Desk, command: RwSignal<String>) -> RwSignal<Option<Form>> {
    let form = RwSignal::new(None);
    let chosen = remembered(move || (command.get(), desk.play.run()));
    live(move || {
        let (command, run) = chosen.get();
        form.set(None);
        if command.is_empty() {
            return;
        }
        browser::spawn(async move {
            let ask = Ask::Form { run, command: command.clone(), seed: browser::random() };
            if let Ok(Say::Form(found)) = desk.play.ask(ask).await
                && chosen.try_with_untracked(|(now, _)| *now == command) == Some(true)
            {
                form.try_set(Some(found));
            }
        });
    });
    form
}

fn chooser(desk: Desk, command: RwSignal<String>) -> El {
    let options = move || {
        let all =
            desk.play.model.with(|model| model.as_ref().map(|it| it.commands.clone()).unwrap_or_default());
        let now = command.get();
        let option = move |value: &str, words: &str| {
            el("option").attr("value", value.to_owned()).attr("selected", value == now).text(words)
        };
        let hint = if all.is_empty() { words::NO_COMMANDS } else { words::CHOOSE_COMMAND };
        let mut options = vec![option("", hint)];
        options.extend(all.iter().map(|one| option(&one.name, &one.name)));
        options
    };
    el("select")
        .class("field dense")
        .attr("aria-label", words::COMMAND)
        .live_child(options)
        .on_event("change", move |event: web_sys::Event| command.set(event_target_value(&event)))
}

fn fields(desk: Desk, form: &Form) -> El {
    let values: Vec<(Field, RwSignal<String>)> =
        form.fields.iter().map(|field| (field.clone(), RwSignal::new(field.example.clone()))).collect();
    let rows: Vec<El> = values.iter().map(|(field, value)| one(field, *value)).collect();
    let name = form.command.clone();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if !desk.may_act() {
            return;
        }
        // An id that is made up is left out when nobody wrote one.
        let given = values.iter().filter_map(|(field, value)| {
            let value = value.get_untracked();
            (!(field.made_up && value.trim().is_empty())).then(|| (field.name.clone(), value))
        });
        let command =
            Command { name: name.clone(), values: given.collect(), expected: desk.expects.get_untracked() };
        // What comes of it is to be seen.
        desk.play.at.set(None);
        desk.play.act(Act::Send(command));
    };
    el("form")
        .class("dev-form")
        .on_event("submit", send)
        .when(move || desk.play.at.with(Option::is_some), || el("p").class("quiet").text(NOT_NOW))
        .child(rows)
        .child(expected(desk.expects))
        .child(el("button").class("button primary dense").text(words::SEND_NOW))
}

fn one(about: &Field, value: RwSignal<String>) -> El {
    let name = if about.required { words::required(&about.name) } else { about.name.clone() };
    let hint = if about.made_up { words::MADE_UP.to_owned() } else { about.r#type.clone() };
    let input = field("text", "", "", value).attr("aria-label", name.clone()).attr("placeholder", hint);
    labelled(&name, input)
}

/// Any, no stream, or a version.
fn expected(expects: RwSignal<Expected>) -> El {
    let version = RwSignal::new(match expects.get_untracked() {
        Expected::Version(version) => version.to_string(),
        _ => "1".to_owned(),
    });
    let exact = move || Expected::Version(version.get_untracked().trim().parse().unwrap_or_default());
    let is_exact = move || expects.with(|now| matches!(now, Expected::Version(_)));
    let choice = |word: &str, value: &'static str, on: Box<dyn Fn() -> bool>, choose: Box<dyn Fn()>| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "dev-expected")
            .attr("value", value)
            .live_checked(on)
            .on("change", choose);
        el("label").child(input).child(el("span").text(word))
    };
    live(move || {
        version.track();
        if untrack(is_exact) && expects.get_untracked() != exact() {
            expects.set(exact());
        }
    });
    live(move || {
        if let Expected::Version(now) = expects.get()
            && version
                .with_untracked(|version| version.trim().parse() != Ok(now) && !version.trim().is_empty())
        {
            version.set(now.to_string());
        }
    });
    let number = field("text", words::EXACT_LABEL, "1", version)
        .attr("inputmode", "numeric")
        .live_attr("disabled", move || !is_exact());
    let any = move || expects.get() == Expected::Any;
    let none = move || expects.get() == Expected::NoStream;
    let choices = el("div")
        .class("segments")
        .child(choice(words::ANY, "any", Box::new(any), Box::new(move || expects.set(Expected::Any))))
        .child(choice(
            words::NO_STREAM,
            "none",
            Box::new(none),
            Box::new(move || expects.set(Expected::NoStream)),
        ))
        .child(choice(words::EXACT, "exact", Box::new(is_exact), Box::new(move || expects.set(exact()))));
    el("fieldset")
        .class("dev-expected")
        .child(el("legend").text(words::EXPECTED))
        .child(el("div").class("dev-expected-row").child(choices).child(number))
}

/// What was done, newest first, and what became of it: rejections and conflicts too, which no log has.
fn history(desk: Desk) -> El {
    let steps = move || {
        let at = desk.play.at.get();
        desk.play.traces.with(|traces| {
            let seen = traces.iter().rev().filter(|trace| at.is_none_or(|at| trace.before < at));
            seen.take(STEPS).cloned().collect::<Vec<_>>()
        })
    };
    let list = move || {
        let steps = steps();
        if steps.is_empty() {
            return vec![el("p").class("quiet").text(words::NO_STEPS)];
        }
        vec![el("ol").class("dev-steps").child(steps.iter().map(|trace| step(desk, trace)))]
    };
    el("section").class("dev-chain").child(el("h3").text(words::HISTORY)).live_child(list)
}

fn step(desk: Desk, trace: &Trace) -> El {
    let is = |what: fn(&What) -> bool| trace.links.iter().any(|link| what(&link.what));
    let conflict = is(|what| matches!(what, What::Conflict { .. }));
    let rejected = is(|what| matches!(what, What::Rejected { .. } | What::Note { problem: true, .. }));
    let command = is(|what| matches!(what, What::Command));
    let became = match (conflict, rejected, command) {
        (true, ..) => Some(("dev-mark bad", words::CONFLICT)),
        (_, true, _) => Some(("dev-mark bad", words::REJECTED)),
        (.., true) => Some(("dev-mark good", words::ACCEPTED)),
        _ => None,
    };
    let became = became.map(|(class, word)| el("span").class(class).text(word));
    let told = trace.links.iter().filter_map(words::outcome).map(|words| el("p").text(&words));
    let grown = trace.after > trace.before;
    let last = trace.after;
    let events = grown.then(|| {
        el("button")
            .class("dev-link")
            .text(&words::appended(trace.before, trace.after))
            .on("click", move || desk.open(Place::Event(last)))
    });
    el("li")
        .attr("data-step", trace.step.to_string())
        .child(
            el("div")
                .class("dev-line")
                .child(el("strong").text(&trace.words))
                .child(became)
                .child(el("span").class("dev-when").text(&clock(trace.at))),
        )
        .child(told)
        .child(events)
}
