//! How the scenarios came out, as a list: each leads to its place, and one that fails shows what was expected beside
//! what happened.
//!
//! Not here: the marks on the wall (`run::verdicts`) and beside the text (`text_pane`).

use super::icons::icon;
use crate::messages::play as words;
use crate::tried::{Check, Tried};
use board::LineId;
use elements::{El, el};

/// Nothing on a board without scenarios.
pub fn scenarios(all: &[Tried], jump: impl Fn(&LineId) -> Box<dyn FnMut()>) -> Option<El> {
    if all.is_empty() {
        return None;
    }
    let passed = all.iter().filter(|tried| tried.passed).count();
    let (bad, good): (Vec<&Tried>, Vec<&Tried>) = all.iter().partition(|tried| !tried.passed);
    let rows = bad.into_iter().chain(good).map(|tried| row(tried, jump(&tried.line)));
    Some(
        el("section")
            .class("scenarios")
            .attr("aria-label", words::SCENARIOS)
            .child(el("h3").text(words::SCENARIOS))
            .child(el("p").class("quiet").text(&words::tally(passed, all.len())))
            .child(el("ul").class("findings").child(rows)),
    )
}

fn row(tried: &Tried, jump: Box<dyn FnMut()>) -> El {
    let word = if tried.passed { words::PASSES } else { words::FAILS };
    let head = el("button")
        .class("finding-jump")
        .on("click", jump)
        .child(icon(if tried.passed { "check" } else { "error" }))
        .child(el("span").class("finding-head").child(el("b").text(word)))
        .child(el("span").class("finding-text").text(&tried.name));
    let failed: Vec<&Check> = tried.checks.iter().filter(|check| !check.holds).collect();
    let table = (!failed.is_empty()).then(|| side_by_side(&failed));
    let card = el("div").class("finding scenario-card").attr("data-passed", tried.passed);
    el("li").child(card.child(head).child(table))
}

/// What was expected beside what happened, line by line.
pub fn side_by_side(checks: &[&Check]) -> El {
    let head = |words: &str| el("th").attr("scope", "col").text(words);
    let cell = |words: &str| match words.trim() {
        "" => el("td").class("quiet").text(words::NOTHING),
        words => el("td").text(words),
    };
    let rows = checks.iter().flat_map(|check| {
        let why = (!check.words.is_empty())
            .then(|| el("tr").child(el("td").class("quiet").attr("colspan", "2").text(&check.words)));
        let both = el("tr").child(cell(&check.expected)).child(cell(&check.actual));
        std::iter::once(both).chain(why)
    });
    el("table")
        .class("side-by-side")
        .child(el("thead").child(el("tr").child(head(words::EXPECTED)).child(head(words::ACTUAL))))
        .child(el("tbody").child(rows))
}
