//! A command as a form: what to fill in, what may be chosen, and sensible values to begin with.

use super::words::named;
use crate::decide::Facts;
use crate::log::StreamId;
use crate::model::{CategoryId, Command, CommandId, Noun, Parameter, ReadmodelId, label};
use crate::run::Run;
use crate::sample::Sampler;
use crate::system::System;
use protocol::trace::{Field, Form};
use protocol::{Position, Time};

/// So many things are offered, the newest first.
const CHOICES: usize = 50;
/// So many are looked at to find those.
const LOOKED_AT: usize = 500;

impl Run {
    /// `None`: there is no command of that name.
    pub fn form(&self, command: &str, seed: u64) -> Option<Form> {
        let model = self.system().model();
        let id = model.find_command(command)?;
        let command = model.command(id);
        let log = self.system().log();
        let now = log.get(log.head()).map_or(0, |event| event.at());
        let fields = (0..command.parameters.len()).map(|index| self.system().field(id, index, seed, now));
        Some(Form {
            command: command.name.full.to_string(),
            label: command.name.label.to_string(),
            sticky: self.present().sticky(Noun::Command, &command.name.full),
            actor: command.actor.as_ref().map(ToString::to_string),
            fields: fields.collect(),
        })
    }
}

impl System {
    fn field(&self, id: CommandId, index: usize, seed: u64, now: Time) -> Field {
        let model = self.model();
        let command = model.command(id);
        let parameter = &command.parameters[index];
        let made_up = command.id == Some(index) && command.creates;
        let choices = if made_up { Vec::new() } else { self.choices(command, index, parameter) };
        let example = match choices.first() {
            _ if made_up => String::new(),
            Some((key, _)) => key.clone(),
            // What exists nowhere cannot be made up.
            None if parameter.lookup.is_some() || command.id == Some(index) => String::new(),
            None => {
                let thing = &model.category(command.category).name;
                Sampler::new(thing, &parameter.name, parameter.r#type).example(seed, now)
            }
        };
        Field {
            name: parameter.name.to_string(),
            label: label(&parameter.name).to_string(),
            r#type: parameter.r#type.to_string(),
            required: parameter.required || parameter.lookup.is_some(),
            example,
            choices,
            made_up,
            hashed: parameter.hashed,
        }
    }

    fn choices(&self, command: &Command, index: usize, parameter: &Parameter) -> Vec<(String, String)> {
        if let Some(lookup) = &parameter.lookup {
            return lookup.readmodel.map_or(Vec::new(), |readmodel| self.known_rows(readmodel));
        }
        if command.id == Some(index) {
            return self.things(command.category, Some(command));
        }
        // An id that nothing checks may still be that of a thing that there is.
        let category = self.category_of_id(command.name.context, &parameter.name);
        category.map_or(Vec::new(), |category| self.things(category, None))
    }

    /// What a read model knows: its keys, with words for them.
    fn known_rows(&self, id: ReadmodelId) -> Vec<(String, String)> {
        let until = self.projections().checkpoint();
        let rows = self.projections().rows(id).map_or(&[][..], |rows| rows.until(until));
        rows.iter().rev().take(CHOICES).map(|row| named(&row.key, self.row_words(id, &row.key))).collect()
    }

    /// The things of a kind, those first with which the command would succeed.
    fn things(&self, category: CategoryId, command: Option<&Command>) -> Vec<(String, String)> {
        let of = self.category(category);
        let mut seen = foldhash::HashSet::default();
        let recent = self.log().of_category(of).iter().rev().filter_map(|position| self.log().get(*position));
        let streams = recent.take(LOOKED_AT).map(|recorded| recorded.stream());
        let streams: Vec<StreamId> =
            streams.filter(|stream| seen.insert(*stream) && !self.log().is_deleted(*stream)).collect();
        let suits = |stream: &StreamId| {
            command.is_none_or(|command| {
                command.preconditions.iter().all(|condition| {
                    condition.event.is_some_and(|event| self.happened(*stream, event)) == condition.must
                })
            })
        };
        let (suiting, others): (Vec<StreamId>, Vec<StreamId>) = streams.into_iter().partition(suits);
        let all = suiting.into_iter().chain(others).take(CHOICES);
        all.map(|stream| named(self.log().stream_key(stream), self.stream_words(stream, Position::MAX, true)))
            .collect()
    }
}
