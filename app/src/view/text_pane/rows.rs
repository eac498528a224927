//! The coloured layer under the field: one element a line, with the same words in the same places.
//!
//! Made by hand and at once, not by the reactive layer: it has to be right in the same moment as the field above it.
//! Words enter as text nodes only.

use super::lines::{Row, Shown};
use super::paint::{Mark, pieces};
use crate::browser;
use board::LineId;
use diag::Severity;
use std::collections::{HashMap, HashSet};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

struct Drawn {
    element: HtmlElement,
    text: String,
    marks: Vec<Mark>,
}

#[derive(Default)]
pub struct Rows {
    place: Option<HtmlElement>,
    drawn: HashMap<LineId, Drawn>,
    order: Vec<LineId>,
    marks: HashMap<LineId, Vec<Mark>>,
    lit: Option<LineId>,
    selected: HashSet<LineId>,
}

impl Rows {
    /// Where the lines are drawn from now on.
    pub fn put_into(&mut self, place: HtmlElement) {
        *self = Rows { place: Some(place), marks: std::mem::take(&mut self.marks), ..Rows::default() };
    }

    pub fn update(&mut self, shown: &Shown) {
        let Some(place) = self.place.clone() else { return };
        let order: Vec<LineId> = shown.rows.iter().map(|row| row.id.clone()).collect();
        if order != self.order {
            let living: HashSet<&LineId> = order.iter().collect();
            self.drawn.retain(|id, drawn| {
                living.contains(id) || {
                    drawn.element.remove();
                    false
                }
            });
        }
        for row in &shown.rows {
            self.draw(row);
        }
        if order != self.order {
            self.arrange(&place, &order);
            self.order = order;
        }
    }

    /// Elements that stand right already stay untouched.
    fn arrange(&self, place: &HtmlElement, order: &[LineId]) {
        let mut next = place.first_element_child();
        for id in order {
            let Some(drawn) = self.drawn.get(id) else { continue };
            let element: &Element = &drawn.element;
            if next.as_ref() == Some(element) {
                next = element.next_element_sibling();
            } else {
                // The place is ours and in the page: inserting fails only for a page that is being torn down.
                let _ = place.insert_before(element, next.as_ref().map(|next| next.as_ref()));
            }
        }
    }

    fn draw(&mut self, row: &Row) {
        let marks = self.marks.get(&row.id).cloned().unwrap_or_default();
        if self.drawn.get(&row.id).is_some_and(|drawn| drawn.text == row.text && drawn.marks == marks) {
            return;
        }
        let element = match self.drawn.remove(&row.id) {
            Some(drawn) => drawn.element,
            None => match make("div", "row") {
                Some(element) => element,
                None => return,
            },
        };
        let _ = element.set_attribute("data-row", &row.id.0);
        fill(&element, &row.text, &marks);
        self.drawn.insert(row.id.clone(), Drawn { element, text: row.text.clone(), marks });
        self.dress(&row.id);
    }

    /// What the checker says, by line. Stale spans that no longer fit their line underline nothing.
    pub fn set_marks(&mut self, marks: HashMap<LineId, Vec<Mark>>, shown: &Shown) {
        self.marks = marks;
        for row in &shown.rows {
            self.draw(row);
        }
    }

    pub fn set_lit(&mut self, line: Option<LineId>) {
        let before = std::mem::replace(&mut self.lit, line);
        for id in before.into_iter().chain(self.lit.clone()) {
            self.dress(&id);
        }
    }

    pub fn set_selected(&mut self, lines: &[LineId]) {
        let before = std::mem::replace(&mut self.selected, lines.iter().cloned().collect());
        let all: Vec<LineId> = before.union(&self.selected).cloned().collect();
        for id in all {
            self.dress(&id);
        }
    }

    fn dress(&self, id: &LineId) {
        let Some(drawn) = self.drawn.get(id) else { return };
        let classes = drawn.element.class_list();
        let _ = classes.toggle_with_force("lit", self.lit.as_ref() == Some(id));
        let _ = classes.toggle_with_force("selected", self.selected.contains(id));
    }

    /// How far the line's top is from the top of the window.
    pub fn top(&self, id: &LineId) -> Option<f64> {
        Some(self.drawn.get(id)?.element.get_bounding_client_rect().top())
    }

    pub fn element(&self, id: &LineId) -> Option<HtmlElement> {
        self.drawn.get(id).map(|drawn| drawn.element.clone())
    }

    /// The line at a height in the window.
    pub fn at(&self, y: f64) -> Option<LineId> {
        let below = self.order.partition_point(|id| self.top(id).is_some_and(|top| top <= y));
        let id = self.order.get(below.checked_sub(1)?)?;
        let bottom = self.drawn.get(id)?.element.get_bounding_client_rect().bottom();
        (y < bottom).then(|| id.clone())
    }
}

fn make(tag: &str, class: &str) -> Option<HtmlElement> {
    let element = browser::document().create_element(tag).ok()?.dyn_into::<HtmlElement>().ok()?;
    element.set_class_name(class);
    Some(element)
}

fn fill(element: &HtmlElement, text: &str, marks: &[Mark]) {
    element.set_text_content(None);
    let worst = marks.iter().map(|mark| mark.severity).min();
    match worst {
        Some(severity) => {
            let _ = element.set_attribute("data-severity", severity.word());
            if let Some(sign) = make("span", "row-mark") {
                sign.set_text_content(Some(if severity == Severity::Hint { "i" } else { "!" }));
                let words: Vec<&str> = marks.iter().map(|mark| mark.message.as_str()).collect();
                sign.set_title(&words.join("\n"));
                let _ = element.append_child(&sign);
            }
        }
        None => {
            let _ = element.remove_attribute("data-severity");
        }
    }
    for piece in pieces(text, marks) {
        if let Some(span) = make("span", &piece.class) {
            span.set_text_content(Some(&text[piece.range]));
            let _ = element.append_child(&span);
        }
    }
}
