//! Signs beside the lines of a scenario: what holds, and what was expected where it does not.

use super::rows::make;
use crate::messages::play as words;
use crate::tried::{Check, Tried};
use board::LineId;
use std::collections::HashMap;
use web_sys::HtmlElement;

/// How what a line of a scenario says came out.
#[derive(Clone, PartialEq, Debug)]
pub struct Sign {
    pub holds: bool,
    pub words: String,
}

/// The signs of all lines that say something that holds or not.
pub fn signs(all: &[Tried]) -> HashMap<LineId, Sign> {
    let mut signs = HashMap::new();
    for tried in all {
        let words = words::verdict(&tried.name, tried.passed);
        signs.insert(tried.line.clone(), Sign { holds: tried.passed, words });
        signs.extend(tried.checks.iter().map(|check| (check.line.clone(), sign(check))));
    }
    signs
}

fn sign(check: &Check) -> Sign {
    let words = match check.holds {
        true => words::HOLDS.to_owned(),
        false => words::expected_and_actual(&check.expected, &check.actual),
    };
    Sign { holds: check.holds, words }
}

impl Sign {
    /// Puts it beside the number of a line, in the place of the one before.
    pub fn put(sign: Option<&Sign>, number: &HtmlElement) {
        if let Ok(Some(old)) = number.query_selector(".row-tried") {
            old.remove();
        }
        let Some((sign, element)) = sign.zip(make("span", "row-tried")) else { return };
        element.set_text_content(Some(if sign.holds { "✓" } else { "✕" }));
        element.set_title(&sign.words);
        let _ = element.set_attribute("data-holds", if sign.holds { "true" } else { "false" });
        let _ = number.append_child(&element);
    }
}
