//! The streams of the log: the one of that very name, then those that changed last.

use super::{View, folded_words};
use crate::log::{CategoryId, StreamId, TypeId, upto};
use protocol::Position;
use protocol::log::Stream;

const MAX_PAGE: u64 = 1_000;

impl View<'_> {
    /// Those whose names hold all words of `search`, and how many they are. A search that begins with `$` is about
    /// the streams that are made of others: `$all`, `$ce-Todo`, `$et-TodoAdded`.
    pub fn streams(
        &self,
        search: &str,
        until: Option<Position>,
        skip: u64,
        limit: u64,
    ) -> (u64, Vec<Stream>) {
        let until = until.unwrap_or(Position::MAX);
        let words = folded_words(search);
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        let limit = usize::try_from(limit.min(MAX_PAGE)).unwrap_or(0);
        if search.trim_start().starts_with('$') {
            let all = self.made_of_others(until, &words);
            return (all.len() as u64, all.into_iter().skip(skip).take(limit).collect());
        }
        let last = |id: StreamId| Some((*upto(self.log.ever(id), until).last()?, id));
        let mut found: Vec<(Position, StreamId)> = self.log.streams().filter_map(last).collect();
        if !words.is_empty() {
            found.retain(|(_, id)| {
                let name = self.log.stream_name(*id).to_lowercase();
                words.iter().all(|word| name.contains(word))
            });
        }
        found.sort_unstable_by(|left, right| right.cmp(left));
        if !words.is_empty() {
            // Whoever knows the whole name finds it on the first page.
            let whole = search.trim();
            found.sort_by_cached_key(|(_, id)| self.log.stream_name(*id) != whole);
        }
        let shown = found.iter().skip(skip).take(limit);
        (found.len() as u64, shown.map(|(last, id)| self.stream(*id, *last, until)).collect())
    }

    fn stream(&self, id: StreamId, last: Position, until: Position) -> Stream {
        let visible = self.log.stream_at(id, until);
        let category = self.log.category_of(id).and_then(|of| self.log.categories().get(of.0 as usize));
        Stream {
            name: self.log.stream_name(id),
            category: category.map(|category| category.name.to_string()).unwrap_or_default(),
            events: visible.len() as u64,
            version: upto(self.log.ever(id), until).len() as u64,
            last,
            deleted: self.log.is_deleted_at(id, until),
            personal: self.log.has_personal(id),
            forgotten: self.log.is_forgotten(id),
            snapshot: self.snapshot(visible),
        }
    }

    /// How often each event happened, and the version at which it did last.
    fn snapshot(&self, positions: &[Position]) -> Vec<(String, u64)> {
        let mut seen: Vec<(TypeId, String, u64, u64)> = Vec::new();
        for event in positions.iter().filter_map(|position| self.log.get(*position)) {
            if event.is_skipped() {
                continue;
            }
            match seen.iter_mut().find(|(known, ..)| *known == event.type_id()) {
                Some((_, _, times, version)) => {
                    *times += 1;
                    *version = event.version();
                }
                None => seen.push((event.type_id(), event.schema().name.to_string(), 1, event.version())),
            }
        }
        seen.into_iter().map(|(_, name, times, version)| (format!("{name} {times}x"), version)).collect()
    }

    fn made_of_others(&self, until: Position, words: &[String]) -> Vec<Stream> {
        let made = |name: String, positions: &[Position]| {
            let positions = upto(positions, until);
            let (events, last) = (positions.len() as u64, positions.last().copied().unwrap_or_default());
            Stream { name, events, version: events, last, ..Stream::default() }
        };
        let head = self.log.head().min(until);
        let everything =
            Stream { name: "$all".into(), events: head, version: head, last: head, ..Stream::default() };
        let categories = self.log.categories().iter().zip(0..);
        let categories = categories.map(|(category, id)| {
            made(format!("$ce-{}", category.name), self.log.of_category(CategoryId(id)))
        });
        let types = self.log.event_types().iter().zip(0..);
        let types =
            types.map(|(r#type, id)| made(format!("$et-{}", r#type.name), self.log.of_type(TypeId(id))));
        let all = [everything].into_iter().chain(categories).chain(types);
        all.filter(|stream| {
            let name = stream.name.to_lowercase();
            stream.events > 0 && words.iter().all(|word| name.contains(word))
        })
        .collect()
    }
}
