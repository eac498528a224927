//! A command as a form: what to fill in, what may be chosen, and sensible values to begin with.

use crate::decide::{Facts, is_empty};
use crate::log::StreamId;
use crate::model::{CategoryId, Command, CommandId, Noun, Parameter, ReadmodelId, folded, label};
use crate::project::Row;
use crate::run::Run;
use crate::sample::Sampler;
use crate::system::System;
use crate::value::{Kind, Text, Value};
use protocol::Time;
use protocol::trace::{Field, Form};

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
        let name = folded(&parameter.name);
        let mut categories = (0..).map(CategoryId).zip(&self.model().categories);
        let category = categories.find(|(_, category)| folded(&category.id) == name);
        category.map_or(Vec::new(), |(category, _)| self.things(category, None))
    }

    /// What a read model knows: its keys, with words for them.
    fn known_rows(&self, id: ReadmodelId) -> Vec<(String, String)> {
        let until = self.projections().checkpoint();
        let rows = self.projections().rows(id).map_or(&[][..], |rows| rows.until(until));
        rows.iter().rev().take(CHOICES).map(|row| (row.key.to_string(), self.row_words(id, row))).collect()
    }

    /// The first words of a row that are no id.
    fn row_words(&self, id: ReadmodelId, row: &Row) -> String {
        let readmodel = self.model().readmodel(id);
        let columns = readmodel.columns.iter().enumerate();
        let said = columns.filter(|(_, column)| column.shown && says(&column.name, column.r#type.kind));
        let mut values = said.filter_map(|(at, _)| {
            row.events(self.projections().checkpoint()).rev().find_map(|position| {
                let recorded = self.log().get(position)?;
                let read = self.readings().get(recorded)?;
                let property = self.model().event(read.event).column(&readmodel.columns[at])?;
                let value = read.value(recorded, property);
                (!is_empty(value)).then(|| value.words())
            })
        });
        named(&row.key, values.next())
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
        all.map(|stream| (self.log().stream_key(stream).to_owned(), self.thing_words(stream))).collect()
    }

    /// The first words in a stream that are no id.
    fn thing_words(&self, stream: StreamId) -> String {
        let key: Text = self.log().stream_key(stream).into();
        let events =
            self.log().stream(stream).iter().take(3).filter_map(|position| self.log().get(*position));
        let mut values = events.flat_map(|recorded| {
            let data = recorded.schema().properties.iter().enumerate();
            let said = data.filter(|(_, property)| says(&property.name, property.r#type.kind));
            said.map(move |(at, _)| recorded.value(at)).filter(|value| !is_empty(value)).map(Value::words)
        });
        named(&key, values.next())
    }
}

/// `Milk (1)`; the words alone would be those of many.
fn named(key: &str, words: Option<Text>) -> String {
    match words {
        Some(words) if words.chars().count() > 60 => {
            format!("{}\u{2026} ({key})", words.chars().take(60).collect::<String>())
        }
        Some(words) => format!("{words} ({key})"),
        None => key.to_owned(),
    }
}

/// Whether a property says what a thing is, rather than which, or yes and no.
fn says(name: &str, kind: Kind) -> bool {
    let is_id = name.ends_with("Id") || name.ends_with("ID") || name == "id" || kind == Kind::Uuid;
    !is_id && kind != Kind::Boolean && name != "password"
}
