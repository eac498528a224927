//! What the checker says, as a list that leads to each place and offers its fixes.

use super::element::{El, el, remembered};
use super::icons::{icon, severity_icon};
use super::panel::panel;
use super::wall;
use crate::messages;
use crate::session::{Checked, Session};
use board::command::Splice;
use board::{At, Board, Command, Level, LineId, Step};
use diag::{Diagnostic, Edit, Fix, Severity};
use leptos::prelude::*;

pub fn findings_panel(session: Session) -> El {
    panel(session, messages::FINDINGS_PANEL, "findings-panel", move |body| {
        body.child(level_chooser(session)).live_child(move || session.checked.with(|it| list(session, it)))
    })
}

fn list(session: Session, checked: &Checked) -> Vec<El> {
    let found = &checked.report.diagnostics;
    let errors = found.iter().any(|finding| finding.severity == Severity::Error);
    let words = match (found.is_empty(), errors, checked.report.green) {
        (true, _, true) => Some(messages::FINDINGS_NONE),
        (_, false, false) => Some(messages::FINDINGS_EMPTY),
        _ => None,
    };
    let items = found.iter().map(|finding| item(session, checked, finding));
    let mut parts: Vec<El> = words.map(|words| el("p").class("quiet").text(words)).into_iter().collect();
    parts.push(el("ul").class("findings").child(items));
    parts
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
    let help = (!finding.help.is_empty()).then(|| words(el("span").class("finding-help"), &finding.help));
    let fixes: Vec<Fix> = if session.can_write() { finding.fixes.clone() } else { Vec::new() };
    let head = el("span")
        .class("finding-head")
        .child(el("b").text(finding.severity.word()))
        .text(" ")
        .child(el("span").class("quiet").text(&place));
    let jump_there = el("button")
        .class("finding-jump")
        .attr("disabled", line.is_none())
        .on("click", move || {
            if let Some(line) = &line {
                jump(session, line)
            }
        })
        .child(icon(severity_icon(finding.severity)))
        .child(head)
        .child(el("span").class("finding-text").text(&finding.message))
        .child(help);
    let buttons = (!fixes.is_empty()).then(|| {
        let all = fixes.into_iter().map(|fix| {
            let button = el("button").class("button dense").text(&fix.title);
            button.on("click", move || mend(session, &fix))
        });
        el("div").class("finding-fixes").child(all)
    });
    let item = el("li").class("finding").attr("data-severity", finding.severity.word());
    item.child(jump_there).child(buttons)
}

/// Help in words; what stands between backticks is something to write, and looks like it.
fn words(into: El, help: &str) -> El {
    help.split('`').enumerate().fold(into, |into, (at, part)| match (at % 2, part) {
        (_, "") => into,
        (0, words) => into.text(words),
        (_, code) => into.child([el("code").text(code)]),
    })
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
        return;
    };
    wall::select(session, vec![sticky.clone()]);
    wall::reveal(session, &sticky);
}

/// Carries a fix out as one gesture, if the text still is the one that was checked.
fn mend(session: Session, fix: &Fix) {
    session.flush();
    let checked = session.checked.get_untracked();
    let unchanged = session.with_board(|board| board.order == *checked.lines);
    let commands = unchanged.then(|| session.with_board(|board| commands(board, &fix.edits))).flatten();
    let Some(commands) = commands else { return session.say(messages::FIX_STALE) };
    for (at, command) in commands.into_iter().enumerate() {
        session.act(command, if at == 0 { Step::New } else { Step::Extend });
    }
}

/// The commands for the edits of a fix; none if one does not fit the text. Lines are named by id, so the order in
/// which edits are carried out does not matter; within a line the last comes first.
fn commands(board: &Board, edits: &[Edit]) -> Option<Vec<Command>> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| match edit {
        Edit::Replace { line, span, .. } => std::cmp::Reverse((*line, span.start)),
        Edit::Insert { line, .. } | Edit::Delete { line } => std::cmp::Reverse((*line, 0)),
    });
    edits.into_iter().map(|edit| command(board, edit)).collect()
}

fn command(board: &Board, edit: &Edit) -> Option<Command> {
    Some(match edit {
        Edit::Replace { line, span, text } => {
            let id = board.order.get(*line)?;
            let old = &board.line(id)?.text;
            let units = |text: &str| text.encode_utf16().count() as u32;
            let splice = Splice {
                at: units(old.get(..span.start)?),
                delete: units(old.get(span.start..span.end)?),
                insert: text.clone(),
            };
            Command::Type { line: id.clone(), splices: vec![splice] }
        }
        Edit::Insert { line, text } => {
            let at = board.order.get(*line).map_or(At::End, |id| At::Before(id.clone()));
            Command::Paste { at, text: text.clone(), place: None }
        }
        Edit::Delete { line } => Command::Remove { lines: vec![board.order.get(*line)?.clone()] },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::Line;
    use diag::Span;

    fn board(lines: &[&str]) -> Board {
        let mut board = Board::default();
        for (at, text) in lines.iter().enumerate() {
            let id = LineId(format!("l{at}").into());
            board.order.push(id.clone());
            board.lines.insert(id, Line::new((*text).to_owned()));
        }
        board
    }

    #[test]
    fn a_fix_counts_in_the_browsers_units() {
        let board = board(&["# T", "😀 Added // a"]);
        let edit = Edit::Replace { line: 1, span: Span::new(5, 10), text: "Made".into() };
        let Some(commands) = commands(&board, &[edit]) else { panic!("the fix fits") };
        let splices = vec![Splice { at: 3, delete: 5, insert: "Made".into() }];
        assert_eq!(commands, [Command::Type { line: LineId("l1".into()), splices }]);
    }

    #[test]
    fn a_fix_that_no_longer_fits_does_nothing() {
        let edit = Edit::Replace { line: 0, span: Span::new(2, 40), text: String::new() };
        assert_eq!(commands(&board(&["Todo"]), &[edit]), None);
        assert_eq!(commands(&board(&["Todo"]), &[Edit::Delete { line: 3 }]), None);
    }

    #[test]
    fn a_line_put_after_the_last_goes_to_the_end() {
        let edit = Edit::Insert { line: 1, text: "Todo Done".into() };
        let expected = Command::Paste { at: At::End, text: "Todo Done".into(), place: None };
        assert_eq!(commands(&board(&["Todo"]), &[edit]), Some(vec![expected]));
    }
}
