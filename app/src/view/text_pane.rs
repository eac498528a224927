//! The text pane: the whole board as Event Markdown in a real text field, with line numbers, colours and findings.
//!
//! `lines` knows where carets and edits go (no page in it), `paint` what is coloured, `rows` draws the layer under
//! the field, `sync` keeps field and board equal. Here: the frame, the keys, and the ties to the wall.

mod lines;
mod paint;
mod rows;
mod sync;

use super::element::{El, afterwards, el};
use super::icons::icon;
use crate::session::{Checked, Session};
use crate::{browser, messages};
use board::LineId;
use board::wire::Role;
use leptos::prelude::*;
use paint::Mark;
use std::collections::HashMap;
use sync::Pane;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

const WIDTH_KEY: &str = "squall.text-width";
const LEAST: f64 = 280.0;
const USUAL: f64 = 420.0;

pub fn text_pane(session: Session) -> El {
    let pane = Pane::new(session);
    let width =
        RwSignal::new(browser::recall(WIDTH_KEY).and_then(|width| width.parse().ok()).unwrap_or(USUAL));
    afterwards(move || {
        if pane.field.get().is_some() && pane.layer.get().is_some() {
            pane.open();
        }
    });
    session.listen(move |changes| pane.show(changes));
    tie_to_wall(pane);
    on_cleanup(move || session.hovered.set(None));
    let summary = move || session.checked.with(|checked| messages::text_summary(&numbered(checked)));
    let close = el("button")
        .class("tool")
        .attr("aria-label", messages::TEXT_CLOSE)
        .attr("title", messages::TEXT_CLOSE)
        .on("click", move || session.text_open.set(false))
        .child(icon("close"));
    let layer = el("div").class("text-rows").attr("aria-hidden", "true").known_as(pane.layer);
    let page = el("div").class("text-page").child(layer).child(field(pane));
    el("section")
        .class("text-pane")
        .attr("aria-label", messages::TEXT_PANE)
        .live_var("--pane-width", move || format!("{}px", width.get()))
        .child(edge(width))
        .child(el("header").class("text-head").child(el("h2").text(messages::TEXT_PANE)).child(close))
        .child(el("div").class("text-scroll").known_as(pane.scroller).child(page))
        .child(el("p").class("unseen").attr("id", "emd-findings").live_text(summary))
}

fn field(pane: Pane) -> El {
    let session = pane.session;
    let field = el("textarea")
        .attr("id", "emd")
        .known_as(pane.field)
        .attr("aria-label", messages::TEXT_FIELD)
        .attr("aria-describedby", "emd-findings")
        .attr("placeholder", messages::TEXT_EMPTY)
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .live_attr("readonly", move || session.role.get() == Role::View)
        .on_event("keydown", move |event: KeyboardEvent| keydown(pane, &event))
        .on_event("beforeinput", move |event: Event| before_input(pane, &event))
        .on("paste", move || session.flush())
        .on("input", move || {
            if !pane.is_held() {
                pane.take()
            }
            light_caret(pane);
        });
    lit_by_caret(composed(field, pane), pane)
}

/// While a word is composed the field is ahead of the board.
fn composed(field: El, pane: Pane) -> El {
    let session = pane.session;
    let composing = RwSignal::new(false);
    let ended = move || {
        if composing.get_untracked() {
            composing.set(false);
            pane.hold(false);
            pane.take();
        }
    };
    field
        .live_class("composing", move || composing.get())
        .on("compositionstart", move || {
            session.flush();
            composing.set(true);
            pane.hold(true);
        })
        .on("compositionend", ended)
        .on("blur", move || {
            ended();
            pane.end_step();
            session.hovered.set(None);
        })
}

fn lit_by_caret(field: El, pane: Pane) -> El {
    field
        .on("keyup", move || light_caret(pane))
        .on("click", move || light_caret(pane))
        .on_event("pointermove", move |event: PointerEvent| {
            light(pane, pane.with_rows(|rows, _| rows.at(f64::from(event.client_y()))).flatten())
        })
        .on(
            "pointerleave",
            move || {
                if pane.has_focus() { light_caret(pane) } else { pane.session.hovered.set(None) }
            },
        )
}

fn keydown(pane: Pane, event: &web_sys::KeyboardEvent) {
    if event.is_composing() || pane.is_held() {
        return;
    }
    // The browser must not edit a text that is no longer the board's.
    pane.session.flush();
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "z" | "Z" if command && !event.alt_key() => {
            event.prevent_default();
            pane.undo(event.shift_key());
        }
        "y" | "Y" if command && !event.alt_key() => {
            event.prevent_default();
            pane.undo(true);
        }
        "ArrowUp" | "ArrowDown" if event.alt_key() && !command => {
            event.prevent_default();
            pane.move_lines(event.key() == "ArrowDown");
        }
        _ => {}
    }
}

/// Undo from the browser's own menu is our undo too.
fn before_input(pane: Pane, event: &web_sys::Event) {
    let Some(event) = event.dyn_ref::<web_sys::InputEvent>() else { return };
    match event.input_type().as_str() {
        "historyUndo" => {
            event.prevent_default();
            pane.undo(false);
        }
        "historyRedo" => {
            event.prevent_default();
            pane.undo(true);
        }
        _ => {}
    }
}

fn light_caret(pane: Pane) {
    light(pane, pane.caret_line());
}

/// Lights the sticky of a line; an annotation's is the one it belongs to.
fn light(pane: Pane, line: Option<LineId>) {
    let session = pane.session;
    let sticky = line.and_then(|id| {
        session.with_board(|board| {
            let line = board.line(&id)?;
            if line.kind.is_sticky() { Some(id.clone()) } else { line.of.clone() }
        })
    });
    if session.hovered.with_untracked(|now| *now != sticky) {
        session.hovered.set(sticky);
    }
}

/// What the wall points at and what the checker finds shows in the text.
fn tie_to_wall(pane: Pane) {
    let session = pane.session;
    afterwards(move || {
        let line = session.hovered.get();
        pane.with_rows(|rows, _| rows.set_lit(line.clone()));
        bring_into_view(pane, line);
    });
    afterwards(move || {
        let lines = session.selection.get();
        pane.with_rows(|rows, _| rows.set_selected(&lines));
        bring_into_view(pane, lines.last().cloned());
    });
    afterwards(move || {
        let ready = pane.field.get().is_some() && pane.layer.get().is_some();
        let marks = session.checked.with(marks);
        if ready {
            pane.with_rows(|rows, shown| rows.set_marks(marks, shown));
        }
    });
}

/// Never moves the text under a person who is at work in it.
fn bring_into_view(pane: Pane, line: Option<LineId>) {
    let Some(scroller) = pane.scroller.get_untracked() else { return };
    let busy = pane.has_focus() || scroller.matches(":hover").unwrap_or(false);
    let row = line.filter(|_| !busy).and_then(|id| pane.with_rows(|rows, _| rows.element(&id)).flatten());
    let Some(row) = row.map(|row| row.get_bounding_client_rect()) else { return };
    let view = scroller.get_bounding_client_rect();
    let off = if row.top() < view.top() {
        row.top() - view.top() - 40.0
    } else if row.bottom() > view.bottom() {
        row.bottom() - view.bottom() + 40.0
    } else {
        return;
    };
    scroller.set_scroll_top(scroller.scroll_top() + off as i32);
}

fn marks(checked: &Checked) -> HashMap<LineId, Vec<Mark>> {
    let found = &checked.report.diagnostics;
    let marks_of = |all: &Vec<usize>| {
        let here = all.iter().filter_map(|at| found.get(*at));
        here.map(|it| Mark { severity: it.severity, span: it.span, message: it.message.clone() }).collect()
    };
    checked.by_line.iter().map(|(line, all)| (line.clone(), marks_of(all))).collect()
}

/// Line numbers and messages, for the ear.
fn numbered(checked: &Checked) -> Vec<(usize, String)> {
    let found = checked.report.diagnostics.iter();
    found.filter_map(|finding| Some((finding.line? + 1, finding.message.clone()))).collect()
}

/// The edge of the pane: dragged, or moved by the arrow keys.
fn edge(width: RwSignal<f64>) -> El {
    let dragging = RwSignal::new(false);
    let most =
        || browser::window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(1200.0) * 0.7;
    let set = move |to: f64| {
        let to = to.min(most()).max(LEAST).round();
        width.set(to);
        browser::remember(WIDTH_KEY, &to.to_string());
    };
    let capture = move |event: web_sys::PointerEvent| {
        event.prevent_default();
        if let Some(edge) = event.current_target().and_then(|edge| edge.dyn_into::<web_sys::Element>().ok()) {
            dragging.set(edge.set_pointer_capture(event.pointer_id()).is_ok());
        }
    };
    let follow = move |event: web_sys::PointerEvent| {
        if dragging.get_untracked() {
            let right =
                browser::window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or_default();
            set(right - f64::from(event.client_x()));
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => 24.0,
            "ArrowRight" => -24.0,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        set(width.get_untracked() + by);
    };
    el("div")
        .class("text-resize")
        .attr("role", "separator")
        .attr("tabindex", "0")
        .attr("aria-orientation", "vertical")
        .attr("aria-label", messages::TEXT_RESIZE)
        .attr("aria-valuemin", LEAST.to_string())
        .attr("aria-valuemax", most().round().to_string())
        .live_attr("aria-valuenow", move || width.get().to_string())
        .on_event("pointerdown", capture)
        .on_event("pointermove", follow)
        .on("pointerup", move || dragging.set(false))
        .on("pointercancel", move || dragging.set(false))
        .on_event("keydown", keys)
}
