//! The log as a list of entries: filtered, searched, a page at a time.

use super::{View, folded_words, is_called};
use crate::log::{Category, EventType, Recorded, StreamId, TypeId, upto, uuid};
use crate::model::words;
use crate::value::Value;
use protocol::Position;
use protocol::log::{Entry, Filter, Page};
use std::borrow::Cow;

/// What is shown in the place of personal data whose key was destroyed.
pub const ERASED: &str = "(erased)";
/// More entries than anybody reads.
const MAX_PAGE: u64 = 1_000;

impl<'a> View<'a> {
    pub fn entry(&self, event: Recorded<'_>) -> Entry {
        let schema = event.schema();
        let reading = self.upcasts.read(schema, self.upcasts.generation(event.position));
        let (context, name) =
            reading.as_ref().map_or((&schema.context, &schema.name), |read| (&read.context, &read.name));
        let known = self.model.find_event(&super::full(context, name)).map(|id| &self.model.event(id).name);
        let label = known.map_or_else(|| words(name), |name| name.label.clone());
        let data = event.data().filter(|(_, value)| !matches!(value, Value::Absent));
        let said = |value: &Value| match value {
            Value::Erased => ERASED.to_string(),
            value => value.words().to_string(),
        };
        Entry {
            position: event.position,
            stream: self.log.stream_name(event.stream()),
            version: event.version(),
            r#type: schema.name.to_string(),
            label: label.to_string(),
            context: schema.context.to_string(),
            sticky: known.and_then(|name| name.sticky),
            data: data.map(|(name, value)| (name.to_string(), said(value))).collect(),
            at: event.at(),
            by: event.by().to_string(),
            id: uuid(event.id()),
            correlation: event.correlation(),
            causation: event.causation(),
            skipped: event.is_skipped() || reading.is_none(),
            erased: event.is_erased(),
            step: event.step(),
        }
    }

    /// What suits the filter, newest first.
    pub fn page(&self, filter: &Filter, skip: u64, limit: u64) -> Page {
        let until = filter.until.unwrap_or(Position::MAX);
        let among = self.positions(&filter.stream, until);
        let count = among.count(until);
        let newest_first = (0..count).rev().filter_map(|index| self.log.get(among.nth(index)?));
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        let limit = limit.min(MAX_PAGE) as usize;
        let mut wanted = Wanted::new(self, filter);
        if wanted.is_everything() {
            let shown = newest_first.skip(skip).take(limit);
            return Page { total: count as u64, entries: shown.map(|event| self.entry(event)).collect() };
        }
        let mut page = Page::default();
        let shown = skip as u64..skip.saturating_add(limit) as u64;
        for event in newest_first.filter(|event| wanted.suits(*event)) {
            if shown.contains(&page.total) {
                page.entries.push(self.entry(event));
            }
            page.total += 1;
        }
        page
    }

    /// The events of a stream by name, in order: an instance's, `$all`, `$ce-Todo` or `$et-TodoAdded`. Contexts may
    /// have streams of one name: then those of all of them. A deletion counts if it was made by then.
    fn positions(&self, stream: &str, until: Position) -> Among<'a> {
        let log = self.log;
        if stream.is_empty() || stream == "$all" {
            return Among::All(log.head());
        }
        let lists: Vec<&[Position]> = if let Some(name) = stream.strip_prefix("$ce-") {
            let is = |(one, _): &(&Category, u32)| is_called(&one.context, &one.name, name);
            let known = log.categories().iter().zip(0..).filter(is);
            known.map(|(_, id)| log.of_category(crate::log::CategoryId(id))).collect()
        } else if let Some(name) = stream.strip_prefix("$et-") {
            let is = |(one, _): &(&EventType, u32)| is_called(&one.context, &one.name, name);
            let known = log.event_types().iter().zip(0..).filter(is);
            known.map(|(_, id)| log.of_type(TypeId(id))).collect()
        } else {
            log.streams_named(stream).into_iter().map(|id: StreamId| log.stream_at(id, until)).collect()
        };
        Among::These(match lists.as_slice() {
            [one] => Cow::Borrowed(*one),
            several => {
                let mut all = several.concat();
                all.sort_unstable();
                Cow::Owned(all)
            }
        })
    }
}

/// Positions in order.
enum Among<'a> {
    /// All up to this one.
    All(Position),
    These(Cow<'a, [Position]>),
}

impl Among<'_> {
    /// How many of them there are up to a position.
    fn count(&self, until: Position) -> usize {
        match self {
            Among::All(head) => (*head).min(until) as usize,
            Among::These(positions) => upto(positions, until).len(),
        }
    }

    fn nth(&self, index: usize) -> Option<Position> {
        match self {
            Among::All(_) => Some(index as Position + 1),
            Among::These(positions) => positions.get(index).copied(),
        }
    }
}

/// A filter made ready: names are numbers, and words are small.
struct Wanted<'a> {
    view: &'a View<'a>,
    words: Vec<String>,
    /// `None`: all.
    types: Option<Vec<TypeId>>,
    by: &'a str,
    haystack: String,
}

impl<'a> Wanted<'a> {
    fn new(view: &'a View<'a>, filter: &'a Filter) -> Self {
        let is = |name: &str| {
            let known = view.log.event_types().iter().zip(0..);
            let named = known.filter(move |(known, _)| is_called(&known.context, &known.name, name));
            named.map(|(_, id)| TypeId(id)).collect::<Vec<_>>()
        };
        let types =
            (!filter.types.is_empty()).then(|| filter.types.iter().flat_map(|name| is(name)).collect());
        Wanted { view, words: folded_words(&filter.search), types, by: &filter.by, haystack: String::new() }
    }

    fn is_everything(&self) -> bool {
        self.words.is_empty() && self.types.is_none() && self.by.is_empty()
    }

    fn suits(&mut self, event: Recorded<'_>) -> bool {
        if self.types.as_ref().is_some_and(|types| !types.contains(&event.type_id())) {
            return false;
        }
        if !self.by.is_empty() && event.by() != self.by {
            return false;
        }
        self.words.is_empty() || self.has_words(event)
    }

    /// Every word occurs somewhere in the event.
    fn has_words(&mut self, event: Recorded<'_>) -> bool {
        use std::fmt::Write;
        let schema = event.schema();
        self.haystack.clear();
        // Writing to a string never fails.
        let _ = write!(
            self.haystack,
            "{} {} {}-{}",
            schema.name,
            words(&schema.name),
            schema.stream,
            self.view.log.stream_key(event.stream())
        );
        for (_, value) in event.data() {
            let _ = write!(self.haystack, "\n{value}");
        }
        match self.haystack.is_ascii() {
            true => self.haystack.make_ascii_lowercase(),
            false => self.haystack = self.haystack.to_lowercase(),
        }
        self.words.iter().all(|word| self.haystack.contains(word))
    }
}
