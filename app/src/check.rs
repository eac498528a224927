//! The checker at work on the page: what it says about the text as it stands, and which line each finding meant.
//!
//! Its rules are fetched after the wall stands (see `chunks`), so nothing else of the page may name them.

use crate::session::{Checked, Session};
use leptos::prelude::Set;
use lint::{Options, Profile};
use std::collections::HashMap;
use std::rc::Rc;

pub fn check(session: Session) {
    let checked = session.with_board(|board| {
        let options = Options { profile: Profile::Squall, level: level(board.level) };
        let texts: Vec<&str> = board.texts().collect();
        let report = lint::inspect(&texts, &options);
        let mut by_line: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, finding) in report.diagnostics.iter().enumerate() {
            if let Some(id) = finding.line.and_then(|line| board.order.get(line)) {
                by_line.entry(id.clone()).or_default().push(at);
            }
        }
        Checked {
            found: Rc::new(report.diagnostics),
            green: report.green,
            lines: Rc::new(board.order.clone()),
            by_line: Rc::new(by_line),
        }
    });
    session.checked.set(checked);
}

/// The checker's word for the board's level.
fn level(level: board::Level) -> lint::Level {
    match level {
        board::Level::BigPicture => lint::Level::BigPicture,
        board::Level::ProcessModelling => lint::Level::ProcessModelling,
        board::Level::SoftwareDesign => lint::Level::SoftwareDesign,
    }
}
