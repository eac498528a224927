//! Read models: what each event makes of the row with its key.

use super::layout::Layout;
use super::put;
use super::typescript::{comment, key, member, object, quote, wrap};
use crate::{Care, Tree};
use askama::Template;
use sim::model::{Column, Event, Heard, Readmodel, folded};

#[derive(Template)]
#[template(path = "node/src/generated/readmodels.ts", escape = "none")]
struct Generated {
    up: &'static str,
    imports: Vec<String>,
    readmodels: Vec<View>,
}

struct View {
    label: String,
    name: String,
    context: String,
    quoted: String,
    columns: String,
    key: Option<String>,
    /// Lines that few have.
    also: Vec<String>,
    on: Vec<String>,
}

pub fn write(layout: &Layout<'_>, tree: &mut Tree) {
    for (index, context) in layout.contexts.iter().enumerate() {
        let own = layout.readmodels(index);
        if own.is_empty() {
            continue;
        }
        let heard = own.iter().flat_map(|(_, _, one)| &one.hears);
        let mut imports: Vec<String> =
            heard.map(|heard| layout.import(layout.stream(heard.event), index)).collect();
        imports.sort_by(|one, other| super::order(one).cmp(super::order(other)));
        imports.dedup();
        let readmodels = own.iter().map(|(_, name, one)| view(layout, &context.name, name, one)).collect();
        let file = Generated { up: layout.up(index), imports, readmodels };
        put(tree, format!("src/generated/{}readmodels.ts", context.folder), Care::Owned, &file);
    }
}

fn view(layout: &Layout<'_>, context: &str, name: &str, readmodel: &Readmodel) -> View {
    let columns: Vec<&Column> = shown(layout, readmodel);
    let quoted: Vec<String> = columns.iter().map(|column| quote(&column.name)).collect();
    let lists = columns.iter().filter(|column| column.r#type.list);
    let lists: Vec<String> = lists.map(|column| quote(&column.name)).collect();
    let mut also = Vec::new();
    if !lists.is_empty() {
        also.push(wrap(2, "lists: ", ("[", "]"), &lists, ","));
    }
    let personal = |heard: &Heard| layout.model().event(heard.event).properties[heard.key].personal;
    if readmodel.hears.iter().any(personal) {
        also.push("personalKey: true,".into());
    }
    View {
        label: comment(&readmodel.name.label),
        name: name.into(),
        context: quote(context),
        quoted: quote(&readmodel.name.name),
        columns: wrap(2, "columns: ", ("[", "]"), &quoted, ","),
        key: key_column(layout, readmodel, &columns).map(|column| quote(&column.name)),
        also,
        on: readmodel.hears.iter().map(|heard| on(layout, &columns, heard)).collect(),
    }
}

/// The column in which each row holds what it lies under.
fn key_column<'a>(layout: &Layout<'_>, readmodel: &Readmodel, columns: &[&'a Column]) -> Option<&'a Column> {
    let key = folded(&readmodel.key);
    let column = columns.iter().find(|column| folded(&column.name) == key)?;
    let told = |heard: &Heard| layout.model().event(heard.event).column(column) == Some(heard.key);
    readmodel.hears.iter().all(told).then_some(*column)
}

/// All columns but those that hold what is stored hashed.
fn shown<'a>(layout: &Layout<'_>, readmodel: &'a Readmodel) -> Vec<&'a Column> {
    let hashed = |event: &Event, column: &Column| {
        event.column(column).and_then(|at| event.properties.get(at)).is_some_and(|one| one.hashed)
    };
    let events = || readmodel.hears.iter().map(|heard| layout.model().event(heard.event));
    readmodel.columns.iter().filter(|column| !events().any(|event| hashed(event, column))).collect()
}

fn on(layout: &Layout<'_>, columns: &[&Column], heard: &Heard) -> String {
    let event = layout.model().event(heard.event);
    let told = columns.iter().filter_map(|column| Some((column, &event.properties[event.column(column)?])));
    let cells: Vec<String> = told
        .map(|(column, property)| format!("{}: {}", key(&column.name), member("data", &property.name)))
        .collect();
    let before = format!("{}: (data: {}) =>", key(&event.name.full), layout.data_of(heard.event));
    let row = format!("row({}, ", member("data", &event.properties[heard.key].name));
    let inline = format!("{before} {row}{{ {} }}),", cells.join(", "));
    match inline.chars().count() + 4 <= 120 {
        true => inline,
        false => format!("{before}\n      {}", object(6, &row, &cells, "),")),
    }
}
