//! The find bar: what is looked for, how often it is there, and the way from one to the next.

use super::icons::icon;
use super::overlay::{by_id, give_back_the_focus, when_there};
use super::wall;
use crate::commands;
use crate::messages::{self, commands as words};
use crate::session::Session;
use board::LineId;
use elements::{El, el, live};
use emd::Kind;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

const INPUT: &str = "find-input";

/// Every sticky with the words in which it is looked for, in reading order.
type Words = Vec<(LineId, String)>;

pub fn find_bar(session: Session) -> El {
    give_back_the_focus();
    when_there(INPUT, |input| {
        let _ = input.focus();
        input.unchecked_into::<HtmlInputElement>().select();
    });
    let words = StoredValue::new(Words::new());
    // What others write while the bar is open is looked at too.
    live(move || {
        session.epoch.track();
        words.set_value(read(session));
        look(session, words, session.search.with_untracked(|found| found.query.clone()));
    });
    turn_by_keys(session);
    on_cleanup(move || forget(session));
    let typed = move |event: Event| look(session, words, event_target_value(&event));
    let input = el("input")
        .class("find-input")
        .attr("id", INPUT)
        .attr("type", "text")
        .attr("aria-label", words::FIND)
        .attr("aria-describedby", "find-count")
        .attr("placeholder", words::FIND_HINT)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .prop("value", session.search.with_untracked(|found| found.query.clone()))
        .on_event("input", typed)
        .on_event("keydown", move |event: KeyboardEvent| key(session, &event));
    let count = el("output").class("find-count").attr("id", "find-count").attr("role", "status");
    el("section")
        .class("panel find-bar")
        .attr("role", "search")
        .attr("aria-label", words::FIND)
        .child(icon("search"))
        .child(input)
        .child(count.live_text(move || said(session)))
        .child(button(words::FIND_PREVIOUS, "up", move || step(session, -1)))
        .child(button(words::FIND_NEXT, "down", move || step(session, 1)))
        .child(button(messages::CLOSE, "close", move || close(session)))
}

fn button(title: &'static str, name: &'static str, run: impl FnMut() + 'static) -> El {
    let button = el("button").class("tool").attr("aria-label", title).attr("title", title);
    button.on("click", run).child(icon(name))
}

fn key(session: Session, event: &KeyboardEvent) {
    match event.key().as_str() {
        "Enter" if !event.is_composing() => step(session, if event.shift_key() { -1 } else { 1 }),
        "ArrowDown" => step(session, 1),
        "ArrowUp" => step(session, -1),
        "Escape" => close(session),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// F3 is heard everywhere and counted in `turn`.
fn turn_by_keys(session: Session) {
    let seen = StoredValue::new(session.search.with_untracked(|found| found.turn));
    live(move || {
        let turn = session.search.with(|found| found.turn);
        let by = turn - seen.get_value();
        if by != 0 {
            seen.set_value(turn);
            untrack(|| step(session, by.signum()));
        }
    });
}

/// "2 of 7", and for the ear what it is.
fn said(session: Session) -> String {
    session.search.with(|found| {
        if found.query.trim().is_empty() {
            return String::new();
        }
        let marked = session.stickies.with(|all| {
            let marked: Vec<&LineId> = all.iter().filter(|line| found.marks.contains(*line)).collect();
            let at = found.here.as_ref().and_then(|here| marked.iter().position(|line| *line == here));
            (at, marked.len())
        });
        match marked {
            (_, 0) => words::FOUND_NOTHING.to_owned(),
            (Some(at), all) => words::found(at + 1, all),
            (None, all) => words::found_many(all),
        }
    })
}

/// Marks what holds the query, and shows the first from where the person is.
fn look(session: Session, words: StoredValue<Words>, query: String) {
    let wanted = fold(query.trim());
    let marks: HashSet<LineId> = words.with_value(|all| {
        let holding = all.iter().filter(|(_, words)| !wanted.is_empty() && words.contains(&wanted));
        holding.map(|(line, _)| line.clone()).collect()
    });
    let before = session.search.with_untracked(|found| found.here.clone());
    let from = before.clone().or(session.selection.with_untracked(|all| all.first().cloned()));
    let here = words.with_value(|all| {
        let start = all.iter().position(|(line, _)| Some(line) == from.as_ref()).unwrap_or(0);
        let round = all[start..].iter().chain(&all[..start]);
        round.map(|(line, _)| line).find(|line| marks.contains(*line)).cloned()
    });
    if let Some(wall) = by_id("wall") {
        let _ = wall.toggle_attribute_with_force("data-find", !wanted.is_empty());
    }
    if let Some(line) = here.as_ref().filter(|_| here != before) {
        wall::show(session, line);
    }
    session.search.update(|found| {
        (found.query, found.marks, found.here) = (query, Arc::new(marks), here);
    });
}

fn step(session: Session, by: i32) {
    let next = session.search.with_untracked(|found| {
        session.stickies.with_untracked(|all| {
            let marked: Vec<&LineId> = all.iter().filter(|line| found.marks.contains(*line)).collect();
            let many = i32::try_from(marked.len()).ok().filter(|many| *many > 0)?;
            let at = found.here.as_ref().and_then(|here| marked.iter().position(|line| *line == here));
            let at = at.and_then(|at| i32::try_from(at).ok()).map_or(0, |at| at + by);
            marked.get(usize::try_from(at.rem_euclid(many)).ok()?).map(|line| (*line).clone())
        })
    });
    if let Some(line) = next {
        wall::show(session, &line);
        session.search.update(|found| found.here = Some(line));
    }
}

/// Back to the wall, with what was found last in hand.
fn close(session: Session) {
    let here = session.search.with_untracked(|found| found.here.clone());
    session.panel.set(None);
    if let Some(line) = here {
        commands::go(session, line);
    }
}

fn forget(session: Session) {
    if let Some(wall) = by_id("wall") {
        let _ = wall.remove_attribute("data-find");
    }
    session.search.try_update(|found| (found.marks, found.here) = Default::default());
}

/// Name, properties and annotations of each sticky.
fn read(session: Session) -> Words {
    session.with_mirror(|mirror| {
        let board = mirror.board();
        let mut all = Words::new();
        for (id, line) in board.order.iter().filter_map(|id| Some((id, board.line(id)?))) {
            let read = emd::line(&line.text);
            let mut words = read.name.text.to_string();
            for property in &read.properties {
                words.push('\n');
                words.push_str(&property.text);
            }
            match (line.kind.is_sticky(), all.last_mut()) {
                (true, _) => all.push((id.clone(), fold(&words))),
                // What belongs to a sticky is found on it, by its word as well.
                (false, Some((_, before))) if line.kind != Kind::Blank => {
                    before.push('\n');
                    before.push_str(&fold(line.text.trim_start_matches(['/', ' ', '@'])));
                }
                _ => {}
            }
        }
        all
    })
}

/// Without case and accents.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let apart = String::from(js_sys::JsString::from(text).normalize("NFD"));
    let bare = apart.chars().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter));
    bare.flat_map(char::to_lowercase).collect()
}
