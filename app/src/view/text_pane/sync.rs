//! Field and board kept equal: what a person does in the field becomes commands, what happens on the board appears
//! in the field with caret, selection and scroll where they were.
//!
//! The invariant: `shown` is what the field held when it last was equal to the board; `waiting` are the changes of
//! the board since. Both ends move only in `take` (field to board), `perform` (a key that works on lines) and `show`
//! (board to field).

use super::carets::Carets;
use super::edit::{Caret, Deed, Desk};
use super::footsteps::Footsteps;
use super::lines::{Shown, Side, caret_after, follow, last_touched, rebase};
use super::rows::{Rows, Sheet};
use super::typing::Typing;
use super::writing::{selection, write};
use crate::browser;
use crate::diff::{TextSplice, difference};
use crate::presence;
use crate::session::Session;
use board::{Change, Command, LineId, Step};
use gloo_timers::callback::Timeout;
use leptos::html::{Div, Textarea};
use leptos::prelude::*;

/// A text of this many letters takes the browser long to set anew: while nobody is in it, that is done at leisure.
const LONG: usize = 40_000;
const LEISURE: u32 = 300;

#[derive(Default)]
pub struct State {
    pub shown: Shown,
    waiting: Vec<Change>,
    /// The field is ahead of the board: composing a word, or its edit is being carried out.
    held: bool,
    /// The field is behind `shown`, and where its selection belongs.
    behind: Option<(u32, u32)>,
    /// What was selected when the browser began the edit that comes next.
    before: Option<(u32, u32)>,
    /// An undo (or, if true, a redo) is under way: the caret goes where it was then.
    returning: Option<bool>,
    typing: Option<Typing>,
    footsteps: Footsteps,
    pub rows: Rows,
    pub carets: Carets,
    carets_asked: bool,
}

#[derive(Clone, Copy)]
pub struct Pane {
    pub session: Session,
    pub field: NodeRef<Textarea>,
    pub scroller: NodeRef<Div>,
    pub page: NodeRef<Div>,
    pub layer: NodeRef<Div>,
    pub gutter: NodeRef<Div>,
    pub stack: NodeRef<Div>,
    pub guests: NodeRef<Div>,
    pub state: StoredValue<State, LocalStorage>,
}

impl Pane {
    pub fn new(session: Session) -> Pane {
        Pane {
            session,
            field: NodeRef::new(),
            scroller: NodeRef::new(),
            page: NodeRef::new(),
            layer: NodeRef::new(),
            gutter: NodeRef::new(),
            stack: NodeRef::new(),
            guests: NodeRef::new(),
            state: StoredValue::new_local(State::default()),
        }
    }

    pub fn with_rows<T>(&self, run: impl FnOnce(&mut Rows, &mut Shown) -> T) -> Option<T> {
        self.state.try_update_value(|state| run(&mut state.rows, &mut state.shown))
    }

    fn sheet(&self) -> Option<Sheet> {
        let place = |place: NodeRef<Div>| place.get_untracked().map(Into::into);
        Some(Sheet {
            scroller: place(self.scroller)?,
            page: place(self.page)?,
            layer: place(self.layer)?,
            gutter: place(self.gutter)?,
            stack: place(self.stack)?,
        })
    }

    /// The elements are in the page: fill them.
    pub fn open(&self) {
        let (Some(field), Some(sheet)) = (self.field.get_untracked(), self.sheet()) else { return };
        let mut shown = self.session.with_board(Shown::read);
        field.set_value(&shown.text());
        let _ = field.set_selection_range(0, 0);
        self.state.update_value(|state| {
            state.rows.put_into(sheet, &mut shown);
            state.shown = shown;
        });
        self.draw_guests_soon();
    }

    pub fn is_open(&self) -> bool {
        self.state.with_value(|state| state.rows.is_placed())
    }

    /// Board to field.
    pub fn show(&self, changes: &[Change]) {
        let Some(field) = self.field.get_untracked() else { return };
        let held = self.state.try_update_value(|state| {
            state.waiting.extend_from_slice(changes);
            state.held
        });
        if held != Some(false) {
            return;
        }
        let focus = self.has_focus();
        let selected = self.state.with_value(|state| state.behind).unwrap_or_else(|| selection(&field));
        let mut place = selected;
        self.state.update_value(|state| {
            let kept = kept_row(state, focus.then_some(selected.1));
            let changes = std::mem::take(&mut state.waiting);
            let now = self.session.with_board(|board| state.shown.after(&changes, board));
            let side = if selected.0 == selected.1 { Side::Before } else { Side::After };
            let start = follow(selected.0, side, &changes, &state.shown, &now);
            let end = follow(selected.1, Side::Before, &changes, &state.shown, &now).max(start);
            place = if side == Side::Before { (start, start) } else { (start, end) };
            if let Some(redo) = state.returning {
                let back = state.footsteps.back(redo, &changes, &now);
                place = back.or_else(|| last_touched(&changes, &now).map(|at| (at, at))).unwrap_or(place);
            }
            // Typing goes on where others have pushed it.
            if let Some(typing) = &mut state.typing {
                typing.caret = follow(typing.caret, Side::Before, &changes, &state.shown, &now);
            }
            state.become_shown(now, &changes);
            state.keep_scroll(kept);
        });
        self.write(&field, place, focus);
        self.draw_guests_soon();
    }

    /// Field to board: the person has edited the field. `composed` is a word of an input method.
    pub fn take(&self, composed: bool) {
        let Some(field) = self.field.get_untracked() else { return };
        self.hold(true);
        self.session.flush();
        let (value, caret) = (field.value(), selection(&field).1);
        let edit = self.state.with_value(|state| difference(&state.shown.text(), &value, Some(caret)));
        let Some(edit) = edit else { return self.release() };
        let after = self.carry_out(&edit, caret, composed);
        self.session.flush();
        self.state.update_value(|state| {
            let changes = std::mem::take(&mut state.waiting);
            let now = self.session.with_board(|board| state.shown.after(&changes, board));
            state.become_shown(now, &changes);
            state.footsteps.arrive(&changes, &state.shown, (after, after));
            state.typing = Typing::after(&edit, after, browser::now(), state.typing, composed);
        });
        self.hold(false);
        self.write(&field, (after, after), true);
        self.draw_guests_soon();
    }

    /// Gives the commands of an edit; where the caret belongs afterwards.
    fn carry_out(&self, edit: &TextSplice, caret: u32, composed: bool) -> u32 {
        let plan = self.state.try_update_value(|state| {
            let now = self.session.with_board(|board| state.shown.after(&state.waiting, board));
            let edits = rebase(edit, &state.waiting, &state.shown, &now);
            let start = follow(edit.at, Side::Before, &state.waiting, &state.shown, &now);
            // Typing in one go is one undo step; what begins the next one is `typing`'s to say.
            let goes_on =
                state.typing.is_some_and(|typing| typing.goes_on_with(edit, browser::now(), composed));
            let before = state.before.take().unwrap_or((edit.at, edit.at + edit.delete));
            if !goes_on {
                state.footsteps.leave(&state.shown, before);
            }
            (edits, start, if goes_on { Step::Extend } else { Step::New })
        });
        let Some((edits, start, first)) = plan else { return caret };
        for (at, splice) in edits.iter().enumerate() {
            let step = if at == 0 { first } else { Step::Extend };
            let TextSplice { at, delete, insert } = splice.clone();
            self.session.act(Command::Splice { at, delete, insert }, step);
        }
        caret_after(edit, caret, &edits, start)
    }

    /// A key that works on whole lines: one undo step.
    pub fn perform(&self, work: impl FnOnce(&Desk<'_>) -> Option<Deed>) {
        let Some(field) = self.field.get_untracked().filter(|_| self.session.can_write()) else { return };
        self.end_step();
        self.session.flush();
        let (start, end) = selection(&field);
        let deed = self.state.with_value(|state| {
            self.session.with_board(|board| work(&Desk { board, shown: &state.shown, start, end }))
        });
        let Some(deed) = deed.filter(|deed| !deed.commands.is_empty()) else { return };
        self.hold(true);
        self.state.update_value(|state| state.footsteps.leave(&state.shown, (start, end)));
        for (at, command) in deed.commands.into_iter().enumerate() {
            self.session.act(command, if at == 0 { Step::New } else { Step::Extend });
        }
        self.session.flush();
        let mut place = (start, end);
        self.state.update_value(|state| {
            let changes = std::mem::take(&mut state.waiting);
            let now = self.session.with_board(|board| state.shown.after(&changes, board));
            place = match deed.caret {
                Caret::At(start, end) => (start, end),
                Caret::Stays(side) => {
                    let at = |from| follow(from, side, &changes, &state.shown, &now);
                    (at(start), at(end))
                }
            };
            state.become_shown(now, &changes);
            state.footsteps.arrive(&changes, &state.shown, place);
        });
        self.hold(false);
        self.write(&field, place, true);
        self.reveal(place.1);
        self.draw_guests_soon();
    }

    pub fn end_step(&self) {
        self.state.try_update_value(|state| state.typing = None);
    }

    /// The browser is about to edit: the field must hold what is shown, and what is selected now is remembered.
    pub fn edit_begins(&self) {
        self.settle();
        let Some(field) = self.field.get_untracked() else { return };
        self.state.update_value(|state| state.before = Some(selection(&field)));
    }

    /// While a word is composed nothing may change under it.
    pub fn hold(&self, held: bool) {
        self.state.try_update_value(|state| state.held = held);
    }

    pub fn is_held(&self) -> bool {
        self.state.with_value(|state| state.held)
    }

    /// Nothing was edited after all: let in what has been waiting.
    fn release(&self) {
        self.hold(false);
        self.show(&[]);
    }

    /// Draws what the field holds while it is ahead of the board.
    pub fn draw_ahead(&self) {
        let Some(field) = self.field.get_untracked() else { return };
        self.state.update_value(|state| {
            let mut ahead = state.shown.ahead(&field.value());
            state.rows.update(&mut ahead);
        });
    }

    pub fn undo(&self, redo: bool) {
        let Some(field) = self.field.get_untracked() else { return };
        self.end_step();
        self.session.flush();
        self.state.update_value(|state| state.returning = Some(redo));
        if redo {
            self.session.redo()
        } else {
            self.session.undo()
        }
        self.session.flush();
        self.state.update_value(|state| state.returning = None);
        self.reveal(selection(&field).1);
    }

    /// The line that the caret is on.
    pub fn caret_line(&self) -> Option<LineId> {
        let caret = selection(&self.field.get_untracked()?).1;
        self.state.with_value(|state| state.shown.anchor(caret).map(|anchor| anchor.line))
    }

    pub fn has_focus(&self) -> bool {
        let Some(field) = self.field.get_untracked() else { return false };
        browser::document().active_element().is_some_and(|active| active == **field)
    }

    /// Puts the caret somewhere and shows it.
    pub fn go(&self, start: u32, end: u32) {
        let Some(field) = self.field.get_untracked() else { return };
        self.settle();
        let _ = field.focus();
        let _ = field.set_selection_range(start, end);
        self.reveal(end);
    }

    /// Scrolls so that the line of a position shows.
    pub fn reveal(&self, position: u32) {
        self.state.try_update_value(|state| {
            let Some((index, _)) = state.shown.place(position) else { return };
            state.reveal(index);
        });
    }

    /// Tells the others where the caret is.
    pub fn publish(&self, present: bool) {
        let caret =
            self.field.get_untracked().filter(|_| present && self.session.can_write()).and_then(|field| {
                let (start, end) = selection(&field);
                let backward = field.selection_direction().ok().flatten().as_deref() == Some("backward");
                let (at, from) = if backward { (start, end) } else { (end, start) };
                self.state.with_value(|state| {
                    let at = state.shown.anchor(at)?;
                    let from = state.shown.anchor(from).filter(|from| *from != at);
                    Some(presence::Caret {
                        line: at.line,
                        at: at.at,
                        from: from.map(|from| (from.line, from.at)),
                    })
                })
            });
        if self.session.caret.with_value(|now| *now != caret) {
            self.session.caret.set_value(caret);
            self.session.show();
        }
    }

    /// Brings a field that is behind up to what is shown.
    pub fn settle(&self) {
        let Some(field) = self.field.get_untracked() else { return };
        if let Some(Some(place)) = self.state.try_update_value(|state| state.behind.take()) {
            let text = self.state.with_value(|state| state.shown.text());
            write(&field, &text, place, false);
        }
    }

    fn write(&self, field: &web_sys::HtmlTextAreaElement, place: (u32, u32), focus: bool) {
        let text = self.state.with_value(|state| state.shown.text());
        if !focus && text.len() > LONG {
            let asked = self.state.try_update_value(|state| state.behind.replace(place).is_some());
            if asked == Some(false) {
                let pane = *self;
                Timeout::new(LEISURE, move || pane.settle()).forget();
            }
            return;
        }
        self.state.update_value(|state| state.behind = None);
        // What the browser tells us of our own writing is no news.
        self.hold(true);
        let wrote = write(field, &text, place, focus && text.len() > LONG);
        self.hold(false);
        if wrote {
            self.with_rows(|rows, _| rows.stay());
        }
    }

    /// Draws the others' carets with the next frame.
    pub fn draw_guests_soon(&self) {
        let ask = self.state.try_update_value(|state| {
            !state.carets.is_empty() && !std::mem::replace(&mut state.carets_asked, true)
        });
        if ask == Some(true) {
            let pane = *self;
            browser::next_frame(move || pane.draw_guests());
        }
    }

    fn draw_guests(&self) {
        let Some(Some(place)) = self.guests.try_get_untracked() else { return };
        let next = self.state.try_update_value(|state| {
            state.carets_asked = false;
            state.carets.draw(&place, &state.rows, &state.shown, browser::now())
        });
        if let Some(Some(wait)) = next {
            let pane = *self;
            Timeout::new(wait, move || pane.draw_guests_soon()).forget();
        }
    }
}

impl State {
    fn become_shown(&mut self, mut now: Shown, changes: &[Change]) {
        self.carets.follow(changes);
        self.rows.update(&mut now);
        self.shown = now;
    }

    pub fn reveal(&mut self, index: usize) {
        let (top, bottom, view) = self.rows.span(index);
        let room = self.rows.line_height() * 2.0;
        let by = if top < 0.0 {
            top - room
        } else if bottom > view {
            bottom - view + room
        } else {
            return;
        };
        self.rows.scroll_by(by, &self.shown);
    }

    fn keep_scroll(&mut self, kept: Option<(LineId, f64)>) {
        let Some((line, before)) = kept else { return };
        if let Some(index) = self.shown.index(&line) {
            let by = self.rows.top(index) - before;
            self.rows.scroll_by(by, &self.shown);
        }
    }
}

/// The line whose place on the screen must not change: that of the caret, or else the first in view.
fn kept_row(state: &State, caret: Option<u32>) -> Option<(LineId, f64)> {
    let seen = |index: &usize| {
        let (top, _, view) = state.rows.span(*index);
        (0.0..view).contains(&top)
    };
    let caret = caret.and_then(|at| state.shown.place(at)).map(|(index, _)| index);
    let index = caret.filter(seen).or_else(|| state.rows.at(12.0))?;
    Some((state.shown.rows.get(index)?.id.clone(), state.rows.top(index)))
}
