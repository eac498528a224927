//! Which earlier events a command needs: those of the streams that it touches, and those that made the rows it looks
//! up.

use super::MOST_FACTS;
use crate::log::StreamId;
use crate::model::{Lookup, folded};
use crate::system::System;
use crate::value::{Text, Value};
use foldhash::HashSet;
use protocol::Position;
use protocol::step::Command;

pub struct Facts<'a> {
    system: &'a System,
    streams: HashSet<StreamId>,
    rows: HashSet<Position>,
}

impl<'a> Facts<'a> {
    pub fn of(system: &'a System) -> Facts<'a> {
        Facts { system, streams: HashSet::default(), rows: HashSet::default() }
    }

    /// What a command of a person looks at.
    pub fn command(&mut self, sent: &Command) {
        let model = self.system.model().clone();
        let Some(id) = model.find_command(&sent.name) else { return };
        let command = model.command(id);
        let values = self.system.read(id, &sent.values);
        if let Some(id) = command.id.and_then(|id| values.get(id)) {
            let category = self.system.category(command.category);
            self.streams.extend(self.system.log().find_stream(category, &id.words()));
        }
        for (parameter, value) in command.parameters.iter().zip(&values) {
            if let Some(lookup) = &parameter.lookup {
                self.row(lookup, &value.words());
            }
        }
    }

    /// What an event stands on: the stream it is in, and what the command that led to it has looked up.
    pub fn event(&mut self, position: Position) {
        let model = self.system.model().clone();
        let (Some(id), Some(recorded)) = (self.system.event_at(position), self.system.log().get(position))
        else {
            return;
        };
        self.streams.insert(recorded.stream());
        let event = model.event(id);
        let Some(read) = self.system.readings().get(recorded) else { return };
        let commands = model.category(event.category).commands.iter().map(|command| model.command(*command));
        let leading = commands.filter(|command| command.outcomes.iter().any(|outcome| outcome.event == id));
        for parameter in leading.flat_map(|command| &command.parameters) {
            let Some(lookup) = &parameter.lookup else { continue };
            let name = folded(&parameter.name);
            let property = event.properties.iter().position(|property| folded(&property.name) == name);
            let value = property.map_or(&Value::Absent, |property| read.value(recorded, property));
            self.row(lookup, &value.words());
        }
    }

    /// The event that made a row.
    fn row(&mut self, lookup: &Lookup, key: &Text) {
        let rows = lookup.readmodel.and_then(|readmodel| self.system.projections().rows(readmodel));
        if let Some(row) = rows.and_then(|rows| rows.get(key)) {
            self.rows.insert(row.began());
        }
    }

    /// Those up to a position, or everything up to there, as far as it is not left out; the newest of very many.
    pub fn before(&self, until: Position, all: bool) -> Vec<Position> {
        let log = self.system.log();
        let wanted = |position: &Position| {
            let stream = log.get(*position).map(|recorded| recorded.stream());
            let own = stream.is_some_and(|stream| self.streams.contains(&stream) && !log.is_deleted(stream));
            (all || own || self.rows.contains(position)) && self.system.event_at(*position).is_some()
        };
        let mut found: Vec<Position> = (1..=until).rev().filter(wanted).take(MOST_FACTS).collect();
        found.reverse();
        found
    }
}
