//! Field and board kept equal: what a person does in the field becomes commands, what happens on the board appears
//! in the field with caret, selection and scroll where they were.
//!
//! The invariant: `shown` is what the field held when it last was equal to the board; `waiting` are the changes of
//! the board since. Both ends move only in `take` (field to board) and `show` (board to field).

use super::lines::{Shown, Side, caret_after, follow, last_touched, rebase, units};
use super::rows::Rows;
use crate::browser;
use crate::diff::{TextSplice, difference};
use crate::session::Session;
use board::{At, Change, Command, LineId, Step};
use leptos::html::{Div, Textarea};
use leptos::prelude::*;

/// A pause this long ends an undo step, in milliseconds.
const PAUSE: f64 = 600.0;

#[derive(Default)]
struct State {
    shown: Shown,
    waiting: Vec<Change>,
    /// The field is ahead of the board: composing a word, or its edit is being carried out.
    held: bool,
    /// After an undo the caret goes to what changed.
    lead: bool,
    typing: Option<Typing>,
    rows: Rows,
}

/// Where and when the last edit of the present undo step ended.
#[derive(Clone, Copy)]
struct Typing {
    when: f64,
    caret: u32,
}

#[derive(Clone, Copy)]
pub struct Pane {
    pub session: Session,
    pub field: NodeRef<Textarea>,
    pub layer: NodeRef<Div>,
    pub scroller: NodeRef<Div>,
    state: StoredValue<State, LocalStorage>,
}

impl Pane {
    pub fn new(session: Session) -> Pane {
        Pane {
            session,
            field: NodeRef::new(),
            layer: NodeRef::new(),
            scroller: NodeRef::new(),
            state: StoredValue::new_local(State::default()),
        }
    }

    pub fn with_rows<T>(&self, run: impl FnOnce(&mut Rows, &Shown) -> T) -> Option<T> {
        self.state.try_update_value(|state| run(&mut state.rows, &state.shown))
    }

    /// The elements are in the page: fill them.
    pub fn open(&self) {
        let (Some(field), Some(layer)) = (self.field.get_untracked(), self.layer.get_untracked()) else {
            return;
        };
        let shown = self.session.with_board(Shown::read);
        field.set_value(&shown.text());
        let _ = field.set_selection_range(0, 0);
        self.state.update_value(|state| {
            state.rows.put_into(layer.into());
            state.rows.update(&shown);
            state.shown = shown;
        });
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
        let now = self.session.with_board(Shown::read);
        let keep = self.kept_row();
        let selection = selection(&field);
        let (mut start, mut end) = (0, 0);
        self.state.update_value(|state| {
            let changes = std::mem::take(&mut state.waiting);
            let side = if selection.0 == selection.1 { Side::Before } else { Side::After };
            start = follow(selection.0, side, &changes, &state.shown, &now);
            end = follow(selection.1, Side::Before, &changes, &state.shown, &now).max(start);
            if side == Side::Before {
                end = start;
            }
            if std::mem::take(&mut state.lead)
                && let Some(at) = last_touched(&changes, &now)
            {
                (start, end) = (at, at);
            }
            // Typing goes on where others have pushed it.
            if let Some(typing) = &mut state.typing {
                typing.caret = follow(typing.caret, Side::Before, &changes, &state.shown, &now);
            }
            state.rows.update(&now);
            state.shown = now;
        });
        self.write(&field, Some((start, end)));
        self.keep_scroll(keep);
    }

    /// Field to board: the person has edited the field.
    pub fn take(&self) {
        let Some(field) = self.field.get_untracked() else { return };
        self.hold(true);
        self.session.flush();
        let (value, caret) = (field.value(), selection(&field).1);
        let edit = self.state.with_value(|state| difference(&state.shown.text(), &value, Some(caret)));
        let Some(edit) = edit else { return self.release() };
        let after = self.carry_out(&edit, caret);
        self.session.flush();
        let now = self.session.with_board(Shown::read);
        self.state.update_value(|state| {
            state.waiting.clear();
            state.rows.update(&now);
            state.shown = now;
            state.typing =
                (!edit.insert.contains('\n')).then(|| Typing { when: browser::now(), caret: after });
        });
        self.hold(false);
        self.write(&field, Some((after, after)));
    }

    /// Gives the commands of an edit; where the caret belongs afterwards.
    fn carry_out(&self, edit: &TextSplice, caret: u32) -> u32 {
        let now = self.session.with_board(Shown::read);
        let (edits, start, step) = self.state.with_value(|state| {
            let edits = rebase(edit, &state.waiting, &state.shown, &now);
            let start = follow(edit.at, Side::Before, &state.waiting, &state.shown, &now);
            (edits, start, self.step(state, edit))
        });
        for (at, splice) in edits.iter().enumerate() {
            let step = if at == 0 { step } else { Step::Extend };
            let TextSplice { at, delete, insert } = splice.clone();
            self.session.act(Command::Splice { at, delete, insert }, step);
        }
        caret_after(edit, caret, &edits, start)
    }

    /// Typing in one go is one undo step; a pause, a new line or a jump of the caret begins the next.
    fn step(&self, state: &State, edit: &TextSplice) -> Step {
        let goes_on = state.typing.is_some_and(|typing| {
            let beside = typing.caret == edit.at || typing.caret == edit.at + edit.delete;
            beside && browser::now() - typing.when < PAUSE && !edit.insert.contains('\n')
        });
        if goes_on { Step::Extend } else { Step::New }
    }

    pub fn end_step(&self) {
        self.state.try_update_value(|state| state.typing = None);
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

    pub fn undo(&self, redo: bool) {
        self.end_step();
        self.session.flush();
        self.state.update_value(|state| state.lead = true);
        if redo {
            self.session.redo()
        } else {
            self.session.undo()
        }
        self.session.flush();
        self.state.update_value(|state| state.lead = false);
    }

    /// Moves the selected lines up or down by one.
    pub fn move_lines(&self, down: bool) {
        let Some(field) = self.field.get_untracked() else { return };
        self.end_step();
        self.session.flush();
        let (start, end) = selection(&field);
        let order = self.state.with_value(|state| {
            let (first, last) = (state.shown.place(start)?.0, state.shown.place(end)?.0);
            let id = |at: usize| state.shown.rows.get(at).map(|row| row.id.clone());
            let at = if down { At::After(id(last + 1)?) } else { At::Before(id(first.checked_sub(1)?)?) };
            Some((
                state.shown.rows[first..=last].iter().map(|row| row.id.clone()).collect::<Vec<LineId>>(),
                at,
            ))
        });
        if let Some((lines, at)) = order {
            self.session.run(Command::Move { lines, at });
            self.session.flush();
        }
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

    /// Sets what differs only: an equal text keeps the browser's own state.
    fn write(&self, field: &web_sys::HtmlTextAreaElement, caret: Option<(u32, u32)>) {
        let text = self.state.with_value(|state| state.shown.text());
        if field.value() != text {
            field.set_value(&text);
        }
        let Some((start, end)) = caret else { return };
        let most = units(&text);
        let (start, end) = (start.min(most), end.min(most));
        if selection(field) != (start, end) {
            let direction = field.selection_direction().ok().flatten().unwrap_or_default();
            // The range is within the text.
            let _ = field.set_selection_range_with_direction(start, end, &direction);
        }
    }

    /// The line whose place on the screen must not change: that of the caret, or else the first in view.
    fn kept_row(&self) -> Option<(LineId, f64)> {
        let view = self.scroller.get_untracked()?.get_bounding_client_rect();
        let caret = if self.has_focus() { self.caret_line() } else { None };
        self.state.with_value(|state| {
            let seen =
                |id: &LineId| state.rows.top(id).filter(|top| (view.top()..view.bottom()).contains(top));
            let kept = caret.filter(|id| seen(id).is_some()).or_else(|| state.rows.at(view.top() + 12.0))?;
            let top = state.rows.top(&kept)?;
            Some((kept, top))
        })
    }

    fn keep_scroll(&self, kept: Option<(LineId, f64)>) {
        let (Some((line, before)), Some(scroller)) = (kept, self.scroller.get_untracked()) else { return };
        let moved = self.state.with_value(|state| state.rows.top(&line)).map_or(0.0, |after| after - before);
        if moved.abs() >= 1.0 {
            scroller.set_scroll_top(scroller.scroll_top() + moved.round() as i32);
        }
    }
}

fn selection(field: &web_sys::HtmlTextAreaElement) -> (u32, u32) {
    let start = field.selection_start().ok().flatten().unwrap_or(0);
    (start, field.selection_end().ok().flatten().unwrap_or(start))
}
