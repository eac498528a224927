//! What a thing is called: people know a customer by name, not by number.

use crate::decide::is_empty;
use crate::log::StreamId;
use crate::model::{CategoryId, ReadmodelId, folded, label};
use crate::system::System;
use crate::value::{Kind, Type};
use protocol::Position;

/// So many values are said of a thing.
const MOST_VALUES: usize = 2;
/// A thing is called by its first events.
const FIRST_EVENTS: usize = 3;
/// Longer values are cut.
const MOST_LETTERS: usize = 40;

impl System {
    /// The kind of thing whose id a property of that name holds, seen from a context.
    pub(super) fn category_of_id(&self, context: u32, property: &str) -> Option<CategoryId> {
        let find = |name: &str| {
            let name = folded(name);
            let all = (0..).map(CategoryId).zip(&self.model().categories);
            let mut found = all.filter(|(_, category)| folded(&category.id) == name).map(|(id, _)| id);
            let first = found.next()?;
            let own = |id: &CategoryId| self.context_of(*id) == Some(context);
            Some(std::iter::once(first).chain(found).find(own).unwrap_or(first))
        };
        // `fromUserId` is the id of a user too.
        find(property).or_else(|| find(&eml::names::id_part(property)?))
    }

    fn context_of(&self, category: CategoryId) -> Option<u32> {
        let event = self.model().category(category).events.first()?;
        Some(self.model().event(*event).name.context)
    }

    /// What the thing of that id is called; nothing where there is no such thing, or it says nothing of itself.
    pub(super) fn thing_words(&self, category: CategoryId, id: &str, until: Position) -> Option<String> {
        let stream = self.log().find_stream(self.category(category), id)?;
        self.stream_words(stream, until, true)
    }

    /// What the row of that key is called, by what it is the id of, or by what stands in it.
    pub(super) fn row_words(&self, readmodel: ReadmodelId, key: &str) -> Option<String> {
        let model = self.model().readmodel(readmodel);
        let category = self.category_of_id(model.name.context, &model.key);
        let thing = category.and_then(|category| self.thing_words(category, key, Position::MAX));
        thing.or_else(|| {
            let row = self.projections().rows(readmodel)?.get(key)?;
            let stream = self.log().get(row.began())?.stream();
            self.stream_words(stream, Position::MAX, true)
        })
    }

    /// What the first event of a stream that says anything calls it, which does not change while things happen to it:
    /// its words, and the names of what it is about; else a number.
    pub(super) fn stream_words(&self, stream: StreamId, until: Position, deep: bool) -> Option<String> {
        let events = self.log().stream_at(stream, until).iter().take(FIRST_EVENTS);
        let mut said = events.filter_map(|position| self.event_words(*position, until, deep));
        said.next()
    }

    fn event_words(&self, position: Position, until: Position, deep: bool) -> Option<String> {
        let recorded = self.log().get(position)?;
        let read = self.readings().get(recorded)?;
        let event = self.model().event(read.event);
        let most = if deep { MOST_VALUES } else { 1 };
        let (mut words, mut number) = (Vec::new(), None);
        // What has words of its own needs no names of others behind them.
        let mut others = deep;
        for (at, property) in event.properties.iter().enumerate() {
            let value = read.value(recorded, at);
            if event.id == Some(at) || property.hashed || is_empty(value) || words.len() == most {
                continue;
            }
            match property.r#type {
                _ if property.name.ends_with("Id") => {
                    let category =
                        others.then(|| self.category_of_id(event.name.context, &property.name)).flatten();
                    let about =
                        category.and_then(|of| self.log().find_stream(self.category(of), &value.words()));
                    words.extend(about.and_then(|about| self.stream_words(about, until, false)));
                }
                Type::TEXT => {
                    others &= !words.is_empty();
                    words.push(cut(&value.words()));
                }
                Type { kind: Kind::Integer | Kind::Decimal, list: false } if deep => {
                    number = number.or_else(|| Some(format!("{} {value}", label(&property.name))));
                }
                _ => {}
            }
        }
        words.dedup();
        if words.is_empty() { number } else { Some(words.join(", ")) }
    }
}

/// `Milk (1)`: the words alone may be those of many.
pub(super) fn named(key: &str, words: Option<String>) -> (String, String) {
    let words = words.map_or_else(|| key.to_owned(), |words| format!("{words} ({key})"));
    (key.to_owned(), words)
}

fn cut(words: &str) -> String {
    match words.char_indices().nth(MOST_LETTERS) {
        Some((at, _)) => format!("{}\u{2026}", &words[..at]),
        None => words.to_owned(),
    }
}
