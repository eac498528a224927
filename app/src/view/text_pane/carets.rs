//! The carets and selections of the others, in the text.
//!
//! A caret is told as a line and a place in it. Until its owner tells anew it moves along with what is written in that
//! line, and one that has long stood still is not shown: its owner looks elsewhere.

use super::lines::Shown;
use super::rows::{Rows, make};
use crate::people::{Peer, safe_colour};
use crate::presence::Caret;
use board::{Change, LineId};
use std::collections::HashMap;
use web_sys::HtmlElement;

/// How long a caret shows its name, and shows at all, after it moved; in milliseconds.
const NAMED: f64 = 4_000.0;
const SHOWN: f64 = 45_000.0;

struct Guest {
    told: Caret,
    now: Caret,
    name: String,
    colour: String,
    moved: f64,
}

#[derive(Default)]
pub struct Carets {
    all: HashMap<u64, Guest>,
    drawn: bool,
}

impl Carets {
    /// What the others say of themselves.
    pub fn hear(&mut self, peers: &[Peer], now: f64) {
        let mut before = std::mem::take(&mut self.all);
        for peer in peers {
            let Some(told) = &peer.presence.caret else { continue };
            let known = before.remove(&peer.client).filter(|guest| guest.told == *told);
            let (place, moved) = known.map_or((told.clone(), now), |guest| (guest.now, guest.moved));
            let guest = Guest {
                told: told.clone(),
                now: place,
                name: peer.presence.name.clone(),
                colour: safe_colour(&peer.presence.colour).to_owned(),
                moved,
            };
            self.all.insert(peer.client, guest);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && !self.drawn
    }

    /// Carets go along with the words they stand between.
    pub fn follow(&mut self, changes: &[Change]) {
        for guest in self.all.values_mut() {
            carry(&guest.now.line.clone(), &mut guest.now.at, changes);
            if let Some((line, at)) = &mut guest.now.from {
                carry(&line.clone(), at, changes);
            }
        }
    }

    /// Draws what is in view; after how many milliseconds to look again.
    pub fn draw(&mut self, place: &HtmlElement, rows: &Rows, shown: &Shown, now: f64) -> Option<u32> {
        place.set_text_content(None);
        self.drawn = !self.all.is_empty();
        let mut next = f64::INFINITY;
        for guest in self.all.values() {
            let still = now - guest.moved;
            if still >= SHOWN {
                continue;
            }
            next = next.min(if still < NAMED { NAMED - still } else { SHOWN - still });
            guest.draw(place, rows, shown, still < NAMED);
        }
        next.is_finite().then(|| next.ceil() as u32 + 20)
    }
}

impl Guest {
    fn draw(&self, place: &HtmlElement, rows: &Rows, shown: &Shown, named: bool) {
        for (left, top, width, height) in self.selected(rows, shown) {
            if let Some(mark) = make("div", "guest-selection") {
                let style = format!(
                    "left:{left}px;top:{top}px;width:{width}px;height:{height}px;--peer:{}",
                    self.colour
                );
                let _ = (mark.set_attribute("style", &style), place.append_child(&mark));
            }
        }
        let Some((left, top)) = rows.spot(&self.now.line, self.now.at) else { return };
        let Some(mark) = make("div", if named { "guest-caret named" } else { "guest-caret" }) else { return };
        let style = format!("left:{left}px;top:{top}px;--peer:{}", self.colour);
        let _ = (mark.set_attribute("style", &style), mark.set_attribute("data-name", &self.name));
        if let Some(flag) = make("span", "guest-name") {
            flag.set_text_content(Some(&self.name));
            let _ = mark.append_child(&flag);
        }
        let _ = place.append_child(&mark);
    }

    fn selected(&self, rows: &Rows, shown: &Shown) -> Vec<(f64, f64, f64, f64)> {
        let caret = (self.now.line.clone(), self.now.at);
        self.now.from.as_ref().map_or(Vec::new(), |from| rows.stretch(shown, from, &caret))
    }
}

fn carry(line: &LineId, at: &mut u32, changes: &[Change]) {
    for change in changes {
        let Change::Text(id, splices) = change else { continue };
        for splice in splices.iter().filter(|_| id == line) {
            let end = splice.at + splice.delete;
            if *at >= end && *at > splice.at {
                *at = *at - splice.delete + board::text::len(&splice.insert);
            } else if *at > splice.at {
                *at = splice.at;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Presence;
    use board::command::Splice;

    fn guest(at: u32) -> Peer {
        let caret = Some(Caret { line: LineId("a".into()), at, from: None });
        Peer { client: 1, presence: Presence { caret, ..Presence::default() } }
    }

    fn typed(at: u32, insert: &str) -> [Change; 1] {
        [Change::Text(LineId("a".into()), vec![Splice { at, delete: 0, insert: insert.into() }])]
    }

    #[test]
    fn a_caret_goes_along_until_its_owner_tells_anew() {
        let mut carets = Carets::default();
        carets.hear(&[guest(5)], 0.0);
        carets.follow(&typed(2, "xy"));
        carets.hear(&[guest(5)], 100.0);
        assert_eq!(carets.all.get(&1).map(|guest| (guest.now.at, guest.moved)), Some((7, 0.0)));
        carets.hear(&[guest(6)], 200.0);
        assert_eq!(carets.all.get(&1).map(|guest| (guest.now.at, guest.moved)), Some((6, 200.0)));
    }

    #[test]
    fn words_typed_at_a_caret_stay_behind_it() {
        let mut carets = Carets::default();
        carets.hear(&[guest(5)], 0.0);
        carets.follow(&typed(5, "xy"));
        assert_eq!(carets.all.get(&1).map(|guest| guest.now.at), Some(5));
    }
}
