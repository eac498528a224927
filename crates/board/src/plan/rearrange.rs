//! Moving lines as a block.

use super::arrange::{Piece, arrange};
use super::insert::row_at;
use crate::{At, Author, Board, LineId, Plan};
use std::collections::HashSet;

pub(super) fn move_lines(board: &Board, lines: &[LineId], at: &At, author: &mut Author<'_>) -> Plan {
    let Some(target) = row_at(board, at) else {
        return Plan::default();
    };
    let wanted: HashSet<&LineId> = lines.iter().collect();
    let moves = |row: usize| {
        let id = &board.order[row];
        wanted.contains(id) || wanted.contains(board.root(id))
    };
    let rows: Vec<usize> = (0..board.order.len()).filter(|&row| moves(row)).collect();
    let (Some(&first), Some(&last)) = (rows.first(), rows.last()) else {
        return Plan::default();
    };
    let range = first.min(target)..(last + 1).max(target);
    let block = || rows.iter().map(|&row| Piece::Move(board.order[row].clone()));
    let stays = |range: std::ops::Range<usize>| {
        range.filter(|&row| !moves(row)).map(|row| Piece::Keep(board.order[row].clone()))
    };
    if rows.len() == last + 1 - first && (first..=last + 1).contains(&target) {
        return Plan::default();
    }
    let pieces = stays(range.start..target).chain(block()).chain(stays(target..range.end)).collect();
    arrange(board, range, pieces, author)
}
