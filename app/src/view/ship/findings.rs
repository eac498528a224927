//! What prevents a generation, as a list that leads to each place.

use crate::messages::{self, ship as words};
use crate::session::{Panel, Session};
use crate::ship::Problem;
use crate::view::icons::icon;
use crate::view::{fixes, wall};
use board::LineId;
use diag::Severity;
use elements::{El, el};
use leptos::prelude::*;

/// `title` says what waits for them.
pub fn findings(session: Session, problems: &[Problem], title: &'static str) -> El {
    let (title, help) = match problems.is_empty() {
        true => (words::NOT_COMPLETE, words::NOT_COMPLETE_HELP),
        false => (title, words::NOT_READY_HELP),
    };
    let rows = problems.iter().map(|problem| row(session, problem));
    el("section")
        .class("ship-findings")
        .attr("aria-label", title)
        .child(el("h3").text(title))
        .child(el("p").class("quiet").text(help))
        .child((!problems.is_empty()).then(|| el("ul").class("findings").child(rows)))
}

fn row(session: Session, problem: &Problem) -> El {
    let finding = &problem.finding;
    let place = finding.line.map_or(messages::WHOLE_MODEL.to_owned(), |line| messages::line_number(line + 1));
    let mut row = el(if problem.line.is_some() { "button" } else { "div" }).class("finding-jump");
    if let Some(line) = problem.line.clone() {
        row = row.attr("title", words::SHOW).on("click", move || jump(session, &line));
    }
    let head = el("span").class("finding-head").child(el("b").text(Severity::Error.word())).text(" ");
    let help =
        (!finding.help.is_empty()).then(|| fixes::words(el("span").class("finding-help"), &finding.help));
    let row = row
        .child(icon("error"))
        .child(head.child(el("span").class("quiet").text(&place)))
        .child(el("span").class("finding-text").text(&finding.message))
        .child(help);
    el("li").child(el("div").class("finding").attr("data-severity", "error").child(row))
}

/// The panel lies over the wall, so it makes way for the place, and where the checker offers help there, for that.
fn jump(session: Session, line: &LineId) {
    let told = session.checked.with_untracked(|checked| checked.by_line.contains_key(line));
    session.panel.set(told.then_some(Panel::Findings));
    let sticky = session.with_board(|board| {
        let read = board.line(line)?;
        if read.kind.is_sticky() { Some(line.clone()) } else { read.of.clone() }
    });
    let Some(sticky) = sticky else {
        // A line that no sticky shows can be seen in the text alone.
        session.text_open.set(true);
        return session.text_place.set(Some((line.clone(), 0)));
    };
    wall::select(session, vec![sticky.clone()]);
    wall::reveal(session, &sticky);
}
