//! Writing in place: a text area with the look of the sticky it lies on.
//!
//! A sticky enters the document with its first character; before that it is only a draft on this page. What is
//! written goes into the shared line at each key, so the others see it grow.

use super::element::{El, afterwards, el, remembered};
use super::note::{kind_slug, kind_word, letters_of};
use super::wall;
use crate::diff::difference;
use crate::messages;
use crate::session::{Editing, Session};
use board::command::Splice;
use board::layout::Frame;
use board::{At, Change, Command, LineId, Step};
use emd::Kind;
use leptos::html::Textarea;
use leptos::prelude::*;

/// The field of the sticky that is being written, while there is one.
pub fn editor(session: Session) -> impl FnMut() -> Option<El> + 'static {
    let serial =
        remembered(move || session.editing.with(|editing| editing.as_ref().map(|editing| editing.serial)));
    move || serial.get().map(|serial| writing(session, serial))
}

fn writing(session: Session, serial: u64) -> El {
    let start = session.editing.get_untracked();
    let kind = start.as_ref().map_or(Kind::Event, |editing| editing.kind);
    let initial =
        start.as_ref().and_then(|editing| editing.line.as_ref()).and_then(|line| name_of(session, line));
    let written = RwSignal::new(initial.clone().unwrap_or_default());
    let area = NodeRef::<Textarea>::new();
    let frame = remembered(move || frame_of(session));
    afterwards(move || wall::reveal_frame(session, frame.get()));
    afterwards(move || begin(area));
    session.listen(move |changes| follow(session, changes, area, written));
    let style = move || {
        let Frame { at, width, height, .. } = frame.get();
        let letters = written.with(|text| letters_of(kind, text, frame.get()));
        format!("translate:{}px {}px;width:{width}px;height:{height}px;--letters:{letters}px", at.x, at.y)
    };
    let foot = el("div").class("note-foot").attr("aria-hidden", "true");
    el("div")
        .class("note editing")
        .live_attr("style", style)
        .attr("data-kind", kind_slug(kind))
        .child(field(session, serial, kind, area, written).prop("value", initial.unwrap_or_default()))
        .child(foot.child(el("span").class("kind").text(kind_word(kind))))
}

fn field(
    session: Session,
    serial: u64,
    kind: Kind,
    area: NodeRef<Textarea>,
    written: RwSignal<String>,
) -> El {
    let step = StoredValue::new(Step::New);
    let input = move || {
        let Some(area) = area.get_untracked() else { return };
        fit(&area);
        let value = area.value().replace('\n', " ");
        written.set(value.clone());
        put(session, &value, step);
    };
    let blur = move || {
        if session.editing.with_untracked(|editing| editing.as_ref().is_some_and(|now| now.serial == serial))
        {
            close(session);
        }
    };
    el("textarea")
        .class("note-input")
        .attr("rows", "1")
        .known_as(area)
        .attr("aria-label", messages::writing(kind_word(kind)))
        .attr("placeholder", messages::placeholder(kind))
        .attr("spellcheck", "true")
        .on("input", input)
        .on_event("keydown", move |event: web_sys::KeyboardEvent| key(session, &event))
        .on("blur", blur)
}

/// Takes the focus as soon as the field is in the page.
fn begin(area: NodeRef<Textarea>) {
    if let Some(area) = area.get() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = area.focus_with_options(&options);
        area.select();
        fit(&area);
    }
}

/// The text area is as high as its text, so that the text stays centred.
fn fit(area: &web_sys::HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(area);
    let _ = style.set_property("height", "0");
    let _ = style.set_property("height", &format!("{}px", area.scroll_height()));
}

fn name_of(session: Session, line: &LineId) -> Option<String> {
    session.with_board(|board| board.line(line).map(|line| emd::line(&line.text).name.text.to_string()))
}

fn frame_of(session: Session) -> Frame {
    let editing = session.editing.get();
    let Some(editing) = editing else { return Frame::default() };
    let frame = match &editing.line {
        Some(line) => session.watch_mirror(|mirror| mirror.watch_place(line)).flatten(),
        None => None,
    };
    // The line of a first character has no frame before the next animation frame; it will lie where the draft lay.
    frame
        .or_else(|| {
            session.with_mirror(|mirror| mirror.draft_frame(editing.kind, &editing.at, editing.place))
        })
        .unwrap_or_default()
}

/// What others write into the same name appears here too, with the caret where it was.
fn follow(session: Session, changes: &[Change], area: NodeRef<Textarea>, written: RwSignal<String>) {
    let line =
        session.editing.with_untracked(|editing| editing.as_ref().and_then(|editing| editing.line.clone()));
    let Some(line) = line else { return };
    if !changes.iter().any(|change| matches!(change, Change::Text(id, _) if *id == line)) {
        return;
    }
    let (Some(Some(area)), Some(name)) = (area.try_get_untracked(), name_of(session, &line)) else { return };
    let mine = written.get_untracked();
    if name == mine.trim() || name == squeezed(&mine) {
        return;
    }
    let Some(splice) = difference(&mine, &name, None) else { return };
    let caret = area.selection_start().ok().flatten().unwrap_or(0);
    area.set_value(&name);
    let caret = if caret <= splice.at {
        caret
    } else {
        (caret.max(splice.at + splice.delete) - splice.delete) + splice.insert.encode_utf16().count() as u32
    };
    let _ = area.set_selection_range(caret, caret);
    written.set(name);
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Brings the document to what is written now.
fn put(session: Session, value: &str, step: StoredValue<Step>) {
    let Some(editing) = session.editing.get_untracked() else { return };
    if value.trim().is_empty() {
        return;
    }
    match editing.line {
        None => {
            let text = emd::edit::write(editing.kind, value.trim(), &[]);
            let made = session.run(Command::Add { at: editing.at.clone(), text, place: editing.place });
            step.set_value(Step::Extend);
            if let Some(line) = made.into_iter().next() {
                session.selection.set(vec![line.clone()]);
                session.editing.update(|now| {
                    if let Some(now) = now {
                        now.line = Some(line);
                    }
                });
            }
        }
        Some(line) => {
            let splice = session.with_board(|board| {
                let old = &board.line(&line)?.text;
                difference(old, &emd::edit::rename(old, value.trim()), None)
            });
            if let Some(splice) = splice {
                let splices = vec![Splice { at: splice.at, delete: splice.delete, insert: splice.insert }];
                session.act(Command::Type { line, splices }, step.get_value());
                step.set_value(Step::Extend);
            }
        }
    }
}

fn key(session: Session, event: &web_sys::KeyboardEvent) {
    if event.is_composing() {
        return;
    }
    event.stop_propagation();
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            close(session);
            focus_wall(session);
        }
        "Tab" if !event.shift_key() => {
            event.prevent_default();
            next(session, None);
        }
        "Enter" if command => {
            event.prevent_default();
            next(session, Some(expected_after));
        }
        "Enter" => {
            event.prevent_default();
            next(session, None);
        }
        "z" | "Z" if command => {
            event.prevent_default();
            if event.shift_key() { session.redo() } else { session.undo() }
        }
        "y" if command => {
            event.prevent_default();
            session.redo();
        }
        _ => {}
    }
}

/// The kind that the grammar of the wall expects next.
pub fn expected_after(kind: Kind) -> Kind {
    match kind {
        Kind::Actor | Kind::Screen | Kind::Policy | Kind::Heading(_) => Kind::Command,
        Kind::Command | Kind::Constraint | Kind::System => Kind::Event,
        Kind::Event => Kind::Policy,
        Kind::ReadModel => Kind::Actor,
        other => other,
    }
}

/// Ends this sticky and starts the next one after it.
fn next(session: Session, kind: Option<fn(Kind) -> Kind>) {
    let Some(editing) = session.editing.get_untracked() else { return };
    match &editing.line {
        Some(line) => {
            let line = line.clone();
            finish(session, &editing);
            session.flush();
            let kind = kind.map_or(editing.kind, |expected| expected(editing.kind));
            session.write(kind, At::After(line), None);
        }
        // Nothing was written: the row of new stickies is done.
        None => {
            close(session);
            focus_wall(session);
        }
    }
}

/// Leaves writing.
pub fn close(session: Session) {
    if let Some(editing) = session.editing.get_untracked() {
        session.editing.set(None);
        finish(session, &editing);
    }
}

/// A sticky that was left without a name and without anything else is taken away again.
fn finish(session: Session, editing: &Editing) {
    let Some(line) = &editing.line else { return };
    let empty = session.with_board(|board| {
        board.line(line).is_some_and(|line| {
            let read = emd::line(&line.text);
            read.name.text.trim().is_empty() && read.properties.is_empty()
        })
    });
    if empty {
        session.act(Command::Remove { lines: vec![line.clone()] }, Step::Extend);
    }
}

fn focus_wall(session: Session) {
    let selected = session.selection.with_untracked(|all| all.last().cloned());
    if let Some(note) = selected.and_then(|id| crate::browser::note_element(&id)) {
        let _ = note.focus();
    }
}
