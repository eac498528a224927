//! The checker at work on the page: what it says about the text as it stands, and which line each finding meant.
//!
//! Its rules are fetched after the wall stands (see `chunks`), so nothing else of the page may name them.

use crate::chunks;
use crate::session::{Checked, Session};
use emd::{Kind, Step};
use leptos::prelude::Set;
use lint::{Options, Profile};

pub fn check(session: Session) {
    let checked = session.with_board(|board| {
        let options = Options { profile: Profile::Squall, level: level(board.level) };
        let texts: Vec<&str> = board.texts().collect();
        let report = lint::inspect(&texts, &options);
        Checked::of(board, report.diagnostics, report.green)
    });
    session.checked.set(checked);
    let scenario = Kind::Scenario(Step::Scenario);
    let tries = session.with_board(|board| {
        board.order.iter().any(|id| board.line(id).is_some_and(|line| line.kind == scenario))
    });
    if tries {
        chunks::watch_soon(session);
    }
}

/// The checker's word for the board's level.
fn level(level: board::Level) -> lint::Level {
    match level {
        board::Level::BigPicture => lint::Level::BigPicture,
        board::Level::ProcessModelling => lint::Level::ProcessModelling,
        board::Level::SoftwareDesign => lint::Level::SoftwareDesign,
    }
}
