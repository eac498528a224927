//! What policies do: by themselves, or when somebody says so; and the ones that wait.

use super::desk::Desk;
use crate::messages::run as words;
use crate::view::icons::icon;
use crate::view::wall;
use elements::{El, el, remembered};
use leptos::prelude::*;
use protocol::step::{Act, Pace};
use protocol::trace::Waiting;

pub fn policies(desk: Desk) -> El {
    let play = desk.play;
    let some = move || {
        play.model.with(|model| model.as_ref().is_some_and(|model| !model.policies.is_empty()))
            || play.state.with(|state| !state.waiting.is_empty())
    };
    let waiting = remembered(move || play.state.with(|state| state.waiting.clone()));
    let part = move || {
        let list = move || waiting.with(|all| (!all.is_empty()).then(|| queue(desk, all)));
        el("section")
            .class("run-part run-policies")
            .child(el("h3").text(words::POLICIES))
            .child(pace(desk))
            .live_child(list)
    };
    el("div").class("part").when(some, part)
}

fn pace(desk: Desk) -> El {
    let play = desk.play;
    let choice = |pace: Pace, label: &'static str| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "run-pace")
            .live_checked(move || play.state.with(|state| state.pace == pace))
            .live_attr("disabled", move || !play.can_act())
            .on("change", move || play.act(Act::Policies { pace }));
        el("label").child(input).child(el("span").text(label))
    };
    el("fieldset")
        .class("segments")
        .child(el("legend").class("unseen").text(words::POLICIES_HELP))
        .child(choice(Pace::Automatic, words::POLICIES_RUN))
        .child(choice(Pace::Stepped, words::POLICIES_WAIT))
}

fn queue(desk: Desk, waiting: &[Waiting]) -> El {
    const SHOWN: usize = 8;
    let cards = waiting.iter().take(SHOWN).map(|one| card(desk, one));
    el("div")
        .class("run-waiting")
        .child(el("p").class("quiet").attr("role", "status").text(&words::waiting(waiting.len())))
        .child(el("ul").child(cards))
}

fn card(desk: Desk, waiting: &Waiting) -> El {
    let (id, sticky) = (waiting.id, waiting.sticky);
    let show = move || {
        if let Some(line) = sticky.and_then(|sticky| desk.play.line(sticky)) {
            wall::show(desk.play.session, &line);
        }
    };
    let name = el("button")
        .class("run-row")
        .on("click", show)
        .child(el("span").class("swatch").attr("data-kind", "policy").child(icon("policy")))
        .child(el("span").class("run-name").text(&waiting.name));
    let answer = |label: &str, class: &str, answer: Option<bool>| {
        el("button")
            .class(class)
            .text(label)
            .live_attr("disabled", move || !desk.play.can_act())
            .on("click", move || desk.play.act(Act::Advance { waiting: Some(id), answer }))
    };
    let buttons = el("div").class("run-answers");
    let (question, buttons) = match &waiting.asks {
        Some(condition) => (
            Some(el("p").text(&words::asks(condition))),
            buttons.child(answer(words::YES, "button dense primary", Some(true))).child(answer(
                words::NO,
                "button dense",
                Some(false),
            )),
        ),
        None => (
            None,
            buttons.child(answer(words::LET_ACT, "button dense primary", Some(true))).child(answer(
                words::DO_NOT,
                "button dense",
                Some(false),
            )),
        ),
    };
    el("li").child(name).child(question).child(buttons)
}
