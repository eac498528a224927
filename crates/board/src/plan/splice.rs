//! The text pane: one splice of the whole text as steps on lines.

use super::arrange::{Piece, arrange};
use super::{insert, reconcile, write};
use crate::command::Splice;
use crate::text::{self, Spot};
use crate::{Author, Board, LineId, Plan};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How long a line that left can return as itself.
const MEMORY: f64 = 120_000.0;

/// Lines that this person removed just now, by their text: pasted back, they are the same lines again.
pub(super) struct Returning<'a> {
    gone: HashMap<&'a str, Vec<&'a LineId>>,
}

impl<'a> Returning<'a> {
    pub fn new(board: &'a Board, author: &Author<'_>) -> Returning<'a> {
        // A line that others still hang something on would bring that along.
        let carries: HashSet<&LineId> = board
            .lines
            .values()
            .filter(|line| line.gone.is_none())
            .filter_map(|line| line.of.as_ref())
            .collect();
        let mut gone: HashMap<&str, Vec<&LineId>> = HashMap::new();
        for (id, line) in board.lines.iter().filter(|(id, _)| !carries.contains(id)) {
            let mine = line
                .gone
                .as_ref()
                .is_some_and(|gone| gone.who == *author.me && (author.now - gone.when).abs() <= MEMORY);
            if mine && !line.text.trim().is_empty() {
                gone.entry(&line.text).or_default().push(id);
            }
        }
        for ids in gone.values_mut() {
            ids.sort_by(|a, b| {
                crate::sequence::place(&board.lines, b).cmp(&crate::sequence::place(&board.lines, a))
            });
        }
        Returning { gone }
    }

    pub fn piece(&mut self, line: &str) -> Piece {
        match self.gone.get_mut(line).and_then(Vec::pop) {
            Some(id) => Piece::Return(id.clone()),
            None => Piece::New(crate::record::one_line(line.to_owned())),
        }
    }
}

pub(super) fn splice(board: &Board, at: u32, delete: u32, insert: &str, author: &mut Author<'_>) -> Plan {
    let lines: Vec<&str> = insert::lines(insert).collect();
    let (Some(from), Some(to)) = (text::spot(board, at), text::spot(board, at.saturating_add(delete))) else {
        // An empty board: everything is new.
        let mut returning = Returning::new(board, author);
        let pieces = lines.iter().map(|line| returning.piece(line)).collect();
        return if insert.is_empty() { Plan::default() } else { arrange(board, 0..0, pieces, author) };
    };
    if from.row == to.row && lines.len() == 1 {
        let splice = Splice { at: from.at, delete: to.at - from.at, insert: insert.to_owned() };
        return write::edit(board, &board.order[from.row], &[splice], author);
    }
    let pieces = pieces(board, from, to, &lines, author);
    arrange(board, from.row..to.row + 1, pieces, author)
}

/// The lines that the text from `from` to `to` comes to when `lines` take its place.
fn pieces(board: &Board, from: Spot, to: Spot, lines: &[&str], author: &Author<'_>) -> Vec<Piece> {
    let text = |row: usize| board.line(&board.order[row]).map_or("", |line| line.text.as_str());
    let (first, last) = (text(from.row), text(to.row));
    let cut = (text::byte(first, from.at), text::byte(last, to.at));
    let (head, tail) = (&first[..cut.0], &last[cut.1..]);
    let mut texts: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    if let Some(line) = texts.first_mut() {
        line.insert_str(0, head);
    }
    if let Some(line) = texts.last_mut() {
        line.push_str(tail);
    }
    // A line of which something stays keeps its record: the first one where its beginning stays, the last one
    // where its end does. Between them equal texts find their records again.
    let end = texts.len() - 1;
    let one_row = from.row == to.row;
    let blank = one_row && head.is_empty() && tail.is_empty();
    // Lines put before a blank line leave it where it is.
    let blank_stays = blank && end > 0 && texts[end].is_empty();
    let keeps_first = !head.is_empty() || (blank && !blank_stays);
    let keeps_last = blank_stays || (!tail.is_empty() && !(keeps_first && (one_row || end == 0)));
    let mut pieces: Vec<Option<Piece>> = texts.iter().map(|_| None).collect();
    if keeps_first {
        pieces[0] = Some(edited(board, from.row, &texts[0]));
    }
    if keeps_last {
        pieces[end] = Some(edited(board, to.row, &texts[end]));
    }
    let pool: Range<usize> = from.row + usize::from(keeps_first)..to.row + 1 - usize::from(keeps_last);
    fill(board, pool, &texts, &mut pieces, author);
    pieces.into_iter().flatten().collect()
}

/// The line of this row with this text.
fn edited(board: &Board, row: usize, text: &str) -> Piece {
    let id = board.order[row].clone();
    let old = board.line(&id).map_or("", |line| line.text.as_str());
    if old == text {
        return Piece::Keep(id);
    }
    let splice = Splice::between(old, text);
    Piece::Edit(id, vec![splice], text.to_owned())
}

/// Finds records for the texts that have none yet: among the rows that go, else among lines that left, else new.
fn fill(
    board: &Board,
    pool: Range<usize>,
    texts: &[String],
    pieces: &mut [Option<Piece>],
    author: &Author<'_>,
) {
    let open: Vec<usize> = (0..texts.len()).filter(|&at| pieces[at].is_none()).collect();
    let wanted: Vec<&str> = open.iter().map(|&at| texts[at].as_str()).collect();
    let ids: Vec<&LineId> =
        if pool.start < pool.end { board.order[pool].iter().collect() } else { Vec::new() };
    let found = reconcile::equal_lines(board, &ids, &wanted);
    let mut returning = Returning::new(board, author);
    // One line for several: the record goes to the first line that nobody claims.
    let spare = open.len() == 1 && !ids.is_empty();
    for (&at, found) in open.iter().zip(found) {
        pieces[at] = Some(match found {
            Some(id) => Piece::Keep(id.clone()),
            None if spare => {
                let old = board.line(ids[0]).map_or("", |line| line.text.as_str());
                Piece::Edit(ids[0].clone(), vec![Splice::between(old, &texts[at])], texts[at].clone())
            }
            None => returning.piece(&texts[at]),
        });
    }
}
