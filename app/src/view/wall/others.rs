//! What others do on the wall, for those who cannot watch it: said politely, together, and never about oneself. And
//! the focus, which stays on the wall when the sticky that had it goes away.

use super::super::note::QUIET;
use super::place::focus_wall;
use crate::session::Session;
use crate::{browser, messages};
use board::{Board, Change, LineId, PersonId};
use elements::{El, el};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// So long nothing more happens before it is said what did, in milliseconds.
const QUIET_FOR: u32 = 1200;
/// So much is said at once even if it goes on.
const MOST: usize = 40;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    Added,
    Changed,
    Removed,
}

#[derive(Clone, PartialEq, Debug)]
struct Heard {
    who: String,
    deed: Deed,
    line: LineId,
}

/// Listens for the others as long as the wall stands; the element is where screen readers hear of them.
pub fn others(session: Session) -> El {
    let said = RwSignal::new(String::new());
    let heard: StoredValue<Vec<Heard>> = StoredValue::new(Vec::new());
    let soon: StoredValue<Option<Timeout>, LocalStorage> = StoredValue::new_local(None);
    session.listen(move |changes| {
        keep_focus(session, changes);
        if !session.synced.get_untracked() {
            return;
        }
        let fresh: Vec<Heard> = changes.iter().filter_map(|change| hear(session, change)).collect();
        if fresh.is_empty() {
            return;
        }
        heard.update_value(|all| {
            for one in fresh {
                // What somebody types into the sticky that they have just added is part of adding it.
                let known = |old: &Heard| old.line == one.line && one.deed == Deed::Changed;
                if all.len() < MOST && !all.iter().any(known) {
                    all.push(one);
                }
            }
        });
        let say = Timeout::new(QUIET_FOR, move || {
            let all = heard.try_update_value(std::mem::take).unwrap_or_default();
            said.set(session.with_board(|board| sentence(board, &all)));
        });
        soon.set_value(Some(say));
    });
    el("div")
        .class("visually-hidden")
        .attr("id", "others")
        .attr("aria-live", "polite")
        .live_text(move || said.get())
}

fn hear(session: Session, change: &Change) -> Option<Heard> {
    let me = session.me();
    // A line that was empty before becomes a sticky with its first word.
    let is_new = |line: &LineId| session.stickies.with_untracked(|all| !all.contains(line));
    let (line, deed) = match change {
        Change::Added(line) => (line, Deed::Added),
        Change::Removed(line) => (line, Deed::Removed),
        Change::Text(line, _) if is_new(line) => (line, Deed::Added),
        Change::Text(line, _) => (line, Deed::Changed),
        _ => return None,
    };
    let who = session.with_board(|board| {
        let record = board.line(line)?;
        if !record.kind.is_on_wall() {
            return None;
        }
        let person = match deed {
            Deed::Added => &record.by,
            Deed::Removed => &record.gone.as_ref()?.who,
            Deed::Changed => return writer(session, line),
        };
        (*person != me).then(|| name_of(board, person))
    })?;
    Some(Heard { who, deed, line: line.clone() })
}

/// Who of the others has a caret in this line or has chosen it, unless it is I who writes there.
fn writer(session: Session, line: &LineId) -> Option<String> {
    let mine = session.caret.with_value(|caret| caret.as_ref().is_some_and(|caret| caret.line == *line))
        || session
            .editing
            .with_untracked(|now| now.as_ref().is_some_and(|now| now.line.as_ref() == Some(line)));
    if mine {
        return None;
    }
    session.peers.with_untracked(|peers| {
        let there = peers.iter().map(|peer| &peer.presence).find(|peer| {
            peer.caret.as_ref().is_some_and(|caret| caret.line == *line) || peer.selection.contains(line)
        });
        there.map(|peer| peer.name.clone())
    })
}

fn name_of(board: &Board, person: &PersonId) -> String {
    let name = board.people.get(person).map(|person| person.name.trim()).filter(|name| !name.is_empty());
    name.unwrap_or(messages::SOMEBODY).to_owned()
}

/// "Ann added “Order Placed” and 2 more. Bob removed “Cart”."
fn sentence(board: &Board, heard: &[Heard]) -> String {
    let mut parts: Vec<(&str, Deed, Vec<&LineId>)> = Vec::new();
    for one in heard {
        match parts.iter_mut().find(|(who, deed, _)| *who == one.who && *deed == one.deed) {
            Some((_, _, lines)) => lines.push(&one.line),
            None => parts.push((&one.who, one.deed, vec![&one.line])),
        }
    }
    let said = parts.iter().filter_map(|(who, deed, lines)| {
        let text = &board.line(lines.first()?)?.text;
        Some(messages::others_did(who, *deed, &emd::line(text).name.text, lines.len() - 1))
    });
    said.collect::<Vec<_>>().join(" ")
}

/// Where the sticky that has the focus goes away, the one after it takes the focus, without being chosen.
fn keep_focus(session: Session, changes: &[Change]) {
    if !changes.iter().any(|change| matches!(change, Change::Removed(_) | Change::Text(..))) {
        return;
    }
    let Some(active) = browser::document().active_element() else { return };
    let holds = |selector: &str| active.closest(selector).ok().flatten();
    let written = session.editing.with_untracked(|now| now.as_ref().and_then(|now| now.line.clone()));
    let (line, writing) = match holds("[data-line]").and_then(|note| note.get_attribute("data-line")) {
        Some(line) => (LineId(line.into()), false),
        None => match written.filter(|_| holds(".note.editing").is_some()) {
            Some(line) => (line, true),
            None => return,
        },
    };
    let next = session.with_mirror(|mirror| {
        let lives = |id: &&LineId| mirror.layout.frames.contains_key(*id);
        if lives(&&line) {
            return None;
        }
        session.stickies.with_untracked(|all| {
            let at = all.iter().position(|id| *id == line).unwrap_or(0);
            let after = all.iter().skip(at + 1).find(lives);
            Some(after.or_else(|| all[..at.min(all.len())].iter().rev().find(lives)).cloned())
        })
    });
    let Some(next) = next else { return };
    match writing {
        // The field goes away with this frame, and what was written is looked after first.
        true => browser::next_frame(move || give_focus(next.as_ref())),
        false => give_focus(next.as_ref()),
    }
}

fn give_focus(line: Option<&LineId>) {
    match line.and_then(browser::note_element) {
        Some(note) => {
            let _ = note.set_attribute(QUIET, "");
            focus(&note);
            let _ = note.remove_attribute(QUIET);
        }
        None => focus_wall(),
    }
}

fn focus(note: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = note.unchecked_ref::<HtmlElement>().focus_with_options(&options);
}
