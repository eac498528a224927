//! Who reads the log and how far they are; eventual consistency switched on, seen, and caught up with.

use super::desk::{Desk, Place};
use crate::messages::developer as words;
use elements::{El, el};
use leptos::prelude::*;
use protocol::log::Subscription;
use protocol::request::Name;
use protocol::step::Act;

pub fn subscriptions(desk: Desk) -> El {
    let all = move || desk.play.state.with(|state| state.subscriptions.clone());
    let list = move || {
        let (all, head) = (all(), desk.head());
        if all.is_empty() {
            return vec![el("p").class("dev-none quiet").text(words::NO_SUBSCRIPTIONS)];
        }
        let rows = all.iter().map(|one| row(desk, one, head));
        vec![el("ul").class("dev-subscriptions").attr("aria-label", words::PROCESSES).child(rows)]
    };
    el("div").class("dev-part").child(lag(desk)).live_child(list)
}

fn lag(desk: Desk) -> El {
    let lags = move || desk.play.state.with(|state| state.lag);
    let turn = move || {
        if desk.may_act() {
            desk.play.act(Act::Lag { on: !untrack(lags) });
        }
    };
    let switch = el("input")
        .attr("type", "checkbox")
        .attr("id", "dev-lag")
        .attr("aria-describedby", "dev-lag-help")
        .live_checked(lags)
        // The box says what the run says, which comes with the step.
        .on_event("click", |event: web_sys::Event| event.prevent_default())
        .on("click", turn);
    let behind = move || desk.play.state.with(|state| state.subscriptions.iter().any(|one| one.behind > 0));
    let catch_up = move |words: &str, events: Option<u64>| {
        el("button").class("button dense").text(words).live_attr("disabled", move || !behind()).on(
            "click",
            move || {
                if desk.may_act() {
                    desk.play.act(Act::CatchUp { events });
                }
            },
        )
    };
    el("div")
        .class("dev-lag")
        .child(
            el("div")
                .class("check")
                .child(switch)
                .child(el("label").attr("for", "dev-lag").text(words::LAG))
                .child(el("p").class("quiet").attr("id", "dev-lag-help").text(words::LAG_HELP)),
        )
        .child(
            el("div")
                .class("dev-actions")
                .child(catch_up(words::CATCH_UP_ONE, Some(1)))
                .child(catch_up(words::CATCH_UP, None)),
        )
}

/// In the past, a reader was no further than the log.
fn row(desk: Desk, one: &Subscription, head: u64) -> El {
    let checkpoint = one.checkpoint.min(head);
    let behind = one.behind.min(head.saturating_sub(checkpoint));
    let state = if behind == 0 {
        el("span").class("dev-mark good").text(words::LIVE_NOW)
    } else {
        el("span").class("dev-mark warn").text(&words::behind(behind))
    };
    let name = one.name.clone();
    let known = desk.play.model.with_untracked(|model| {
        let named = |all: &[Name]| {
            let mut those = all.iter().filter(|it| it.name == name || it.label == name);
            those.next().map(|it| (it.name.clone(), it.sticky))
        };
        model.as_ref().map(|model| (named(&model.readmodels), named(&model.policies)))
    });
    let (table, policy) = known.unwrap_or_default();
    let sticky = table.as_ref().or(policy.as_ref()).and_then(|(_, sticky)| *sticky);
    let rows = table.map(|(name, _)| {
        let open = move || desk.open(Place::Projection(name.clone()));
        el("button").class("dev-link").text(words::ROWS).on("click", open)
    });
    let part = if head == 0 { 100.0 } else { checkpoint as f64 / head as f64 * 100.0 };
    let bar = el("span").class("dev-bar").attr("aria-hidden", "true").var("--part", &format!("{part:.1}%"));
    let title = el("button").class("dev-link").text(&one.name).on("click", move || desk.show(sticky));
    el("li")
        .attr("data-subscription", one.name.clone())
        .child(el("div").class("dev-line").child(title.attr("title", words::SHOW_STICKY)).child(state))
        .child(bar)
        .child(
            el("p")
                .class("quiet dev-line")
                .child(el("span").class("dev-number").text(&words::checkpoint(checkpoint, head)))
                .child(rows),
        )
}
