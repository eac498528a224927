//! Keys as they stand on a keyboard.

use crate::browser;
use crate::messages::commands as words;
use elements::{El, el};

/// `Ctrl+Shift+Z` as three caps; a Mac has other signs on them.
pub fn caps(keys: &'static str) -> El {
    let mac = browser::is_mac();
    let row = el("span").class("caps");
    row.child(keys.split('+').map(move |key| el("kbd").text(cap(key, mac))))
}

fn cap(key: &'static str, mac: bool) -> &'static str {
    match (key, mac) {
        ("Ctrl", true) => "⌘",
        ("Alt", true) => "⌥",
        ("Shift", true) => "⇧",
        ("Plus", _) => "+",
        ("Minus", _) => "−",
        ("Escape", _) => "Esc",
        (" ", _) => "Space",
        ("ArrowUp", _) => "↑",
        ("ArrowDown", _) => "↓",
        ("Arrows", _) => words::KEY_ARROWS,
        ("ContextMenu", _) => words::KEY_MENU,
        (other, _) => other,
    }
}
