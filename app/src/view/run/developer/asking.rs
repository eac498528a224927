//! Questions of the parts that are on screen; the others ask when they are.

use super::desk::Desk;
use crate::messages::developer as words;
use crate::view::run::asking;
use elements::{El, el};
use leptos::prelude::*;
use protocol::request::{Ask, Failed, Say};

pub use asking::Answer;

pub fn answer(desk: Desk, question: impl Fn() -> Option<Ask> + 'static) -> Answer {
    let shown = desk.is_shown();
    asking::answer(desk.play, move || shown.get().then(&question).flatten())
}

/// What stands where an answer is not there, or is none.
pub fn missing(said: Option<&Result<Say, Failed>>) -> El {
    match said {
        Some(Err(failed)) => el("p").class("dev-none").attr("role", "alert").text(&words::failed(failed)),
        _ => el("p").class("dev-none quiet").text(words::LOADING),
    }
}
