//! Read models as tables: as they are, or as they were at any position.

use crate::model::{Noun, Readmodel, ReadmodelId, folded, label};
use crate::project::Row;
use crate::run::Run;
use crate::system::System;
use crate::value::{Decimal, Text, Value};
use protocol::Position;
use protocol::table::{Cell, Column, Query, Row as Shown, Table};

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
            behind: self.system().behind()[id.index()],
        })
    }
}

impl System {
    /// How many events each read model has not heard of.
    pub(crate) fn behind(&self) -> Vec<u64> {
        let mut behind = vec![0; self.model().readmodels.len()];
        for position in self.projections().checkpoint() + 1..=self.log().head() {
            let event = self.event_at(position).map(|event| self.model().event(event));
            for (readmodel, _) in event.iter().flat_map(|event| &event.readmodels) {
                behind[readmodel.index()] += 1;
            }
        }
        behind
    }
}

/// What a filter wants of a column.
struct Wanted {
    column: Option<usize>,
    value: Value,
    words: Text,
}

/// Where a value stands in a sorted column, worked out once: nothing, then numbers by size, then all else by words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Blank,
    Number(Decimal),
    Words(Text),
}

impl Rank {
    fn of(value: Option<&Value>) -> Rank {
        match value {
            None => Rank::Blank,
            Some(value) if value.is_blank() => Rank::Blank,
            Some(value) => value.number().map_or_else(|| Rank::Words(value.words()), Rank::Number),
        }
    }
}

/// A read model at a moment.
struct View<'a> {
    system: &'a System,
    id: ReadmodelId,
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
            id,
            readmodel,
            rows: system.projections().rows(id)?.until(until),
            until,
            columns: columns.filter(|(_, column)| query.all || column.shown).map(|(at, _)| at).collect(),
        })
    }

    fn find(&self, column: &str) -> Option<usize> {
        let name = folded(column);
        self.readmodel.columns.iter().position(|column| folded(&column.name) == name)
    }

    /// The last value that an event gave to a column of a row, and that event.
    fn cell(&self, row: &Row, column: usize) -> Option<(&'a Value, Position)> {
        self.cell_until(row, column, self.until)
    }

    fn cell_until(&self, row: &Row, column: usize, until: Position) -> Option<(&'a Value, Position)> {
        self.system.told_to(self.id, row, column, until)
    }

    /// The rows that suit the filter, in order, as many as are shown; and how many there are.
    fn rows(&self, query: &Query) -> (Vec<&'a Row>, usize) {
        let limit = if query.limit == 0 { LIMIT } else { query.limit.min(MOST_ROWS) };
        let filter: Vec<Wanted> = query.filter.iter().map(|(name, words)| self.wanted(name, words)).collect();
        let order = query.order.as_deref().and_then(|order| self.order(order));
        if filter.is_empty() && order.is_none() {
            return (self.rows.iter().skip(query.skip).take(limit).collect(), self.rows.len());
        }
        let suits = |row: &&Row| filter.iter().all(|wanted| self.suits(row, wanted));
        let mut rows: Vec<&Row> = self.rows.iter().filter(suits).collect();
        let total = rows.len();
        if let Some((column, down)) = order {
            rows = self.first(rows, (column, down), query.skip.saturating_add(limit));
        }
        (rows.into_iter().skip(query.skip).take(limit).collect(), total)
    }

    fn wanted(&self, name: &str, words: &str) -> Wanted {
        let column = self.find(name);
        let r#type = column.map(|column| self.readmodel.columns[column].r#type);
        let value = r#type.and_then(|r#type| r#type.read(words).ok()).unwrap_or_default();
        Wanted { column, value, words: words.into() }
    }

    /// A column that there is not, or that no event has set, holds nothing. An id may be wanted by what it means.
    fn suits(&self, row: &Row, wanted: &Wanted) -> bool {
        let cell = wanted.column.and_then(|column| Some((column, self.cell(row, column)?.0)));
        match cell {
            Some((column, value)) => {
                *value == wanted.value || value.words() == wanted.words || {
                    let means = self.means(column, value);
                    !means.is_empty() && means == wanted.words
                }
            }
            None => wanted.words.is_empty(),
        }
    }

    /// `dueDate` or `dueDate DESC`: the column, and whether it goes down.
    fn order(&self, order: &str) -> Option<(usize, bool)> {
        let (name, word) = order.trim().rsplit_once(' ').unwrap_or((order.trim(), ""));
        let down = word.eq_ignore_ascii_case("desc");
        let name = if down || word.eq_ignore_ascii_case("asc") { name } else { order };
        Some((self.find(name)?, down))
    }

    /// The first rows in the order of a column. Those that are alike stay in the order in which they came into being.
    fn first(&self, rows: Vec<&'a Row>, (column, down): (usize, bool), most: usize) -> Vec<&'a Row> {
        let keyed = rows.iter().enumerate();
        let mut keyed: Vec<(Rank, usize)> =
            keyed.map(|(at, row)| (Rank::of(self.cell(row, column).map(|(value, _)| value)), at)).collect();
        let compare = |(left, one): &(Rank, usize), (right, other): &(Rank, usize)| {
            let order = if down { right.cmp(left) } else { left.cmp(right) };
            order.then(one.cmp(other))
        };
        if most < keyed.len() {
            keyed.select_nth_unstable_by(most, compare);
            keyed.truncate(most);
        }
        keyed.sort_unstable_by(compare);
        keyed.into_iter().map(|(_, at)| rows[at]).collect()
    }

    fn column(&self, column: usize) -> Column {
        let column = &self.readmodel.columns[column];
        Column {
            name: column.name.to_string(),
            label: label(&column.name).to_string(),
            r#type: column.r#type.to_string(),
        }
    }

    /// What the thing of that id is called. A row says itself what its key is.
    fn means(&self, column: usize, value: &Value) -> String {
        let (readmodel, name) = (self.readmodel, &self.readmodel.columns[column].name);
        if !name.ends_with("Id") || folded(name) == folded(&readmodel.key) {
            return String::new();
        }
        let category = self.system.category_of_id(readmodel.name.context, name);
        let words =
            category.and_then(|category| self.system.thing_words(category, &value.words(), self.until));
        words.unwrap_or_default()
    }

    fn row(&self, row: &Row, since: Option<Position>) -> Shown {
        let cells = self.columns.iter().map(|column| match self.cell(row, *column) {
            None => Cell::default(),
            Some((value, position)) => Cell {
                value: value.words().to_string(),
                means: self.means(*column, value),
                changed: since.is_some_and(|since| {
                    let before = self.cell_until(row, *column, since.min(self.until));
                    position > since && before.is_none_or(|(before, _)| before != value)
                }),
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
