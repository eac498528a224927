//! The text pane: the whole board as Event Markdown in a real text field, with line numbers, colours and findings.
//!
//! The field is the browser's own, with its selection, input methods, spelling and accessibility; the words in it are
//! transparent, and under it lies a layer that draws the same words in colour, as far as they can be seen.
//!
//! `lines` knows where carets and edits go, `edit` what keys do to lines, `typing` what one undo step is, `heights`
//! where lines stand, `paint` what is coloured (no page in any of them); `rows` draws, `sync` keeps field and board
//! equal, `keys` hears the keyboard, `offers` completes, `carets` are the others'. Here: the frame and the ties to
//! the wall. `text_pane` is the only way in.

mod carets;
mod edit;
mod footsteps;
mod heights;
mod keys;
mod lines;
mod measure;
mod offers;
mod paint;
mod rows;
mod signs;
mod sync;
mod typing;
mod width;
mod writing;

use super::icons::icon;
use super::overlay::focused;
use crate::session::{Beside, Checked, Panel, Session, TEXT_OPEN};
use crate::tried::tried;
use crate::{browser, messages};
use board::LineId;
use board::wire::Role;
use elements::{El, afterwards, el};
use gloo_events::EventListener;
pub use keys::TEXT_KEYS;
use leptos::prelude::*;
use offers::Offers;
use paint::Mark;
use std::collections::HashMap;
use std::rc::Rc;
use sync::Pane;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent, ResizeObserver};
use width::{remembered_width, width_edge};

pub fn text_pane(session: Session) -> El {
    let (pane, offers) = (Pane::new(session), Offers::new());
    let width = remembered_width();
    afterwards(move || {
        if pane.field.get().is_some() && pane.guests.get().is_some() {
            pane.open();
            follow_size(pane);
            show_asked_place(pane);
        }
    });
    session.listen(move |changes| pane.show(changes));
    tie_to_wall(pane);
    tie_to_people(pane);
    remember_that_it_is_open();
    let summary = move || session.checked.with(|checked| messages::text_summary(&numbered(checked)));
    let close = el("button")
        .class("tool")
        .attr("aria-label", messages::TEXT_CLOSE)
        .attr("title", messages::TEXT_CLOSE)
        .on("click", move || session.text_open.set(false))
        .child(icon("close"));
    el("section")
        .class("text-pane")
        .attr("aria-label", messages::TEXT_PANE)
        .live_var("--pane-width", move || format!("{}px", width.get()))
        .child(width_edge(width))
        .child(el("header").class("text-head").child(el("h2").text(messages::TEXT_PANE)).child(close))
        .child(scroller(pane, offers))
        .child(el("p").class("unseen").attr("id", "emd-hint").text(messages::TEXT_HINT))
        .child(el("p").class("unseen").attr("id", "emd-findings").live_text(summary))
}

fn scroller(pane: Pane, offers: Offers) -> El {
    let layer = |class: &str| el("div").class(class).attr("aria-hidden", "true");
    let mark_pressed = move |event: Event| {
        let at = |place: &str| event.target()?.dyn_into::<Element>().ok()?.closest(place).ok()?;
        let row = at("[data-row]");
        if at(".row-tried").is_some() {
            return pane.session.panel.set(Some(Panel::Findings));
        }
        if let Some(line) = row.and_then(|row| row.get_attribute("data-row")) {
            pane.session.show_fixes(LineId(line.into()), Beside::Text);
        }
    };
    let page = el("div")
        .class("text-page")
        .known_as(pane.page)
        .child(layer("text-rows").known_as(pane.layer))
        .child(layer("text-guests").known_as(pane.guests))
        .child(field(pane, offers))
        .child(layer("text-gutter").known_as(pane.gutter).on_event("click", mark_pressed))
        .child(layer("text-rows text-stack").known_as(pane.stack))
        .live_child(offers::list(pane, offers));
    el("div")
        .class("text-scroll")
        .known_as(pane.scroller)
        .on("scroll", move || {
            pane.with_rows(|rows, shown| rows.scrolled(shown));
            pane.draw_guests_soon();
        })
        .child(page)
}

fn field(pane: Pane, offers: Offers) -> El {
    let session = pane.session;
    let field = el("textarea")
        .attr("id", "emd")
        .known_as(pane.field)
        .attr("aria-label", messages::TEXT_FIELD)
        .attr("aria-describedby", "emd-hint emd-findings")
        .attr("aria-autocomplete", "list")
        .attr("placeholder", messages::TEXT_EMPTY)
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .live_attr("readonly", move || {
            session.role.get() == Role::View || session.hands.with(Option::is_none)
        })
        .on_event("keydown", move |event: KeyboardEvent| keys::keydown(pane, offers, &event))
        .on_event("beforeinput", move |event: Event| before_input(pane, &event))
        .on("paste", move || {
            session.flush();
            pane.end_step();
        })
        .on("input", move || {
            if pane.is_held() {
                pane.draw_ahead();
            } else {
                pane.take(false);
                offers.typed(pane);
                // Whoever writes on has seen it.
                if session.panel.get_untracked() == Some(Panel::Fixes) {
                    session.panel.set(None);
                }
            }
            caret_moved(pane);
        });
    lit_by_caret(composed(offers::spoken(field, offers), pane, offers), pane)
}

/// While a word is composed the field is ahead of the board, and what others do waits.
fn composed(field: El, pane: Pane, offers: Offers) -> El {
    let session = pane.session;
    let composing = RwSignal::new(false);
    let ended = move || {
        if composing.get_untracked() {
            composing.set(false);
            pane.hold(false);
            pane.take(true);
        }
    };
    field
        .live_class("composing", move || composing.get())
        .on("compositionstart", move || {
            session.flush();
            offers.close();
            composing.set(true);
            pane.hold(true);
        })
        .on("compositionend", ended)
        .on("focus", move || {
            pane.settle();
            pane.publish(true);
        })
        .on("blur", move || {
            ended();
            offers.close();
            pane.end_step();
            pane.publish(false);
            pane.with_rows(|rows, _| rows.set_caret(None));
            session.hovered.set(None);
        })
}

fn lit_by_caret(field: El, pane: Pane) -> El {
    field
        .on("pointerdown", move || pane.settle())
        .on("keyup", move || caret_moved(pane))
        .on("click", move || caret_moved(pane))
        .on_event("pointermove", move |event: PointerEvent| {
            light(pane, line_at(pane, f64::from(event.client_y())))
        })
        .on(
            "pointerleave",
            move || {
                if pane.has_focus() { light_caret(pane) } else { pane.session.hovered.set(None) }
            },
        )
}

/// The line at a height of the window.
fn line_at(pane: Pane, y: f64) -> Option<LineId> {
    let top = pane.scroller.get_untracked()?.get_bounding_client_rect().top();
    pane.with_rows(|rows, shown| Some(shown.rows.get(rows.at(y - top)?)?.id.clone())).flatten()
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
        _ if !pane.is_held() => pane.edit_begins(),
        _ => {}
    }
}

fn caret_moved(pane: Pane) {
    light_caret(pane);
    pane.publish(pane.has_focus());
}

fn light_caret(pane: Pane) {
    let line = pane.caret_line();
    pane.with_rows(|rows, _| rows.set_caret(line.clone()));
    light(pane, line);
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
        let marks = session.checked.with(marks);
        pane.with_rows(|rows, shown| rows.set_marks(marks, shown));
    });
    afterwards(move || {
        let signs = tried().with(|all| signs::signs(all));
        pane.with_rows(|rows, shown| rows.set_signs(signs, shown));
    });
    afterwards(move || {
        session.text_place.track();
        show_asked_place(pane);
    });
    on_cleanup(move || session.hovered.set(None));
}

/// The others' carets here, and mine there.
fn tie_to_people(pane: Pane) {
    afterwards(move || {
        let peers = pane.session.peers.get();
        let drawn = pane.state.try_update_value(|state| {
            let before = state.carets.is_empty();
            state.carets.hear(&peers, browser::now());
            !before || !state.carets.is_empty()
        });
        if drawn == Some(true) {
            pane.draw_guests_soon();
        }
    });
    let moved = EventListener::new(&browser::document(), "selectionchange", move |_| {
        if pane.has_focus() && !pane.is_held() {
            caret_moved(pane);
        }
    });
    let moved = StoredValue::new_local(Some(moved));
    on_cleanup(move || {
        moved.set_value(None);
        pane.session.caret.set_value(None);
        pane.session.show();
    });
}

/// A place that somebody asked to see, such as that of a finding.
fn show_asked_place(pane: Pane) {
    let session = pane.session;
    let Some((line, at)) = session.text_place.get_untracked().filter(|_| pane.is_open()) else { return };
    session.text_place.set(None);
    let place = pane.with_rows(|_, shown| shown.position(&lines::Anchor { line, at })).flatten();
    if let Some(place) = place {
        pane.go(place, place);
        caret_moved(pane);
    }
}

/// Lines wrap anew in a pane of another width.
fn follow_size(pane: Pane) {
    let Some(scroller) = pane.scroller.get_untracked() else { return };
    let changed = Closure::<dyn FnMut(JsValue)>::new(move |_| {
        if pane.scroller.try_get_untracked().flatten().is_some() {
            pane.with_rows(|rows, shown| rows.resized(shown));
            pane.draw_guests_soon();
        }
    });
    let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) else { return };
    observer.observe(&scroller);
    let kept = StoredValue::new_local(Some((observer, changed)));
    on_cleanup(move || {
        if let Some(Some((observer, _))) = kept.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}

/// Open again at the next visit; and whoever closes it finds the focus on the button that opens it.
fn remember_that_it_is_open() {
    browser::remember(TEXT_OPEN, "open");
    on_cleanup(move || {
        browser::remember(TEXT_OPEN, "closed");
        browser::next_frame(move || {
            let lost = focused().is_none_or(|element| element.tag_name() == "BODY");
            let button = browser::document().query_selector(".titlebar .text-button").ok().flatten();
            if let Some(button) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok()).filter(|_| lost) {
                let _ = button.focus();
            }
        });
    });
}

/// Never moves the text under a person who is at work in it.
fn bring_into_view(pane: Pane, line: Option<LineId>) {
    let Some(scroller) = pane.scroller.get_untracked() else { return };
    if line.is_none() || pane.has_focus() || scroller.matches(":hover").unwrap_or(false) {
        return;
    }
    pane.state.try_update_value(|state| {
        if let Some(index) = line.and_then(|id| state.shown.index(&id)) {
            state.reveal(index);
        }
    });
}

fn marks(checked: &Checked) -> HashMap<LineId, Rc<[Mark]>> {
    let mark = |at: &usize| {
        let found = checked.found.get(*at)?;
        let (severity, span, message) = (found.severity, found.span, found.message.clone());
        Some(Mark { severity, span, message, mends: !found.fixes.is_empty() })
    };
    checked.by_line.iter().map(|(line, all)| (line.clone(), all.iter().filter_map(mark).collect())).collect()
}

/// Line numbers and messages, for the ear.
fn numbered(checked: &Checked) -> Vec<(usize, String)> {
    let found = checked.found.iter();
    found.filter_map(|finding| Some((finding.line? + 1, finding.message.clone()))).collect()
}
