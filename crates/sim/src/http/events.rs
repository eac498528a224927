//! The feed of events.

use super::typed::{Object, array, json};
use super::{Gateway, Response, url};
use crate::log::{Recorded, uuid};
use crate::moment;
use crate::value::Value;
use protocol::Position;

const LIMIT: u64 = 100;
const MOST: u64 = 1_000;

impl Gateway {
    pub(super) fn events(&self, query: &str) -> Response {
        let (after, limit) = match (number(query, "after"), number(query, "limit")) {
            (Ok(after), Ok(limit)) => (after.unwrap_or(0), limit.unwrap_or(LIMIT)),
            (Err(name), _) | (_, Err(name)) => {
                return Response::problem(400, &format!("{name} is not a whole number from 0 on."));
            }
        };
        if !(1..=MOST).contains(&limit) {
            return Response::problem(400, "limit is not from 1 to 1,000.");
        }
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let events = self.system.log().after(after).filter_map(|event| self.event(event));
        Response::json(200, array(events.take(most)))
    }

    fn event(&self, recorded: Recorded<'_>) -> Option<String> {
        let model = self.system.model();
        let event = model.event(self.system.event_at(recorded.position)?);
        let read = self.system.readings().get(recorded)?;
        let context = event.name.full.strip_suffix(event.name.name.as_str()).unwrap_or_default();
        let stream = self.system.log().stream_name(recorded.stream());
        let mut data = Object::new();
        for (index, property) in event.properties.iter().enumerate().filter(|(_, one)| !one.hashed) {
            let value = read.value(recorded, index);
            if *value != Value::Absent {
                data = data.put(&property.name, json(value));
            }
        }
        let story = self.stories.get(&recorded.correlation());
        let id = |position: Position| self.system.log().get(position).map(|event| uuid(event.id()));
        let begins = || id(recorded.correlation()).unwrap_or_default();
        let cause = recorded.causation().and_then(id);
        let cause = cause.or_else(|| story.map(|story| story.command.clone()));
        let metadata = Object::new()
            .put("id", uuid(recorded.id()))
            .put("time", moment::words(recorded.at()))
            .put("correlationId", story.map_or_else(begins, |story| story.correlation.clone()))
            .put("causationId", cause.unwrap_or_else(begins));
        let object =
            Object::new().put("position", recorded.position).put("stream", format!("{context}{stream}"));
        let object = object.put("version", recorded.version()).put("type", event.name.full.as_str());
        Some(object.raw("data", &data.done()).raw("metadata", &metadata.done()).done())
    }
}

/// A parameter of the query, or its name where it is no number.
fn number<'a>(query: &str, name: &'a str) -> Result<Option<u64>, &'a str> {
    let mut said = url::query(query, name);
    let first = said.next();
    let Some(words) = first else { return Ok(None) };
    let digits = words.len() <= 15 && !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
    match (digits, said.next()) {
        (true, None) => words.parse().map(Some).map_err(|_| name),
        _ => Err(name),
    }
}
