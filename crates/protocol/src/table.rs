//! Read models as tables.

use crate::{Position, Sticky};
use serde::{Deserialize, Serialize};

/// What to show of a table.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Query {
    pub readmodel: String,
    /// As of this position; `None` is now.
    pub at: Option<Position>,
    /// Cells are marked as changed when an event after this position set them.
    pub since: Option<Position>,
    /// The `where` of LES's filter: property and value.
    pub filter: Vec<(String, String)>,
    /// `dueDate` or `dueDate DESC`
    pub order: Option<String>,
    pub skip: usize,
    pub limit: usize,
    /// Also what does not stand on the sticky: LES keeps every property of the events that it listens to.
    #[serde(default)]
    pub all: bool,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Table {
    /// `Context.TODOList` where there are several contexts.
    pub name: String,
    /// `TODO List`
    pub label: String,
    pub sticky: Option<Sticky>,
    pub key: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Rows that suit the filter, shown or not.
    pub total: usize,
    /// Events it has not heard of yet.
    pub behind: u64,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub label: String,
    pub r#type: String,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Row {
    pub key: String,
    pub cells: Vec<Cell>,
    /// It came into being after `since`.
    pub new: bool,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Cell {
    pub value: String,
    /// What the thing is called whose id the value is: `Espresso`.
    #[serde(default)]
    pub means: String,
    pub changed: bool,
    /// The event that set it, 0 for none.
    pub position: Position,
    pub erased: bool,
}
