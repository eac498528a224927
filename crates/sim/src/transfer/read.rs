//! Lines of JSON as events from elsewhere, not yet those of a log.

use crate::log::read_uuid;
use crate::moment;
use crate::value::{MAX_TEXT, Text, Unfit};
use protocol::Time;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value as Json;
use std::fmt;

/// More events are refused.
pub const MAX_EVENTS: usize = 200_000;
/// So many shapes of events a log holds; an import brings no more.
pub const MAX_KINDS: usize = 2_000;
const MAX_LINE: usize = 16_000_000;
const MAX_PROPERTIES: usize = 1_000;

/// An event from elsewhere.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Foreign {
    /// Its line, counted from 1.
    pub line: usize,
    pub id: Option<u128>,
    pub r#type: Text,
    pub context: Text,
    /// `Todo-1`
    pub stream: Text,
    pub category: Option<Text>,
    pub at: Option<Time>,
    pub by: Text,
    pub correlation: Option<u128>,
    pub causation: Option<u128>,
    pub data: Data,
    pub personal: Vec<String>,
    pub erased: bool,
}

/// Properties in the order of the file; of several with one name the last counts.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Data(Vec<(String, Json)>);

impl Data {
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &(String, Json)> {
        self.0.iter()
    }
}

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Data, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        let mut data: Vec<(String, Json)> = Vec::new();
        let mut count = 0;
        while let Some((name, value)) = map.next_entry::<String, Json>()? {
            count += 1;
            if count > MAX_PROPERTIES {
                return Err(serde::de::Error::custom("it has more than 1,000 properties"));
            }
            match data.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = value,
                None => data.push((name, value)),
            }
        }
        Ok(Data(data))
    }
}

/// Why nothing was imported, and the line, counted from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    pub line: usize,
    pub why: Why,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// No JSON, or not that of an event.
    NoEvent(String),
    Missing(&'static str),
    NoMoment,
    TooLong,
    TooManyEvents,
    TooManyKinds,
    Value {
        property: String,
        unfit: Unfit,
    },
    Conflict(crate::log::Conflict),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: ", self.line)?;
        match &self.why {
            Why::NoEvent(reason) => write!(f, "this is no event: {reason}."),
            Why::Missing(field) => write!(f, "the event has no `{field}`."),
            Why::NoMoment => f.write_str("its time is no moment like 2026-02-28T11:05:00Z."),
            Why::TooLong => f.write_str("this is too long."),
            Why::TooManyEvents => f.write_str("an import has at most 200,000 events."),
            Why::TooManyKinds => f.write_str("a log holds at most 2,000 kinds of events."),
            Why::Value { property, unfit } => write!(f, "`{property}` {unfit}."),
            Why::Conflict(conflict) => write!(f, "{conflict}"),
        }
    }
}

impl std::error::Error for Broken {}

/// Both formats in one: CloudEvents have `subject` and extensions, ours `stream` and `metadata`.
#[derive(Deserialize)]
struct Line {
    id: Option<String>,
    r#type: Option<String>,
    stream: Option<String>,
    subject: Option<String>,
    source: Option<String>,
    time: Option<String>,
    data: Option<Data>,
    metadata: Option<Metadata>,
    context: Option<String>,
    category: Option<String>,
    actor: Option<String>,
    correlationid: Option<String>,
    causationid: Option<String>,
    personal: Option<String>,
    erased: Option<Json>,
}

#[derive(Deserialize, Default)]
struct Metadata {
    by: Option<String>,
    context: Option<String>,
    category: Option<String>,
    correlation: Option<String>,
    causation: Option<String>,
    #[serde(default)]
    personal: Vec<String>,
    #[serde(default)]
    erased: bool,
}

/// The events of the text, one after the other, so that a long file is never in memory twice. Blank lines mean
/// nothing.
pub fn read(text: &str) -> impl Iterator<Item = Result<Foreign, Broken>> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.enumerate().map(|(count, (line, number))| {
        let read = if count < MAX_EVENTS { event(line, number) } else { Err(Why::TooManyEvents) };
        read.map_err(|why| Broken { line: number, why })
    })
}

fn event(text: &str, number: usize) -> Result<Foreign, Why> {
    if text.len() > MAX_LINE {
        return Err(Why::TooLong);
    }
    let line: Line = serde_json::from_str(text).map_err(|error| Why::NoEvent(reason(&error)))?;
    let metadata = line.metadata.unwrap_or_default();
    let name = |name: Option<String>| name.filter(|name| !name.trim().is_empty());
    let source = line.source.unwrap_or_default();
    let id = name(line.id);
    let foreign = Foreign {
        line: number,
        id: id.map(|id| read_uuid(&id).unwrap_or_else(|| of_words(&[&source, &id]))),
        r#type: name(line.r#type).ok_or(Why::Missing("type"))?.into(),
        context: name(metadata.context.or(line.context)).unwrap_or_default().into(),
        stream: name(line.stream.or(line.subject)).ok_or(Why::Missing("stream"))?.into(),
        category: name(metadata.category.or(line.category)).map(Text::from),
        at: line.time.map(|time| moment::read(&time).ok_or(Why::NoMoment)).transpose()?,
        by: metadata.by.or(line.actor).unwrap_or_default().into(),
        correlation: metadata.correlation.or(line.correlationid).as_deref().and_then(read_uuid),
        causation: metadata.causation.or(line.causationid).as_deref().and_then(read_uuid),
        data: line.data.unwrap_or_default(),
        personal: match line.personal {
            Some(names) => names.split(',').map(str::to_string).collect(),
            None => metadata.personal,
        },
        erased: metadata.erased || line.erased.is_some_and(|erased| erased == "true" || erased == true),
    };
    let names = [&foreign.r#type, &foreign.context, &foreign.stream, &foreign.by];
    let category = foreign.category.as_ref();
    let long = |name: &str| name.len() > MAX_TEXT;
    if names.into_iter().chain(category).any(|name| long(name))
        || foreign.data.iter().any(|(name, _)| long(name))
    {
        return Err(Why::TooLong);
    }
    if foreign.personal.len() > MAX_PROPERTIES {
        return Err(Why::TooLong);
    }
    Ok(foreign)
}

/// What the reader of JSON says, without its own count of lines.
fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or_default().to_string()
}

/// CloudEvents may have any words for an id, unique within their source: these become a UUID of version 8.
fn of_words(words: &[&str]) -> u128 {
    let half = |seed: &str| {
        let bytes = words.iter().flat_map(|part| part.bytes().chain([0xff]));
        seed.bytes().chain(bytes).fold(0xcbf2_9ce4_8422_2325u64, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3).rotate_left(17)
        })
    };
    let (high, low) = (half("high") & !0xf000 | 0x8000, half("low") & !(0b11 << 62) | 0b10 << 62);
    u128::from(high) << 64 | u128::from(low)
}
