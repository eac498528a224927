//! The engine: puts pieces in the place of a range of lines and works out which keys and owners must change.
//!
//! Invariants: afterwards the text in the range reads exactly as the pieces do; lines that keep their neighbours
//! keep their keys; an annotation belongs to the sticky line before it, and so does everything between the two.

use super::fresh_word;
use crate::command::Splice;
use crate::{Author, Board, Line, LineId, Op, PersonId, Plan, layout, order, sequence};
use emd::Kind;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A line of the text to come.
pub(super) enum Piece {
    /// A line that is there and stays where it is among its neighbours.
    Keep(LineId),
    /// A line that is there, with another text.
    Edit(LineId, Vec<Splice>, String),
    /// A line that goes to another place.
    Move(LineId),
    /// A line that was gone and returns here.
    Return(LineId),
    New(String),
}

struct Row<'a> {
    id: LineId,
    kind: Kind,
    /// The record as it is; `None` for a new line.
    old: Option<&'a Line>,
    piece: Piece,
    /// What its record is to say about its owner.
    owner: Option<LineId>,
    /// Whether it stands with that owner (an owner may be missing).
    member: bool,
    /// A key to be written; `None` keeps the one it has.
    key: Option<String>,
}

impl Row<'_> {
    /// What it will say.
    fn text(&self) -> &str {
        match &self.piece {
            Piece::New(text) | Piece::Edit(_, _, text) => text,
            _ => self.old.map_or("", |line| line.text.as_str()),
        }
    }

    fn stays(&self) -> bool {
        matches!(self.piece, Piece::Keep(_) | Piece::Edit(..) | Piece::Return(_))
    }

    /// Whether it needs a place on a free wall: it is new, went elsewhere, or only now becomes a sticky.
    fn is_homeless(&self) -> bool {
        match &self.piece {
            // A locked sticky stays where it is on the wall, wherever it goes in the text.
            Piece::Move(_) if self.old.is_some_and(|line| line.locked && line.pos.is_some()) => false,
            Piece::New(_) => true,
            Piece::Move(_) | Piece::Return(_) if self.key.is_some() => true,
            _ => self.old.is_some_and(|line| line.pos.is_none() && !line.kind.is_on_wall()),
        }
    }
}

/// No key fits between the range and the line after it.
struct NoRoom;

/// Puts `pieces` in the place of the lines in `range` (rows of the text order).
pub(super) fn arrange(
    board: &Board,
    range: Range<usize>,
    pieces: Vec<Piece>,
    author: &mut Author<'_>,
) -> Plan {
    let mut rows = Vec::new();
    let start = context_before(board, range.start);
    let mut end = context_after(board, range.end);
    let kept = |range: Range<usize>| board.order[range].iter().cloned().map(Piece::Keep);
    let inner = pieces.len();
    let before = range.start - start;
    for piece in kept(start..range.start).chain(pieces).chain(kept(range.end..end)) {
        rows.push(row(board, piece, author));
    }
    let bound = |row: usize| board.order.get(row).and_then(|id| ord(board, id));
    let low = start.checked_sub(1).and_then(bound);
    loop {
        settle_owners(board, &mut rows);
        let high = bound(end);
        if settle_keys(&mut rows, low, high, author).is_ok() {
            break;
        }
        // The next line has a key with no room before it: take it, and what belongs to it, into the range.
        let next = context_after(board, end + 1);
        for piece in kept(end..next) {
            rows.push(row(board, piece, author));
        }
        end = next;
    }
    let leaving = leaving(board, range, &rows, author.now);
    let touched = rows[before..before + inner]
        .iter()
        .filter(|row| !matches!(row.piece, Piece::Keep(_)))
        .map(|row| row.id.clone())
        .collect();
    let mut ops = leaving;
    write(board, rows, author.me, &mut ops);
    Plan { ops, touched }
}

fn ord<'a>(board: &'a Board, id: &'a LineId) -> Option<&'a str> {
    board.line(board.root(id))?.ord.as_deref()
}

/// From the sticky line before on: it may become an owner. Lines without a key are taken along, to be given one.
fn context_before(board: &Board, mut row: usize) -> usize {
    while row > 0 {
        row -= 1;
        let id = &board.order[row];
        let is_sticky = board.line(id).is_some_and(|line| line.kind.is_on_wall());
        if is_sticky && board.root(id) == id && ord(board, id).is_some() {
            break;
        }
    }
    row
}

/// Up to the end of the group: what belongs to a line in the range may get another owner.
fn context_after(board: &Board, mut row: usize) -> usize {
    while board.order.get(row).is_some_and(|id| board.root(id) != id) {
        row += 1;
    }
    row.min(board.order.len())
}

fn row<'a>(board: &'a Board, piece: Piece, author: &mut Author<'_>) -> Row<'a> {
    let (id, kind) = match &piece {
        Piece::Keep(id) | Piece::Move(id) | Piece::Return(id) => {
            let kind = board.line(id).map_or(Kind::Blank, |line| line.kind);
            (id.clone(), kind)
        }
        Piece::Edit(id, _, text) => (id.clone(), emd::line(text).kind),
        Piece::New(text) => (fresh_id(board, author), emd::line(text).kind),
    };
    Row { old: board.lines.get(&id), id, kind, piece, owner: None, member: false, key: None }
}

fn fresh_id(board: &Board, author: &mut Author<'_>) -> LineId {
    loop {
        let id = LineId(fresh_word(author).into());
        if !board.lines.contains_key(&id) {
            return id;
        }
    }
}

/// Each stretch from a sticky to its last annotation (or to the last line that already belongs to it) is a group.
fn settle_owners(board: &Board, rows: &mut [Row<'_>]) {
    let mut start = 0;
    while start < rows.len() {
        let end = (start + 1..rows.len()).find(|&at| rows[at].kind.is_on_wall()).unwrap_or(rows.len());
        let owner = rows[start].kind.is_on_wall().then(|| rows[start].id.clone());
        let belongs = |row: &Row<'_>| {
            let own = row.old.and_then(|line| line.of.as_ref());
            row.kind.is_part() || (own.is_some() && own == owner.as_ref())
        };
        let last = (start..end).rev().find(|&at| belongs(&rows[at])).unwrap_or(start);
        for (at, row) in rows.iter_mut().enumerate().take(end).skip(start) {
            row.member = owner.is_some() && at > start && at <= last;
            row.owner = owner.clone().filter(|_| row.member);
            if !row.member && !is_member(board, row) {
                // An owner that does not exist changes nothing: leave the record alone.
                row.owner = row.old.and_then(|line| line.of.clone());
            }
        }
        start = end;
    }
}

fn is_member(board: &Board, row: &Row<'_>) -> bool {
    row.old.is_some() && sequence::root(&board.lines, &row.id) != &row.id
}

fn settle_keys(
    rows: &mut [Row<'_>],
    low: Option<&str>,
    high: Option<&str>,
    author: &mut Author<'_>,
) -> Result<(), NoRoom> {
    let mut roots = Vec::new();
    let mut groups: HashMap<LineId, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter_mut().enumerate() {
        row.key = None;
        match row.owner.as_ref().filter(|_| row.member) {
            Some(owner) => groups.entry(owner.clone()).or_default().push(at),
            None => roots.push(at),
        }
    }
    number(rows, &roots, low, high, author)?;
    for members in groups.values() {
        number(rows, members, None, None, author)?;
    }
    Ok(())
}

/// Gives keys to those of `at` (rows in order) that need one, so that all of them are in order.
fn number(
    rows: &mut [Row<'_>],
    at: &[usize],
    low: Option<&str>,
    high: Option<&str>,
    author: &mut Author<'_>,
) -> Result<(), NoRoom> {
    let kept = longest_in_order(rows, at, low, high);
    let mut next = 0;
    let mut before: Option<(String, PersonId)> = None;
    while next < at.len() {
        if kept[next] {
            before = rows[at[next]].old.and_then(|line| Some((line.ord.clone()?, line.by.clone())));
            next += 1;
            continue;
        }
        let first = next;
        // Where nothing fits before the next line that keeps its key, that line gets a new one as well.
        let keys = loop {
            while next < at.len() && !kept[next] {
                next += 1;
            }
            let above = at.get(next).and_then(|&at| rows[at].old?.ord.as_deref());
            let above = if next < at.len() { above } else { high };
            let grow = before.as_ref().is_some_and(|(_, by)| by == author.me);
            let below = before.as_ref().map(|(key, _)| key.as_str()).or(low);
            match order::run(below, above, next - first, grow, author.random) {
                Some(keys) => break keys,
                None if next < at.len() => next += 1,
                None => return Err(NoRoom),
            }
        };
        before = keys.last().map(|key| (key.clone(), author.me.clone()));
        for (&at, key) in at[first..next].iter().zip(keys) {
            rows[at].key = Some(key);
        }
    }
    Ok(())
}

/// Which rows can keep their keys: as many as are in order.
fn longest_in_order(rows: &[Row<'_>], at: &[usize], low: Option<&str>, high: Option<&str>) -> Vec<bool> {
    let key = |at: usize| {
        let row = &rows[at];
        let line = row.old.filter(|line| row.stays() && line.of == row.owner)?;
        let ord = line.ord.as_deref()?;
        // A line that was gone may have the very key that somebody else got meanwhile.
        let back = matches!(row.piece, Piece::Return(_));
        let above = |low: &str| low < ord || (low == ord && !back);
        let below = |high: &str| ord < high || (ord == high && !back);
        let fits = low.is_none_or(above) && high.is_none_or(below);
        fits.then_some((ord, &row.id))
    };
    // The lowest end of a chain of each length, and the row before each row in its chain.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![None; at.len()];
    for here in 0..at.len() {
        let Some(mine) = key(at[here]) else {
            continue;
        };
        let length = ends.partition_point(|&end| key(at[end]).is_some_and(|other| other < mine));
        previous[here] = length.checked_sub(1).map(|shorter| ends[shorter]);
        ends.truncate(ends.len().max(length));
        match ends.get_mut(length) {
            Some(end) => *end = here,
            None => ends.push(here),
        }
    }
    let mut kept = vec![false; at.len()];
    let mut here = ends.last().copied();
    while let Some(at) = here {
        kept[at] = true;
        here = previous[at];
    }
    kept
}

/// The lines of the range that are in no piece.
fn leaving(board: &Board, range: Range<usize>, rows: &[Row<'_>], when: f64) -> Vec<Op> {
    let staying: HashSet<&LineId> = rows.iter().map(|row| &row.id).collect();
    board.order[range]
        .iter()
        .filter(|id| !staying.contains(id))
        .map(|id| Op::Remove { id: id.clone(), when })
        .collect()
}

fn write(board: &Board, rows: Vec<Row<'_>>, me: &PersonId, ops: &mut Vec<Op>) {
    let places = layout::places_for(
        board,
        rows.iter().map(|row| layout::Candidate {
            id: &row.id,
            kind: row.kind,
            text: row.text(),
            homeless: row.is_homeless(),
        }),
    );
    for row in rows {
        let Row { id, old, piece, owner, key, .. } = row;
        let pos = places.get(&id).copied();
        let Some(old) = old else {
            if let Piece::New(text) = piece {
                let line = Line { ord: key, of: owner, pos, by: me.clone(), ..Line::new(text) };
                ops.push(Op::Create { id, line });
            }
            continue;
        };
        match piece {
            Piece::Edit(_, splices, _) => {
                ops.extend(splices.into_iter().map(|splice| Op::Splice { id: id.clone(), splice }))
            }
            Piece::Return(_) => ops.push(Op::Restore { id: id.clone() }),
            _ => {}
        }
        if let Some(ord) = key {
            ops.push(Op::SetOrd { id: id.clone(), ord });
        }
        if old.of != owner {
            ops.push(Op::SetOf { id: id.clone(), of: owner });
        }
        if let Some(pos) = pos {
            ops.push(Op::SetPos { id, pos: Some(pos) });
        }
    }
}
