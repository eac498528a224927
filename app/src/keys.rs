//! Keys on the wall. One record per command: the shortcut sheet is made from the same list.

use crate::browser;
use crate::messages;
use crate::session::{Panel, Session};
use crate::view::{PALETTE, editor_close, wall};
use board::{Command, LineId, Point};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A key press as the records see it. `command` is Ctrl, or Cmd on a Mac.
#[derive(Clone, PartialEq, Debug)]
pub struct Press {
    pub key: String,
    /// The digit printed on the key, whatever the layout makes of it with or without Shift.
    pub digit: Option<char>,
    pub command: bool,
    pub shift: bool,
    pub alt: bool,
}

pub struct Binding {
    pub title: &'static str,
    /// As the sheet shows it.
    pub keys: &'static str,
    pub matches: fn(&Press) -> bool,
    pub run: fn(Session, &Press),
}

fn plain(press: &Press) -> bool {
    !press.command && !press.alt
}

fn is(press: &Press, key: &str) -> bool {
    press.key.eq_ignore_ascii_case(key)
}

fn arrow(press: &Press) -> Option<(f64, f64)> {
    Some(match press.key.as_str() {
        "ArrowLeft" => (-1.0, 0.0),
        "ArrowRight" => (1.0, 0.0),
        "ArrowUp" => (0.0, -1.0),
        "ArrowDown" => (0.0, 1.0),
        _ => return None,
    })
}

/// Every key of the wall, in the order of the sheet.
pub const BINDINGS: &[Binding] = &[
    Binding {
        title: messages::KEY_KINDS,
        keys: "1 … 9, 0",
        matches: |press| plain(press) && !press.shift && press.digit.is_some(),
        run: |session, press| {
            let chosen = |key: &str| press.digit.is_some_and(|digit| key.starts_with(digit));
            if let Some((_, kind)) = PALETTE.iter().find(|(key, _)| chosen(key)) {
                start_or_choose(session, *kind);
            }
        },
    },
    Binding {
        title: messages::KEY_LAST,
        keys: "N",
        matches: |press| plain(press) && is(press, "n"),
        run: |session, _| start_here(session, session.last_kind.get_untracked()),
    },
    Binding {
        title: messages::KEY_EDIT,
        keys: "Enter, F2",
        matches: |press| plain(press) && (is(press, "Enter") || is(press, "F2")),
        run: |session, _| match session.selection.with_untracked(|all| all.last().cloned()) {
            Some(line) => session.edit(line),
            None => {
                let kind = session.armed.get_untracked().unwrap_or(session.last_kind.get_untracked());
                start_here(session, kind);
            }
        },
    },
    Binding {
        title: messages::KEY_WALK,
        keys: "Tab, Shift+Tab",
        matches: |press| plain(press) && is(press, "Tab"),
        run: |session, press| walk(session, if press.shift { -1 } else { 1 }),
    },
    Binding {
        title: messages::KEY_NEAREST,
        keys: "Ctrl+Arrows",
        matches: |press| press.command && arrow(press).is_some(),
        run: |session, press| nearest(session, arrow(press).unwrap_or_default()),
    },
    Binding {
        title: messages::KEY_NUDGE,
        keys: "Arrows, Shift+Arrows",
        matches: |press| plain(press) && arrow(press).is_some(),
        run: |session, press| {
            let (dx, dy) = arrow(press).unwrap_or_default();
            let far = if press.shift { 10.0 } else { 1.0 };
            let lines = session.selection.get_untracked();
            if !lines.is_empty() {
                session.run(Command::Drop { lines, by: Point { x: dx * far, y: dy * far } });
            }
        },
    },
    Binding {
        title: messages::KEY_DELETE,
        keys: "Delete",
        matches: |press| plain(press) && (is(press, "Delete") || is(press, "Backspace")),
        run: |session, _| remove_selection(session),
    },
    Binding {
        title: messages::KEY_UNDO,
        keys: "Ctrl+Z",
        matches: |press| press.command && !press.shift && is(press, "z"),
        run: |session, _| session.undo(),
    },
    Binding {
        title: messages::KEY_REDO,
        keys: "Ctrl+Shift+Z, Ctrl+Y",
        matches: |press| press.command && (is(press, "y") || (press.shift && is(press, "z"))),
        run: |session, _| session.redo(),
    },
    Binding {
        title: messages::KEY_DUPLICATE,
        keys: "Ctrl+D, Alt+drag",
        matches: |press| press.command && is(press, "d"),
        run: |session, _| {
            let lines = session.selection.get_untracked();
            if !lines.is_empty() {
                let made = session.run(Command::Duplicate { lines, by: Point { x: 30.0, y: 30.0 } });
                session.flush();
                wall::select(session, made);
            }
        },
    },
    Binding {
        title: messages::KEY_ALL,
        keys: "Ctrl+A",
        matches: |press| press.command && is(press, "a"),
        run: |session, _| wall::select(session, session.stickies.get_untracked()),
    },
    Binding {
        title: messages::KEY_FIT,
        keys: "Shift+1",
        matches: |press| press.shift && plain(press) && press.digit == Some('1'),
        run: |session, _| wall::fit_all(session),
    },
    Binding {
        title: messages::KEY_FIT_SELECTION,
        keys: "Shift+2",
        matches: |press| press.shift && plain(press) && press.digit == Some('2'),
        run: |session, _| wall::fit_selection(session),
    },
    Binding {
        title: messages::KEY_FULL_SIZE,
        keys: "Ctrl+0, Shift+0",
        matches: |press| (press.command || press.shift) && press.digit == Some('0'),
        run: |session, _| wall::zoom_to(session, 1.0),
    },
    Binding {
        title: messages::SELECT,
        keys: "V",
        matches: |press| plain(press) && is(press, "v"),
        run: |session, _| session.take_hand(false),
    },
    Binding {
        title: messages::HAND,
        keys: "H, Space",
        matches: |press| plain(press) && is(press, "h"),
        run: |session, _| session.take_hand(true),
    },
    Binding {
        title: messages::KEYS,
        keys: "?",
        matches: |press| plain(press) && is(press, "?"),
        run: |session, _| session.panel.set(Some(Panel::Keys)),
    },
    Binding {
        title: messages::KEY_ESCAPE,
        keys: "Esc",
        matches: |press| plain(press) && is(press, "Escape"),
        run: |session, _| leave(session),
    },
];

/// Listens on the whole page; fields and open panels keep their keys.
pub fn listen(session: Session) {
    let down = window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() || wall::in_field(event.target()) {
            return;
        }
        let press = Press {
            key: event.key(),
            digit: digit(&event),
            command: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            alt: event.alt_key(),
        };
        if on_control(&event) && matches!(press.key.as_str(), "Enter" | " " | "Tab") {
            return;
        }
        if press.key == "Tab" && session.selection.with_untracked(Vec::is_empty) {
            return;
        }
        if starts_a_sticky(session, &press) {
            return;
        }
        // After a click on the empty wall letters are words, not shortcuts.
        if let Some(binding) = BINDINGS.iter().find(|binding| (binding.matches)(&press)) {
            event.prevent_default();
            (binding.run)(session, &press);
        }
    });
    let paste = window_event_listener_untyped("paste", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::ClipboardEvent>() else { return };
        if wall::in_field(event.target()) {
            return;
        }
        let text =
            event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
        if !text.trim().is_empty() {
            event.prevent_default();
            let at = session.after_selection();
            let place = session.insertion.get_untracked();
            let made = session.run(Command::Paste { at, text, place });
            session.flush();
            wall::select(session, made);
        }
    });
    let copy = window_event_listener_untyped("copy", move |event| {
        copy_selection(session, &event);
    });
    let cut = window_event_listener_untyped("cut", move |event| {
        if copy_selection(session, &event) {
            remove_selection(session);
        }
    });
    on_cleanup(move || [down, paste, copy, cut].into_iter().for_each(|listener| listener.remove()));
}

/// The place of the key says the digit: French keyboards need Shift for it, others print a sign with Shift.
fn digit(event: &web_sys::KeyboardEvent) -> Option<char> {
    let code = event.code();
    let place = code.strip_prefix("Digit").or_else(|| code.strip_prefix("Numpad")).unwrap_or("");
    let typed = event.key();
    [place, typed.as_str()].into_iter().find_map(|text| {
        let mut chars = text.chars();
        let first = chars.next().filter(char::is_ascii_digit)?;
        chars.next().is_none().then_some(first)
    })
}

/// Whether the key belongs to a button or link that has the focus.
fn on_control(event: &web_sys::KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest("button, a[href], [role=dialog]").ok().flatten().is_some())
}

/// With an insertion point set, the first letter begins a sticky there.
fn starts_a_sticky(session: Session, press: &Press) -> bool {
    let Some(point) = session.insertion.get_untracked() else { return false };
    let letter = plain(press) && press.key.chars().count() == 1 && press.key.chars().all(char::is_alphabetic);
    if letter {
        // The key itself lands in the field that opens, as it has the focus before the character is typed.
        wall::write_around(session, session.last_kind.get_untracked(), point);
    }
    letter
}

fn start_or_choose(session: Session, kind: emd::Kind) {
    match session.insertion.get_untracked() {
        Some(point) => wall::write_around(session, kind, point),
        None => session.choose(kind),
    }
}

fn start_here(session: Session, kind: emd::Kind) {
    match session.insertion.get_untracked() {
        Some(point) => wall::write_around(session, kind, point),
        None => session.write(kind, session.after_selection(), None),
    }
}

fn remove_selection(session: Session) {
    let lines = session.selection.get_untracked();
    if !lines.is_empty() {
        let count = lines.len();
        session.run(Command::Remove { lines });
        session.announcement.set(messages::removed(count));
    }
}

fn copy_selection(session: Session, event: &web_sys::Event) -> bool {
    let lines = session.selection.get_untracked();
    let Some(event) = event.dyn_ref::<web_sys::ClipboardEvent>() else { return false };
    if lines.is_empty() || wall::in_field(event.target()) {
        return false;
    }
    let text = session.with_board(|board| {
        let belongs = |id: &LineId| {
            lines.contains(id)
                || board.line(id).and_then(|line| line.of.as_ref()).is_some_and(|of| lines.contains(of))
        };
        let texts = board.order.iter().filter(|id| belongs(id)).filter_map(|id| board.line(id));
        texts.map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
    });
    event.prevent_default();
    event.clipboard_data().is_some_and(|data| data.set_data("text/plain", &text).is_ok())
}

fn walk(session: Session, by: isize) {
    let next = session.stickies.with_untracked(|all| {
        let now = session.selection.with_untracked(|chosen| chosen.last().cloned());
        let at = now.and_then(|id| all.iter().position(|other| *other == id));
        let at = at.map_or(0, |at| at.saturating_add_signed(by).min(all.len().saturating_sub(1)));
        all.get(at).cloned()
    });
    if let Some(line) = next {
        go(session, line);
    }
}

fn nearest(session: Session, (dx, dy): (f64, f64)) {
    let Some(from) = session.selection.with_untracked(|all| all.last().cloned()) else {
        return walk(session, 0);
    };
    let found = session.with_mirror(|mirror| {
        let middle = |id: &LineId| {
            mirror.layout.frames.get(id).map(|f| (f.at.x + f.width / 2.0, f.at.y + f.height / 2.0))
        };
        let (x, y) = middle(&from)?;
        let mut best: Option<(f64, LineId)> = None;
        for id in mirror.layout.frames.keys().filter(|id| **id != from) {
            let Some((other_x, other_y)) = middle(id) else { continue };
            let ahead = (other_x - x) * dx + (other_y - y) * dy;
            let aside = ((other_x - x) * dy - (other_y - y) * dx).abs();
            let cost = ahead + 2.0 * aside;
            if ahead > 1.0 && best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, id.clone()));
            }
        }
        best.map(|(_, id)| id)
    });
    if let Some(line) = found {
        go(session, line);
    }
}

/// Selects a sticky, shows it and gives it the focus.
pub fn go(session: Session, line: LineId) {
    wall::select(session, vec![line.clone()]);
    wall::reveal(session, &line);
    wall::focus(&line);
}

fn leave(session: Session) {
    if session.panel.get_untracked().is_some() {
        session.panel.set(None);
    } else if session.armed.get_untracked().is_some() {
        session.armed.set(None);
    } else {
        editor_close(session);
        wall::select(session, Vec::new());
        if let Some(active) = browser::document().active_element()
            && let Ok(active) = active.dyn_into::<web_sys::HtmlElement>()
        {
            let _ = active.blur();
        }
    }
}

/// Closing the tab with edits that are not on the server yet asks first.
pub fn warn_before_leaving(session: Session) {
    use crate::session::SaveState;
    let ask = window_event_listener(leptos::ev::beforeunload, move |event| {
        let waiting = matches!(session.save.get_untracked(), SaveState::Saving | SaveState::Offline);
        if waiting && session.can_undo.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || ask.remove());
}
