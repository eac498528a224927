//! Read models as rows of JSON.

use super::filter::{Columns, Filter};
use super::typed::{Object, array, json};
use super::{Gateway, Response, url};
use crate::model::{Model, ReadmodelId};
use crate::project::Row;
use protocol::Position;
use serde_json::Value as Json;

impl Gateway {
    pub(super) fn rows(&self, id: ReadmodelId, query: &str) -> Response {
        match self.found(id, query) {
            Ok((columns, rows)) => Response::json(200, array(rows.iter().map(|row| object(&columns, row)))),
            Err(why) => Response::problem(400, &why),
        }
    }

    pub(super) fn first(&self, id: ReadmodelId, query: &str) -> Response {
        match self.found(id, query) {
            Err(why) => Response::problem(400, &why),
            Ok((columns, rows)) => match rows.first() {
                Some(row) => Response::json(200, object(&columns, row)),
                None => Response::problem(404, "There is no such row."),
            },
        }
    }

    fn found(&self, id: ReadmodelId, query: &str) -> Result<(Columns, Vec<Vec<Json>>), String> {
        let columns = columns(self.system.model(), id);
        let mut filters = url::query(query, "filter");
        let filter = match (filters.next(), filters.next()) {
            (None, _) => Filter::default(),
            (Some(words), None) => Filter::read(&words, &columns).map_err(|why| why.to_string())?,
            (Some(_), Some(_)) => return Err("filter is given twice.".into()),
        };
        let rows = self.system.projections().rows(id);
        let rows = rows.map_or(&[][..], |rows| rows.until(Position::MAX));
        let rows = rows.iter().map(|row| self.cells(id, &columns, row)).collect();
        Ok((columns, filter.apply(rows)))
    }

    fn cells(&self, id: ReadmodelId, columns: &Columns, row: &Row) -> Vec<Json> {
        columns.iter().map(|column| json(&self.system.cell(id, row, column.at))).collect()
    }
}

/// Those that hold nothing hashed.
fn columns(model: &Model, id: ReadmodelId) -> Columns {
    let readmodel = model.readmodel(id);
    let hashed = |column: &crate::model::Column| {
        let events = readmodel.hears.iter().map(|heard| model.event(heard.event));
        events.filter_map(|event| event.properties.get(event.column(column)?)).any(|property| property.hashed)
    };
    let columns = readmodel.columns.iter().enumerate().filter(|(_, column)| !hashed(column));
    columns
        .map(|(at, column)| super::filter::Column { at, name: column.name.clone(), list: column.r#type.list })
        .collect()
}

fn object(columns: &Columns, cells: &[Json]) -> String {
    let cells = columns.iter().zip(cells);
    cells.fold(Object::new(), |object, (column, cell)| object.put(&column.name, cell.clone())).done()
}
