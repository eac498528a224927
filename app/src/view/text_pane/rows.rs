//! The coloured layer under the field: the lines in view, with the same words in the same places, and beside them
//! their numbers and findings.
//!
//! Made by hand and at once, not by the reactive layer: it has to be right in the same moment as the field above it.
//! Only what can be seen is drawn, so a key costs the same in a text of ten lines and of ten thousand. Words enter as
//! text nodes only.

use super::heights::Heights;
use super::lines::{Row, Shown};
use super::measure::Measure;
use super::paint::{Mark, pieces};
use super::signs::Sign;
use crate::browser;
use board::LineId;
use diag::Severity;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Text};

/// So many lines of the screen are drawn above and below the view, for a wheel that is faster than the next frame.
const BEYOND: f64 = 12.0;
/// The space above the first and below the last line, as in the style sheet.
const ABOVE: f64 = 10.0;
const BELOW: f64 = 40.0;

/// The elements that the lines are drawn into.
#[derive(Clone)]
pub struct Sheet {
    pub scroller: HtmlElement,
    /// As high as the whole text.
    pub page: HtmlElement,
    pub layer: HtmlElement,
    pub gutter: HtmlElement,
    /// Hidden: lines are measured in it.
    pub stack: HtmlElement,
}

struct Drawn {
    element: HtmlElement,
    number: HtmlElement,
    index: usize,
    top: u32,
    text: Rc<str>,
    marks: Rc<[Mark]>,
    sign: Option<Sign>,
}

#[derive(Default)]
pub struct Rows {
    sheet: Option<Sheet>,
    measure: Measure,
    heights: Heights,
    /// How far the text is scrolled, and how much of it shows, in pixels.
    scroll: f64,
    view: f64,
    drawn: HashMap<LineId, Drawn>,
    marks: HashMap<LineId, Rc<[Mark]>>,
    signs: HashMap<LineId, Sign>,
    lit: Option<LineId>,
    selected: HashSet<LineId>,
    /// The line with the caret: its findings can be mended from here.
    caret: Option<LineId>,
}

impl Rows {
    /// Where the lines are drawn from now on.
    pub fn put_into(&mut self, sheet: Sheet, shown: &mut Shown) {
        let (marks, signs) = (std::mem::take(&mut self.marks), std::mem::take(&mut self.signs));
        *self = Rows { sheet: Some(sheet), marks, signs, ..Rows::default() };
        self.resized(shown);
    }

    pub fn is_placed(&self) -> bool {
        self.sheet.is_some()
    }

    /// The pane, the letters or the window have another size: what wraps is measured again.
    pub fn resized(&mut self, shown: &mut Shown) {
        let Some(sheet) = self.sheet.clone() else { return };
        self.view = f64::from(sheet.scroller.client_height());
        self.scroll = f64::from(sheet.scroller.scroll_top());
        if let Some(measure) = Measure::read(&sheet.stack).filter(|measure| *measure != self.measure) {
            self.measure = measure;
            shown.rows.iter_mut().for_each(|row| row.tall = 0);
            for drawn in std::mem::take(&mut self.drawn).into_values() {
                drawn.remove();
            }
        }
        self.update(shown);
    }

    /// The text was scrolled.
    pub fn scrolled(&mut self, shown: &Shown) {
        let Some(sheet) = &self.sheet else { return };
        self.scroll = f64::from(sheet.scroller.scroll_top());
        self.paint(shown);
    }

    /// The text is another one.
    pub fn update(&mut self, shown: &mut Shown) {
        let Some(sheet) = &self.sheet else { return };
        self.measure.fill(&sheet.stack, shown);
        let heights = Heights::of(&shown.rows);
        if heights.total() != self.heights.total() || self.drawn.is_empty() {
            let height = f64::from(heights.total().max(1)) * self.measure.line + ABOVE + BELOW;
            let _ = sheet.page.style().set_property("height", &format!("{}px", height.ceil()));
        }
        self.heights = heights;
        self.paint(shown);
    }

    fn paint(&mut self, shown: &Shown) {
        let Some(sheet) = self.sheet.clone() else { return };
        let from = (self.scroll - ABOVE) / self.measure.line - BEYOND;
        let window = self.heights.window(from, from + self.view / self.measure.line + 2.0 * BEYOND);
        let mut stale = std::mem::take(&mut self.drawn);
        for index in window {
            let Some(row) = shown.rows.get(index) else { continue };
            let marks = self.marks.get(&row.id).cloned().unwrap_or_default();
            let before = stale.remove(&row.id);
            let Some(mut drawn) = draw(&sheet, before, row, marks, index) else { continue };
            drawn.set_sign(self.signs.get(&row.id));
            let drawn = drawn.put(self.heights.top(index), self.measure.line);
            self.drawn.insert(row.id.clone(), drawn);
            self.dress(&row.id);
        }
        stale.into_values().for_each(Drawn::remove);
    }

    /// What the checker says, by line. Stale spans that no longer fit their line underline nothing.
    pub fn set_marks(&mut self, marks: HashMap<LineId, Rc<[Mark]>>, shown: &Shown) {
        self.marks = marks;
        self.paint(shown);
    }

    /// How the scenarios came out, by line.
    pub fn set_signs(&mut self, signs: HashMap<LineId, Sign>, shown: &Shown) {
        self.signs = signs;
        self.paint(shown);
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

    pub fn set_caret(&mut self, line: Option<LineId>) {
        if self.caret != line {
            let before = std::mem::replace(&mut self.caret, line);
            for id in before.into_iter().chain(self.caret.clone()) {
                self.dress(&id);
            }
        }
    }

    fn dress(&self, id: &LineId) {
        let Some(drawn) = self.drawn.get(id) else { return };
        let mut class = String::from("row");
        for (on, name) in [
            (self.lit.as_ref() == Some(id), " lit"),
            (self.selected.contains(id), " selected"),
            (self.caret.as_ref() == Some(id), " here"),
        ] {
            if on {
                class.push_str(name);
            }
        }
        if drawn.element.class_name() != class {
            drawn.element.set_class_name(&class);
            drawn.number.set_class_name(&class.replacen("row", "row-number", 1));
        }
    }

    /// How far the line's top is from the top of the view, in pixels.
    pub fn top(&self, index: usize) -> f64 {
        f64::from(self.heights.top(index)) * self.measure.line + ABOVE - self.scroll
    }

    /// Top, bottom and view: where a line stands against what shows.
    pub fn span(&self, index: usize) -> (f64, f64, f64) {
        (self.top(index), self.top(index + 1), self.view)
    }

    pub fn line_height(&self) -> f64 {
        self.measure.line
    }

    /// The index of the line at a height of the view.
    pub fn at(&self, y: f64) -> Option<usize> {
        self.heights.at((y + self.scroll - ABOVE) / self.measure.line)
    }

    pub fn scroll_by(&mut self, by: f64, shown: &Shown) {
        let Some(sheet) = self.sheet.clone().filter(|_| by.abs() >= 1.0) else { return };
        sheet.scroller.set_scroll_top((self.scroll + by).round() as i32);
        self.scrolled(shown);
    }

    /// The browser shows what it writes, wherever that is; the person goes on looking where they looked.
    pub fn stay(&self) {
        if let Some(sheet) = &self.sheet
            && (f64::from(sheet.scroller.scroll_top()) - self.scroll).abs() >= 1.0
        {
            sheet.scroller.set_scroll_top(self.scroll.round() as i32);
        }
    }

    /// Where a place in a line is on the page of the text: left and top of a caret there, if the line is drawn.
    pub fn spot(&self, line: &LineId, at: u32) -> Option<(f64, f64)> {
        let drawn = self.drawn.get(line)?;
        let (left, top, ..) = drawn.stretch(at, at, self.measure.line)?.into_iter().next()?;
        Some((left, top))
    }

    /// What is selected between two places, as far as it is drawn: left, top, width and height of each stretch.
    pub fn stretch(
        &self,
        shown: &Shown,
        one: &(LineId, u32),
        other: &(LineId, u32),
    ) -> Vec<(f64, f64, f64, f64)> {
        let place = |(line, at): &(LineId, u32)| Some((shown.index(line)?, *at));
        let (Some(one), Some(other)) = (place(one), place(other)) else { return Vec::new() };
        let (from, to) = if one <= other { (one, other) } else { (other, one) };
        let inside = self.drawn.values().filter(|drawn| (from.0..=to.0).contains(&drawn.index));
        let all = inside.filter_map(|drawn| {
            let start = if drawn.index == from.0 { from.1 } else { 0 };
            let end = if drawn.index == to.0 { to.1 } else { u32::MAX };
            drawn.stretch(start, end, self.measure.line)
        });
        all.flatten().collect()
    }
}

impl Drawn {
    fn set_sign(&mut self, sign: Option<&Sign>) {
        if self.sign.as_ref() != sign {
            Sign::put(sign, &self.number);
            self.sign = sign.cloned();
        }
    }

    fn put(mut self, top: u32, line: f64) -> Drawn {
        if self.top != top {
            self.top = top;
            let top = format!("{}px", f64::from(top) * line + ABOVE);
            for element in [&self.element, &self.number] {
                let _ = element.style().set_property("top", &top);
            }
        }
        self
    }

    /// What lies between two places of the line, one rectangle for each line of the screen; for a caret one without a
    /// width. Measured from the top left corner of the page.
    fn stretch(&self, from: u32, to: u32, line: f64) -> Option<Vec<(f64, f64, f64, f64)>> {
        let range = browser::document().create_range().ok()?;
        let (start, end) = (place_in(&self.element, from)?, place_in(&self.element, to)?);
        range.set_start(&start.0, start.1).ok()?;
        range.set_end(&end.0, end.1).ok()?;
        let row = self.element.get_bounding_client_rect();
        let top = f64::from(self.element.offset_top());
        let rects = range.get_client_rects()?;
        let mut all: Vec<(f64, f64, f64, f64)> = Vec::new();
        for rect in (0..rects.length()).filter_map(|at| rects.item(at)) {
            // Letters are a little less high than their line.
            let lines = ((rect.top() - row.top()) / line).round().max(0.0);
            let (left, right) = (rect.left() - row.left(), rect.right() - row.left());
            let height = top + lines * line;
            match all.iter_mut().find(|stretch| stretch.1 == height) {
                // A word is told twice, as itself and as the element that holds it.
                Some((start, _, width, _)) => {
                    let end = right.max(*start + *width);
                    *start = start.min(left);
                    *width = end - *start;
                }
                None => all.push((left, height, right - left, line)),
            }
        }
        Some(all)
    }

    fn remove(self) {
        self.element.remove();
        self.number.remove();
    }
}

fn draw(sheet: &Sheet, before: Option<Drawn>, row: &Row, marks: Rc<[Mark]>, index: usize) -> Option<Drawn> {
    let fresh = before.is_none();
    let mut drawn = match before {
        Some(drawn) => drawn,
        None => {
            let (element, number) = (make("div", "row")?, make("div", "row-number")?);
            let _ = element.set_attribute("data-row", &row.id.0);
            let _ = number.set_attribute("data-row", &row.id.0);
            let _ = (sheet.layer.append_child(&element), sheet.gutter.append_child(&number));
            let (top, text) = (u32::MAX, row.text.clone());
            Drawn { element, number, index: usize::MAX, top, text, marks: Rc::default(), sign: None }
        }
    };
    let other_marks = *drawn.marks != *marks;
    if fresh || other_marks || *drawn.text != *row.text {
        fill(&drawn.element, &row.text, &marks);
        drawn.text = row.text.clone();
    }
    if fresh || other_marks || drawn.index != index {
        number(&drawn.number, index, &marks);
        drawn.index = index;
        drawn.sign = None;
    }
    drawn.marks = marks;
    Some(drawn)
}

/// The text node and the offset in it that a place in a drawn line lies at; the end of the line for all beyond it.
fn place_in(element: &HtmlElement, at: u32) -> Option<(Text, u32)> {
    let (mut left, mut last) = (at, None);
    let mut piece = element.first_child();
    while let Some(span) = piece {
        if let Some(text) = span.first_child().and_then(|text| text.dyn_into::<Text>().ok()) {
            let length = text.length();
            if left <= length {
                return Some((text, left));
            }
            left -= length;
            last = Some((text, length));
        }
        piece = span.next_sibling();
    }
    last
}

pub fn make(tag: &str, class: &str) -> Option<HtmlElement> {
    let element = browser::document().create_element(tag).ok()?.dyn_into::<HtmlElement>().ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    Some(element)
}

fn fill(element: &HtmlElement, text: &str, marks: &[Mark]) {
    element.set_text_content(None);
    if text.is_empty()
        && let Some(span) = make("span", "")
    {
        // Nothing to see, but a place where a caret can be.
        span.set_text_content(Some("\u{200B}"));
        let _ = element.append_child(&span);
    }
    for piece in pieces(text, marks) {
        if let Some(span) = make("span", &piece.class) {
            span.set_text_content(Some(&text[piece.range]));
            let _ = element.append_child(&span);
        }
    }
}

/// The number of a line and, where something was found, its sign.
fn number(place: &HtmlElement, index: usize, marks: &[Mark]) {
    place.set_text_content(Some(&(index + 1).to_string()));
    let Some(severity) = marks.iter().map(|mark| mark.severity).min() else {
        let _ = place.remove_attribute("data-severity");
        return;
    };
    let _ = place.set_attribute("data-severity", severity.word());
    let mends = marks.iter().any(|mark| mark.mends);
    let class = if mends { "row-mark mends" } else { "row-mark" };
    if let Some(sign) = make("span", class) {
        sign.set_text_content(Some(if severity == Severity::Hint { "i" } else { "!" }));
        let words: Vec<&str> = marks.iter().map(|mark| mark.message.as_str()).collect();
        sign.set_title(&words.join("\n"));
        let _ = place.append_child(&sign);
    }
}
