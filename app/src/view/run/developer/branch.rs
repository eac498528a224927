//! What if: a run of one's own that begins as a copy of this one, and which run to look at beside it.

use super::desk::{Desk, Other, Place, run_name};
use super::log::{field, labelled};
use crate::browser;
use crate::messages::developer as words;
use crate::run::Which;
use elements::{El, el};
use leptos::prelude::*;
use protocol::request::{Ask, Say};
use web_sys::SubmitEvent;

pub fn what_if(desk: Desk) -> El {
    el("div")
        .class("dev-part")
        .child(el("p").class("quiet").text(words::WHAT_IF_HELP))
        .child(beginning(desk))
        .child(beside(desk))
}

fn beginning(desk: Desk) -> El {
    let name = RwSignal::new(String::new());
    // Nobody has to think of a name.
    let proposal = move || words::branch_at(desk.head());
    let begin = move |event: SubmitEvent| {
        event.prevent_default();
        let written = name.get_untracked().trim().to_owned();
        let called = if written.is_empty() { untrack(proposal) } else { written };
        name.set(String::new());
        branch(desk, called);
    };
    let input = field("text", words::BRANCH_NAME, "", name).live_attr("placeholder", proposal);
    el("form")
        .class("dev-go")
        .on_event("submit", begin)
        .child(labelled(words::BRANCH_NAME, input))
        .child(el("button").class("button dense primary").text(words::BRANCH_NOW))
}

/// Up to the moment that is looked at: the step of that event is the last that both runs share.
fn branch(desk: Desk, name: String) {
    let (at, all) = (desk.play.at.get_untracked(), desk.play.state.with_untracked(|state| state.steps));
    let Some(position) = at else { return desk.play.branch(&name, all) };
    browser::spawn(async move {
        let steps = match position {
            0 => Some(0),
            _ => match desk.play.ask(Ask::Event { run: untrack(|| desk.play.run()), position }).await {
                Ok(Say::Event(detail)) => detail.map(|detail| detail.entry.step + 1),
                _ => None,
            },
        };
        desk.play.at.set(None);
        desk.play.branch(&name, steps.unwrap_or(all));
    });
}

fn beside(desk: Desk) -> El {
    let others = move || {
        let now = desk.play.which.get();
        let runs = desk.play.runs.get();
        runs.into_iter().map(|known| known.which).filter(|which| *which != now).collect::<Vec<Which>>()
    };
    let list = move || {
        let others = others();
        if others.is_empty() {
            return vec![el("p").class("quiet").text(words::NO_OTHER_RUN)];
        }
        let rows = others.into_iter().map(|which| {
            let name = run_name(desk.play, &which);
            let open = move || desk.open(Place::Compared(Other::Run(which.clone())));
            el("li").child(el("button").class("button dense").text(&name).on("click", open))
        });
        vec![el("ul").class("dev-runs").attr("aria-label", words::COMPARE_WITH).child(rows)]
    };
    el("section").class("dev-chain").child(el("h3").text(words::COMPARE_WITH)).live_child(list)
}
