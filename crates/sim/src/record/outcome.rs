//! What came out of a rehearsal, as lines.

use super::values;
use crate::model::folded;
use crate::scenario::{Rehearsed, said};
use crate::value::Text;
use foldhash::HashSet;
use protocol::Position;

/// So many rows of read models are looked at.
const MOST_ROWS: usize = 20;

/// Ids that were made up, by the property that holds them.
pub type MadeUp = HashSet<(Text, String)>;

pub fn lines(rehearsed: &Rehearsed) -> Vec<String> {
    if !rehearsed.refused.is_empty() {
        return vec![format!("// @then rejected: {}", rehearsed.refused.join(" "))];
    }
    let made_up = made_up(rehearsed);
    let model = rehearsed.system.model();
    let events = rehearsed.events.iter().filter_map(|position| {
        let event = model.event(rehearsed.system.event_at(*position)?);
        let values = values(&rehearsed.system, *position)?.into_iter();
        let values = values.filter(|(name, value)| !made_up.contains(&(folded(name), value.clone())));
        let label = said::name(&event.name, &model.contexts, "");
        Some(format!("// @then {}", said::line(&label, values)))
    });
    let mut lines: Vec<String> = events.collect();
    lines.extend(expected(rehearsed, &made_up));
    lines
}

/// The rows that the events made or changed.
pub fn expected(rehearsed: &Rehearsed, made_up: &MadeUp) -> Vec<String> {
    let system = &rehearsed.system;
    let model = system.model();
    let mut seen = HashSet::default();
    let mut lines = Vec::new();
    for position in &rehearsed.events {
        let Some(event) = system.event_at(*position).map(|event| model.event(event)) else { continue };
        let Some(recorded) = system.log().get(*position) else { continue };
        let Some(read) = system.readings().get(recorded) else { continue };
        for (readmodel, at) in &event.readmodels {
            let Some(heard) = model.readmodel(*readmodel).hears.get(*at) else { continue };
            let key = read.value(recorded, heard.key).words();
            if lines.len() < MOST_ROWS && seen.insert((*readmodel, key.clone())) {
                lines.extend(row(rehearsed, *readmodel, &key, made_up));
            }
        }
    }
    lines
}

fn row(rehearsed: &Rehearsed, id: crate::model::ReadmodelId, key: &Text, made_up: &MadeUp) -> Option<String> {
    let model = rehearsed.system.model();
    let readmodel = model.readmodel(id);
    let row = rehearsed.system.projections().rows(id)?.get(key)?;
    let columns = readmodel.columns.iter().enumerate().filter(|(_, column)| column.shown);
    let cells =
        columns.map(|(at, column)| (column.name.as_str(), rehearsed.system.cell(id, row, at).words()));
    let cells = cells.map(|(name, words)| (name, words.to_string()));
    let cells = cells.filter(|(name, words)| {
        !words.is_empty() && !words.starts_with("hash:") && !made_up.contains(&(folded(name), words.clone()))
    });
    let cells: Vec<(&str, String)> = cells.collect();
    let label = said::name(&readmodel.name, &model.contexts, "");
    (!cells.is_empty()).then(|| format!("// @expect {}", said::line(&label, cells)))
}

/// Ids of streams that neither the line nor the event before it has said.
fn made_up(rehearsed: &Rehearsed) -> MadeUp {
    let system = &rehearsed.system;
    let model = system.model();
    let mut found = MadeUp::default();
    for position in &rehearsed.events {
        let Some(event) = system.event_at(*position).map(|event| model.event(event)) else { continue };
        let Some(id) = event.id.map(|id| event.properties[id].name.as_str()) else { continue };
        let said_by = |position: Position| {
            let values = values(system, position).unwrap_or_default();
            values.into_iter().find(|(name, _)| folded(name) == folded(id)).map(|(_, value)| value)
        };
        let Some(own) = said_by(*position) else { continue };
        let cause = system.log().get(*position).and_then(|recorded| recorded.causation());
        let known = match cause {
            Some(cause) => said_by(cause).as_ref() == Some(&own),
            None => rehearsed.said.iter().any(|said| folded(&said.name) == folded(id) && said.value == own),
        };
        let begins = system.log().get(*position).is_some_and(|recorded| {
            system.log().stream(recorded.stream()).first() >= rehearsed.events.first()
        });
        if !known && begins {
            found.insert((folded(id), own));
        }
    }
    found
}
