//! What somebody is looking for on the board, and where it was found. Written by the find bar alone, but for `turn`.

use board::LineId;
use std::collections::HashSet;
use std::sync::Arc;

#[derive(Clone, Default, PartialEq)]
pub struct Search {
    /// Kept when the bar is closed, so that the next look begins with it.
    pub query: String,
    /// The stickies that hold it; empty while the bar is closed.
    pub marks: Arc<HashSet<LineId>>,
    /// The one that is shown now.
    pub here: Option<LineId>,
    /// Keys outside of the bar turn it: forwards up, backwards down.
    pub turn: i32,
}

impl Search {
    /// The word for a sticky in the style sheets.
    pub fn mark(&self, line: &LineId) -> Option<&'static str> {
        let word = if self.here.as_ref() == Some(line) { "here" } else { "also" };
        self.marks.contains(line).then_some(word)
    }
}
