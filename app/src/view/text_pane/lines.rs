//! The text as the field shows it, and where carets and edits go when the board moves on underneath.
//!
//! Positions are UTF-16 code units, as the browser counts. Nothing here touches the page: a caret is a line and an
//! offset in it, changed lines carry it along by their splices, and an edit that was made on an older text is
//! brought to the present one without taking a character that the person did not see.

use crate::diff::TextSplice;
use board::command::Splice;
use board::{Board, Change, LineId};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// One line as shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub id: LineId,
    pub text: Rc<str>,
    pub length: u32,
    /// How many lines of the screen it takes; 0 until it was measured.
    pub tall: u16,
}

impl Row {
    fn new(id: LineId, text: &str) -> Row {
        Row { id, length: units(text), text: text.into(), tall: 0 }
    }
}

/// All lines as shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shown {
    pub rows: Vec<Row>,
}

/// A caret: a line, and how far into it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anchor {
    pub line: LineId,
    pub at: u32,
}

/// Which neighbour a caret stays with when something is inserted exactly where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Before,
    After,
}

impl Shown {
    pub fn read(board: &Board) -> Shown {
        let living =
            board.order.iter().filter_map(|id| board.line(id).map(|line| (id.clone(), line.text.as_str())));
        Shown::from_lines(living)
    }

    pub fn from_lines<'a>(lines: impl Iterator<Item = (LineId, &'a str)>) -> Shown {
        Shown { rows: lines.map(|(id, text)| Row::new(id, &visible(text))).collect() }
    }

    /// The same after these changes: lines that they do not touch are not looked at again.
    pub fn after(&self, changes: &[Change], board: &Board) -> Shown {
        let reshaped =
            |change: &Change| matches!(change, Change::Added(_) | Change::Removed(_) | Change::Moved(_));
        if changes.iter().any(reshaped) || self.rows.is_empty() {
            let known: HashMap<&LineId, &Row> = self.rows.iter().map(|row| (&row.id, row)).collect();
            let row = |id: &LineId| {
                let text = visible(&board.line(id)?.text);
                let known = known.get(id).filter(|row| *row.text == *text);
                Some(known.map_or_else(|| Row::new(id.clone(), &text), |row| (*row).clone()))
            };
            return Shown { rows: board.order.iter().filter_map(row).collect() };
        }
        let mut rows = self.rows.clone();
        for change in changes {
            if let Change::Text(id, _) = change
                && let (Some(index), Some(line)) = (self.index(id), board.line(id))
            {
                rows[index] = Row::new(id.clone(), &visible(&line.text));
            }
        }
        Shown { rows }
    }

    /// The same with the words that the field holds while it is ahead of the board; for drawing alone.
    pub fn ahead(&self, text: &str) -> Shown {
        let lines: Vec<&str> = text.split('\n').collect();
        let head = self.rows.iter().zip(&lines).take_while(|(row, line)| *row.text == ***line).count();
        let left = self.rows.len().min(lines.len()) - head;
        let tail = self.rows.iter().rev().zip(lines.iter().rev());
        let tail = tail.take(left).take_while(|(row, line)| *row.text == ***line).count();
        let middle = head..self.rows.len() - tail;
        let fresh = lines[head..lines.len() - tail].iter().enumerate().map(|(at, line)| {
            let known = self.rows[middle.clone()].get(at).map(|row| row.id.clone());
            Row::new(known.unwrap_or_else(|| LineId(format!("ahead {at}").into())), line)
        });
        let mut rows = self.rows[..head].to_vec();
        rows.extend(fresh);
        rows.extend_from_slice(&self.rows[self.rows.len() - tail..]);
        Shown { rows }
    }

    pub fn text(&self) -> String {
        let length = self.rows.iter().map(|row| row.text.len() + 1).sum();
        let mut text = String::with_capacity(length);
        for (at, row) in self.rows.iter().enumerate() {
            if at > 0 {
                text.push('\n');
            }
            text.push_str(&row.text);
        }
        text
    }

    pub fn index(&self, id: &LineId) -> Option<usize> {
        self.rows.iter().position(|row| row.id == *id)
    }

    /// Where the line at an index begins.
    pub fn start(&self, index: usize) -> u32 {
        self.rows.iter().take(index).map(|row| row.length + 1).sum()
    }

    /// The index of the line that a position is on, and how far into it.
    pub fn place(&self, position: u32) -> Option<(usize, u32)> {
        let mut rest = position;
        for (index, row) in self.rows.iter().enumerate() {
            if rest <= row.length {
                return Some((index, rest));
            }
            rest -= row.length + 1;
        }
        self.rows.last().map(|row| (self.rows.len() - 1, row.length))
    }

    pub fn anchor(&self, position: u32) -> Option<Anchor> {
        self.place(position).map(|(index, at)| Anchor { line: self.rows[index].id.clone(), at })
    }

    pub fn position(&self, anchor: &Anchor) -> Option<u32> {
        let index = self.index(&anchor.line)?;
        Some(self.start(index) + anchor.at.min(self.rows[index].length))
    }
}

/// A text area would turn a carriage return into a line end: it is shown as its symbol, which is as long.
fn visible(text: &str) -> Cow<'_, str> {
    if text.contains(['\r', '\n']) {
        return Cow::Owned(text.replace(['\r', '\n'], "\u{240D}"));
    }
    Cow::Borrowed(text)
}

pub fn units(text: &str) -> u32 {
    board::text::len(text)
}

/// Where a position in `old` is in `new`, after these changes.
pub fn follow(position: u32, side: Side, changes: &[Change], old: &Shown, new: &Shown) -> u32 {
    let Some(from) = old.anchor(position) else { return if old.rows.is_empty() { position } else { 0 } };
    let (anchor, lost) = carried(&from, side, changes, old);
    let lives = new.index(&anchor.line).is_some();
    let arrived = lost
        .filter(|lost| lost.whole_line != lives)
        .and_then(|lost| arrival(&lost, &from.line, changes, new));
    arrived
        .or(Some(anchor))
        .and_then(|anchor| new.position(&anchor))
        .unwrap_or_else(|| nearest(&from.line, old, new))
}

/// Words that the caret stood in and that left its line.
struct Lost {
    words: Vec<u16>,
    /// How far into them the caret stood.
    into: usize,
    whole_line: bool,
}

fn carried(from: &Anchor, side: Side, changes: &[Change], old: &Shown) -> (Anchor, Option<Lost>) {
    let text = old.index(&from.line).map_or("", |index| &*old.rows[index].text);
    let mut now: Vec<u16> = text.encode_utf16().collect();
    let (mut at, mut lost) = (from.at, None);
    for change in changes {
        match change {
            Change::Text(id, splices) if *id == from.line => {
                for splice in splices {
                    let end = (splice.at + splice.delete).min(now.len() as u32);
                    let start = splice.at.min(end);
                    if start < at && at <= end && end > start {
                        let words = now[start as usize..end as usize].to_vec();
                        lost = Some(Lost { words, into: (at - start) as usize, whole_line: false });
                    }
                    at = shifted(at, side, splice);
                    now.splice(start as usize..end as usize, splice.insert.encode_utf16());
                }
            }
            Change::Removed(id) if *id == from.line => {
                lost = Some(Lost { words: now.clone(), into: at as usize, whole_line: true });
            }
            _ => {}
        }
    }
    (Anchor { line: from.line.clone(), at }, lost)
}

fn shifted(at: u32, side: Side, splice: &Splice) -> u32 {
    let end = splice.at + splice.delete;
    let inserted = units(&splice.insert);
    if at < splice.at || (at == splice.at && side == Side::Before) {
        at
    } else if at >= end && (at > splice.at || side == Side::After) {
        at - splice.delete + inserted
    } else {
        splice.at
    }
}

/// A split or a join takes words from one line to another within the same changes; a caret in them goes along.
fn arrival(lost: &Lost, from: &LineId, changes: &[Change], new: &Shown) -> Option<Anchor> {
    if lost.words.is_empty() {
        return None;
    }
    changes.iter().find_map(|change| match change {
        Change::Added(id) if id != from => {
            let text: Vec<u16> = new.rows[new.index(id)?].text.encode_utf16().collect();
            let at = find(&text, &lost.words)?;
            Some(Anchor { line: id.clone(), at: (at + lost.into) as u32 })
        }
        Change::Text(id, splices) if id != from => splices.iter().find_map(|splice| {
            let insert: Vec<u16> = splice.insert.encode_utf16().collect();
            let at = splice.at as usize + find(&insert, &lost.words)?;
            Some(Anchor { line: id.clone(), at: (at + lost.into) as u32 })
        }),
        _ => None,
    })
}

fn find(text: &[u16], words: &[u16]) -> Option<usize> {
    text.windows(words.len()).position(|window| window == words)
}

/// The line is gone: the end of the line before it that is still there, else the start of the text.
fn nearest(line: &LineId, old: &Shown, new: &Shown) -> u32 {
    let before = old.index(line).unwrap_or(0);
    let kept = old.rows[..before.min(old.rows.len())].iter().rev().find_map(|row| new.index(&row.id));
    kept.map_or(0, |index| new.start(index) + new.rows[index].length)
}

/// An edit that was made on `old`, as edits of `new`: in an order in which one after the other can be carried out.
/// What others wrote inside a deleted stretch stays; lines that others moved keep their line ends.
pub fn rebase(edit: &TextSplice, changes: &[Change], old: &Shown, new: &Shown) -> Vec<TextSplice> {
    if changes.is_empty() || old.rows.is_empty() {
        return vec![edit.clone()];
    }
    let mut edits = Vec::new();
    let splices = splices_by_line(changes);
    let gone = edit.at..edit.at + edit.delete;
    let mut start = 0;
    for (index, row) in old.rows.iter().enumerate() {
        let end = start + row.length;
        let (from, to) = (gone.start.max(start), gone.end.min(end));
        if let Some(now) = new.index(&row.id) {
            let base = new.start(now);
            if from < to {
                let left =
                    surviving(from - start..to - start, splices.get(&row.id).map_or(&[], Vec::as_slice));
                edits.extend(left.into_iter().map(|range| cut(base + range.start, range.end - range.start)));
            }
            let next = old.rows.get(index + 1).and_then(|next| new.index(&next.id));
            if gone.contains(&end) && next == Some(now + 1) {
                edits.push(cut(base + new.rows[now].length, 1));
            }
        }
        start = end + 1;
    }
    edits.sort_by_key(|cut| std::cmp::Reverse(cut.at));
    if !edit.insert.is_empty() {
        let at = follow(edit.at, Side::Before, changes, old, new);
        let spot = edits.iter().position(|cut| cut.at < at).unwrap_or(edits.len());
        edits.insert(spot, TextSplice { at, delete: 0, insert: edit.insert.clone() });
    }
    edits
}

fn cut(at: u32, delete: u32) -> TextSplice {
    TextSplice { at, delete, insert: String::new() }
}

fn splices_by_line(changes: &[Change]) -> HashMap<LineId, Vec<&Splice>> {
    let mut by_line: HashMap<LineId, Vec<&Splice>> = HashMap::new();
    for change in changes {
        if let Change::Text(id, splices) = change {
            by_line.entry(id.clone()).or_default().extend(splices);
        }
    }
    by_line
}

/// What is left of a stretch of a line after these splices, without what they inserted into it.
fn surviving(range: Range<u32>, splices: &[&Splice]) -> Vec<Range<u32>> {
    let mut ranges = vec![range];
    for splice in splices {
        let (from, to) = (splice.at, splice.at + splice.delete);
        let grown = units(&splice.insert);
        let mut left = Vec::with_capacity(ranges.len() + 1);
        for range in ranges {
            let head = range.start..range.end.min(from);
            let tail = range.start.max(to)..range.end;
            if head.start < head.end {
                left.push(head);
            }
            if tail.start < tail.end {
                left.push(tail.start - splice.delete + grown..tail.end - splice.delete + grown);
            }
        }
        ranges = left;
    }
    ranges
}

/// Where the caret stands after an edit that was brought to the present text by `rebase`.
pub fn caret_after(edit: &TextSplice, caret: u32, edits: &[TextSplice], start: u32) -> u32 {
    let gone: u32 = edits.iter().filter(|cut| cut.at < start).map(|cut| cut.delete.min(start - cut.at)).sum();
    start - gone + caret.saturating_sub(edit.at)
}

/// Where the last of these changes ends: the place to look at after an undo.
pub fn last_touched(changes: &[Change], new: &Shown) -> Option<u32> {
    changes.iter().rev().find_map(|change| match change {
        Change::Text(id, splices) => {
            let last = splices.last()?;
            new.position(&Anchor { line: id.clone(), at: last.at + units(&last.insert) })
        }
        Change::Added(id) | Change::Moved(id) => {
            let index = new.index(id)?;
            Some(new.start(index) + new.rows[index].length)
        }
        _ => None,
    })
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
