//! Events as lines of JSON.

use crate::log::{Log, Recorded, uuid};
use crate::moment;
use crate::value::Value;
use protocol::Position;
use protocol::request::Format;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The whole log, one event a line.
pub fn export(log: &Log, format: Format) -> String {
    let mut text = String::new();
    for event in log.after(0) {
        text.push_str(&line(log, event, format));
        text.push('\n');
    }
    text
}

/// One event as one line, without its end.
pub fn line(log: &Log, event: Recorded<'_>, format: Format) -> String {
    let written = match format {
        Format::JsonLines => serde_json::to_string(&Native::new(log, event)),
        Format::CloudEvents => serde_json::to_string(&Cloud::new(log, event)),
    };
    // Maps with names for keys can be written: there is no other way to fail.
    written.unwrap_or_default()
}

/// The same in several lines for people.
pub fn pretty(log: &Log, event: Recorded<'_>) -> String {
    serde_json::to_string_pretty(&Native::new(log, event)).unwrap_or_default()
}

/// As the admin pages of event stores show it: data and metadata apart.
#[derive(serde::Serialize)]
struct Native<'a> {
    position: Position,
    stream: String,
    version: u64,
    id: String,
    r#type: &'a str,
    time: String,
    data: Data<'a>,
    metadata: Metadata<'a>,
}

#[derive(serde::Serialize)]
struct Metadata<'a> {
    by: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    context: &'a str,
    category: &'a str,
    correlation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    causation: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    personal: Vec<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    erased: bool,
}

impl<'a> Native<'a> {
    fn new(log: &'a Log, event: Recorded<'a>) -> Self {
        let schema = event.schema();
        Native {
            position: event.position,
            stream: log.stream_name(event.stream()),
            version: event.version(),
            id: uuid(event.id()),
            r#type: &schema.name,
            time: moment::words(event.at()),
            data: Data(event),
            metadata: Metadata {
                by: event.by(),
                context: &schema.context,
                category: category(log, event),
                correlation: id(log, event.correlation()),
                causation: event.causation().and_then(|position| id(log, position)),
                personal: personal(event),
                erased: event.is_erased(),
            },
        }
    }
}

/// CloudEvents 1.0. Names of extensions are small letters and their values words, and none is empty.
#[derive(serde::Serialize)]
struct Cloud<'a> {
    specversion: &'static str,
    id: String,
    source: String,
    r#type: &'a str,
    subject: String,
    time: String,
    datacontenttype: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    context: &'a str,
    category: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    actor: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlationid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    causationid: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    personal: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    erased: Option<&'static str>,
    data: Data<'a>,
}

impl<'a> Cloud<'a> {
    fn new(log: &'a Log, event: Recorded<'a>) -> Self {
        let schema = event.schema();
        Cloud {
            specversion: "1.0",
            id: uuid(event.id()),
            source: format!("/{}", percent(&schema.context)),
            r#type: &schema.name,
            subject: log.stream_name(event.stream()),
            time: moment::words(event.at()),
            datacontenttype: "application/json",
            context: &schema.context,
            category: category(log, event),
            actor: event.by(),
            correlationid: id(log, event.correlation()),
            causationid: event.causation().and_then(|position| id(log, position)),
            personal: personal(event).join(","),
            erased: event.is_erased().then_some("true"),
            data: Data(event),
        }
    }
}

fn id(log: &Log, position: Position) -> Option<String> {
    log.get(position).map(|event| uuid(event.id()))
}

/// Of the stream: the model may have renamed it since, and called the event's so.
fn category<'a>(log: &'a Log, event: Recorded<'a>) -> &'a str {
    let of = log.category_of(event.stream()).and_then(|id| log.categories().get(id.0 as usize));
    of.map_or(&event.schema().stream, |category| &category.name)
}

/// A name as a part of a URI.
fn percent(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => written.push(byte.into()),
            _ => written.push_str(&format!("%{byte:02X}")),
        }
    }
    written
}

/// What nobody said is left out; what was erased is `null`.
struct Data<'a>(Recorded<'a>);

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0.data().filter(|(_, value)| !matches!(value, Value::Absent)) {
            map.serialize_entry(name.as_str(), &value.json())?;
        }
        map.end()
    }
}

fn personal(event: Recorded<'_>) -> Vec<&str> {
    let properties = event.data().enumerate();
    let said =
        properties.filter(|(at, (_, value))| event.is_personal(*at) && !matches!(value, Value::Absent));
    said.map(|(_, (name, _))| name.as_str()).collect()
}
