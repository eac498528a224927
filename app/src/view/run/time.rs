//! The bar under the pane: a slider over everything that happened, with the clock of the moment it stands on.

use super::clock;
use super::desk::Desk;
use super::field::value_of;
use super::{PAUSE, PLAY};
use crate::messages::run as words;
use crate::view::icons::{drawing, icon};
use elements::{El, afterwards, el, word};
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::Event;

pub fn time(desk: Desk) -> El {
    let play = desk.play;
    let some = move || play.state.with(|state| state.head > 0);
    el("section")
        .class("run-time")
        .attr("aria-label", words::TIME)
        .live_attr("data-past", move || play.at.with(Option::is_some))
        .child(reading(desk))
        .child(el("div").class("run-clockwork").child(buttons(desk)).child(slider(desk)).child(speed(desk)))
        .live_attr("data-some", some)
}

/// The clock, what happened last, and the way back to now.
fn reading(desk: Desk) -> El {
    let jumping = RwSignal::new(false);
    let play = desk.play;
    let shown = move || {
        let head = play.state.with(|state| state.head);
        desk.moment.with(|moment| match moment {
            _ if head == 0 => words::NOTHING_YET.to_owned(),
            Some(moment) => moment.label.clone(),
            None => words::BEGINNING.to_owned(),
        })
    };
    let clock = move || {
        let (first, last) = play.state.with(|state| (state.first, state.last));
        desk.moment.with(|moment| moment.as_ref().map(|it| clock::clock_of(it.at, first, last)))
    };
    let button = move || {
        clock().map(|time| {
            el("button")
                .class("run-clock")
                .attr("aria-label", format!("{time}, {}", words::JUMP))
                .attr("title", words::JUMP)
                .live_attr("aria-expanded", move || word(jumping.get()))
                .on("click", move || jumping.set(true))
                .text(&time)
        })
    };
    let count = move || {
        let head = play.state.with(|state| state.head);
        (head > 0).then(|| words::of(play.at.get().unwrap_or(head), head))
    };
    let now = move || {
        el("button").class("button dense run-now").text(words::NOW).attr("title", words::TO_NOW).on(
            "click",
            move || {
                // The button goes, and whoever pressed it stays on the time.
                super::focus(".run-clockwork input");
                desk.go_now();
            },
        )
    };
    el("div")
        .class("run-reading")
        .live_child(move || if jumping.get() { Some(jump(desk, jumping)) } else { button() })
        .child(el("span").class("run-name").live_text(shown))
        .child(el("span").class("quiet run-of").live_text(count))
        .when(move || play.at.with(Option::is_some), now)
}

/// `11:05`: what was the state then?
fn jump(desk: Desk, jumping: RwSignal<bool>) -> El {
    let input = NodeRef::<Input>::new();
    afterwards(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let near = desk.moment.with_untracked(|moment| moment.as_ref().map(|moment| moment.at));
    let near = near.unwrap_or_else(|| desk.play.state.with_untracked(|state| state.first));
    let go = move |event: Event| {
        event.prevent_default();
        let typed = input.get_untracked().map(|input| input.value()).unwrap_or_default();
        if let Some(time) = clock::on_the_day_of(near, &typed) {
            desk.jump(time);
        }
        jumping.set(false);
    };
    let leave = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            jumping.set(false);
        }
    };
    el("form")
        .class("run-jump")
        .on_event("submit", go)
        .on_event("keydown", leave)
        .child(
            el("input")
                .class("field")
                .attr("type", "time")
                .attr("step", "1")
                .attr("aria-label", words::JUMP)
                .known_as(input)
                .prop("value", clock::clock(near)),
        )
        .child(el("button").class("button dense").attr("type", "submit").text(words::JUMP_GO))
}

fn buttons(desk: Desk) -> El {
    let play = desk.play;
    let head = move || play.state.with(|state| state.head);
    let here = move || play.at.get().unwrap_or_else(head);
    let button = |label: &'static str, keys: &'static str| {
        let title = [label, keys].concat();
        el("button").class("tool").attr("aria-label", label).attr("title", title)
    };
    let back = button(words::STEP_BACK, words::KEYS_BACK)
        .live_attr("disabled", move || here() == 0)
        .on("click", move || desk.step(-1))
        .child(icon("left"));
    let on = button(words::STEP_ON, words::KEYS_ON)
        .live_attr("disabled", move || here() >= head())
        .on("click", move || desk.step(1))
        .child(icon("right"));
    let start = move || {
        let (label, outline) = if desk.playing.get() { (words::PAUSE, PAUSE) } else { (words::START, PLAY) };
        button(label, words::KEYS_PLAY)
            .live_attr("disabled", move || head() == 0)
            .on("click", move || desk.toggle())
            .child(drawing(outline))
    };
    el("div").class("run-buttons").child(back).live_child(start).child(on)
}

fn slider(desk: Desk) -> El {
    let play = desk.play;
    let head = move || play.state.with(|state| state.head);
    let here = move || play.at.get().unwrap_or_else(head);
    let spoken = move || {
        let (first, last) = play.state.with(|state| (state.first, state.last));
        desk.moment.with(|moment| match moment {
            Some(moment) => words::moment(&clock::clock_of(moment.at, first, last), &moment.label),
            None => words::BEGINNING.to_owned(),
        })
    };
    let input = el("input")
        .attr("type", "range")
        .attr("min", "0")
        .attr("step", "1")
        .attr("aria-label", words::MOMENT)
        .live_attr("max", move || head().to_string())
        .live_attr("disabled", move || head() == 0)
        .live_attr("aria-valuetext", spoken)
        .live_var("--part", move || {
            let percent = here().saturating_mul(1_000).checked_div(head()).unwrap_or(1_000);
            crate::decimals::number(percent as f64 / 10.0) + "%"
        })
        .on_event("input", move |event: Event| {
            desk.pause();
            if let Ok(position) = value_of(&event).parse() {
                desk.go(position);
            }
        });
    let follower = input.clone();
    elements::live(move || {
        // After `max`, which cuts it.
        let (_, here) = (head(), here());
        follower.clone().prop("value", here.to_string());
    });
    input
}

fn speed(desk: Desk) -> El {
    let options = words::SPEEDS.iter().enumerate().map(|(at, label)| {
        el("option")
            .attr("value", at.to_string())
            .attr("selected", at == desk.speed.get_untracked())
            .text(label)
    });
    el("select")
        .class("run-speed")
        .attr("aria-label", words::SPEED)
        .attr("title", words::SPEED)
        .on_event("change", move |event: Event| {
            if let Ok(speed) = value_of(&event).parse() {
                desk.speed.set(speed);
            }
        })
        .child(options)
}
