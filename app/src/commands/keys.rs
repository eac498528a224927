//! From key presses to commands: what a press is, which keys of a record it fits, and who hears it.

use super::{Record, all, clipboard};
use crate::browser;
use crate::session::{Notice, Remedy, Session};
use crate::view::wall;
use elements::afterwards;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, KeyboardEvent};

/// A key press as the records see it. `command` is Ctrl, or Cmd on a Mac.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Press {
    pub key: String,
    /// The digit printed on the key, whatever the layout makes of it with or without Shift.
    pub digit: Option<char>,
    pub command: bool,
    pub shift: bool,
    pub alt: bool,
}

/// Keys in parts: `Ctrl+Shift+Z` is Ctrl, Shift and Z.
struct Chord<'a> {
    command: bool,
    shift: bool,
    alt: bool,
    key: &'a str,
}

fn chord(keys: &str) -> Chord<'_> {
    let mut chord = Chord { command: false, shift: false, alt: false, key: keys };
    while let Some((held, rest)) = chord.key.split_once('+') {
        match held {
            "Ctrl" => chord.command = true,
            "Shift" => chord.shift = true,
            _ => chord.alt = true,
        }
        chord.key = rest;
    }
    chord
}

/// Whether a press is these keys. `Arrows` is any arrow, `Plus` and `Minus` are those signs wherever they lie, a sign
/// that needs Shift is taken with and without it, and digits are read from the place of the key.
pub fn fits(keys: &str, press: &Press) -> bool {
    let wanted = chord(keys);
    if wanted.command != press.command || wanted.alt != press.alt {
        return false;
    }
    let mut letters = wanted.key.chars();
    let single = letters.next().filter(|_| letters.next().is_none());
    let same_shift = wanted.shift == press.shift;
    match (wanted.key, single) {
        ("Arrows", _) => same_shift && arrow(press).is_some(),
        ("Plus", _) => matches!(press.key.as_str(), "+" | "="),
        ("Minus", _) => matches!(press.key.as_str(), "-" | "_"),
        (_, Some(digit)) if digit.is_ascii_digit() => same_shift && press.digit == Some(digit),
        (_, Some(letter)) if letter.is_ascii_alphabetic() => {
            same_shift && press.key.eq_ignore_ascii_case(wanted.key)
        }
        (_, Some(_)) => press.key == wanted.key,
        (named, None) => same_shift && press.key == named,
    }
}

/// A character alone, which a person can switch off: it is easily pressed by accident, or by a voice.
pub fn is_letter_key(keys: &str) -> bool {
    let wanted = chord(keys);
    !wanted.command && !wanted.alt && wanted.key.chars().count() == 1
}

pub fn arrow(press: &Press) -> Option<(f64, f64)> {
    Some(match press.key.as_str() {
        "ArrowLeft" => (-1.0, 0.0),
        "ArrowRight" => (1.0, 0.0),
        "ArrowUp" => (0.0, -1.0),
        "ArrowDown" => (0.0, 1.0),
        _ => return None,
    })
}

/// Listens on the whole page; fields and open panels keep their keys.
pub fn listen(session: Session) {
    let cut_off = cut_off(session);
    let down = window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() || wall::in_field(event.target()) {
            return;
        }
        let press = Press::of(&event);
        if on_control(event.target()) && matches!(press.key.as_str(), "Enter" | " " | "Tab") {
            return;
        }
        if press.key == "Tab" && session.selection.with_untracked(Vec::is_empty) {
            return;
        }
        if cut_off.get_value() {
            if is_typed(&press) {
                return event.prevent_default();
            }
            cut_off.set_value(press.key != "Escape" && !press.command);
        }
        // After a click on the empty wall letters are words, not shortcuts.
        if starts_a_sticky(session, &press) {
            return;
        }
        if let Some(record) = meant(session, &press, |_| true) {
            // Copy, cut and paste come as events of their own, with the clipboard in them.
            if !clipboard::BY_THE_BROWSER.contains(&record.id) {
                event.prevent_default();
                record.run(session, Some(&press));
            }
        }
    });
    on_cleanup(move || down.remove());
    listen_everywhere(session);
    clipboard::listen(session);
}

/// Somebody took the sticky away on which this person was writing: what they go on typing are words, no shortcuts,
/// until a pointer, Escape or Ctrl says that they have noticed.
fn cut_off(session: Session) -> StoredValue<bool> {
    let cut_off = StoredValue::new(false);
    afterwards(move || {
        let is_taken = |notice: &Notice| matches!(notice.remedy, Some(Remedy::Restore(_)));
        cut_off.set_value(session.notice.with(|notice| notice.as_ref().is_some_and(is_taken)));
    });
    let pressed = window_event_listener(leptos::ev::pointerdown, move |_| cut_off.set_value(false));
    on_cleanup(move || pressed.remove());
    cut_off
}

/// What one presses while one writes.
fn is_typed(press: &Press) -> bool {
    let writes = press.key.chars().count() == 1 && !press.command && !press.alt;
    writes || matches!(press.key.as_str(), "Backspace" | "Delete" | "Enter")
}

/// Some keys work wherever the focus is; they are heard before fields take them.
fn listen_everywhere(session: Session) {
    use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    let window = browser::window();
    let listener = EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let press = Press::of(event);
        if let Some(record) = meant(session, &press, |record| record.everywhere) {
            event.prevent_default();
            event.stop_propagation();
            record.run(session, Some(&press));
        }
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.set_value(None));
}

/// The command that a press means now.
fn meant(session: Session, press: &Press, of: fn(&Record) -> bool) -> Option<&'static Record> {
    let letters = session.preferences.with_untracked(|preferences| preferences.letter_keys);
    let is_on = |keys: &str| letters || !is_letter_key(keys);
    all()
        .filter(|record| of(record) && record.keys.iter().any(|keys| is_on(keys) && fits(keys, press)))
        .find(|record| record.is_enabled(session))
}

impl Press {
    pub fn of(event: &KeyboardEvent) -> Press {
        let (command, alt) = (event.ctrl_key() || event.meta_key(), event.alt_key());
        let mut key = event.key();
        // With Alt a Mac types other signs, and other alphabets have other letters: then the key's place counts.
        if (command || alt)
            && !key.is_ascii()
            && let Some(letter) = event.code().strip_prefix("Key")
        {
            key = letter.to_owned();
        }
        Press { key, digit: digit(event), command, shift: event.shift_key(), alt }
    }
}

/// The place of the key says the digit: French keyboards need Shift for it, others print a sign with Shift.
fn digit(event: &KeyboardEvent) -> Option<char> {
    let code = event.code();
    let place = code.strip_prefix("Digit").or_else(|| code.strip_prefix("Numpad")).unwrap_or("");
    let typed = event.key();
    [place, typed.as_str()].into_iter().find_map(|text| {
        let mut chars = text.chars();
        let first = chars.next().filter(char::is_ascii_digit)?;
        chars.next().is_none().then_some(first)
    })
}

/// Whether the event belongs to a button, a link or a panel, which know what to do with it.
pub fn on_control(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    let control = "button, a[href], input, textarea, select, [role=dialog], [role=menu]";
    element.is_some_and(|element| element.closest(control).ok().flatten().is_some())
}

/// With an insertion point set, the first letter begins a sticky there.
fn starts_a_sticky(session: Session, press: &Press) -> bool {
    let Some(point) = session.insertion.get_untracked() else { return false };
    let plain = !press.command && !press.alt;
    let letter = plain && press.key.chars().count() == 1 && press.key.chars().all(char::is_alphabetic);
    if letter {
        // The key itself lands in the field that opens, as it has the focus before the character is typed.
        wall::write_around(session, session.last_kind.get_untracked(), point);
    }
    letter
}

/// A press that fits these keys.
#[cfg(test)]
pub fn example(keys: &str) -> Press {
    let wanted = chord(keys);
    let key = match wanted.key {
        "Arrows" => "ArrowUp",
        "Plus" => "+",
        "Minus" => "-",
        other => other,
    };
    let digit = key.chars().next().filter(|letter| letter.is_ascii_digit() && key.len() == 1);
    let (command, shift, alt) = (wanted.command, wanted.shift, wanted.alt);
    Press { key: key.to_owned(), digit, command, shift, alt }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(key: &str) -> Press {
        Press { key: key.to_owned(), ..Press::default() }
    }

    #[test]
    fn modifiers_have_to_be_the_same() {
        let press = Press { command: true, shift: true, ..typed("Z") };
        assert!(fits("Ctrl+Shift+Z", &press));
        assert!(!fits("Ctrl+Z", &press) && !fits("Z", &press));
        assert!(fits("Ctrl+Z", &Press { shift: false, ..press }));
    }

    #[test]
    fn what_is_typed_is_told_from_what_is_ordered() {
        for key in ["r", "R", "7", " ", "é", "Backspace", "Enter"] {
            assert!(is_typed(&typed(key)), "{key}");
        }
        for key in ["Escape", "Tab", "Shift", "ArrowUp", "F8"] {
            assert!(!is_typed(&typed(key)), "{key}");
        }
        assert!(!is_typed(&Press { command: true, ..typed("z") }));
    }

    #[test]
    fn capitals_are_the_same_letter() {
        assert!(fits("V", &typed("v")) && fits("V", &typed("V")));
    }

    #[test]
    fn signs_are_taken_with_and_without_shift() {
        assert!(fits("?", &typed("?")) && fits("?", &Press { shift: true, ..typed("?") }));
        assert!(fits("Ctrl+Plus", &Press { command: true, ..typed("=") }));
    }

    #[test]
    fn a_digit_is_read_from_the_place_of_its_key() {
        let french = Press { digit: Some('1'), ..typed("&") };
        assert!(fits("1", &french) && !fits("Shift+1", &french));
        assert!(fits("Shift+1", &Press { shift: true, ..french }));
    }

    #[test]
    fn only_characters_alone_can_be_switched_off() {
        for keys in ["V", "1", "?", "Shift+1"] {
            assert!(is_letter_key(keys), "{keys}");
        }
        for keys in ["Ctrl+K", "Alt+A", "Enter", "Delete", "Escape", "Shift+F10", "Arrows"] {
            assert!(!is_letter_key(keys), "{keys}");
        }
    }
}
