//! What the checker says, as a list that leads to each place and offers its fixes (`fixes` draws each).

use super::fixes::card;
use super::panel::panel;
use super::wall;
use crate::messages;
use crate::session::{Checked, Session};
use crate::tried::{Tried, tried};
use board::{Command, Level, LineId};
use diag::{Diagnostic, Severity};
use elements::{El, el, remembered};
use leptos::prelude::*;

pub fn findings_panel(session: Session) -> El {
    panel(session, messages::FINDINGS_PANEL, "findings-panel", move |body| {
        body.child(level_chooser(session))
            .live_child(move || session.checked.with(|it| list(session, it)))
            .live_child(move || tried().with(|all| scenarios(all, session)))
    })
}

fn list(session: Session, checked: &Checked) -> Vec<El> {
    let found = &checked.found;
    let errors = found.iter().any(|finding| finding.severity == Severity::Error);
    let words = match (found.is_empty(), errors, checked.green) {
        (true, _, true) => Some(messages::FINDINGS_NONE),
        (_, false, false) => Some(messages::FINDINGS_EMPTY),
        _ => None,
    };
    let items = found.iter().map(|finding| item(session, checked, finding));
    let mut parts: Vec<El> = words.map(|words| el("p").class("quiet").text(words)).into_iter().collect();
    parts.push(el("ul").class("findings").child(items));
    parts
}

fn scenarios(all: &[Tried], session: Session) -> Option<El> {
    let jump = move |line: &LineId| -> Box<dyn FnMut()> {
        let line = line.clone();
        Box::new(move || jump(session, &line))
    };
    super::scenarios::scenarios(all, jump)
}

/// How formal the board is, for everybody on it.
fn level_chooser(session: Session) -> El {
    let now = remembered(move || {
        session.epoch.track();
        session.with_board(|board| board.level)
    });
    let levels = Level::ALL.map(|level| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "level")
            .attr("value", level.slug())
            .live_checked(move || now.get() == level)
            .on("change", move || {
                session.run(Command::SetLevel(level));
            });
        el("label")
            .class("level")
            .child(input)
            .child(el("span").class("level-name").text(messages::level(level)))
            .child(el("span").class("quiet").text(messages::level_help(level)))
    });
    el("fieldset")
        .class("levels")
        .attr("disabled", !session.can_write())
        .child(el("legend").text(messages::LEVEL))
        .child(levels)
}

fn item(session: Session, checked: &Checked, finding: &Diagnostic) -> El {
    let line = finding.line.and_then(|line| checked.lines.get(line)).cloned();
    let place = finding.line.map_or(messages::WHOLE_MODEL.to_owned(), |line| messages::line_number(line + 1));
    let there = line.map(|line| -> Box<dyn FnMut()> { Box::new(move || jump(session, &line)) });
    el("li").child(card(session, finding, Some(&place), there))
}

/// Shows the place of a finding: its sticky, or the one that its line belongs to. The text pane follows the selection.
fn jump(session: Session, line: &LineId) {
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
