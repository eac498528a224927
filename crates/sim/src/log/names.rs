//! Names and their numbers: an event names its stream, schema and actor by number.

use super::blocks::Blocks;
use super::{Log, Map, Stream};
use crate::value::{Text, Type};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// One shape of an event. When the model changes an event, a new schema stands beside the old one.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Schema {
    pub context: Text,
    /// The aggregate, which is the category of its streams: `Todo`.
    pub stream: Text,
    /// `TodoAdded`
    pub name: Text,
    pub properties: Vec<Property>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Property {
    pub name: Text,
    pub r#type: Type,
    pub personal: bool,
}

impl Schema {
    pub fn index(&self, property: &str) -> Option<usize> {
        self.properties.iter().position(|one| one.name == property)
    }
}

/// A shape of an event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SchemaId(pub u32);
/// An event of a context, whatever its shape: `$et-TodoAdded`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct TypeId(pub u32);
/// The streams of an aggregate of a context: `$ce-Todo`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CategoryId(pub u32);
/// One instance of an aggregate: `Todo-1`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StreamId(pub u32);
/// Who did it, in words for people.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ActorId(pub u32);

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct EventType {
    pub context: Text,
    pub name: Text,
}

#[derive(Clone, Debug)]
pub struct Category {
    pub context: Text,
    /// `Todo`
    pub name: Text,
    /// By the keys of the streams, which lie with their names.
    keys: HashTable<StreamId>,
}

#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub schema: Schema,
    pub r#type: TypeId,
    /// Of the names that stay the same wherever a log is kept: part of the ids of events.
    pub print: u64,
    /// By property: what the schema says, and what turned out later.
    pub personal: Box<[bool]>,
    pub has_personal: bool,
}

#[derive(Clone, Debug)]
pub(super) struct StreamName {
    pub category: CategoryId,
    pub key: Text,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub shapes: Vec<Shape>,
    by_schema: Map<Schema, SchemaId>,
    pub types: Vec<EventType>,
    by_type: Map<EventType, TypeId>,
    pub categories: Vec<Category>,
    by_category: Map<(Text, Text), CategoryId>,
    pub streams: Blocks<StreamName>,
    pub actors: Vec<Text>,
    by_actor: Map<Text, ActorId>,
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn hash(key: &str) -> u64 {
    FixedState::default().hash_one(key)
}

fn named<'a>(streams: &'a Blocks<StreamName>, key: &'a str) -> impl Fn(&StreamId) -> bool + 'a {
    move |id| streams.get(id.0 as usize).is_some_and(|name| name.key == key)
}

/// FNV-1a: the same on every machine, which the hasher of the maps is not.
pub(super) fn print<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

impl Log {
    pub fn schema(&mut self, schema: &Schema) -> SchemaId {
        if let Some(known) = self.names.by_schema.get(schema) {
            return *known;
        }
        let r#type = self.event_type(&schema.context, &schema.name);
        self.category(&schema.context, &schema.stream);
        let id = SchemaId(number(self.names.shapes.len()));
        self.names.shapes.push(Shape {
            schema: schema.clone(),
            r#type,
            print: print([&*schema.context, &*schema.name]),
            personal: schema.properties.iter().map(|property| property.personal).collect(),
            has_personal: schema.properties.iter().any(|property| property.personal),
        });
        self.names.by_schema.insert(schema.clone(), id);
        id
    }

    pub fn event_type(&mut self, context: &str, name: &str) -> TypeId {
        let wanted = EventType { context: context.into(), name: name.into() };
        let next = TypeId(number(self.names.types.len()));
        let id = *self.names.by_type.entry(wanted.clone()).or_insert(next);
        if id == next {
            self.names.types.push(wanted);
            self.types.push(Vec::new());
        }
        id
    }

    pub fn category(&mut self, context: &str, name: &str) -> CategoryId {
        let wanted: (Text, Text) = (context.into(), name.into());
        let next = CategoryId(number(self.names.categories.len()));
        let id = *self.names.by_category.entry(wanted.clone()).or_insert(next);
        if id == next {
            let (context, name) = wanted;
            self.names.categories.push(Category { context, name, keys: HashTable::new() });
            self.categories.push(Vec::new());
        }
        id
    }

    /// The stream of the instance `key`; it need not have events.
    pub fn stream_id(&mut self, category: CategoryId, key: &Text) -> StreamId {
        let names = &mut self.names;
        let Some(of) = names.categories.get_mut(category.0 as usize) else { return StreamId(u32::MAX) };
        let streams = &names.streams;
        if let Some(known) = of.keys.find(hash(key), named(streams, key)) {
            return *known;
        }
        let id = StreamId(number(streams.len()));
        let again = |id: &StreamId| streams.get(id.0 as usize).map_or(0, |name| hash(&name.key));
        of.keys.insert_unique(hash(key), id, again);
        names.streams.push(StreamName { category, key: key.clone() });
        self.streams.push(Stream::default());
        id
    }

    /// The stream if it has ever been named.
    pub fn find_stream(&self, category: CategoryId, key: &str) -> Option<StreamId> {
        let of = self.names.categories.get(category.0 as usize)?;
        of.keys.find(hash(key), named(&self.names.streams, key)).copied()
    }

    pub fn find_category(&self, context: &str, name: &str) -> Option<CategoryId> {
        self.names.by_category.get(&(Text::from(context), Text::from(name))).copied()
    }

    pub fn actor(&mut self, name: &str) -> ActorId {
        if let Some(known) = self.names.by_actor.get(name) {
            return *known;
        }
        let id = ActorId(number(self.names.actors.len()));
        self.names.actors.push(name.into());
        self.names.by_actor.insert(name.into(), id);
        id
    }

    pub fn actor_name(&self, actor: ActorId) -> &str {
        self.names.actors.get(actor.0 as usize).map_or("", |name| name)
    }

    /// All shapes in the order they became known: `SchemaId` is the index.
    pub fn schemas(&self) -> impl ExactSizeIterator<Item = &Schema> {
        self.names.shapes.iter().map(|shape| &shape.schema)
    }

    pub fn type_of(&self, schema: SchemaId) -> Option<TypeId> {
        self.names.shapes.get(schema.0 as usize).map(|shape| shape.r#type)
    }

    /// `TypeId` is the index.
    pub fn event_types(&self) -> &[EventType] {
        &self.names.types
    }

    /// `CategoryId` is the index.
    pub fn categories(&self) -> &[Category] {
        &self.names.categories
    }

    /// How many streams have been named; `StreamId` counts through them.
    pub fn streams(&self) -> impl ExactSizeIterator<Item = StreamId> + use<> {
        (0..number(self.streams.len())).map(StreamId)
    }

    pub fn category_of(&self, stream: StreamId) -> Option<CategoryId> {
        self.names.streams.get(stream.0 as usize).map(|name| name.category)
    }

    /// The id of the instance: `1` of `Todo-1`.
    pub fn stream_key(&self, stream: StreamId) -> &str {
        self.names.streams.get(stream.0 as usize).map_or("", |name| &name.key)
    }

    /// `Todo-1`
    pub fn stream_name(&self, stream: StreamId) -> String {
        let Some(name) = self.names.streams.get(stream.0 as usize) else { return String::new() };
        let category = self.names.categories.get(name.category.0 as usize);
        let category = category.map_or("", |category| &category.name);
        match name.key.is_empty() {
            true => category.to_string(),
            false => format!("{category}-{}", name.key),
        }
    }

    /// The streams of that name, one for each context that has one.
    pub fn streams_named(&self, name: &str) -> Vec<StreamId> {
        let of = |category: &Category| {
            let rest = name.strip_prefix(category.name.as_str())?;
            let key = if rest.is_empty() { rest } else { rest.strip_prefix('-')? };
            category.keys.find(hash(key), named(&self.names.streams, key)).copied()
        };
        self.names.categories.iter().filter_map(of).collect()
    }
}

impl Shape {
    pub fn regard(&mut self, property: usize, personal: bool) {
        if let Some(of) = self.personal.get_mut(property) {
            *of = personal;
        }
        self.has_personal = self.personal.contains(&true);
    }
}

impl Names {
    /// Only the first shapes are known from here on; nothing may be of the others any more.
    pub fn truncate_shapes(&mut self, length: usize) {
        for shape in self.shapes.drain(length.min(self.shapes.len())..) {
            self.by_schema.remove(&shape.schema);
        }
    }
}
