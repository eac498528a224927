//! A read model as a developer checks it: every cell leads to the event that set it, as of the slider's position;
//! filter, order and pages are those of the generated API.

use super::asking::{answer, missing};
use super::desk::{Desk, Place};
use super::log::{field, labelled};
use super::pages::{PAGE, Pages};
use super::stream::head;
use crate::messages::developer as words;
use elements::{El, el, live};
use leptos::prelude::*;
use protocol::log::Subscription;
use protocol::request::{Ask, Say};
use protocol::table::{Cell, Query, Row, Table};

/// How the rows are asked for.
#[derive(Clone, Copy)]
struct Asked {
    /// A column, and whether it goes downwards.
    order: RwSignal<Option<(String, bool)>>,
    column: RwSignal<String>,
    value: RwSignal<String>,
}

pub fn projection(desk: Desk, name: String) -> El {
    let asked = Asked {
        order: RwSignal::new(None),
        column: RwSignal::new(String::new()),
        value: RwSignal::new(String::new()),
    };
    let pages = Pages::new();
    let readmodel = name.clone();
    let said = answer(desk, move || {
        let query = Query {
            readmodel: readmodel.clone(),
            at: pages.until(desk),
            since: None,
            filter: asked.filter(),
            order: asked.order(),
            skip: pages.skip.get() as usize,
            limit: PAGE as usize,
            all: true,
        };
        Some(Ask::Table { run: desk.play.run(), query })
    });
    live(move || {
        let total = said.with(|said| match said {
            Some(Ok(Say::Table(table))) => Some(table.total as u64),
            _ => None,
        });
        total.into_iter().for_each(|total| pages.total.set(total));
    });
    live(move || {
        asked.filter();
        asked.order.track();
        pages.first();
    });
    let columns = Memo::new(move |_| {
        said.with(|said| match said {
            Some(Ok(Say::Table(table))) => table.columns.iter().map(|column| column.name.clone()).collect(),
            _ => Vec::new(),
        })
    });
    let body = move || {
        said.with(|said| match said {
            Some(Ok(Say::Table(table))) => vec![grid(desk, asked, table)],
            other => vec![missing(other.as_ref())],
        })
    };
    let known = name.clone();
    let checkpoint = move || {
        desk.play.state.with(|state| {
            let one: Option<&Subscription> = state.subscriptions.iter().find(|one| one.name == known);
            one.map(|one| words::checkpoint_of(one.checkpoint.min(desk.head()), one.behind))
        })
    };
    el("div")
        .class("dev-part")
        .child(head(desk, &name))
        .child(el("p").class("quiet").live_text(checkpoint))
        .child(filter(asked, columns))
        .child(pages.bar(desk))
        .live_child(body)
}

impl Asked {
    fn filter(self) -> Vec<(String, String)> {
        let (column, value) = (self.column.get(), self.value.get());
        if column.is_empty() || value.is_empty() { Vec::new() } else { vec![(column, value)] }
    }

    fn order(self) -> Option<String> {
        self.order.get().map(|(column, down)| if down { format!("{column} DESC") } else { column })
    }

    /// Upwards, downwards, as they came.
    fn turn(self, column: &str) {
        self.order.update(|order| {
            *order = match order.take() {
                Some((now, false)) if now == column => Some((now, true)),
                Some((now, true)) if now == column => None,
                _ => Some((column.to_owned(), false)),
            };
        });
    }
}

fn filter(asked: Asked, columns: Memo<Vec<String>>) -> El {
    let options = move || {
        let now = asked.column.get_untracked();
        let mut all = vec![el("option").attr("value", "").text(words::EVERY_ROW)];
        all.extend(columns.get().into_iter().map(|column| {
            el("option").attr("value", column.clone()).attr("selected", column == now).text(&column)
        }));
        all
    };
    let chooser = el("select")
        .class("field dense")
        .attr("aria-label", words::WHERE)
        .live_child(options)
        .on_event("change", move |event: web_sys::Event| asked.column.set(event_target_value(&event)));
    el("div")
        .class("dev-filters")
        .child(labelled(words::WHERE, chooser))
        .child(labelled(words::IS, field("text", words::IS, "", asked.value)))
}

fn grid(desk: Desk, asked: Asked, table: &Table) -> El {
    if table.rows.is_empty() {
        return el("p").class("dev-none quiet").text(words::NO_ROWS);
    }
    let heads = table.columns.iter().map(|column| {
        let name = column.name.clone();
        let order = asked.order.with_untracked(|order| match order {
            Some((now, down)) if *now == name => Some(if *down { "descending" } else { "ascending" }),
            _ => None,
        });
        let turn = move || asked.turn(&name);
        let button = el("button").class("dev-order").text(&column.name).on("click", turn);
        el("th")
            .attr("scope", "col")
            .attr("aria-sort", order)
            .attr("title", column.r#type.clone())
            .child(button)
    });
    let rows = table.rows.iter().map(|row| line(desk, row));
    let grid = el("table")
        .class("dev-cells dev-table")
        .child(el("thead").child(el("tr").child(heads)))
        .child(el("tbody").child(rows));
    el("div")
        .class("dev-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", table.name.clone())
        .child(grid)
}

fn line(desk: Desk, row: &Row) -> El {
    let cells = row.cells.iter().map(|cell| value(desk, cell));
    el("tr").attr("data-key", row.key.clone()).child(cells)
}

fn value(desk: Desk, cell: &Cell) -> El {
    let shown = match (cell.erased, cell.value.as_str()) {
        (true, _) => words::ERASED,
        (_, "") => words::UNSET,
        (_, value) => value,
    };
    let position = cell.position;
    if position == 0 {
        return el("td").child(el("span").class("quiet").text(shown));
    }
    let open = move || desk.open(Place::Event(position));
    el("td").child(
        el("button")
            .class("dev-cell")
            .attr("title", words::set_by(position))
            .on("click", open)
            .text(shown)
            .child(el("span").class("unseen").text(words::SET_BY))
            .child(el("span").class("dev-by").text(&position.to_string())),
    )
}
