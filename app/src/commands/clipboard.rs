//! Stickies on the clipboard are Event Markdown, so they travel between boards and into any text.
//!
//! Copy, cut and paste are the browser's own events where a key asks for them: those work on plain http too. A menu
//! can write to the clipboard by the old command; only reading from it needs https, and where that is missing the
//! page names the key.

use super::edit;
use crate::browser;
use crate::messages::commands as words;
use crate::session::Session;
use crate::view::wall;
use board::{At, Command, LineId, Point};
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, Event, HtmlElement, HtmlTextAreaElement};

/// These commands are left to the browser's events when they come from a key.
pub const BY_THE_BROWSER: [&str; 3] = ["cut", "copy", "paste"];

/// More than this is a board of its own.
pub const MOST_BYTES: usize = 500_000;
const MOST_LINES: usize = 5_000;

pub fn listen(session: Session) {
    let paste = window_event_listener_untyped("paste", move |event| {
        let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
        if wall::in_field(event.target()) {
            return;
        }
        let text =
            event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        event.prevent_default();
        take(session, text, None);
    });
    let copy = window_event_listener_untyped("copy", move |event| {
        offer(session, &event);
    });
    let cut = window_event_listener_untyped("cut", move |event| {
        if offer(session, &event) && session.can_write() {
            edit::remove(session);
        }
    });
    on_cleanup(move || [paste, copy, cut].into_iter().for_each(|listener| listener.remove()));
}

/// Puts the selection on the clipboard that an event carries.
fn offer(session: Session, event: &Event) -> bool {
    let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return false };
    if wall::in_field(event.target()) || session.selection.with_untracked(Vec::is_empty) {
        return false;
    }
    event.prevent_default();
    let text = selected(session);
    let done = event.clipboard_data().is_some_and(|data| data.set_data("text/plain", &text).is_ok());
    if done {
        tell_copied(session);
    }
    done
}

fn tell_copied(session: Session) {
    session.announcement.set(words::copied(session.selection.with_untracked(Vec::len)));
}

/// The selected stickies with their annotations, as Event Markdown in the order of the text.
fn selected(session: Session) -> String {
    let lines = session.selection.get_untracked();
    session.with_board(|board| {
        let belongs = |id: &LineId| {
            lines.contains(id)
                || board.line(id).and_then(|line| line.of.as_ref()).is_some_and(|of| lines.contains(of))
        };
        let texts = board.order.iter().filter(|id| belongs(id)).filter_map(|id| board.line(id));
        texts.map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
    })
}

/// By the menu or the palette.
pub fn copy(session: Session) {
    hand_over(&selected(session), move |copied| {
        if copied {
            tell_copied(session);
        } else {
            session.say(words::COPY_BY_KEY);
        }
    });
}

pub fn cut(session: Session) {
    hand_over(&selected(session), move |copied| {
        if copied {
            edit::remove(session);
        } else {
            session.say(words::CUT_BY_KEY);
        }
    });
}

/// By the menu or the palette: browsers let a page read the clipboard on https only, and ask.
pub fn paste(session: Session) {
    let Some(clipboard) = modern_clipboard() else { return session.say(words::PASTE_BY_KEY) };
    let place = session.insertion.get_untracked();
    browser::spawn(async move {
        match JsFuture::from(clipboard.read_text()).await.ok().and_then(|text| text.as_string()) {
            Some(text) => take(session, text, place),
            None => session.say(words::PASTE_BY_KEY),
        }
    });
}

fn modern_clipboard() -> Option<web_sys::Clipboard> {
    browser::window().is_secure_context().then(|| browser::window().navigator().clipboard())
}

/// Text that arrives becomes stickies: one step for undo, and they are selected.
pub fn take(session: Session, text: String, point: Option<Point>) {
    if text.trim().is_empty() {
        return session.say(words::NOTHING_TO_PASTE);
    }
    if text.len() > MOST_BYTES || text.lines().filter(|line| !line.trim().is_empty()).count() > MOST_LINES {
        return session.say(words::PASTE_TOO_LARGE);
    }
    session.steered.set_value(true);
    let (at, place) = destination(session, point);
    let made = session.run(Command::Paste { at, text, place });
    session.flush();
    if made.is_empty() {
        return;
    }
    session.announcement.set(words::pasted(made.len()));
    if let [line, ..] = &made[..] {
        wall::reveal(session, line);
        wall::focus(line);
    }
    wall::select(session, made);
}

/// Where what arrives goes: to the point that was pointed at, after the selection, or under the pointer.
fn destination(session: Session, point: Option<Point>) -> (At, Option<Point>) {
    let pointed = point.or(session.insertion.get_untracked());
    let chosen = session.with_board(|board| {
        let last = session
            .selection
            .with_untracked(|all| board.order.iter().rev().find(|id| all.contains(id)).cloned());
        last.map(At::After)
    });
    match (pointed, chosen, session.cursor.get_value()) {
        (None, Some(at), _) => (at, None),
        (Some(point), _, _) | (None, None, Some(point)) => wall::spot(session, point),
        (None, None, None) => (At::End, None),
    }
}

/// Puts a text on the clipboard from a click; `done` hears whether it is there.
pub fn hand_over(text: &str, done: impl FnOnce(bool) + 'static) {
    if copy_by_command(text) {
        return done(true);
    }
    let Some(clipboard) = modern_clipboard() else { return done(false) };
    let written = JsFuture::from(clipboard.write_text(text));
    browser::spawn(async move { done(written.await.is_ok()) });
}

/// The old way, which plain http knows too: a field that nobody sees is selected and copied.
fn copy_by_command(text: &str) -> bool {
    let document = browser::document();
    let before = document.active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let field = document.create_element("textarea").ok();
    let field = field.and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
    let (Some(field), Some(body)) = (field, document.body()) else { return false };
    field.set_class_name("unseen");
    field.set_value(text);
    let _ = body.append_child(&field);
    field.select();
    let command: Option<Function> =
        Reflect::get(&document, &"execCommand".into()).ok().and_then(|it| it.dyn_into().ok());
    let copied = command.and_then(|it| it.call1(&document, &JsValue::from("copy")).ok());
    field.remove();
    if let Some(before) = before {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = before.focus_with_options(&options);
    }
    copied.and_then(|copied| copied.as_bool()) == Some(true)
}
