//! What keys do to whole lines: moved, copied, deleted, indented, commented out. Pure.
//!
//! Each is a few commands that make one undo step, and lines keep who they are: a moved line is the same line, an
//! indented one is typed into. An annotation goes where its sticky goes.

use super::lines::{Shown, Side};
use board::command::Splice;
use board::{At, Board, Command, LineId};
use emd::Kind;
use std::ops::RangeInclusive;

/// What is to be done, and where the caret belongs afterwards.
#[derive(Debug)]
pub struct Deed {
    pub commands: Vec<Command>,
    pub caret: Caret,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Caret {
    /// It stays with its words.
    Stays(Side),
    At(u32, u32),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Up,
    Down,
}

/// One step of indentation. LES trims spaces alone: a tab would become part of a name.
const INDENT: &str = "  ";

/// The text and what of it is selected.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub board: &'a Board,
    pub shown: &'a Shown,
    pub start: u32,
    pub end: u32,
}

impl Desk<'_> {
    /// The selected lines; one that is only touched by the end of the selection is not.
    fn lines(&self) -> Option<RangeInclusive<usize>> {
        let first = self.shown.place(self.start)?.0;
        let (last, at) = self.shown.place(self.end)?;
        Some(first..=if last > first && at == 0 { last - 1 } else { last })
    }

    fn id(&self, index: usize) -> Option<&LineId> {
        self.shown.rows.get(index).map(|row| &row.id)
    }

    fn owner(&self, index: usize) -> Option<&LineId> {
        let owner = self.board.line(self.id(index)?)?.of.as_ref()?;
        self.board.line(owner).filter(|line| line.gone.is_none()).map(|_| owner)
    }

    /// The last line of what belongs to the sticky at an index.
    fn group_end(&self, index: usize) -> usize {
        let sticky = self.owner(index).or(self.id(index));
        let belongs = |at: &usize| sticky.is_some() && self.owner(*at) == sticky;
        (index + 1..self.shown.rows.len()).take_while(belongs).last().unwrap_or(index)
    }

    fn group_start(&self, index: usize) -> usize {
        let owner = self.owner(index).and_then(|owner| self.shown.index(owner));
        owner.filter(|start| *start < index).unwrap_or(index)
    }

    /// The selected lines with what belongs to their stickies.
    fn block(&self) -> Option<RangeInclusive<usize>> {
        let lines = self.lines()?;
        let last = *lines.end();
        let sticky = self.owner(last).map_or(Some(last), |owner| self.shown.index(owner));
        let whole = sticky.is_some_and(|sticky| lines.contains(&sticky));
        Some(*lines.start()..=if whole { self.group_end(last) } else { last })
    }

    fn end_of(&self, index: usize) -> u32 {
        self.shown.start(index) + self.shown.rows.get(index).map_or(0, |row| row.length)
    }

    /// The block goes past its neighbour: a sticky past the next one and what belongs to that, an annotation past one
    /// line.
    pub fn move_lines(&self, way: Way) -> Option<Deed> {
        let block = self.block()?;
        let (first, last) = (*block.start(), *block.end());
        let parts_only = block.clone().all(|at| self.owner(at).is_some());
        let at = match way {
            Way::Down => {
                let next = last + 1;
                self.id(next)?;
                At::After(self.id(if parts_only { next } else { self.group_end(next) })?.clone())
            }
            Way::Up => {
                let before = first.checked_sub(1)?;
                At::Before(self.id(if parts_only { before } else { self.group_start(before) })?.clone())
            }
        };
        let lines = block.filter_map(|at| self.id(at).cloned()).collect();
        Some(Deed { commands: vec![Command::Move { lines, at }], caret: Caret::Stays(Side::Before) })
    }

    /// The block once more, below: the caret stays in the upper one or goes to the lower one.
    pub fn copy_lines(&self, way: Way) -> Option<Deed> {
        let block = self.block()?;
        let (from, end) = (self.shown.start(*block.start()), self.end_of(*block.end()));
        let words = self.shown.rows.get(block)?.iter().fold(String::new(), |mut words, row| {
            words.push('\n');
            words.push_str(&row.text);
            words
        });
        let by = if way == Way::Down { end + 1 - from } else { 0 };
        Some(Deed {
            commands: vec![Command::Splice { at: end, delete: 0, insert: words }],
            caret: Caret::At(self.start + by, self.end + by),
        })
    }

    pub fn delete_lines(&self) -> Option<Deed> {
        let lines = self.lines()?;
        let (first, last) = (*lines.start(), *lines.end());
        let next = last + 1 < self.shown.rows.len();
        let from = self.shown.start(first);
        let (at, end) = match next {
            true => (from, self.shown.start(last + 1)),
            false => (from.saturating_sub(1), self.end_of(last)),
        };
        let column = self.shown.place(self.end)?.1;
        let caret = match (next, first.checked_sub(1)) {
            (true, _) => from + column.min(self.shown.rows.get(last + 1)?.length),
            (false, Some(before)) => {
                self.shown.start(before) + column.min(self.shown.rows.get(before)?.length)
            }
            (false, None) => 0,
        };
        let splice = Command::Splice { at, delete: end - at, insert: String::new() };
        Some(Deed { commands: vec![splice], caret: Caret::At(caret, caret) })
    }

    /// An empty line below or above, with the caret in it.
    pub fn open_line(&self, way: Way) -> Option<Deed> {
        let index = self.shown.place(self.end)?.0;
        let at = if way == Way::Down { self.end_of(index) } else { self.shown.start(index) };
        let caret = if way == Way::Down { at + 1 } else { at };
        let splice = Command::Splice { at, delete: 0, insert: "\n".to_owned() };
        Some(Deed { commands: vec![splice], caret: Caret::At(caret, caret) })
    }

    /// Further in. A line to which spaces in front would give another meaning stays as it is: what starts with `//`.
    pub fn indent(&self) -> Option<Deed> {
        self.each(|text| {
            let indented = format!("{INDENT}{text}");
            let (old, new) = (emd::line(text), emd::line(&indented));
            let same = old.kind == new.kind && old.name.text == new.name.text && old.kind != Kind::Blank;
            same.then(|| put(0, 0, INDENT))
        })
    }

    pub fn outdent(&self) -> Option<Deed> {
        self.each(|text| {
            let spaces = text.bytes().take_while(|byte| *byte == b' ').take(INDENT.len()).count();
            let lead = if text.starts_with('\t') { 1 } else { spaces };
            (lead > 0).then(|| put(0, lead as u32, ""))
        })
    }

    /// Lines become notes; where all are notes already, they become what they say.
    pub fn comment(&self) -> Option<Deed> {
        let lines = self.lines()?;
        let texts = lines.filter_map(|at| self.shown.rows.get(at)).map(|row| &*row.text);
        if texts.filter(|text| !text.trim().is_empty()).all(is_comment) {
            return self.each(|text| {
                let lead = if text.starts_with("// ") { 3 } else { 2 };
                text.starts_with("//").then(|| put(0, lead, ""))
            });
        }
        self.each(|text| {
            // Some words would become something of ours behind `// `.
            let lead = if is_comment(&format!("// {text}")) { "// " } else { "//" };
            (!text.trim().is_empty()).then(|| put(0, 0, lead))
        })
    }

    fn each(&self, edit: impl Fn(&str) -> Option<Splice>) -> Option<Deed> {
        let rows = self.shown.rows.get(self.lines()?)?.iter();
        let typed = rows
            .filter_map(|row| Some(Command::Type { line: row.id.clone(), splices: vec![edit(&row.text)?] }));
        Some(Deed { commands: typed.collect(), caret: Caret::Stays(Side::After) })
    }

    /// Where Home leads: to the first word, and from there to the start of the line. `None` where both are one, and
    /// the browser's own Home does better in a line that wraps.
    pub fn home(&self, caret: u32) -> Option<u32> {
        let (index, at) = self.shown.place(caret)?;
        let text = &self.shown.rows.get(index)?.text;
        let lead = text.chars().take_while(|letter| *letter == ' ' || *letter == '\t').count() as u32;
        let start = self.shown.start(index);
        (lead > 0).then(|| if at == lead { start } else { start + lead })
    }
}

fn is_comment(text: &str) -> bool {
    text.starts_with("//") && matches!(emd::line(text).kind, Kind::Note | Kind::Caret)
}

fn put(at: u32, delete: u32, insert: &str) -> Splice {
    Splice { at, delete, insert: insert.to_owned() }
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;
