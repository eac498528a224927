//! The run pane: the model plays itself beside the wall, and the wall shows what happens.
//!
//! Not here: what is done and known (`crate::run`), what developers look at (`developer`).

use crate::messages::run as words;
use crate::session::Session;
use elements::{El, el};

pub fn run_pane(session: Session) -> El {
    let _ = session;
    el("section").class("run-pane").attr("tabindex", "-1").attr("aria-label", words::PANE)
}
