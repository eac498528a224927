//! A whole new text: equal lines keep their records, then lines of equal name, then the rest, in order.

use super::arrange::{Piece, arrange};
use super::insert;
use crate::command::Splice;
use crate::{Author, Board, LineId, Plan};
use emd::Kind;
use std::collections::{HashMap, VecDeque};

pub(super) fn replace(board: &Board, text: &str, author: &mut Author<'_>) -> Plan {
    let new: Vec<String> = insert::lines(text).map(|line| crate::record::one_line(line.to_owned())).collect();
    let new: Vec<&str> = if text.is_empty() { Vec::new() } else { new.iter().map(String::as_str).collect() };
    let all = board.order.len();
    let old: Vec<&LineId> = board.order.iter().collect();
    let texts: Vec<&str> = board.texts().collect();
    let head = texts.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = texts.len().min(new.len()) - head;
    let tail = texts.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[head..all - tail], &new[head..new.len() - tail]);
    let mut found = equal_lines(board, old, new);
    claim(board, old, new, &mut found, |text| {
        let line = emd::line(text);
        (line.kind != Kind::Blank && !line.name.text.is_empty()).then(|| line.name.text.into_owned())
    });
    // The rest: line for line, so that a rewritten line keeps its place on the wall and its history.
    claim(board, old, new, &mut found, |text| {
        let kind = emd::line(text).kind;
        kind.is_on_wall().then(|| format!("{kind:?}"))
    });
    let pieces = found.into_iter().zip(new).map(|(found, text)| piece(board, found, text)).collect();
    arrange(board, head..all - tail, pieces, author)
}

fn piece(board: &Board, found: Option<&LineId>, text: &str) -> Piece {
    match found.and_then(|id| board.line(id).map(|line| (id, line))) {
        Some((id, line)) if line.text == text => Piece::Keep(id.clone()),
        Some((id, line)) => {
            let splice = Splice::between(&line.text, text);
            Piece::Edit(id.clone(), vec![splice], text.to_owned())
        }
        None => Piece::New(text.to_owned()),
    }
}

/// For each new line the old one with the same text, each old one used once, in order.
pub(super) fn equal_lines<'a>(board: &Board, old: &[&'a LineId], new: &[&str]) -> Vec<Option<&'a LineId>> {
    let mut found = vec![None; new.len()];
    claim(board, old, new, &mut found, |text| Some(text.to_owned()));
    found
}

/// Gives lines that are not found yet an old one of the same `feature`.
fn claim<'a>(
    board: &Board,
    old: &[&'a LineId],
    new: &[&str],
    found: &mut [Option<&'a LineId>],
    feature: impl Fn(&str) -> Option<String>,
) {
    let taken: std::collections::HashSet<&LineId> = found.iter().flatten().copied().collect();
    let mut free: HashMap<String, VecDeque<&'a LineId>> = HashMap::new();
    for &id in old.iter().filter(|id| !taken.contains(*id)) {
        if let Some(feature) = board.line(id).and_then(|line| feature(&line.text)) {
            free.entry(feature).or_default().push_back(id);
        }
    }
    for (found, text) in found.iter_mut().zip(new) {
        if found.is_none()
            && let Some(feature) = feature(text)
            && let Some(ids) = free.get_mut(&feature)
        {
            *found = ids.pop_front();
        }
    }
}
