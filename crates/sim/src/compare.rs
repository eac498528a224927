//! Two runs side by side: as far as their logs are the same, what happened in only one of them, and where their read
//! models differ.
//!
//! Invariants: a run and its copy do not differ; what is only on the left here is only on the right the other way
//! round. Where events stand and when they happened does not count: a what-if run is later than what it is held
//! against. Lists are cut where nobody reads on.

use crate::log::Recorded;
use crate::run::Run;
use crate::views::View;
use foldhash::fast::FixedState;
use protocol::Position;
use protocol::insight::Comparison;
use protocol::log::Entry;
use protocol::table::{Query, Row, Table};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher};

const MAX_ENTRIES: usize = 500;
const MAX_CELLS: usize = 500;
/// Rows are asked for in pages of so many.
const ROWS: usize = 1_000;

pub fn compare(left: &Run, right: &Run) -> Comparison {
    let common = common(left, right);
    Comparison {
        common,
        only_left: only(left, right, common),
        only_right: only(right, left, common),
        cells: cells(left, right),
    }
}

/// The last position up to which both logs are the same.
fn common(left: &Run, right: &Run) -> Position {
    let pairs = left.system().log().after(0).zip(right.system().log().after(0));
    let same = pairs
        .take_while(|(left, right)| left.is_skipped() == right.is_skipped() && print(left) == print(right));
    same.count() as Position
}

/// What happened in a run after a position that did not happen in the other; what is skipped did not happen.
fn only(run: &Run, other: &Run, after: Position) -> Vec<Entry> {
    let mut there: HashMap<u64, u32, FixedState> = HashMap::default();
    for event in other.system().log().after(after).filter(|event| !event.is_skipped()) {
        *there.entry(print(&event)).or_default() += 1;
    }
    let alone = run.system().log().after(after).filter(|event| !event.is_skipped()).filter(|event| {
        let Some(count) = there.get_mut(&print(event)).filter(|count| **count > 0) else { return true };
        *count -= 1;
        false
    });
    let view = View::new(run);
    alone.take(MAX_ENTRIES).map(|event| view.entry(event)).collect()
}

/// What an event says, as a number.
fn print(event: &Recorded<'_>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    let schema = event.schema();
    (&schema.context, &schema.stream, &schema.name, event.stream_key()).hash(&mut hasher);
    for (name, value) in event.data() {
        (name, value).hash(&mut hasher);
    }
    hasher.finish()
}

type Cell = (String, String, String, String, String);

fn cells(left: &Run, right: &Run) -> Vec<Cell> {
    let mut names: Vec<&str> = Vec::new();
    for run in [left, right] {
        let readmodels = run.system().model().readmodels.iter().map(|readmodel| readmodel.name.full.as_str());
        let new: Vec<&str> = readmodels.filter(|name| !names.contains(name)).collect();
        names.extend(new);
    }
    let mut cells = Vec::new();
    for name in names {
        let (left, right) = (Rows::of(left, name), Rows::of(right, name));
        let label = if left.label.is_empty() { &right.label } else { &left.label };
        left.differences(&right, label, &mut cells);
        if cells.len() >= MAX_CELLS {
            cells.truncate(MAX_CELLS);
            break;
        }
    }
    cells
}

/// All rows of a read model.
#[derive(Default)]
struct Rows {
    label: String,
    columns: Vec<(String, String)>,
    rows: Vec<Row>,
}

impl Rows {
    fn of(run: &Run, readmodel: &str) -> Rows {
        let mut all = Rows::default();
        loop {
            let skip = all.rows.len();
            let query = Query { readmodel: readmodel.into(), skip, limit: ROWS, ..Query::default() };
            let Some(Table { label, columns, rows, total, .. }) = run.table(&query) else { return all };
            all.label = label;
            all.columns = columns.into_iter().map(|column| (column.name, column.label)).collect();
            let ended = rows.is_empty();
            all.rows.extend(rows);
            if ended || all.rows.len() >= total {
                return all;
            }
        }
    }

    fn differences(&self, other: &Rows, label: &str, cells: &mut Vec<Cell>) {
        let columns =
            self.columns.iter().chain(other.columns.iter().filter(|one| !self.columns.contains(one)));
        let columns: Vec<(&str, Option<usize>, Option<usize>)> = columns
            .map(|(name, label)| {
                let at = |rows: &Rows| rows.columns.iter().position(|(known, _)| known == name);
                (label.as_str(), at(self), at(other))
            })
            .collect();
        let by_key: HashMap<&str, &Row> = other.rows.iter().map(|row| (row.key.as_str(), row)).collect();
        let known: HashMap<&str, &Row> = self.rows.iter().map(|row| (row.key.as_str(), row)).collect();
        let here = self.rows.iter().map(|row| (Some(row), by_key.get(row.key.as_str()).copied()));
        let there = other.rows.iter().filter(|row| !known.contains_key(row.key.as_str()));
        for (left, right) in here.chain(there.map(|row| (None, Some(row)))) {
            let key = left.or(right).map(|row| row.key.as_str()).unwrap_or_default();
            for (column, at_left, at_right) in &columns {
                let (left, right) = (said(left, *at_left), said(right, *at_right));
                if left != right {
                    cells.push((label.into(), key.into(), column.to_string(), left.into(), right.into()));
                }
            }
            if cells.len() >= MAX_CELLS {
                return;
            }
        }
    }
}

fn said(row: Option<&Row>, column: Option<usize>) -> &str {
    let cell = row.zip(column).and_then(|(row, column)| row.cells.get(column));
    cell.map_or("", |cell| &cell.value)
}
