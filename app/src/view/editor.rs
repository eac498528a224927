//! Writing in place: a text area with the look of the sticky it lies on.
//!
//! A sticky enters the document with its first character; before that it is only a draft on this page. What is
//! written goes into the shared line at each key, so the others see it grow; what an input method is still composing
//! waits until it is done. One sticky, one undo step.

mod merge;

use super::note::{kind_slug, kind_word, letters_of};
use super::wall;
use crate::diff::difference;
use crate::messages;
use crate::presence::Caret;
use crate::session::{Editing, Session};
use board::command::Splice;
use board::layout::Frame;
use board::{At, Change, Command, LineId, Step};
use elements::{El, afterwards, el, remembered};
use emd::Kind;
use leptos::html::Textarea;
use leptos::prelude::*;
use merge::merged;
use web_sys::{ClipboardEvent, KeyboardEvent};

/// The field of the sticky that is being written, while there is one.
pub fn editor(session: Session) -> impl FnMut() -> Option<El> + 'static {
    let serial =
        remembered(move || session.editing.with(|editing| editing.as_ref().map(|editing| editing.serial)));
    move || serial.get().map(|serial| writing(session, serial))
}

/// One act of writing.
#[derive(Clone, Copy)]
struct Pen {
    session: Session,
    serial: u64,
    kind: Kind,
    area: NodeRef<Textarea>,
    /// What stands in the field.
    written: RwSignal<String>,
    /// The name in the document that the field was last in step with.
    seen: StoredValue<String>,
    step: StoredValue<Step>,
    composing: StoredValue<bool>,
}

fn writing(session: Session, serial: u64) -> El {
    let start = session.editing.get_untracked();
    let kind = start.as_ref().map_or(Kind::Event, |editing| editing.kind);
    let initial = start.and_then(|editing| editing.line).and_then(|line| name_of(session, &line));
    let initial = initial.unwrap_or_default();
    let pen = Pen {
        session,
        serial,
        kind,
        area: NodeRef::new(),
        written: RwSignal::new(initial.clone()),
        seen: StoredValue::new(initial.clone()),
        step: StoredValue::new(Step::New),
        composing: StoredValue::new(false),
    };
    let frame = remembered(move || frame_of(session));
    afterwards(move || wall::reveal_frame(session, frame.get()));
    let begun = StoredValue::new(false);
    afterwards(move || {
        if !begun.get_value() {
            begun.set_value(true);
            pen.begin();
        }
    });
    session.listen(move |changes| pen.follow(changes));
    let style = move || {
        let Frame { at, width, height, .. } = frame.get();
        let letters = pen.written.with(|text| letters_of(kind, text, frame.get()));
        format!("translate:{}px {}px;width:{width}px;height:{height}px;--letters:{letters}px", at.x, at.y)
    };
    let foot = el("div").class("note-foot").attr("aria-hidden", "true");
    el("div")
        .class("note editing")
        .live_attr("style", style)
        .attr("data-kind", kind_slug(kind))
        .attr("data-level", if let Kind::Heading(level) = kind { Some(level.to_string()) } else { None })
        .child(pen.field().prop("value", initial))
        .child(foot.child(el("span").class("kind").text(kind_word(kind))))
}

impl Pen {
    fn field(self) -> El {
        let composed = move || {
            self.composing.set_value(false);
            self.take();
        };
        el("textarea")
            .class("note-input")
            .attr("rows", "1")
            .known_as(self.area)
            .attr("aria-label", messages::writing(kind_word(self.kind)))
            .attr("placeholder", messages::placeholder(self.kind))
            .attr("spellcheck", "true")
            .attr("enterkeyhint", "next")
            .on("input", move || self.take())
            .on("compositionstart", move || self.composing.set_value(true))
            .on("compositionend", composed)
            .on_event("keydown", move |event: KeyboardEvent| self.key(&event))
            .on_event("paste", move |event: ClipboardEvent| self.paste(&event))
            .on("blur", move || {
                if self.is_current() {
                    close(self.session);
                }
            })
    }

    fn is_current(self) -> bool {
        self.session.editing.with_untracked(|now| now.as_ref().is_some_and(|now| now.serial == self.serial))
    }

    /// Takes the focus as soon as the field is in the page.
    fn begin(self) {
        if let Some(area) = self.area.get_untracked() {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = area.focus_with_options(&options);
            area.select();
            fit(&area);
        }
    }

    /// Takes in what stands in the field.
    fn take(self) {
        let Some(area) = self.area.get_untracked() else { return };
        fit(&area);
        let value = area.value().replace('\n', " ");
        self.written.set(value.clone());
        if !self.composing.get_value() {
            self.put(&value);
            self.show_caret(&area);
        }
    }

    /// Brings the document to what is written now.
    fn put(self, value: &str) {
        let Some(editing) = self.session.editing.get_untracked() else { return };
        if value.trim().is_empty() {
            return;
        }
        match editing.line {
            None => self.add(&editing, value.trim()),
            Some(line) => self.rename(line, value),
        }
    }

    fn add(self, editing: &Editing, value: &str) {
        let session = self.session;
        let text = emd::edit::write(editing.kind, value, &[]);
        let made = session.run(Command::Add { at: editing.at.clone(), text, place: editing.place });
        self.step.set_value(Step::Extend);
        self.seen.set_value(value.to_owned());
        if let Some(line) = made.into_iter().next() {
            session.selection.set(vec![line.clone()]);
            session.editing.update(|now| {
                if let Some(now) = now {
                    now.line = Some(line);
                }
            });
        }
    }

    fn rename(self, line: LineId, value: &str) {
        let session = self.session;
        let Some(now) = name_of(session, &line) else { return };
        // What others wrote into the name since this field was in step with it stays.
        let name = self.seen.with_value(|seen| merged(seen, value, &now));
        let splice = session.with_board(|board| {
            let old = &board.line(&line)?.text;
            difference(old, &emd::edit::rename(old, name.trim()), None)
        });
        if let Some(splice) = splice {
            let splices = vec![Splice { at: splice.at, delete: splice.delete, insert: splice.insert }];
            session.act(Command::Type { line: line.clone(), splices }, self.step.get_value());
            self.step.set_value(Step::Extend);
        }
        self.seen.set_value(name_of(session, &line).unwrap_or_default());
    }

    /// My caret, for the others: the place in the line's text.
    fn show_caret(self, area: &web_sys::HtmlTextAreaElement) {
        let session = self.session;
        let line = session.editing.with_untracked(|now| now.as_ref().and_then(|now| now.line.clone()));
        let before = line.as_ref().and_then(|line| {
            session.with_board(|board| {
                let text = &board.line(line)?.text;
                let start = emd::line(text).name.span.start;
                Some(text.get(..start)?.encode_utf16().count() as u32)
            })
        });
        let at = area.selection_start().ok().flatten().unwrap_or(0);
        let caret = |(line, before)| Caret { line, at: before + at, from: None };
        session.caret.set_value(line.zip(before).map(caret));
        session.show();
    }

    /// What others write into the same name appears here too, with the caret where it was.
    fn follow(self, changes: &[Change]) {
        let session = self.session;
        let line = session.editing.with_untracked(|now| now.as_ref().and_then(|now| now.line.clone()));
        let Some(line) = line else { return };
        if self.composing.get_value()
            || !changes.iter().any(|change| matches!(change, Change::Text(id, _) if *id == line))
        {
            return;
        }
        let (Some(Some(area)), Some(name)) = (self.area.try_get_untracked(), name_of(session, &line)) else {
            return;
        };
        let mine = self.written.get_untracked();
        self.seen.set_value(name.clone());
        if name == mine.trim() || name == squeezed(&mine) {
            return;
        }
        let Some(splice) = difference(&mine, &name, None) else { return };
        let caret = area.selection_start().ok().flatten().unwrap_or(0);
        area.set_value(&name);
        let caret = if caret <= splice.at {
            caret
        } else {
            (caret.max(splice.at + splice.delete) - splice.delete)
                + splice.insert.encode_utf16().count() as u32
        };
        let _ = area.set_selection_range(caret, caret);
        self.written.set(name);
    }

    fn key(self, event: &KeyboardEvent) {
        // An input method keeps its keys: Enter takes its proposal. Some browsers end the composition first and mark
        // the key with this number alone.
        if event.is_composing() || event.key_code() == 229 {
            return event.stop_propagation();
        }
        let session = self.session;
        let command = event.ctrl_key() || event.meta_key();
        let name = event.key();
        let done: fn(Session) = match name.as_str() {
            "Escape" => leave,
            "Tab" if event.shift_key() => back,
            "Tab" => |session| next(session, Way::Right),
            "Enter" if event.alt_key() => |session| {
                leave(session);
                wall::focus_style_bar();
            },
            "Enter" if command => |session| next(session, Way::Expected),
            // One line is one sticky: there is no second line to go to.
            "Enter" if event.shift_key() => |_| {},
            "Enter" => |session| next(session, Way::Below),
            "z" | "Z" if command && event.shift_key() => |session| session.redo(),
            "z" | "Z" if command => |session| session.undo(),
            "y" if command => |session| session.redo(),
            _ => return event.stop_propagation(),
        };
        event.stop_propagation();
        event.prevent_default();
        done(session);
    }

    /// Several lines become several stickies; those that do not say their kind get the one that is being written.
    fn paste(self, event: &ClipboardEvent) {
        let text =
            event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        let lines = board::paste::read(&text);
        if lines.lines().filter(|line| !line.trim().is_empty()).nth(1).is_none() {
            return;
        }
        event.prevent_default();
        let of_kind = |line: &str| match emd::line(line).kind {
            Kind::Event => emd::edit::set_kind(line, self.kind),
            _ => line.to_owned(),
        };
        let text = lines.lines().map(of_kind).collect::<Vec<_>>().join("\n");
        let session = self.session;
        let Some(editing) = session.editing.get_untracked() else { return };
        close(session);
        session.flush();
        let at = editing.line.map_or(editing.at, At::After);
        let made = session.run(Command::Paste { at, text, place: editing.place });
        session.flush();
        wall::select(session, made.clone());
        if let Some(last) = made.last() {
            wall::focus(last);
        }
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

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// Where the next sticky comes.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Right,
    Below,
    /// To the right, of the kind that the grammar of the wall expects.
    Expected,
}

/// Ends this sticky and starts the next one after it.
fn next(session: Session, way: Way) {
    let Some(editing) = session.editing.get_untracked() else { return };
    let Some(line) = editing.line.clone() else {
        // Nothing was written: the row of new stickies is done.
        return leave(session);
    };
    finish(session, &editing);
    session.flush();
    let kind = if way == Way::Expected { expected_after(editing.kind) } else { editing.kind };
    let place = wall::clear_place(session, &line, kind, way == Way::Below);
    session.write(kind, At::After(line), place);
}

/// Ends this sticky and opens the one before it in reading order.
fn back(session: Session) {
    let Some(editing) = session.editing.get_untracked() else { return };
    let here = match (editing.line, editing.at) {
        (Some(line), _) => session.stickies.with_untracked(|all| {
            let at = all.iter().position(|other| *other == line)?;
            all.get(at.checked_sub(1)?).cloned()
        }),
        (None, At::After(line)) => Some(line),
        (None, _) => None,
    };
    close(session);
    session.flush();
    match here {
        Some(line) => {
            wall::select(session, vec![line.clone()]);
            session.edit(line);
        }
        None => leave(session),
    }
}

/// Leaves writing; the sticky that was written has the focus.
fn leave(session: Session) {
    close(session);
    session.flush();
    wall::focus_selection(session);
}

/// Leaves writing.
pub fn close(session: Session) {
    if let Some(editing) = session.editing.get_untracked() {
        session.editing.set(None);
        session.caret.set_value(None);
        session.show();
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
