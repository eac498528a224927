//! Commands carried out: planned, applied in one transaction, sent.
//!
//! Only the part of the page for writing names this (`view::hands`), so that a first visit does not load it.

use super::Session;
use crate::browser;
use board::{Author, Command, LineId, Step};
use leptos::prelude::*;

/// Returns the lines that the command touched.
pub fn carry_out(session: Session, command: Command, step: Step) -> Vec<LineId> {
    let me = session.me();
    let now = session.room_time();
    let plan = session.with_board(|board| {
        board::plan(board, &command, &mut Author { me: &me, now, random: &mut browser::random })
    });
    if !plan.ops.is_empty() {
        session.mirror.update_value(|mirror| mirror.replica.apply(&plan.ops, step));
        session.send(step == Step::New);
    }
    plan.touched
}
