//! Writing in one line: typing and changing the kind.

use super::arrange::{Piece, arrange};
use crate::command::Splice;
use crate::{Author, Board, LineId, Op, Plan};
use emd::Kind;
use std::collections::BTreeMap;

/// What a line is for the order of lines; only a change of this moves anything.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Role {
    Sticky,
    Annotation,
    Other,
}

fn role(kind: Kind) -> Role {
    match kind {
        kind if kind.is_part() => Role::Annotation,
        kind if kind.is_on_wall() => Role::Sticky,
        _ => Role::Other,
    }
}

pub(super) fn edit(board: &Board, id: &LineId, splices: &[Splice], author: &mut Author<'_>) -> Plan {
    let (Some(line), Some(row)) = (board.line(id), board.position(id)) else {
        return Plan::default();
    };
    let mut text = line.text.clone();
    let mut fitting = Vec::new();
    for splice in splices {
        let splice = splice.clamped(&text);
        text = splice.apply(&text).unwrap_or(text);
        fitting.push(splice);
    }
    if role(line.kind) == role(emd::line(&text).kind) {
        let ops = fitting.into_iter().map(|splice| Op::Splice { id: id.clone(), splice });
        return Plan { ops: ops.collect(), touched: vec![id.clone()] };
    }
    arrange(board, row..row + 1, vec![Piece::Edit(id.clone(), fitting, text)], author)
}

pub(super) fn set_properties(
    board: &Board,
    id: &LineId,
    properties: &[String],
    author: &mut Author<'_>,
) -> Plan {
    let Some(line) = board.line(id) else {
        return Plan::default();
    };
    let properties: Vec<&str> = properties.iter().map(String::as_str).collect();
    let text = crate::record::one_line(emd::edit::set_properties(&line.text, &properties));
    if text == line.text {
        return Plan::default();
    }
    edit(board, id, &[Splice::between(&line.text, &text)], author)
}

pub(super) fn set_kind(board: &Board, lines: &[LineId], kind: Kind, author: &mut Author<'_>) -> Plan {
    let mut edits: BTreeMap<usize, (Splice, String)> = BTreeMap::new();
    let mut same_roles = true;
    for id in lines {
        let (Some(line), Some(row)) = (board.line(id), board.position(id)) else {
            continue;
        };
        let text = crate::record::one_line(emd::edit::set_kind(&line.text, kind));
        if line.kind != kind && text != line.text {
            same_roles &= role(line.kind) == role(emd::line(&text).kind);
            edits.insert(row, (Splice::between(&line.text, &text), text));
        }
    }
    let (Some(&first), Some(&last)) = (edits.keys().next(), edits.keys().last()) else {
        return Plan::default();
    };
    let touched = edits.keys().map(|&row| board.order[row].clone()).collect();
    if same_roles {
        let splice = |(row, (splice, _)): (usize, (Splice, String))| Op::Splice {
            id: board.order[row].clone(),
            splice,
        };
        let ops = edits.into_iter().map(splice).collect();
        return Plan { ops, touched };
    }
    // Owners change too: the whole stretch is arranged at once.
    let piece = |row: usize| {
        let id = board.order[row].clone();
        match edits.remove(&row) {
            Some((splice, text)) => Piece::Edit(id, vec![splice], text),
            None => Piece::Keep(id),
        }
    };
    let pieces = (first..=last).map(piece).collect();
    Plan { touched, ..arrange(board, first..last + 1, pieces, author) }
}
