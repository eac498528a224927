//! The calls so far, the last one first: each leads to its operation and what came of it then.

use super::operation::method;
use super::response::status;
use crate::browser;
use crate::messages::ship as words;
use crate::ship::{Api, Tried};
use elements::{El, el, remembered};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// So many are listed.
const MOST: usize = 200;

pub fn history(api: Api) -> El {
    let numbers = move || {
        api.tried
            .with(|tried| tried.iter().rev().take(MOST).map(|one| (api.round.get(), one.number)).collect())
    };
    let row = move |(_, number): (u64, usize)| {
        let tried = api.tried.with_untracked(|all| all.iter().find(|one| one.number == number).cloned());
        tried.map_or_else(|| el("li"), |tried| row(api, tried))
    };
    let none = remembered(move || api.tried.with(Vec::is_empty));
    el("section")
        .class("ship-history")
        .attr("aria-label", words::HISTORY)
        .child(el("h3").text(words::HISTORY))
        .when(move || none.get(), || el("p").class("quiet").text(words::NO_CALLS))
        .child(el("ol").each(numbers, row))
}

fn row(api: Api, tried: Tried) -> El {
    let code = status(tried.answer.status, &tried.answer.status.to_string());
    let shown = decoded(&tried.call.path);
    let (key, number) = (tried.key, tried.number);
    let look = move || {
        api.look_at(key.clone(), number);
        api.open.update(|open| {
            open.insert(key.clone());
        });
        let key = key.clone();
        browser::next_frame(move || show(&key));
    };
    let button = el("button")
        .class("ship-call")
        .on("click", look)
        .child(method(&tried.call.method))
        .text(" ")
        .child(el("span").class("ship-name").text(&shown))
        .text(" ")
        .child(code);
    el("li").child(button)
}

/// The path without what all paths begin with, as people read it.
fn decoded(path: &str) -> String {
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// The response of the operation, in view and with the focus on its operation's row.
fn show(key: &str) {
    let Ok(all) = browser::document().query_selector_all("[data-operation]") else { return };
    let found = (0..all.length()).filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok());
    let mut mine = found.filter(|row| row.get_attribute("data-operation").as_deref() == Some(key));
    if let Some(head) = mine.next().and_then(|row| row.query_selector("button").ok().flatten()) {
        head.scroll_into_view();
        if let Ok(head) = head.dyn_into::<HtmlElement>() {
            let _ = head.focus();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn paths_are_shown_as_they_are_meant() {
        assert_eq!(decoded("/api/v1/%C3%96rder/Say%7Bx%7D"), "/Örder/Say{x}");
        for plain in ["/events", "/100%", "/%zz", "/%FF"] {
            assert_eq!(decoded(plain), plain);
        }
    }
}
