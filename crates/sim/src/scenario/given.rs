//! Given events: facts that were there before.

use super::play::{Player, no_property, same};
use crate::log::New;
use crate::model::{Event, EventId, Noun, label};
use crate::value::{Kind, Text, Type, Value};
use eml::ScenarioLine;
use protocol::Time;

impl Player<'_> {
    /// A given event is appended as it is. What it leaves open is filled in as a command would: a yes or no is yes,
    /// the rest is what the stream knew last.
    pub(super) fn fact(&mut self, line: &ScenarioLine, id: EventId, at: Time) {
        let said = self.written(line, Some((Noun::Event, id.0)));
        let sticky = self.line_of(line);
        let model = self.model.clone();
        let event = model.event(id);
        let appended = self.data(line, event).and_then(|mut data| {
            let key = self.key(event, &mut data);
            self.append(id, event, &key, data, at)
        });
        match appended {
            Ok(()) => self.holds(sticky, said),
            Err(words) => self.fails(sticky, said, String::new(), words),
        }
    }

    /// The values that the line gives.
    fn data(&self, line: &ScenarioLine, event: &Event) -> Result<Vec<Value>, String> {
        let mut data = vec![Value::Absent; event.properties.len()];
        for given in &line.values {
            let property = event.properties.iter().position(|property| same(&property.name, &given.name));
            let index = property.ok_or_else(|| no_property(&event.name.label, &given.name))?;
            let value = event.properties[index].r#type.read(&given.value);
            data[index] = value.map_err(|unfit| format!("{} {unfit}.", label(&given.name)))?;
        }
        Ok(data)
    }

    fn append(
        &mut self,
        id: EventId,
        event: &Event,
        key: &Text,
        mut data: Vec<Value>,
        at: Time,
    ) -> Result<(), String> {
        let category = self.system.category(event.category);
        let schema = self.system.schema(id);
        let appended = self.system.append_fact(category, key, |system, stream| {
            for (index, value) in data.iter_mut().enumerate().filter(|(_, value)| **value == Value::Absent) {
                *value = match event.properties[index].r#type == Type::one(Kind::Boolean) {
                    true => Value::Boolean(true),
                    false => system.carried(stream, event, index),
                };
            }
            New {
                stream,
                schema,
                data: data.into(),
                id: None,
                at,
                by: system.actor("Somebody"),
                correlation: None,
                causation: None,
                step: 0,
            }
        });
        appended.map(drop).map_err(|conflict| conflict.to_string())
    }

    /// The id of the event's stream; a number that no stream has where the scenario leaves it open.
    fn key(&self, event: &Event, data: &mut [Value]) -> Text {
        let id = event.id.and_then(|id| data.get_mut(id));
        let said = id.as_ref().map(|id| id.words()).filter(|key| !key.is_empty());
        said.unwrap_or_else(|| {
            let category = self.system.category(event.category);
            let is_free = |key: &Text| {
                let stream = self.system.log().find_stream(category, key);
                stream.is_none_or(|stream| self.system.log().version(stream) == 0)
            };
            let mut numbers = (1u64..).map(|number| smol_str::format_smolstr!("{number}"));
            let free = numbers.find(is_free).unwrap_or_default();
            if let (Some(id), Some(index)) = (id, event.id) {
                *id = event.properties[index].r#type.read(&free).unwrap_or(Value::Text(free.clone()));
            }
            free
        })
    }
}
