//! What storm it shall be: people, commands, speed, mistakes, and how often each thing is done.

use super::rehearsal::{Rehearsal, Stage};
use crate::browser;
use crate::messages::storm as words;
use elements::{El, el};
use leptos::prelude::*;
use protocol::storm::Storm;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;

const MOST_PEOPLE: u32 = 1_000;
const MOST_COMMANDS: u32 = 100_000;

#[derive(Clone, Copy)]
pub struct Wishes {
    people: RwSignal<u32>,
    commands: RwSignal<u32>,
    /// Index into `SPEEDS`.
    speed: RwSignal<usize>,
    mistakes: RwSignal<u32>,
    /// Index into `OFTEN` by the name of a command; those that are missing are done as often as others.
    mix: RwSignal<BTreeMap<String, usize>>,
}

const AS_OTHERS: usize = 2;

impl Wishes {
    pub fn new() -> Wishes {
        Wishes {
            people: RwSignal::new(20),
            commands: RwSignal::new(2_000),
            speed: RwSignal::new(2),
            mistakes: RwSignal::new(10),
            mix: RwSignal::new(BTreeMap::new()),
        }
    }
}

pub fn form(rehearsal: Rehearsal) -> El {
    let wishes = rehearsal.wishes;
    let start = el("button")
        .class("button primary")
        .attr("type", "submit")
        .live_attr("disabled", move || !can_start(rehearsal))
        .live_text(move || if rehearsal.report.with(Option::is_some) { words::AGAIN } else { words::START });
    let none = move || rehearsal.play.model.with(|it| it.as_ref().is_some_and(|it| it.commands.is_empty()));
    el("form")
        .class("storm-form")
        .on_event("submit", move |event: web_sys::Event| {
            event.prevent_default();
            if untrack(|| can_start(rehearsal)) {
                rehearsal.start(storm(wishes));
            }
        })
        .child(number(words::PEOPLE, wishes.people, 1, MOST_PEOPLE))
        .child(number(words::COMMANDS, wishes.commands, 1, MOST_COMMANDS))
        .child(speed(wishes))
        .child(mistakes(wishes))
        .child(mix(rehearsal, wishes))
        .when(none, || el("p").class("quiet").text(words::NOTHING))
        .child(start)
}

fn can_start(rehearsal: Rehearsal) -> bool {
    let some = rehearsal.play.model.with(|it| it.as_ref().is_some_and(|it| !it.commands.is_empty()));
    some && rehearsal.stage.get() != Stage::Going
}

fn storm(wishes: Wishes) -> Storm {
    let speed = words::SPEEDS.get(wishes.speed.get_untracked()).map_or(1.0, |(_, speed)| *speed);
    let weight = |(name, at): (String, usize)| Some((name, words::OFTEN.get(at)?.1));
    Storm {
        seed: browser::random() >> 12,
        people: wishes.people.get_untracked(),
        commands: wishes.commands.get_untracked(),
        speed,
        mix: wishes.mix.get_untracked().into_iter().filter_map(weight).collect(),
        mistakes: wishes.mistakes.get_untracked(),
    }
}

fn labelled(label: &str, control: El) -> El {
    el("label").class("storm-wish").child(el("span").text(label)).child(control)
}

fn number(label: &str, value: RwSignal<u32>, least: u32, most: u32) -> El {
    let typed = move |event: web_sys::Event| {
        let number = typed(&event).trim().parse::<f64>().ok();
        let number = number.map_or(value.get_untracked(), |number| number as u32).clamp(least, most);
        value.set(number);
        // What was asked for beyond the bounds is shown as what it has become.
        if let Some(target) = event.target() {
            let _ = js_sys::Reflect::set(&target, &"value".into(), &number.to_string().into());
        }
    };
    let input = el("input")
        .class("field")
        .attr("type", "number")
        .attr("inputmode", "numeric")
        .attr("min", least.to_string())
        .attr("max", most.to_string())
        .attr("required", true)
        .prop("value", value.get_untracked().to_string())
        .on_event("change", typed);
    labelled(label, input)
}

fn speed(wishes: Wishes) -> El {
    let options = words::SPEEDS.iter().enumerate().map(|(at, (label, _))| {
        let chosen = wishes.speed.get_untracked() == at;
        el("option").attr("value", at.to_string()).attr("selected", chosen).text(label)
    });
    let chosen = move |event: web_sys::Event| wishes.speed.set(typed(&event).parse().unwrap_or(AS_OTHERS));
    labelled(words::SPEED, el("select").class("field").on_event("change", chosen).child(options))
}

fn mistakes(wishes: Wishes) -> El {
    let slid = move |event: web_sys::Event| wishes.mistakes.set(typed(&event).parse().unwrap_or(0).min(100));
    let range = el("input")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", "100")
        .attr("step", "5")
        .prop("value", wishes.mistakes.get_untracked().to_string())
        .on_event("input", slid);
    let shown = el("output").class("quiet").live_text(move || format!("{} %", wishes.mistakes.get()));
    let row = el("span").class("storm-range").child(range).child(shown);
    labelled(words::MISTAKES, row).attr("title", words::MISTAKES_HELP)
}

/// One choice for each command.
fn mix(rehearsal: Rehearsal, wishes: Wishes) -> El {
    let names = move || {
        rehearsal.play.model.with(|model| {
            let commands = model.iter().flat_map(|model| &model.commands);
            commands.map(|command| (command.name.clone(), command.label.clone())).collect::<Vec<_>>()
        })
    };
    let rows = move |(name, label): (String, String)| {
        let now = wishes.mix.with_untracked(|mix| mix.get(&name).copied().unwrap_or(AS_OTHERS));
        let options = words::OFTEN.iter().enumerate().map(|(at, (words, _))| {
            el("option").attr("value", at.to_string()).attr("selected", at == now).text(words)
        });
        let chosen = move |event: web_sys::Event| {
            let at = typed(&event).parse().unwrap_or(AS_OTHERS);
            wishes.mix.update(|mix| {
                mix.insert(name.clone(), at);
            });
        };
        labelled(&label, el("select").class("field").on_event("change", chosen).child(options))
    };
    el("details")
        .class("storm-mix")
        .child(el("summary").text(words::MIX))
        .child(el("p").class("quiet").text(words::MIX_HELP))
        .child(el("div").each(names, rows))
}

/// What stands in the control that the event came from.
fn typed(event: &web_sys::Event) -> String {
    let target = event.target();
    let value = target.and_then(|target| js_sys::Reflect::get(target.unchecked_ref(), &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}
