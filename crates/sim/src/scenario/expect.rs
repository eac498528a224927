//! What a read model shows.

use super::play::{Player, no_property, same};
use super::said::{self, differs, is, name, quoted};
use crate::model::{Model, Noun, ReadmodelId};
use crate::value::Value;
use eml::{Given, Says, ScenarioLine};
use protocol::Position;

impl Player<'_> {
    pub(super) fn expect(&mut self, line: &ScenarioLine) {
        let Says::Name(reference) = &line.says else { return };
        let Some(id) = self.find(reference, Model::find_readmodel) else {
            let elsewhere = self.elsewhere(line, &[Noun::Readmodel]);
            return self.unknown(line, "read model", elsewhere);
        };
        let said = self.written(line, Some((Noun::Readmodel, id.0)));
        let sticky = self.line_of(line);
        match self.look(line, id) {
            Ok(()) => self.holds(sticky, said),
            Err((actual, words)) => self.fails(sticky, said, actual, words),
        }
    }

    /// Whether a read model has a row like that; else the row that comes closest, and how it differs.
    fn look(&self, line: &ScenarioLine, id: ReadmodelId) -> Result<(), (String, String)> {
        let readmodel = self.model.readmodel(id);
        let mut wanted = Vec::with_capacity(line.values.len());
        for given in &line.values {
            let column = readmodel.columns.iter().position(|column| same(&column.name, &given.name));
            let unknown = || (String::new(), no_property(&readmodel.name.label, &given.name));
            wanted.push((column.ok_or_else(unknown)?, given));
        }
        let Some(cells) = self.closest(id, &wanted) else {
            return Err((String::new(), self.no_row(id, &wanted)));
        };
        let differences: Vec<String> = (wanted.iter().zip(&cells))
            .filter(|((column, given), cell)| !self.fits(id, *column, cell, given))
            .map(|((column, given), cell)| differs(&readmodel.columns[*column].name, cell, &given.value))
            .collect();
        if differences.is_empty() {
            return Ok(());
        }
        let shown = wanted.iter().zip(&cells);
        let shown = shown.map(|((_, given), cell)| (given.name.as_str(), cell.words().to_string()));
        let actual = said::line(&name(&readmodel.name, &self.model.contexts, self.context), shown);
        Err((actual, differences.join(" ")))
    }

    fn fits(&self, id: ReadmodelId, column: usize, cell: &Value, given: &Given) -> bool {
        is(cell, self.model.readmodel(id).columns[column].r#type, &given.value)
    }

    fn is_key(&self, id: ReadmodelId, column: usize) -> bool {
        let readmodel = self.model.readmodel(id);
        same(&readmodel.columns[column].name, &readmodel.key)
    }

    /// The cells of the row with the most values that fit; where the key is said, of that row.
    fn closest(&self, id: ReadmodelId, wanted: &[(usize, &Given)]) -> Option<Vec<Value>> {
        let rows = self.system.projections().rows(id)?.until(Position::MAX);
        let mut best: Option<(usize, Vec<Value>)> = None;
        for row in rows {
            let cells: Vec<Value> =
                wanted.iter().map(|(column, _)| self.system.cell(id, row, *column)).collect();
            let fits = |at: &usize| self.fits(id, wanted[*at].0, &cells[*at], wanted[*at].1);
            let another = (0..wanted.len()).any(|at| self.is_key(id, wanted[at].0) && !fits(&at));
            let count = (0..wanted.len()).filter(fits).count();
            if !another && best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, cells));
            }
        }
        best.map(|(_, cells)| cells)
    }

    fn no_row(&self, id: ReadmodelId, wanted: &[(usize, &Given)]) -> String {
        let label = quoted(&self.model.readmodel(id).name.label);
        let key = wanted.iter().find(|(column, _)| self.is_key(id, *column));
        match key.filter(|_| self.system.projections().rows(id).is_some_and(|rows| !rows.is_empty())) {
            Some((_, key)) => format!("{label} has no row whose {} is {}.", key.name, key.value),
            None => format!("{label} is empty."),
        }
    }
}
