//! What leaves as a service: the two later tabs of the export.
//!
//! `build` shows the files of a target: `tree` in their folders, `preview` what one says, `findings` what prevents it.
//! `api` lets somebody try the API: `operation` is one of its operations with what is filled in, `response` what came
//! of it, `history` the calls so far.
//! Not here: what is known and asked (`crate::ship`).

mod api;
mod build;
mod findings;
mod history;
mod operation;
mod preview;
mod response;
mod tree;

pub use api::api;
pub use build::build;

use crate::api::copy_plain;
use crate::messages::ship as words;
use crate::view::icons::icon;
use elements::{El, el};
use leptos::prelude::*;

/// Something that is on its way.
fn waiting(words: &str) -> El {
    el("p").class("ship-waiting quiet").attr("role", "status").text(words)
}

/// Why there is nothing, and another try.
fn failed(why: &str, again: impl FnMut() + 'static) -> El {
    let words = el("div").child(el("b").text(words::FAILED)).child(el("p").text(why));
    let button = el("button").class("button dense").text(words::AGAIN).on("click", again);
    el("div").class("ship-failed").attr("role", "alert").child(icon("warning")).child(words).child(button)
}

/// A button that copies, and says beside itself how that went.
fn copier(label: &'static str, text: impl Fn() -> String + 'static) -> El {
    let said = RwSignal::new("");
    let copy = move || {
        copy_plain(text(), move |done| {
            said.try_set(if done { words::COPIED } else { words::NOT_COPIED });
        });
    };
    let button = el("button")
        .class("button dense")
        .attr("aria-label", label)
        .child(icon("copy"))
        .text(words::COPY_FILE);
    el("span")
        .class("ship-copier")
        .child(el("span").class("quiet").attr("role", "status").live_text(move || said.get()))
        .child(button.on("click", copy))
}
