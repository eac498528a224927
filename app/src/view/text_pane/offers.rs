//! What may be typed here, offered in a list: after `// @`, after a comma, and whenever it is asked for.
//!
//! Offers never get in the way: unasked, none is chosen until an arrow chooses one, so Enter ends the line as always.
//! Tab takes the chosen one or the first, Escape sends the list away. What is offered is `emd::complete`'s to say.

use super::edit::{Caret, Deed};
use super::sync::Pane;
use super::writing::selection;
use crate::messages;
use board::command::Splice;
use board::{Command, LineId, text};
use elements::{El, el};
use emd::Completion;
use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

const LIST: &str = "emd-offers";
/// More than that nobody reads; typing on narrows them down.
const MOST: usize = 8;

#[derive(Clone, PartialEq)]
struct Open {
    line: LineId,
    all: Vec<Completion>,
    chosen: Option<usize>,
    /// It was asked for by a key: the first one is chosen from the start.
    asked: bool,
    /// Where the list stands on the page of the text, and whether above the line.
    left: f64,
    top: f64,
    above: bool,
}

#[derive(Clone, Copy)]
pub struct Offers {
    open: RwSignal<Option<Open>, LocalStorage>,
    /// After Escape, Tab leaves the text.
    pub leaving: StoredValue<bool>,
}

impl Offers {
    pub fn new() -> Offers {
        Offers { open: RwSignal::new_local(None), leaving: StoredValue::new(false) }
    }

    pub fn close(self) {
        if self.open.with_untracked(Option::is_some) {
            self.open.set(None);
        }
    }

    /// Something was typed: offers what may come here, where that helps.
    pub fn typed(self, pane: Pane) {
        let Some((_, before)) = at_caret(pane) else { return self.close() };
        let word = before.strip_prefix("// @").is_some_and(|word| !word.contains(' '));
        let open = self.open.with_untracked(|open| open.as_ref().map(|open| open.asked));
        if word || before.ends_with(',') || open.is_some() {
            self.show(pane, open.unwrap_or(false));
        }
    }

    /// Ctrl+Space.
    pub fn ask(self, pane: Pane) {
        self.show(pane, true);
        let count = self.open.with_untracked(|open| open.as_ref().map_or(0, |open| open.all.len()));
        pane.session.announcement.set(messages::completions(count));
    }

    fn show(self, pane: Pane, asked: bool) {
        let fresh = if pane.session.can_write() { find(pane, asked) } else { None };
        if self.open.with_untracked(|open| *open != fresh) {
            self.open.set(fresh);
        }
    }

    /// Whether the key was for the list.
    pub fn key(self, pane: Pane, event: &KeyboardEvent) -> bool {
        let Some(open) = self.open.get_untracked() else { return false };
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return false;
        }
        match event.key().as_str() {
            "ArrowDown" => self.choose(&open, 1),
            "ArrowUp" => self.choose(&open, -1),
            "Enter" if !event.shift_key() => return self.take(pane, open.chosen),
            "Tab" if !event.shift_key() => return self.take(pane, open.chosen.or(Some(0))),
            "Escape" => self.close(),
            "ArrowLeft" | "ArrowRight" | "Home" | "End" | "PageUp" | "PageDown" => {
                self.close();
                return false;
            }
            _ => return false,
        }
        true
    }

    fn choose(self, open: &Open, by: isize) {
        let count = open.all.len() as isize;
        let next = match open.chosen {
            Some(now) => (now as isize + by).rem_euclid(count),
            None if by > 0 => 0,
            None => count - 1,
        };
        self.open.update(|open| {
            if let Some(open) = open {
                open.chosen = Some(next as usize);
            }
        });
    }

    /// Puts an offer in its place, as one undo step; whether there was one to take.
    fn take(self, pane: Pane, chosen: Option<usize>) -> bool {
        let Some(open) = self.open.get_untracked() else { return false };
        self.close();
        let Some(offer) = chosen.and_then(|at| open.all.get(at)) else { return false };
        pane.perform(|desk| {
            let index = desk.shown.index(&open.line)?;
            let old = &desk.shown.rows.get(index)?.text;
            let at = text::len(old.get(..offer.replaces.start)?);
            let delete = text::len(old.get(offer.replaces.start..offer.replaces.end)?);
            let caret = desk.shown.start(index) + at + text::len(&offer.insert);
            let splice = Splice { at, delete, insert: offer.insert.clone() };
            Some(Deed {
                commands: vec![Command::Type { line: open.line.clone(), splices: vec![splice] }],
                caret: Caret::At(caret, caret),
            })
        });
        // After a word that wants more behind it, that is offered next.
        if offer.insert.ends_with(' ') {
            self.show(pane, false);
        }
        true
    }
}

/// The line with the caret, and the words before it.
fn at_caret(pane: Pane) -> Option<(usize, String)> {
    let (start, end) = selection(&pane.field.get_untracked()?);
    pane.with_rows(|_, shown| {
        let (index, at) = shown.place(end).filter(|_| start == end)?;
        let line = &shown.rows.get(index)?.text;
        Some((index, line.get(..text::byte(line, at))?.to_owned()))
    })?
}

fn find(pane: Pane, asked: bool) -> Option<Open> {
    let (index, before) = at_caret(pane)?;
    pane.with_rows(|rows, shown| {
        let lines: Vec<&str> = shown.rows.iter().map(|row| &*row.text).collect();
        let mut all = emd::complete(&lines, index, before.len());
        all.truncate(MOST);
        let first = all.first()?;
        let row = shown.rows.get(index)?;
        let (left, top) = rows.spot(&row.id, text::unit(&row.text, first.replaces.start))?;
        let (_, bottom, view) = rows.span(index);
        let above = bottom > view * 0.6;
        let top = if above { top } else { top + rows.line_height() };
        Some(Open { line: row.id.clone(), chosen: asked.then_some(0), all, asked, left, top, above })
    })?
}

fn option_id(at: usize) -> String {
    format!("{LIST}-{at}")
}

/// What the field tells a screen reader about the list.
pub fn spoken(field: El, offers: Offers) -> El {
    let chosen = move || offers.open.with(|open| open.as_ref().and_then(|open| open.chosen).map(option_id));
    field
        .live_attr("aria-activedescendant", chosen)
        .live_attr("aria-controls", move || offers.open.with(|open| open.as_ref().map(|_| LIST)))
}

pub fn list(pane: Pane, offers: Offers) -> impl FnMut() -> Option<El> + 'static {
    move || {
        let open = offers.open.get()?;
        let options = open.all.iter().enumerate().map(|(at, offer)| {
            el("div")
                .class("offer")
                .attr("id", option_id(at))
                .attr("role", "option")
                .attr("aria-selected", if open.chosen == Some(at) { "true" } else { "false" })
                // The field keeps the focus.
                .on_event("pointerdown", |event: Event| event.prevent_default())
                .on("click", move || {
                    offers.take(pane, Some(at));
                })
                .child(el("span").class("offer-label").text(&offer.label))
                .child(el("span").class("offer-detail").text(&offer.detail))
        });
        let list = el("div")
            .class(if open.above { "offers above" } else { "offers" })
            .attr("id", LIST)
            .attr("role", "listbox")
            .attr("aria-label", messages::COMPLETIONS)
            .var("--left", &format!("{}px", open.left.round()))
            .var("--top", &format!("{}px", open.top.round()));
        Some(list.child(options))
    }
}
