//! What came of a call: status, body, headers, and the same call for a terminal.

use super::copier;
use crate::browser;
use crate::messages::ship as words;
use crate::ship::{Api, Tried, curl, pretty};
use elements::{El, el};
use leptos::prelude::*;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

/// The call of this operation that is looked at; nothing where there was none.
pub fn response(api: Api, key: &str) -> Option<El> {
    let number = api.looked_at.with(|all| all.get(key).copied())?;
    let tried = api.tried.with_untracked(|tried| tried.iter().find(|one| one.number == number).cloned())?;
    if api.fresh.get_value() == Some(number) {
        api.fresh.set_value(None);
        browser::next_frame(move || bring_into_view(number));
    }
    Some(shown(&tried))
}

/// What has just come is seen, however long the form above it is.
fn bring_into_view(number: usize) {
    let selector = format!(".ship-response[data-number=\"{number}\"]");
    if let Some(response) = browser::document().query_selector(&selector).ok().flatten() {
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        response.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

fn shown(tried: &Tried) -> El {
    let command = curl(&tried.call);
    let copied = command.clone();
    let body = match tried.answer.body.is_empty() {
        true => el("p").class("quiet").text(words::NO_BODY),
        false => block(words::RESPONSE_BODY, &pretty(&tried.answer.body)),
    };
    let headers: Vec<String> =
        tried.answer.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    // Several may be on screen: groups, so that none of them is a landmark beside others of its name.
    el("div")
        .class("ship-response")
        .attr("role", "group")
        .attr("aria-label", words::RESPONSE)
        .attr("data-number", tried.number.to_string())
        .child(el("h4").text(words::RESPONSE).text(" ").child(
            status(tried.answer.status, &words::status_words(tried.answer.status)).attr("role", "status"),
        ))
        .child(happened(&tried.answer.events))
        .child(body)
        .child(fold(words::RESPONSE_HEADERS, block(words::RESPONSE_HEADERS, &headers.join("\n"))))
        .child(fold(
            words::CURL,
            el("div")
                .class("ship-curl")
                .child(
                    el("p")
                        .class("quiet")
                        .text(words::CURL_HELP)
                        .child(copier(words::COPY_CURL, move || copied.clone())),
                )
                .child(block(words::CURL, &command)),
        ))
}

/// The events that followed, as their stickies are named.
fn happened(events: &[String]) -> Option<El> {
    let event = |name: &String| el("li").attr("data-kind", "event").text(name);
    (!events.is_empty()).then(|| {
        el("div")
            .class("ship-happened")
            .child(el("span").class("quiet").text(words::HAPPENED))
            .child(el("ol").child(events.iter().map(event)))
    })
}

pub fn status(status: u16, words: &str) -> El {
    let class = match status {
        200..300 => "good",
        400..500 => "bad",
        _ => "warn",
    };
    el("span").class(&format!("ship-status {class}")).text(words)
}

fn block(label: &'static str, text: &str) -> El {
    el("pre")
        .class("ship-block")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", label)
        .text(text)
}

fn fold(title: &str, inside: El) -> El {
    el("details").class("ship-fold").child(el("summary").text(title)).child(inside)
}
