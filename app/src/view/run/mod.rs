//! The run pane: the model plays itself beside the wall, and the wall shows what happens.
//!
//! `desk` is what the views share, `asking` how they ask the worker. In the pane: `choose` and `form` (with `field`) are what can be done, `told` what
//! came of it, `policies` what waits, `table` what people see, `done` what was done, `storm` a crowd that plays,
//! `runs` which run it is, `time` the slider under all of it, `edge` how wide it is. On the wall: `glow`, with
//! `counts`, and `misfits`; `verdicts` without the pane too. Without a page: `chain`, `arrow`.
//! Invariants: no JSON, version or stream id outside of `developer`; whatever changes a run is one `Play::act`;
//! outcomes are said in the page's live region.
//! Not here: what is done and known (`crate::run`).

mod arrow;
mod asking;
mod chain;
mod choose;
mod clock;
mod counts;
mod desk;
mod developer;
mod done;
mod field;
mod form;
mod glow;
mod misfits;
mod policies;
mod runs;
mod storm;
mod table;
mod time;
mod told;
mod verdicts;
mod width;

pub use verdicts::watch;

use crate::browser;
use crate::messages::{play, run as words};
use crate::run::Play;
use crate::session::Session;
use crate::view::icons::icon;
use crate::view::overlay::focused;
use crate::view::wall;
use board::LineId;
use desk::{Desk, is_touch};
use elements::{El, afterwards, el, remembered};
use leptos::prelude::*;
use storm::Rehearsal;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent};

const PLAY: &str = "M6 3.8v12.4L16 10z";
const PAUSE: &str = "M7 4v12M13 4v12";
/// A press that moves further, or lasts longer, is no click.
const CLICK_PX: i32 = 6;
const CLICK_MS: f64 = 450.0;

pub fn run_pane(session: Session) -> El {
    let play = Play::of(session);
    let desk = Desk::new(play);
    let rehearsal = Rehearsal::new(play);
    form::follow(desk);
    glow::put_on_the_wall(desk);
    misfits::put_on_the_wall(play);
    follow_the_wall(desk);
    take_and_give_back_the_focus();
    browser::next_frame(move || {
        // The wall has less room now; who has not moved it still sees all of it.
        if !session.steered.get_value() {
            wall::fit_all(session);
        }
    });
    let width = width::Width::remembered(play.developer);
    let view = move || if play.developer.get() { "developer" } else { "play" };
    el("section")
        .class("run-pane")
        .attr("tabindex", "-1")
        .attr("aria-label", words::PANE)
        .live_attr("data-view", view)
        .live_attr("style", move || width.style())
        .on_event("keydown", move |event: KeyboardEvent| keys(desk, &event))
        .child(width.edge())
        .child(head(desk))
        .when(move || play.progress.with(Option::is_some), move || progress(desk))
        .live_child(move || trouble(desk))
        .when(move || !play.developer.get(), move || played(desk, rehearsal))
        .when(move || play.developer.get(), move || developer::view(play, rehearsal))
        .child(time::time(desk))
}

fn head(desk: Desk) -> El {
    let play = desk.play;
    let choice = |developer: bool, label: &'static str| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "run-view")
            .live_checked(move || play.developer.get() == developer)
            .on("change", move || play.developer.set(developer));
        el("label").child(input).child(el("span").text(label))
    };
    let close = el("button")
        .class("tool")
        .attr("aria-label", words::CLOSE)
        .attr("title", words::CLOSE)
        .on("click", move || play.session.run_open.set(false))
        .child(icon("close"));
    let views = el("fieldset")
        .class("segments run-views")
        .child(el("legend").class("unseen").text(words::VIEWS))
        .child(choice(false, words::PLAY))
        .child(choice(true, words::DEVELOPER));
    el("header")
        .class("run-head")
        .child(el("h2").text(words::PANE))
        .child(runs::runs(desk))
        .child(close)
        .child(views)
}

/// How far long work is, and how to stop it; the ear hears every quarter of it.
fn progress(desk: Desk) -> El {
    let far = move || desk.play.progress.get().map(|(done, of)| words::progress(done, of));
    let quarter = remembered(move || {
        let (done, of) = desk.play.progress.get()?;
        Some(words::progress(done.saturating_mul(4).checked_div(of).unwrap_or(0), 4))
    });
    let stop = el("button").class("button dense").text(play::STOP).on("click", move || desk.play.cancel());
    el("p")
        .class("run-progress")
        .child(el("span").attr("aria-hidden", "true").live_text(far))
        .child(el("span").class("unseen").attr("role", "status").live_text(move || quarter.get()))
        .child(stop)
}

/// Why something came to nothing.
fn trouble(desk: Desk) -> Option<El> {
    desk.play.trouble.get().map(|trouble| {
        el("p").class("remark").attr("role", "alert").child(icon("warning")).child(el("span").text(&trouble))
    })
}

fn played(desk: Desk, rehearsal: Rehearsal) -> El {
    let filling = move || desk.form.with(Option::is_some);
    el("div")
        .class("run-body")
        .live_child(move || match desk.form.get() {
            Some(form) => {
                lead_into_the_form(desk.play);
                form::sheet(desk, form)
            }
            None => choose::choose(desk),
        })
        .live_attr("data-filling", filling)
        .child(misfits::misfits(desk.play))
        .child(told::told(desk))
        .child(policies::policies(desk))
        .child(table::tables(desk))
        .child(done::done(desk))
        .child(storm::storm(rehearsal))
}

/// Redux DevTools' keys, and Escape: out of the form, then out of the pane.
fn keys(desk: Desk, event: &KeyboardEvent) {
    let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    let filling = desk.form.with_untracked(Option::is_some) && !desk.play.developer.get_untracked();
    match (command, event.key().as_str()) {
        (true, "j" | "J") => desk.toggle(),
        (true, "Enter") if filling => send(),
        (true, "[") => desk.step(-1),
        (true, "]") => desk.step(1),
        (false, "Escape") if empties_a_search(event) => {}
        (false, "Escape") if filling => leave_the_form(desk),
        (false, "Escape") => desk.play.session.run_open.set(false),
        (false, key) if !event.alt_key() && means_the_wall(key) => return event.stop_propagation(),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Keys that would change the board or how it is looked at; who presses them in the pane means the pane.
fn means_the_wall(key: &str) -> bool {
    let mut signs = key.chars();
    match (signs.next(), signs.next()) {
        // The key of the pane closes it from within.
        (Some(sign), None) => sign == ' ' || sign.is_alphanumeric() && !sign.eq_ignore_ascii_case(&'r'),
        _ => {
            matches!(key, "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown")
                || matches!(key, "Delete" | "Backspace" | "Enter" | "Tab")
        }
    }
}

/// Escape is the search field's as long as something stands in it.
pub fn empties_a_search(event: &KeyboardEvent) -> bool {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field.filter(|field| field.type_() == "search" && !field.value().is_empty()) else {
        return false;
    };
    field.set_value("");
    Event::new("input").is_ok_and(|told| field.dispatch_event(&told).is_ok())
}

fn leave_the_form(desk: Desk) {
    desk.play.command.set(None);
    browser::next_frame(|| {
        if !focus(".run-choose button") {
            focus(".run-pane");
        }
    });
}

/// The command of a sticky, if that can be played.
fn command_of(play: Play, line: &LineId) -> Option<String> {
    let sticky = play.sticky(line)?;
    play.model.with_untracked(|model| {
        let commands = model.iter().flat_map(|model| &model.commands);
        let mut here =
            commands.filter(|command| command.sticky == Some(sticky) || command.also.contains(&sticky));
        here.next().map(|command| command.name.clone())
    })
}

/// The chosen blue sticky is the one that is filled in; a click on it leads into its form, so that Enter sends it.
fn follow_the_wall(desk: Desk) {
    let play = desk.play;
    let choose = move |line: &LineId| {
        let command = command_of(play, line).filter(|_| untrack(|| play.can_act()));
        if command.is_some() && play.command.with_untracked(|now| *now != command) {
            play.command.set(command.clone());
        }
        command.is_some()
    };
    // The sticky that was chosen last, and whether the worker knew it: who goes on to another command keeps that.
    let chosen = StoredValue::new((None, true));
    afterwards(move || {
        play.model.track();
        let line = play.session.selection.with(|lines| match lines.as_slice() {
            [line] => Some(line.clone()),
            _ => None,
        });
        let (before, known) = chosen.get_value();
        if known && before == line {
            return;
        }
        let known = line.as_ref().is_none_or(|line| play.sticky(line).is_some());
        line.iter().for_each(|line| {
            choose(line);
        });
        chosen.set_value((line, known));
    });
    let pressed = StoredValue::new((0, 0, 0.0));
    let down = window_event_listener(leptos::ev::pointerdown, move |event| {
        pressed.set_value((event.client_x(), event.client_y(), browser::now()));
    });
    let up = window_event_listener(leptos::ev::pointerup, move |event| {
        let (x, y, when) = pressed.get_value();
        let moved = (event.client_x() - x).abs() + (event.client_y() - y).abs();
        let held = event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0;
        // A drag is none, and neither is a finger that rests.
        if moved > CLICK_PX || browser::now() - when > CLICK_MS || held || play.developer.get_untracked() {
            return;
        }
        // The wall holds the pointer, so what was clicked is what lies under it.
        let under = browser::document().element_from_point(x as f32, y as f32);
        let note = under.and_then(|under| under.closest("[data-line]").ok().flatten());
        let line = note.and_then(|note| note.get_attribute("data-line"));
        if line.is_some_and(|line| choose(&LineId(line.into()))) {
            focus_the_form(play);
        }
    });
    on_cleanup(move || {
        down.remove();
        up.remove();
    });
}

/// As soon as the form is there; on a touch screen its button, so that no keyboard covers the wall.
fn focus_the_form(play: Play) {
    fn seek(play: Play, frames: u32) {
        // Whoever clicks twice writes on the sticky.
        if play.session.editing.with_untracked(Option::is_some) {
            return;
        }
        let wanted = if is_touch() { ".run-send" } else { ".run-form [data-run-first], .run-send" };
        if !focus(wanted) && frames > 0 {
            browser::next_frame(move || seek(play, frames - 1));
        }
    }
    browser::next_frame(move || seek(play, 60));
}

/// Who came to the pane for this form by a key goes on into it.
fn lead_into_the_form(play: Play) {
    if focused().is_some_and(|element| element.class_list().contains("run-pane")) {
        focus_the_form(play);
    }
}

fn focus(wanted: &str) -> bool {
    found(wanted).is_some_and(|found| found.focus().is_ok())
}

/// Presses the button of the form.
fn send() {
    if let Some(button) = found(".run-send") {
        button.click();
    }
}

fn found(wanted: &str) -> Option<HtmlElement> {
    browser::document().query_selector(wanted).ok().flatten()?.dyn_into().ok()
}

/// Whoever opens the pane is in it, so that its keys are heard; whoever closes it is at the button that opens it.
fn take_and_give_back_the_focus() {
    browser::next_frame(|| {
        let writing = focused().is_some_and(|element| element.matches("input, textarea").unwrap_or(false));
        if !writing {
            focus(".run-pane");
        }
    });
    on_cleanup(|| {
        browser::next_frame(|| {
            if focused().is_none_or(|element| element.tag_name() == "BODY") {
                focus(".run-button");
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_change_the_board_stay_in_the_pane_and_its_own_do_not() {
        for key in ["ArrowLeft", "Delete", "Backspace", "Enter", "Tab", " ", "e", "1"] {
            assert!(means_the_wall(key), "{key}");
        }
        for key in ["r", "R", "?", "F6", "PageDown", "Home"] {
            assert!(!means_the_wall(key), "{key}");
        }
    }
}
