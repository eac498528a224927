//! Writing into the field: only what differs, and with the caret where it belongs. An equal text keeps the browser's
//! own state.

use super::lines::units;
use crate::browser;
use crate::diff::difference;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

/// `in_place` puts the difference where it belongs as typing would, so that the browser lays out that place alone; a
/// text that is set anew is laid out whole. Whether the text was another one.
pub fn write(field: &HtmlTextAreaElement, text: &str, (start, end): (u32, u32), in_place: bool) -> bool {
    let old = field.value();
    let differs = old != text;
    if differs && !(in_place && splice(field, &old, text)) {
        field.set_value(text);
    }
    let most = units(text);
    let (start, end) = (start.min(most), end.min(most));
    if selection(field) != (start, end) {
        let direction = field.selection_direction().ok().flatten().unwrap_or_default();
        // The range is within the text.
        let _ = field.set_selection_range_with_direction(start, end, &direction);
    }
    differs
}

/// Whether the field holds the text now.
fn splice(field: &HtmlTextAreaElement, old: &str, text: &str) -> bool {
    let Some(edit) = difference(old, text, None) else { return true };
    let Ok(document) = browser::document().dyn_into::<web_sys::HtmlDocument>() else { return false };
    let _ = field.set_selection_range(edit.at, edit.at + edit.delete);
    let command = if edit.insert.is_empty() { "delete" } else { "insertText" };
    let done = document.exec_command_with_show_ui_and_value(command, false, &edit.insert);
    done == Ok(true) && field.value() == text
}

pub fn selection(field: &HtmlTextAreaElement) -> (u32, u32) {
    let start = field.selection_start().ok().flatten().unwrap_or(0);
    (start, field.selection_end().ok().flatten().unwrap_or(start))
}
