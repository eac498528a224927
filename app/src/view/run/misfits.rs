//! What of the kept log does not fit the model any more: a mark on each sticky, and in the pane what can be done.

use crate::browser;
use crate::decimals::area;
use crate::messages::play as words;
use crate::run::Play;
use crate::view::icons::icon;
use crate::view::wall;
use board::LineId;
use board::layout::Frame;
use elements::{El, el};
use leptos::prelude::*;
use protocol::insight::Misfit;
use protocol::step::Act;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// The list in the pane; nothing while everything fits.
pub fn misfits(play: Play) -> El {
    let list = move || {
        play.misfits.with(|all| {
            (!all.is_empty()).then(|| {
                let rows: Vec<El> =
                    all.iter().enumerate().map(|(at, misfit)| row(play, at, misfit)).collect();
                el("section")
                    .class("run-part misfits")
                    .attr("aria-label", words::MISFITS)
                    .child(el("h3").text(words::MISFITS))
                    .child(el("p").class("quiet").text(words::MISFITS_HELP))
                    .child(el("ul").child(rows))
            })
        })
    };
    el("div").class("part").live_child(list)
}

fn row(play: Play, at: usize, misfit: &Misfit) -> El {
    let line = misfit.sticky.and_then(|sticky| play.line(sticky));
    let words = el("span").text(&misfit.words);
    let head = match line {
        Some(line) => el("button")
            .class("misfit-head")
            .attr("title", words::SHOW_STICKY)
            .on("click", move || {
                wall::select(play.session, vec![line.clone()]);
                wall::reveal(play.session, &line);
            })
            .child(icon("warning"))
            .child(words),
        None => el("div").class("misfit-head").child(icon("warning")).child(words),
    };
    let remedies = misfit.remedies.iter().cloned().map(|(label, upcast)| {
        el("button")
            .class("button dense")
            .live_attr("disabled", move || !play.can_act())
            .on("click", move || play.act(Act::Upcast(upcast.clone())))
            .text(&label)
    });
    let id = format!("misfit-{at}");
    el("li")
        .class("misfit")
        .attr("id", id)
        .attr("tabindex", "-1")
        .child(head)
        .child(el("div").class("run-answers").child(remedies))
}

/// On the wall: how many there are on a sticky. It leads to the list.
pub fn put_on_the_wall(play: Play) {
    let Some(plane) = browser::document().get_element_by_id("wall-plane") else { return };
    let marked = move || -> Vec<LineId> {
        let mut all: Vec<LineId> =
            play.misfits.with(|all| all.iter().filter_map(|misfit| play.line(misfit.sticky?)).collect());
        all.sort_unstable();
        all.dedup();
        all
    };
    let Ok(layer) = browser::document().create_element("div") else { return };
    let marks = El::of(layer.clone()).class("verdicts").each(marked, move |line| mark(play, line));
    marks.put_into(&plane);
    let layer = StoredValue::new_local(layer);
    on_cleanup(move || {
        if let Some(layer) = layer.try_get_value() {
            layer.remove();
        }
    });
}

fn mark(play: Play, line: LineId) -> El {
    let session = play.session;
    let of = StoredValue::new(line.clone());
    let here = move || -> Vec<(usize, String)> {
        let of = of.get_value();
        play.misfits.with(|all| {
            let is_here = |misfit: &Misfit| misfit.sticky.and_then(|it| play.line(it)).as_ref() == Some(&of);
            let here = all.iter().enumerate().filter(|(_, misfit)| is_here(misfit));
            here.map(|(at, misfit)| (at, misfit.words.clone())).collect()
        })
    };
    let place = move || {
        session.epoch.track();
        let Frame { at, width, height } =
            session.with_mirror(|mirror| mirror.layout.frames.get(&line).copied())?;
        Some(area(at.x, at.y, width, height))
    };
    // Its card went a moment ago.
    let style = move || place().unwrap_or_else(|| "display:none".to_owned());
    let all = move || here().into_iter().map(|(_, words)| words).collect::<Vec<_>>().join("\n");
    let open = move || {
        play.developer.set(false);
        if let Some((at, _)) = untrack(here).first() {
            let row = format!("misfit-{at}");
            browser::next_frame(move || show(&row));
        }
    };
    let button = el("button")
        .class("verdict-mark misfit-mark")
        .attr("tabindex", "-1")
        .live_attr("aria-label", move || format!("{}: {}", words::misfits(here().len()), all()))
        .live_attr("title", all)
        .on_event("pointerdown", |event: Event| event.stop_propagation())
        .on("click", open)
        .child(icon("warning"))
        .child(el("span").live_text(move || words::misfits(here().len())));
    el("div").class("verdict").live_attr("style", style).child(button)
}

fn show(row: &str) {
    let row = browser::document().get_element_by_id(row).and_then(|row| row.dyn_into::<HtmlElement>().ok());
    if let Some(row) = row {
        row.scroll_into_view();
        let _ = row.focus();
    }
}
