//! Writing in one line: typing and changing the kind.

use super::arrange::{Piece, arrange};
use crate::command::Splice;
use crate::{Author, Board, LineId, Op, Plan};
use emd::Kind;

/// What a line is for the order of lines; only a change of this moves anything.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Role {
    Sticky,
    Annotation,
    Other,
}

fn role(kind: Kind) -> Role {
    match kind {
        Kind::Annotation(_) => Role::Annotation,
        kind if kind.is_sticky() => Role::Sticky,
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

pub(super) fn set_kind(board: &Board, lines: &[LineId], kind: Kind, author: &mut Author<'_>) -> Plan {
    let mut plan = Plan::default();
    for id in lines {
        let Some(line) = board.line(id) else {
            continue;
        };
        if line.kind == kind || board.position(id).is_none() {
            continue;
        }
        let text = crate::record::one_line(emd::edit::set_kind(&line.text, kind));
        if text == line.text {
            continue;
        }
        let splice = Splice::between(&line.text, &text);
        let edited = edit(board, id, &[splice], author);
        plan.ops.extend(edited.ops);
        plan.touched.push(id.clone());
    }
    plan
}
