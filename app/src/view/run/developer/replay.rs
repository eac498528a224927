//! Yesterday's log under today's model: what no longer fits, with what can be done about it.

use super::desk::{Desk, Place};
use super::log::{field, labelled};
use crate::messages::developer as words;
use elements::{El, el};
use leptos::prelude::*;
use protocol::insight::Misfit;
use protocol::step::{Act, Upcast};
use web_sys::SubmitEvent;

pub fn replay(desk: Desk) -> El {
    let list = move || {
        let all = desk.play.misfits.get();
        if all.is_empty() {
            return vec![el("p").class("dev-none").text(words::FITS)];
        }
        vec![
            el("h3").text(&words::misfits(all.len())),
            el("ul").class("dev-misfits").child(all.iter().map(|misfit| card(desk, misfit))),
        ]
    };
    el("div").class("dev-part").child(el("p").class("quiet").text(words::REPLAY_HELP)).live_child(list)
}

fn card(desk: Desk, misfit: &Misfit) -> El {
    let (sticky, first) = (misfit.sticky, misfit.first);
    let about = el("p")
        .class("dev-line quiet")
        .child(el("span").text(&words::events(misfit.events)))
        .child((first > 0).then(|| {
            let open = move || desk.open(Place::Event(first));
            el("button").class("dev-link").text(&words::first_at(first)).on("click", open)
        }))
        .child(sticky.map(|_| {
            el("button").class("dev-link").text(words::SHOW_STICKY).on("click", move || desk.show(sticky))
        }));
    let remedies = misfit
        .remedies
        .iter()
        .enumerate()
        .map(|(at, (label, upcast))| remedy(desk, label, upcast.clone(), at == 0));
    el("li")
        .class("dev-misfit")
        .child(el("p").class("dev-misfit-words").text(&misfit.words))
        .child(about)
        .child(el("div").class("dev-remedies").child(remedies))
}

fn remedy(desk: Desk, label: &str, upcast: Upcast, likeliest: bool) -> El {
    let class = if likeliest { "button dense primary" } else { "button dense" };
    let button = el("button").class(class).attr("title", words::upcast(&upcast));
    let take = move |upcast: Upcast| {
        if desk.may_act() {
            desk.play.act(Act::Upcast(upcast));
        }
    };
    let (of, value) = match &upcast {
        Upcast::Default { property, value, .. } | Upcast::Retype { property, value, .. } => {
            (property.clone(), RwSignal::new(value.clone()))
        }
        _ => return button.text(label).on("click", move || take(upcast.clone())),
    };
    // Which value it is, is everybody's own choice.
    let submit = move |pressed: SubmitEvent| {
        pressed.prevent_default();
        let mut upcast = upcast.clone();
        if let Upcast::Default { value: own, .. } | Upcast::Retype { value: own, .. } = &mut upcast {
            *own = value.get_untracked();
        }
        take(upcast);
    };
    let name = words::default_for(&of);
    let input = field("text", "", "", value).attr("aria-label", name.clone());
    let button = button.text(words::USE_VALUE);
    el("form").class("dev-go").on_event("submit", submit).child(labelled(&name, input)).child(button)
}
