//! Positions in a text as the browser and Yjs count them: UTF-16 code units.
//!
//! Invariant: nothing here panics on a position outside a text or inside a surrogate pair; it moves to the nearest
//! boundary before it.

use crate::command::Splice;
use crate::{Board, LineId};

/// How long a text is in UTF-16 code units.
pub fn len(text: &str) -> u32 {
    let units = match text.is_ascii() {
        true => text.len(),
        false => text.chars().map(char::len_utf16).sum(),
    };
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// The byte position of a UTF-16 position.
pub fn byte(text: &str, at: u32) -> usize {
    if text.is_ascii() {
        return text.len().min(at as usize);
    }
    let mut units = 0;
    for (byte, letter) in text.char_indices() {
        units += letter.len_utf16() as u32;
        if units > at {
            return byte;
        }
    }
    text.len()
}

/// The UTF-16 position of a byte position, which must be a character boundary.
pub fn unit(text: &str, byte: usize) -> u32 {
    text.get(..byte).map_or_else(|| len(text), len)
}

impl Splice {
    /// The same splice, cut down to what fits this text and to whole characters.
    pub fn clamped(&self, text: &str) -> Splice {
        let start = byte(text, self.at);
        let end = byte(text, self.at.saturating_add(self.delete)).max(start);
        let at = unit(text, start);
        Splice { at, delete: unit(text, end) - at, insert: crate::record::one_line(self.insert.clone()) }
    }

    /// The text after the splice; `None` where it does not fit.
    pub fn apply(&self, text: &str) -> Option<String> {
        let start = byte(text, self.at);
        let end = byte(text, self.at.checked_add(self.delete)?);
        if unit(text, start) != self.at || unit(text, end) != self.at + self.delete {
            return None;
        }
        Some([&text[..start], &self.insert, &text[end..]].concat())
    }

    /// The smallest single splice that leads from one text to the other.
    pub fn between(old: &str, new: &str) -> Splice {
        let head: usize =
            old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let (old_rest, new_rest) = (&old[head..], &new[head..]);
        let tail: usize = old_rest
            .chars()
            .rev()
            .zip(new_rest.chars().rev())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        Splice {
            at: len(&old[..head]),
            delete: len(&old_rest[..old_rest.len() - tail]),
            insert: new_rest[..new_rest.len() - tail].to_owned(),
        }
    }
}

/// A place in the whole text: a line (by its place in the order) and a position in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Spot {
    pub row: usize,
    pub at: u32,
}

/// Where a position of the joined text lies. A position past the end is the end; an empty board has no lines.
pub(crate) fn spot(board: &Board, offset: u32) -> Option<Spot> {
    let mut left = offset;
    let mut last = None;
    for (row, text) in board.texts().enumerate() {
        let length = len(text);
        if left <= length {
            return Some(Spot { row, at: left });
        }
        left -= length + 1;
        last = Some(Spot { row, at: length });
    }
    last
}

/// The position in the joined text of a position in a line.
pub fn offset(board: &Board, id: &LineId, at: u32) -> Option<u32> {
    let row = board.position(id)?;
    let before: u32 = board.texts().take(row).map(|text| len(text) + 1).sum();
    let length = len(&board.lines.get(id)?.text);
    Some(before + at.min(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_as_the_browser_counts() {
        assert_eq!(len("aä😀b"), 5);
        assert_eq!(byte("aä😀b", 2), 3);
        assert_eq!(byte("aä😀b", 4), 7);
        assert_eq!(byte("aä😀b", 99), 8);
    }

    #[test]
    fn a_position_inside_a_pair_moves_before_it() {
        assert_eq!(byte("a😀b", 2), 1);
        let splice = Splice { at: 2, delete: 1, insert: "x\ny".into() };
        let clamped = splice.clamped("a😀b");
        assert_eq!(clamped.apply("a😀b").as_deref(), Some("ax yb"));
    }

    #[test]
    fn the_difference_of_two_texts_leads_from_one_to_the_other() {
        for (old, new) in [("", "a"), ("aaa", "aa"), ("a😀c", "a😁c"), ("same", "same"), ("abcabc", "abc")]
        {
            let splice = Splice::between(old, new);
            assert_eq!(splice.apply(old).as_deref(), Some(new));
        }
    }
}
