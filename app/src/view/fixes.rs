//! What the checker says about one place, and what can be done about it: the same card in the findings panel, beside
//! the text and beside a sticky, and the popover that carries it there.
//!
//! A fix is carried out on the text that was checked, as one undo step, or not at all.

use super::icons::{icon, severity_icon};
use super::overlay::{by_id, close_on_a_press_outside, focused, inside};
use super::wall;
use crate::session::{Beside, Checked, Panel, Session};
use crate::{browser, messages};
use board::command::Splice;
use board::{At, Board, Command, LineId, Step};
use diag::{Diagnostic, Edit, Fix};
use elements::{El, afterwards, el};
use leptos::prelude::*;
use web_sys::{DomRect, HtmlElement, KeyboardEvent};

const POPOVER: &str = "fixes";
/// From the edges of the window and from what it belongs to.
const MARGIN: f64 = 8.0;

/// The findings that `session.fixing` names, beside their place.
pub fn fixes(session: Session) -> El {
    close_on_a_press_outside(session, POPOVER);
    on_cleanup(move || session.fixing.set(None));
    afterwards(move || {
        session.fixing.track();
        session.checked.track();
        place(session);
    });
    // Whoever walks from finding to finding goes on writing; whoever asks for the fixes of a place chooses one.
    afterwards(move || {
        let asked = session.fixing.with(|it| it.as_ref().is_some_and(|it| it.one.is_none()));
        if let Some(popover) = by_id(POPOVER).filter(|_| asked) {
            focus_first(&popover);
        }
    });
    el("section")
        .class("panel fixes")
        .attr("id", POPOVER)
        .attr("role", "dialog")
        .attr("aria-label", messages::FIXES)
        .attr("tabindex", "-1")
        .on_event("keydown", move |event: KeyboardEvent| key(session, &event))
        .live_child(move || cards(session))
}

fn cards(session: Session) -> Vec<El> {
    let Some(fixing) = session.fixing.get() else { return Vec::new() };
    let checked = session.checked.get();
    let found = session.findings_of(&fixing.line, &checked, fixing.beside);
    let all = found.iter().filter_map(|at| checked.found.get(*at));
    let cards: Vec<El> = all.map(|finding| card(session, finding, None, None)).collect();
    if cards.is_empty() {
        // It was mended, here or by somebody else.
        browser::next_frame(move || close(session));
    }
    cards
}

/// The focus goes to what the findings are about.
fn close(session: Session) {
    if session.panel.get_untracked() != Some(Panel::Fixes) {
        return;
    }
    let inside =
        focused().is_some_and(|now| by_id(POPOVER).is_some_and(|popover| popover.contains(Some(&now))));
    if let Some(fixing) = session.fixing.get_untracked().filter(|_| inside) {
        match fixing.beside {
            Beside::Sticky => wall::focus(&fixing.line),
            Beside::Text => by_id("emd").into_iter().for_each(|field| drop(field.focus())),
        }
    }
    session.panel.set(None);
}

fn key(session: Session, event: &KeyboardEvent) {
    match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            close(session);
        }
        "Tab" => keep_inside(event),
        "ArrowDown" | "ArrowRight" => step(event, 1),
        "ArrowUp" | "ArrowLeft" => step(event, -1),
        _ => {}
    }
}

fn buttons() -> Vec<HtmlElement> {
    by_id(POPOVER).map_or(Vec::new(), |popover| inside(&popover, "button"))
}

fn step(event: &KeyboardEvent, by: isize) {
    let all = buttons();
    let now = focused().and_then(|now| all.iter().position(|button| *button == now));
    let next = now.map_or(0, |now| now.saturating_add_signed(by).min(all.len().saturating_sub(1)));
    if let Some(button) = all.get(next) {
        event.prevent_default();
        event.stop_propagation();
        let _ = button.focus();
    }
}

/// Tab goes round inside.
fn keep_inside(event: &KeyboardEvent) {
    let all = buttons();
    event.stop_propagation();
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return event.prevent_default() };
    let now = focused();
    let next = match event.shift_key() {
        true if now.as_ref() == Some(first) => last,
        false if now.as_ref() == Some(last) => first,
        _ => return,
    };
    event.prevent_default();
    let _ = next.focus();
}

fn focus_first(popover: &HtmlElement) {
    let first = inside(popover, "button").into_iter().next();
    let _ = first.as_ref().unwrap_or(popover).focus();
}

/// Beside the sticky, or under the line of the text; always inside of the window.
fn place(session: Session) {
    let (Some(popover), Some(fixing)) = (by_id(POPOVER), session.fixing.get_untracked()) else { return };
    let target = match fixing.beside {
        Beside::Sticky => browser::note_element(&fixing.line),
        Beside::Text => text_row(&fixing.line),
    };
    let Some(target) = target.map(|target| target.get_bounding_client_rect()) else { return };
    let (width, height) = (popover.offset_width().into(), popover.offset_height().into());
    let (left, top) = spot(fixing.beside, &target, width, height);
    for (name, value) in [("left", left), ("top", top)] {
        let _ = popover.style().set_property(name, &format!("{}px", value.round()));
    }
}

fn spot(beside: Beside, target: &DomRect, width: f64, height: f64) -> (f64, f64) {
    let size = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|it| it.as_f64()).unwrap_or(0.0);
    let window = browser::window();
    let (most_left, most_top) =
        (size(window.inner_width()) - width - MARGIN, size(window.inner_height()) - height - MARGIN);
    let (left, top) = match beside {
        Beside::Sticky if target.right() + MARGIN <= most_left => (target.right() + MARGIN, target.top()),
        Beside::Sticky if target.left() - width - MARGIN >= MARGIN => {
            (target.left() - width - MARGIN, target.top())
        }
        Beside::Sticky => (target.left(), target.bottom() + MARGIN),
        Beside::Text if target.bottom() + 4.0 <= most_top => (target.left() + 40.0, target.bottom() + 4.0),
        Beside::Text => (target.left() + 40.0, target.top() - height - 4.0),
    };
    (left.min(most_left).max(MARGIN), top.min(most_top).max(MARGIN))
}

fn text_row(line: &LineId) -> Option<HtmlElement> {
    let rows = browser::document().query_selector(".text-rows").ok()??;
    inside(&rows, ".row").into_iter().find(|row| row.get_attribute("data-row").as_deref() == Some(&line.0))
}

/// One finding: what is wrong, why it matters, and buttons that mend it. `jump` makes its head a button.
pub fn card(
    session: Session,
    finding: &Diagnostic,
    place: Option<&str>,
    jump: Option<Box<dyn FnMut()>>,
) -> El {
    let help = (!finding.help.is_empty()).then(|| words(el("span").class("finding-help"), &finding.help));
    let head = el("span").class("finding-head").child(el("b").text(finding.severity.word()));
    let head = match place {
        Some(place) => head.text(" ").child(el("span").class("quiet").text(place)),
        None => head,
    };
    let top = match jump {
        Some(jump) => el("button").class("finding-jump").on("click", jump),
        None => el("div").class("finding-jump"),
    };
    let top = top
        .child(icon(severity_icon(finding.severity)))
        .child(head)
        .child(el("span").class("finding-text").text(&finding.message))
        .child(help);
    let fixes: &[Fix] = if session.can_write() { &finding.fixes } else { &[] };
    let buttons = (!fixes.is_empty()).then(|| {
        let all = fixes.iter().cloned().map(|fix| {
            let button = el("button").class("button dense").child(icon("check")).text(&fix.title);
            button.on("click", move || mend(session, &fix))
        });
        el("div").class("finding-fixes").child(all)
    });
    el("div")
        .class("finding")
        .attr("data-severity", finding.severity.word())
        .attr("data-rule", finding.rule.0)
        .child(top)
        .child(buttons)
}

/// Help in words; what stands between backticks is something to write, and looks like it.
pub fn words(into: El, help: &str) -> El {
    help.split('`').enumerate().fold(into, |into, (at, part)| match (at % 2, part) {
        (_, "") => into,
        (0, words) => into.text(words),
        (_, code) => into.child([el("code").text(code)]),
    })
}

/// Carries a fix out as one gesture, if the text still is the one that was checked.
fn mend(session: Session, fix: &Fix) {
    session.flush();
    let checked = session.checked.get_untracked();
    let commands = session.with_board(|board| {
        let unchanged = board.order == *checked.lines;
        unchanged.then(|| commands(board, &checked, &fix.edits)).flatten()
    });
    let Some(commands) = commands else { return session.say(messages::FIX_STALE) };
    for (at, command) in commands.into_iter().enumerate() {
        session.act(command, if at == 0 { Step::New } else { Step::Extend });
    }
    session.announcement.set(messages::fixed(&fix.title));
    close(session);
}

/// The commands for the edits of a fix; none if one does not fit the text. Lines are named by id, so the order in
/// which edits are carried out does not matter; within a line the last comes first.
fn commands(board: &Board, checked: &Checked, edits: &[Edit]) -> Option<Vec<Command>> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| match edit {
        Edit::Replace { line, span, .. } => std::cmp::Reverse((*line, span.start)),
        Edit::Insert { line, .. } | Edit::Delete { line } => std::cmp::Reverse((*line, 0)),
    });
    edits.into_iter().map(|edit| command(board, checked, edit)).collect()
}

fn command(board: &Board, checked: &Checked, edit: &Edit) -> Option<Command> {
    Some(match edit {
        Edit::Replace { line, span, text } => {
            let id = board.order.get(*line)?;
            let old = &board.line(id)?.text;
            // Somebody has typed in this line since.
            if !checked.says(*line, old) {
                return None;
            }
            let splice = Splice {
                at: board::text::len(old.get(..span.start)?),
                delete: board::text::len(old.get(span.start..span.end)?),
                insert: text.clone(),
            };
            Command::Type { line: id.clone(), splices: vec![splice] }
        }
        Edit::Insert { line, text } => match board.order.get(*line) {
            // In between what belongs to a sticky a line stands where it would be typed.
            Some(next) if board.line(next)?.kind.is_part() => {
                let before: u32 = board.texts().take(*line).map(|text| board::text::len(text) + 1).sum();
                let (at, insert) = match before.checked_sub(1) {
                    Some(end) => (end, format!("\n{text}")),
                    None => (0, format!("{text}\n")),
                };
                Command::Splice { at, delete: 0, insert }
            }
            next => {
                let at = next.map_or(At::End, |id| At::Before(id.clone()));
                Command::Add { at, text: text.clone(), place: None }
            }
        },
        Edit::Delete { line } => Command::Remove { lines: vec![board.order.get(*line)?.clone()] },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::Line;
    use diag::Span;

    fn board(lines: &[&str]) -> (Board, Checked) {
        let mut board = Board::default();
        for (at, text) in lines.iter().enumerate() {
            let id = LineId(format!("l{at}").into());
            board.order.push(id.clone());
            board.lines.insert(id, Line::new((*text).to_owned()));
        }
        let checked = Checked::of(&board, Vec::new(), false);
        (board, checked)
    }

    #[test]
    fn a_fix_counts_in_the_browsers_units() {
        let (board, checked) = board(&["# T", "😀 Added // a"]);
        let edit = Edit::Replace { line: 1, span: Span::new(5, 10), text: "Made".into() };
        let splices = vec![Splice { at: 3, delete: 5, insert: "Made".into() }];
        let expected = Command::Type { line: LineId("l1".into()), splices };
        assert_eq!(commands(&board, &checked, &[edit]), Some(vec![expected]));
    }

    #[test]
    fn a_fix_that_no_longer_fits_does_nothing() {
        let edit = Edit::Replace { line: 0, span: Span::new(2, 40), text: String::new() };
        let (todo, checked) = board(&["Todo"]);
        assert_eq!(commands(&todo, &checked, &[edit]), None);
        assert_eq!(commands(&todo, &checked, &[Edit::Delete { line: 3 }]), None);
    }

    #[test]
    fn a_fix_of_a_line_that_was_typed_in_since_does_nothing() {
        let (_, checked) = board(&["Todo Added"]);
        let (now, _) = board(&["Todos Added"]);
        let edit = Edit::Replace { line: 0, span: Span::new(5, 10), text: "Made".into() };
        assert_eq!(commands(&now, &checked, &[edit]), None);
    }

    #[test]
    fn a_line_before_an_annotation_goes_between_it_and_its_sticky() {
        let edit = Edit::Insert { line: 2, text: "// @derived paid".into() };
        let (before, checked) = board(&["Orders*", "Bills 😀*", "// @derived sum", "Todo Done"]);
        let splice = Command::Splice { at: 17, delete: 0, insert: "\n// @derived paid".into() };
        assert_eq!(commands(&before, &checked, &[edit]), Some(vec![splice]));
    }

    #[test]
    fn a_line_put_after_the_last_goes_to_the_end() {
        let edit = Edit::Insert { line: 1, text: "Todo Done".into() };
        let expected = Command::Add { at: At::End, text: "Todo Done".into(), place: None };
        let (board, checked) = board(&["Todo"]);
        assert_eq!(commands(&board, &checked, &[edit]), Some(vec![expected]));
    }
}
