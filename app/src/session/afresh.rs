//! Throwing the replica away when the server could not read it, without losing a word.

use super::{Notice, Remedy, Session};
use crate::{browser, messages};
use board::Board;
use leptos::prelude::*;

/// Where the text is kept when the page has to start afresh, and when it last did.
const ASIDE: &str = "squall.aside";
const AFRESH_AT: &str = "squall.afresh";

impl Session {
    /// The server could not read what this page sent: the replica is dropped by loading the page again, once a
    /// minute at most, and the text is kept aside. `false` if it was tried a moment ago.
    pub fn start_afresh(&self) -> bool {
        let last = browser::recall(AFRESH_AT).and_then(|at| at.parse::<i64>().ok()).unwrap_or(0) as f64;
        browser::remember(ASIDE, &self.with_board(Board::text));
        if browser::now() - last < 60_000.0 {
            return false;
        }
        browser::remember(AFRESH_AT, &(browser::now() as i64).to_string());
        let keeper = self.keeper();
        browser::spawn(async move {
            if let Some(keeper) = keeper {
                // Or the next page would begin with what the server cannot read.
                keeper.set_aside().await;
            }
            // A page that cannot be loaded again stays as it is, refused.
            let _ = browser::window().location().reload();
        });
        true
    }

    /// After a fresh start: the text from before is offered.
    pub(super) fn offer_aside(&self) {
        if let Some(text) = browser::recall(ASIDE).filter(|text| !text.is_empty()) {
            browser::remember(ASIDE, "");
            if self.with_board(Board::text) != text {
                let remedy = Some(Remedy::Aside(text));
                self.notice.set(Some(Notice { text: messages::STARTED_AFRESH.to_owned(), remedy }));
            }
        }
    }
}
