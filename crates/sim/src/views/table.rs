//! Read models as tables: as they are, or as they were at any position.

use crate::log::Log;
use crate::model::{Heard, Noun, Readmodel, ReadmodelId, folded, label};
use crate::project::Row;
use crate::reading::Readings;
use crate::run::Run;
use crate::system::System;
use crate::value::Value;
use protocol::Position;
use protocol::table::{Cell, Column, Query, Row as Shown, Table};
use std::cmp::Ordering;

/// As many rows as LES gives when nobody says how many.
const LIMIT: usize = 100;
const MOST_ROWS: usize = 1_000;

impl Run {
    /// A read model as a table. `None`: there is no read model of that name.
    pub fn table(&self, query: &Query) -> Option<Table> {
        let id = self.system().model().find_readmodel(&query.readmodel)?;
        let view = View::new(self.system(), id, query)?;
        let name = &view.readmodel.name;
        let (rows, total) = view.rows(query);
        Some(Table {
            name: name.full.to_string(),
            label: name.label.to_string(),
            sticky: self.present().sticky(Noun::Readmodel, &name.full),
            key: view.readmodel.key.to_string(),
            columns: view.columns.iter().map(|column| view.column(*column)).collect(),
            rows: rows.into_iter().map(|row| view.row(row, query.since)).collect(),
            total,
            behind: self.system().behind(id),
        })
    }
}

impl System {
    /// How many events a read model has not heard of.
    pub fn behind(&self, readmodel: ReadmodelId) -> u64 {
        let listens = |position: &Position| {
            let event = self.event_at(*position);
            let listeners = event.map(|event| self.model().event(event).readmodels.iter());
            listeners.is_some_and(|mut all| all.any(|(one, _)| *one == readmodel))
        };
        let unheard = self.projections().checkpoint() + 1..=self.log().head();
        unheard.filter(listens).count() as u64
    }
}

/// A read model at a moment.
struct View<'a> {
    system: &'a System,
    readmodel: &'a Readmodel,
    rows: &'a [Row],
    until: Position,
    /// What is shown of it.
    columns: Vec<usize>,
}

impl<'a> View<'a> {
    fn new(system: &'a System, id: ReadmodelId, query: &Query) -> Option<View<'a>> {
        let readmodel = system.model().readmodel(id);
        let heard = system.projections().checkpoint();
        let until = query.at.map_or(heard, |at| at.min(heard));
        let columns = readmodel.columns.iter().enumerate();
        Some(View {
            system,
            readmodel,
            rows: system.projections().rows(id)?.until(until),
            until,
            columns: columns.filter(|(_, column)| query.all || column.shown).map(|(at, _)| at).collect(),
        })
    }

    fn log(&self) -> &'a Log {
        self.system.log()
    }

    fn readings(&self) -> &'a Readings {
        self.system.readings()
    }

    fn find(&self, column: &str) -> Option<usize> {
        let name = folded(column);
        self.readmodel.columns.iter().position(|column| folded(&column.name) == name)
    }

    /// What an event says about each column.
    fn heard(
        &self,
        position: Position,
    ) -> Option<(&'a Heard, crate::log::Recorded<'a>, &'a crate::reading::Read)> {
        let recorded = self.log().get(position)?;
        let read = self.readings().get(recorded)?;
        let heard = self.readmodel.hears.iter().find(|heard| heard.event == read.event)?;
        Some((heard, recorded, read))
    }

    /// The last value that an event gave to a column of a row, and that event.
    fn cell(&self, row: &Row, column: usize) -> Option<(&'a Value, Position)> {
        row.events(self.until).rev().find_map(|position| {
            let (heard, recorded, read) = self.heard(position)?;
            let value = read.value(recorded, (*heard.columns.get(column)?)?);
            (!matches!(value, Value::Absent)).then_some((value, position))
        })
    }

    /// The rows that suit the filter, in order, as many as are shown; and how many there are.
    fn rows(&self, query: &Query) -> (Vec<&'a Row>, usize) {
        let limit = if query.limit == 0 { LIMIT } else { query.limit.min(MOST_ROWS) };
        let filter: Vec<(Option<usize>, &str)> =
            query.filter.iter().map(|(name, value)| (self.find(name), value.as_str())).collect();
        if filter.is_empty() && query.order.is_none() {
            return (self.rows.iter().skip(query.skip).take(limit).collect(), self.rows.len());
        }
        let suits = |row: &&Row| filter.iter().all(|(column, wanted)| self.suits(row, *column, wanted));
        let mut rows: Vec<&Row> = self.rows.iter().filter(suits).collect();
        self.sort(&mut rows, query.order.as_deref());
        let total = rows.len();
        (rows.into_iter().skip(query.skip).take(limit).collect(), total)
    }

    /// A column that there is not holds nothing.
    fn suits(&self, row: &Row, column: Option<usize>, wanted: &str) -> bool {
        let cell = column.and_then(|column| self.cell(row, column));
        cell.map_or(wanted.is_empty(), |(value, _)| value.words() == wanted)
    }

    /// `dueDate` or `dueDate DESC`. Rows that are alike stay in the order in which they came into being.
    fn sort(&self, rows: &mut Vec<&'a Row>, order: Option<&str>) {
        let Some(order) = order else { return };
        let (name, word) = order.trim().rsplit_once(' ').unwrap_or((order.trim(), ""));
        let (name, down) = match word {
            word if word.eq_ignore_ascii_case("desc") => (name, true),
            word if word.eq_ignore_ascii_case("asc") => (name, false),
            _ => (order, false),
        };
        let Some(column) = self.find(name) else { return };
        let mut keyed: Vec<(&Value, &Row)> = rows
            .iter()
            .map(|row| (self.cell(row, column).map_or(&Value::Absent, |(value, _)| value), *row))
            .collect();
        let compare = |left: &Value, right: &Value| -> Ordering { left.order(right) };
        keyed.sort_by(|(left, _), (right, _)| match down {
            true => compare(right, left),
            false => compare(left, right),
        });
        *rows = keyed.into_iter().map(|(_, row)| row).collect();
    }

    fn column(&self, column: usize) -> Column {
        let column = &self.readmodel.columns[column];
        Column {
            name: column.name.to_string(),
            label: label(&column.name).to_string(),
            r#type: column.r#type.to_string(),
        }
    }

    fn row(&self, row: &Row, since: Option<Position>) -> Shown {
        let cells = self.columns.iter().map(|column| match self.cell(row, *column) {
            None => Cell::default(),
            Some((value, position)) => Cell {
                value: value.words().to_string(),
                changed: since.is_some_and(|since| position > since),
                position,
                erased: matches!(value, Value::Erased),
            },
        });
        Shown {
            key: row.key.to_string(),
            cells: cells.collect(),
            new: since.is_some_and(|since| row.began() > since),
        }
    }
}
