//! Read models as tables: what people see at the moment that is looked at, and what of it has just changed.

use super::asking::answer;
use super::desk::Desk;
use crate::messages::run as words;
use crate::view::icons::icon;
use elements::{El, afterwards, el, live, word};
use leptos::prelude::*;
use protocol::request::{Ask, Name, Say};
use protocol::table::{Cell, Column, Query, Row, Table};

/// So many rows are shown at first, and added with each press.
const PAGE: usize = 12;

/// How one table is looked at on this page.
#[derive(Clone, Copy)]
struct Sight {
    desk: Desk,
    name: StoredValue<String>,
    shown: RwSignal<Option<Table>>,
    order: RwSignal<Option<(String, bool)>>,
    filter: RwSignal<Option<(String, String)>>,
    filtering: RwSignal<bool>,
    limit: RwSignal<usize>,
    open: RwSignal<bool>,
}

pub fn tables(desk: Desk) -> El {
    let names = move || {
        desk.play.model.with(|model| {
            let models = model.iter().flat_map(|model| &model.readmodels);
            models.map(|it| (it.name.clone(), it.label.clone(), it.context.clone())).collect::<Vec<_>>()
        })
    };
    let some =
        move || desk.play.model.with(|model| model.as_ref().is_some_and(|it| !it.readmodels.is_empty()));
    let part = move || {
        el("section")
            .class("run-part")
            .child(el("h3").text(words::TABLES))
            .each(names, move |(name, label, context)| {
                one(desk, Name { name, label, context, ..Name::default() })
            })
    };
    el("div").class("part").when(some, part)
}

fn one(desk: Desk, readmodel: Name) -> El {
    let sight = Sight {
        desk,
        name: StoredValue::new(readmodel.name.clone()),
        shown: RwSignal::new(None),
        order: RwSignal::new(None),
        filter: RwSignal::new(None),
        filtering: RwSignal::new(false),
        limit: RwSignal::new(PAGE),
        open: RwSignal::new(true),
    };
    sight.follow();
    let empty = move || sight.shown.with(|table| table.as_ref().is_none_or(|table| table.total == 0));
    let body = move || sight.shown.with(|table| table.as_ref().map(|table| grid(sight, table)));
    let rows = move || sight.open.get() && (!empty() || sight.filter.with(Option::is_some));
    el("div")
        .class("run-table")
        .live_attr("data-empty", empty)
        .child(head(sight, &readmodel.label))
        .when(move || sight.filtering.get() && sight.open.get(), move || filter(sight))
        .when(rows, move || el("div").live_child(body))
}

impl Sight {
    /// Asks again with everything that may have changed the answer; a table that is folded away asks when it is not.
    fn follow(self) {
        let play = self.desk.play;
        let said = answer(play, move || {
            let query = || Query {
                readmodel: self.name.get_value(),
                at: play.at.get(),
                since: self.desk.since.get(),
                filter: self.filter.get().into_iter().collect(),
                order: self.order.get().map(|(name, down)| if down { name + " DESC" } else { name }),
                skip: 0,
                limit: self.limit.get(),
                all: false,
            };
            self.open.get().then(|| Ask::Table { run: play.run(), query: query() })
        });
        live(move || {
            said.with(|said| {
                if let Some(Ok(Say::Table(table))) = said
                    && self.shown.with_untracked(|old| old.as_ref() != Some(table))
                {
                    self.shown.set(Some(table.clone()));
                }
            });
        });
    }

    fn sort(self, column: &str) {
        self.order.update(|order| {
            *order = match order.take() {
                Some((name, false)) if name == column => Some((name, true)),
                Some((name, true)) if name == column => None,
                _ => Some((column.to_owned(), false)),
            }
        });
    }
}

fn head(sight: Sight, label: &str) -> El {
    // What is folded away is not kept up to date, and says nothing.
    let count = move || {
        if !sight.open.get() {
            return String::new();
        }
        sight.shown.with(|table| match table {
            Some(table) if table.total > 0 => words::rows(table.total),
            _ if sight.filter.with(Option::is_some) => words::NO_MATCH.to_owned(),
            _ => words::EMPTY_TABLE.to_owned(),
        })
    };
    let behind = move || {
        let behind = sight.shown.with(|table| table.as_ref().map_or(0, |table| table.behind));
        (behind > 0 && sight.open.get()).then(|| el("span").class("run-behind").text(&words::behind(behind)))
    };
    let some = move || sight.shown.with(|table| table.as_ref().is_some_and(|table| table.total > 1));
    let filter = move || {
        el("button")
            .class("tool")
            .attr("aria-label", words::FILTER)
            .attr("title", words::FILTER)
            .live_attr("aria-expanded", move || word(sight.filtering.get()))
            .on("click", move || sight.filtering.update(|open| *open = !*open))
            .child(icon("search"))
    };
    let name = el("button")
        .class("run-table-name")
        .live_attr("aria-expanded", move || word(sight.open.get()))
        .on("click", move || sight.open.update(|open| *open = !*open))
        .child(el("span").class("swatch").attr("data-kind", "readmodel").child(icon("readmodel")))
        .child(el("span").class("run-name").text(label))
        .child(el("span").class("quiet").live_text(count));
    el("header")
        .child(el("h4").child(name))
        .live_child(behind)
        .when(move || some() || sight.filtering.get(), filter)
}

fn filter(sight: Sight) -> El {
    let columns =
        sight.shown.with_untracked(|table| table.as_ref().map(|it| it.columns.clone()).unwrap_or_default());
    let first = columns.first().map(|column| column.name.clone()).unwrap_or_default();
    let now = sight.filter.get_untracked().unwrap_or((first, String::new()));
    let (column, value) = (RwSignal::new(now.0.clone()), RwSignal::new(now.1));
    afterwards(move || {
        let (column, value) = (column.get(), value.get());
        let wanted = (!value.trim().is_empty()).then(|| (column, value.trim().to_owned()));
        if sight.filter.with_untracked(|old| *old != wanted) {
            sight.filter.set(wanted);
        }
    });
    let options = columns.into_iter().map(|it| {
        el("option").attr("value", it.name.clone()).attr("selected", it.name == now.0).text(&it.label)
    });
    let close = move || {
        sight.filter.set(None);
        sight.filtering.set(false);
    };
    el("div")
        .class("run-filter")
        .attr("role", "group")
        .attr("aria-label", words::FILTER_BY)
        .child(
            el("select")
                .class("field")
                .attr("aria-label", words::FILTER_BY)
                .on_event("change", move |event| column.set(super::field::value_of(&event)))
                .child(options),
        )
        .child(
            el("input")
                .class("field")
                .attr("aria-label", words::FILTER_IS)
                .attr("placeholder", words::FILTER_IS)
                .prop("value", value.get_untracked())
                .on_event("input", move |event| value.set(super::field::value_of(&event))),
        )
        .child(
            el("button")
                .class("tool")
                .attr("aria-label", words::FILTER_OFF)
                .attr("title", words::FILTER_OFF)
                .on("click", close)
                .child(icon("close")),
        )
}

fn grid(sight: Sight, table: &Table) -> El {
    let heads = table.columns.iter().map(|column| column_head(sight, column));
    let rows = table.rows.iter().map(|row| line(&table.columns, row));
    let label = &table.label;
    let grid = el("table")
        .child(el("caption").class("unseen").text(label))
        .child(el("thead").child(el("tr").child(heads)))
        .child(el("tbody").child(rows));
    let more = (table.rows.len() < table.total).then(|| {
        el("button")
            .class("button dense")
            .text(words::MORE_ROWS)
            .on("click", move || sight.limit.update(|limit| *limit = limit.saturating_mul(2)))
    });
    let scroll = el("div")
        .class("run-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", label.clone())
        .child(grid);
    el("div").child(scroll).child(more)
}

fn column_head(sight: Sight, column: &Column) -> El {
    let (name, label) = (column.name.clone(), column.label.clone());
    let way = {
        let name = name.clone();
        move || {
            sight.order.with(|order| match order {
                Some((by, down)) if *by == name => Some(if *down { "descending" } else { "ascending" }),
                _ => None,
            })
        }
    };
    let button = el("button")
        .attr("title", words::sort_by(&label))
        .on("click", move || sight.sort(&name))
        .text(&label);
    el("th").attr("scope", "col").live_attr("aria-sort", way).child(button)
}

fn line(columns: &[Column], row: &Row) -> El {
    let new = row.new.then(|| el("span").class("unseen").text(words::NEW_ROW));
    let cells = row.cells.iter().enumerate().map(|(at, cell)| {
        let kind = columns.get(at).map_or("string", |column| column.r#type.as_str());
        td(kind, cell, row.new)
    });
    let cells: Vec<El> = cells.collect();
    let mut cells = cells.into_iter();
    let first = cells.next().map(|cell| cell.child(new));
    el("tr").attr("data-new", row.new).child(first).child(cells)
}

fn td(kind: &str, cell: &Cell, new: bool) -> El {
    let (text, whole) = match cell.erased {
        true => (words::ERASED.to_owned(), None),
        false if !cell.means.is_empty() => (cell.means.clone(), Some(cell.value.clone())),
        false => shown(kind, &cell.value),
    };
    let changed = (cell.changed && !new).then(|| el("span").class("unseen").text(words::CHANGED_CELL));
    let number = matches!(kind, "integer" | "decimal");
    el("td")
        .attr("data-changed", cell.changed)
        .attr("data-erased", cell.erased)
        .attr("data-number", number)
        .attr("title", whole)
        .text(&text)
        .child(changed)
}

/// As people read it: yes and no, and of an id that was made up its last letters; the rest is the title.
fn shown(kind: &str, value: &str) -> (String, Option<String>) {
    match (kind, value) {
        ("boolean", "true") => (words::YES.to_owned(), None),
        ("boolean", "false") => (words::NO.to_owned(), None),
        _ if is_made_up(value) => (short_id(value), Some(value.to_owned())),
        _ => (value.to_owned(), None),
    }
}

/// The end of an id that was made up, enough to tell two apart.
pub fn short_id(id: &str) -> String {
    let end = id.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    format!("…{}", &id[end..])
}

/// The form of a UUID.
pub fn is_made_up(value: &str) -> bool {
    let dashes = [8, 13, 18, 23];
    value.len() == 36
        && value.bytes().enumerate().all(|(at, byte)| match dashes.contains(&at) {
            true => byte == b'-',
            false => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_ids_are_short_and_what_people_typed_is_whole() {
        let id = "0f8fad5b-d9cb-469f-a165-70867728950e";
        assert_eq!(shown("string", id), ("…950e".to_owned(), Some(id.to_owned())));
        assert_eq!(shown("string", "order-1"), ("order-1".to_owned(), None));
        assert_eq!(shown("boolean", "true").0, "Yes");
    }
}
