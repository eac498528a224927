//! The run pane: the model plays itself beside the wall, and the wall shows what happens.
//!
//! `desk` is what the views share. In the pane: `choose` and `form` (with `field`) are what can be done, `told` what
//! came of it, `policies` what waits, `table` what people see, `done` what was done, `storm` a crowd that plays,
//! `runs` which run it is, `time` the slider under all of it, `edge` how wide it is. On the wall: `glow`, with
//! `counts`, and `misfits`; `verdicts` without the pane too. Without a page: `chain`, `arrow`.
//! Invariants: no JSON, version or stream id outside of `developer`; whatever changes a run is one `Play::act`;
//! outcomes are said in the page's live region.
//! Not here: what is done and known (`crate::run`).

mod arrow;
mod chain;
mod choose;
mod clock;
mod counts;
mod desk;
mod developer;
mod done;
mod edge;
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
use elements::{El, afterwards, el};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

const PLAY: &str = "M6 3.8v12.4L16 10z";
const PAUSE: &str = "M7 4v12M13 4v12";
/// A press that moves further, or lasts longer, is no click.
const CLICK_PX: i32 = 6;
const CLICK_MS: f64 = 450.0;

pub fn run_pane(session: Session) -> El {
    let play = Play::of(session);
    let desk = Desk::new(play);
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
    let width = edge::Width::remembered(play.developer);
    let view = move || if play.developer.get() { "developer" } else { "play" };
    el("section")
        .class("run-pane")
        .attr("tabindex", "-1")
        .attr("aria-label", words::PANE)
        .live_attr("data-view", view)
        .live_attr("style", move || width.style())
        .on_event("keydown", move |event: KeyboardEvent| keys(desk, &event))
        .child(edge::edge(width))
        .child(head(desk))
        .when(move || play.progress.with(Option::is_some), move || progress(desk))
        .live_child(move || trouble(desk))
        .when(move || !play.developer.get(), move || played(desk))
        .when(move || play.developer.get(), move || developer::view(play))
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

/// How far long work is, and how to stop it.
fn progress(desk: Desk) -> El {
    let far = move || desk.play.progress.get().map(|(done, of)| words::progress(done, of));
    let stop = el("button").class("button dense").text(play::STOP).on("click", move || desk.play.cancel());
    el("p").class("run-progress").child(el("span").attr("role", "status").live_text(far)).child(stop)
}

/// Why something came to nothing.
fn trouble(desk: Desk) -> Option<El> {
    desk.play.trouble.get().map(|trouble| {
        el("p").class("remark").attr("role", "alert").child(icon("warning")).child(el("span").text(&trouble))
    })
}

fn played(desk: Desk) -> El {
    let filling = move || desk.form.with(Option::is_some);
    el("div")
        .class("run-body")
        .live_child(move || match desk.form.get() {
            Some(form) => {
                lead_into_the_form();
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
        .child(storm::storm(desk.play))
}

/// Redux DevTools' keys, and Escape: out of the form, then out of the pane.
fn keys(desk: Desk, event: &KeyboardEvent) {
    let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    match (command, event.key().as_str()) {
        (true, "j" | "J") => desk.toggle(),
        (true, "[") => desk.step(-1),
        (true, "]") => desk.step(1),
        (false, "Escape") if desk.form.with_untracked(Option::is_some) => leave_the_form(desk),
        (false, "Escape") => desk.play.session.run_open.set(false),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn leave_the_form(desk: Desk) {
    desk.play.command.set(None);
    browser::next_frame(|| {
        focus(".run-choose button, .run-pane");
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
    afterwards(move || {
        play.model.track();
        if let [line] = play.session.selection.get().as_slice() {
            choose(line);
        }
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
            focus_the_form();
        }
    });
    on_cleanup(move || {
        down.remove();
        up.remove();
    });
}

/// As soon as the form is there; on a touch screen its button, so that no keyboard covers the wall.
fn focus_the_form() {
    fn seek(frames: u32) {
        let wanted = if is_touch() { ".run-send" } else { ".run-form [data-run-first], .run-send" };
        if !focus(wanted) && frames > 0 {
            browser::next_frame(move || seek(frames - 1));
        }
    }
    browser::next_frame(|| seek(60));
}

/// Who came to the pane for this form by a key goes on into it.
fn lead_into_the_form() {
    if focused().is_some_and(|element| element.class_list().contains("run-pane")) {
        focus_the_form();
    }
}

fn focus(wanted: &str) -> bool {
    let found = browser::document().query_selector(wanted).ok().flatten();
    let found = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|found| found.focus().is_ok())
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
