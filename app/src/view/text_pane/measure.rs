//! How many lines of the screen each line takes, as the browser breaks it.
//!
//! A line of plain letters that fits is known to take one. The others are measured together, in one hidden stack with
//! the styles of the drawn lines, and each only once: the answer stays with the line until its words or the width of
//! the pane change.

use super::lines::Shown;
use super::rows::make;
use web_sys::HtmlElement;

/// The measures of the text as it is set now, in pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Measure {
    /// The height of a line.
    pub line: f64,
    /// The width of a letter, and of the room for letters.
    letter: f64,
    room: f64,
}

impl Default for Measure {
    fn default() -> Self {
        Measure { line: 21.0, letter: 0.0, room: 0.0 }
    }
}

const LETTERS: usize = 50;

impl Measure {
    /// Reads the measures off the page; `None` while the pane is not laid out.
    pub fn read(stack: &HtmlElement) -> Option<Measure> {
        stack.set_text_content(None);
        let (row, ruler) = (make("div", "row")?, make("span", "")?);
        let room = make("div", "")?;
        ruler.set_text_content(Some(&"x".repeat(LETTERS)));
        let _ = ruler.style().set_property("white-space", "pre");
        let _ = (row.append_child(&room), room.append_child(&ruler), stack.append_child(&row));
        let (letters, row) = (ruler.get_bounding_client_rect(), row.get_bounding_client_rect());
        let room = room.get_bounding_client_rect().width();
        let line = row.height();
        stack.set_text_content(None);
        (line > 0.0 && room > 0.0).then_some(Measure { line, letter: letters.width() / LETTERS as f64, room })
    }

    fn fits(&self, text: &str) -> bool {
        let plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        plain && text.len() as f64 * self.letter <= self.room
    }

    /// Measures what was not measured yet.
    pub fn fill(&self, stack: &HtmlElement, shown: &mut Shown) {
        let mut open = Vec::new();
        for (index, row) in shown.rows.iter_mut().enumerate().filter(|(_, row)| row.tall == 0) {
            if self.fits(&row.text) {
                row.tall = 1;
            } else if let Some(element) = make("div", "row") {
                element.set_text_content(Some(&row.text));
                let _ = stack.append_child(&element);
                open.push((index, element));
            }
        }
        for (index, element) in &open {
            let lines = (element.get_bounding_client_rect().height() / self.line).round();
            shown.rows[*index].tall = lines.clamp(1.0, f64::from(u16::MAX)) as u16;
        }
        if !open.is_empty() {
            stack.set_text_content(None);
        }
    }
}
