//! Upcasts: how events that were written under an older model are read. What is stored is never changed.
//!
//! An upcast is about the events that were there when it was made. So each event is read through those upcasts that
//! were made after it, in their order; events of one schema with the same upcasts before them form a generation and
//! are read alike.

use crate::log::{Recorded, Schema};
use crate::value::{Text, Type, Value};
use crate::views::is_called;
use protocol::Position;
use protocol::step::Upcast;

/// All upcasts of a run, each with the last position that it is about.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Upcasts {
    list: Vec<(Upcast, Position)>,
}

/// How events of one schema and generation are read.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    pub context: Text,
    pub name: Text,
    pub properties: Vec<(Text, From)>,
}

/// Where the value of a property comes from.
#[derive(Clone, PartialEq, Debug)]
pub enum From {
    /// The index in the schema.
    Stored(usize),
    /// The stored value, or another where it is blank or none of the type.
    StoredOr {
        index: usize,
        r#type: Option<Type>,
        instead: Value,
    },
    Default(Value),
}

impl Upcasts {
    /// From here on, events up to `head` are read through it.
    pub fn push(&mut self, upcast: Upcast, head: Position) {
        self.list.push((upcast, head));
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Later events are read through none.
    pub fn head(&self) -> Position {
        self.list.last().map_or(0, |(_, head)| *head)
    }

    /// Takes the later ones back.
    pub fn truncate(&mut self, length: usize) {
        self.list.truncate(length);
    }

    /// So many upcasts were made before the event and so are not about it.
    pub fn generation(&self, position: Position) -> usize {
        self.list.partition_point(|(_, head)| *head < position)
    }

    /// Those generations that events can be of: nothing may have happened between two upcasts.
    pub fn generations(&self) -> impl Iterator<Item = usize> + '_ {
        let head = |index: usize| self.list.get(index).map_or(Position::MAX, |(_, head)| *head);
        (0..=self.list.len()).filter(move |generation| {
            generation.checked_sub(1).is_none_or(|before| head(before) < head(*generation))
        })
    }

    /// `None`: events of this schema and generation are left out.
    pub fn read(&self, schema: &Schema, generation: usize) -> Option<Reading> {
        let mut reading = Reading::plain(schema);
        for (upcast, _) in self.list.get(generation..).unwrap_or(&[]) {
            if !reading.apply(upcast) {
                return None;
            }
        }
        Some(reading)
    }
}

impl Reading {
    /// As it is stored.
    pub fn plain(schema: &Schema) -> Reading {
        let names = schema.properties.iter().enumerate();
        Reading {
            context: schema.context.clone(),
            name: schema.name.clone(),
            properties: names.map(|(index, one)| (one.name.clone(), From::Stored(index))).collect(),
        }
    }

    pub fn has(&self, property: &str) -> bool {
        self.properties.iter().any(|(name, _)| name == property)
    }

    pub fn source(&self, property: &str) -> Option<&From> {
        self.properties.iter().find(|(name, _)| name == property).map(|(_, from)| from)
    }

    /// Says whether the event is still there.
    fn apply(&mut self, upcast: &Upcast) -> bool {
        match upcast {
            Upcast::RenameEvent { from, to } if self.is(from) => {
                let (context, name) = to.rsplit_once('.').unwrap_or((&self.context, to));
                (self.context, self.name) = (context.into(), name.into());
            }
            Upcast::RenameProperty { event, from, to } if self.is(event) && !self.has(to) => {
                let renamed = self.properties.iter_mut().find(|(name, _)| name == from);
                if let Some((name, _)) = renamed {
                    *name = to.into();
                }
            }
            Upcast::Default { event, property, value } if self.is(event) => {
                self.default(property, value, None)
            }
            Upcast::Retype { event, property, r#type, value } if self.is(event) && self.has(property) => {
                self.default(property, value, Some(Type::of(r#type)));
            }
            Upcast::SkipEvent { event } if self.is(event) => return false,
            _ => {}
        }
        true
    }

    fn default(&mut self, property: &str, value: &str, r#type: Option<Type>) {
        let instead = r#type.unwrap_or_default().read(value).unwrap_or_default();
        match self.properties.iter_mut().find(|(name, _)| name == property) {
            Some((_, from)) => {
                if let From::Stored(index) | From::StoredOr { index, .. } = *from {
                    *from = From::StoredOr { index, r#type, instead };
                }
            }
            None => self.properties.push((property.into(), From::Default(instead))),
        }
    }

    /// `TodoAdded`, or `Context.TodoAdded`.
    fn is(&self, name: &str) -> bool {
        is_called(&self.context, &self.name, name)
    }
}

impl From {
    /// The value that the event has for it.
    pub fn value<'a>(&'a self, event: Recorded<'a>) -> &'a Value {
        match self {
            From::Stored(index) => event.value(*index),
            From::Default(value) => value,
            From::StoredOr { index, r#type, instead } => {
                let stored = event.value(*index);
                let unfit = |r#type: &Type| r#type.read(&stored.words()).is_err();
                let fits = !stored.is_blank() && !r#type.as_ref().is_some_and(unfit);
                if fits || matches!(stored, Value::Erased) { stored } else { instead }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Property;

    fn schema() -> Schema {
        let property = |name: &str| Property { name: name.into(), ..Property::default() };
        let properties = ["todoId", "text"].map(property).into();
        Schema { context: "Web Shop".into(), stream: "Todo".into(), name: "TodoAdded".into(), properties }
    }

    fn names(upcasts: &Upcasts, position: Position) -> Option<(String, Vec<String>)> {
        let reading = upcasts.read(&schema(), upcasts.generation(position))?;
        let properties = reading.properties.iter().map(|(name, _)| name.to_string()).collect();
        Some((format!("{}.{}", reading.context, reading.name), properties))
    }

    #[test]
    fn upcasts_apply_one_after_the_other_to_the_events_before_them() {
        let mut upcasts = Upcasts::default();
        let (event, from, to) = ("TodoAdded".to_string(), "text".to_string(), "words".to_string());
        upcasts.push(Upcast::RenameProperty { event, from, to }, 10);
        upcasts.push(Upcast::RenameEvent { from: "WebShop.TodoAdded".into(), to: "TodoMade".into() }, 10);
        let (event, property, value) = ("TodoMade".into(), "due".into(), "today".into());
        upcasts.push(Upcast::Default { event, property, value }, 20);
        let all = Some(("Web Shop.TodoMade".into(), vec!["todoId".into(), "words".into(), "due".into()]));
        assert_eq!(names(&upcasts, 10), all);
        assert_eq!(
            names(&upcasts, 11),
            Some(("Web Shop.TodoAdded".into(), vec!["todoId".into(), "text".into()]))
        );
        upcasts.push(Upcast::SkipEvent { event: "TodoMade".into() }, 30);
        assert_eq!(upcasts.generations().collect::<Vec<_>>(), [0, 2, 3, 4]);
        assert_eq!(names(&upcasts, 10), None);
        assert!(names(&upcasts, 11).is_some(), "it was never renamed");
        upcasts.truncate(0);
        assert_eq!(names(&upcasts, 1).unwrap().0, "Web Shop.TodoAdded");
    }
}
