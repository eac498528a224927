//! Commands: from a body to what came of it.

use super::{Gateway, MAX_BODY, Remembered, Request, Response, Story, typed};
use crate::log::Conflict;
use crate::messages::failures;
use crate::model::{CommandId, Model, PolicyId, folded};
use crate::policies::{Answer, Course};
use crate::system::{Call, Ids, Refused};
use crate::value::{Unfit, Value};
use protocol::step::Expected;
use protocol::{Position, Time};
use serde_json::{Map, Value as Json};

/// What a header may hold that names something.
const MAX_WORD: usize = 255;

impl Gateway {
    pub(super) fn command(
        &mut self,
        id: CommandId,
        request: &Request,
        correlation: &str,
        (at, seed): (Time, u64),
    ) -> Response {
        let body = match body(request) {
            Ok(body) => body,
            Err(problem) => return problem,
        };
        let model = self.system.model().clone();
        let command = model.command(id);
        let known = |name: &&String| command.parameters.iter().any(|parameter| parameter.name == **name);
        if let Some(name) = body.keys().find(|name| !known(name)) {
            return Response::problem(400, &format!("{} has no {name}.", command.name.name));
        }
        let expected = match request.header("If-Match").map(version) {
            None => Expected::Any,
            Some(Some(version)) => Expected::Version(version),
            Some(None) => return Response::problem(400, "If-Match is no version in quotes, like \"3\"."),
        };
        let key = request.header("Idempotency-Key");
        if key.is_some_and(|key| !is_word(key)) {
            let detail = "Idempotency-Key is not 1 to 255 printable ASCII characters without spaces.";
            return Response::problem(400, detail);
        }
        if let Some(answer) = key.and_then(|key| self.remembered.get(key)) {
            return answer.again(request);
        }
        let (mut values, unfit) = self.values(id, &body);
        if !unfit.is_empty() {
            let refusals = self.system.refusals(id, &values, &unfit);
            return refused(&model, id, &Refused::Refusals(refusals), request);
        }
        let by = self.system.actor(command.actor.as_deref().unwrap_or("Somebody"));
        let call = Call { at, by, step: 0, expected, ids: Ids::Uuids(seed), cause: None };
        let first = self.system.log().head() + 1;
        let judge = |_: &Model, _: PolicyId, _: Position| Answer::Runs;
        let sent = Course::new(&mut self.system, call, &mut (), judge).send_as_said(id, &mut values);
        let appended = match sent {
            Ok(appended) => appended,
            Err(why) => return refused(&model, id, &why, request),
        };
        let story = Story { correlation: correlation.into(), command: self.made_up(seed, 1) };
        self.stories.insert(first, story);
        let version = self.version(id, appended.last.max(first - 1), &values);
        let given = command.parameters.iter().zip(&values).filter(|(parameter, _)| !parameter.hashed);
        let given = given.filter(|(parameter, _)| body.contains_key(parameter.name.as_str()));
        let object = given.fold(typed::Object::new(), |object, (parameter, value)| {
            object.put(&parameter.name, typed::json(value))
        });
        let response = Response::json(202, object.done()).with("Stream-Version", version.to_string());
        if let Some(key) = key {
            let answer = response.clone().with("Correlation-Id", correlation);
            let answer = Remembered { path: request.path.clone(), body: request.body.clone(), answer };
            self.remembered.insert(key.into(), answer);
        }
        response
    }

    /// The values of the parameters, and those that are of another type.
    fn values(&self, id: CommandId, body: &Map<String, Json>) -> (Vec<Value>, Vec<(usize, Unfit)>) {
        let parameters = &self.system.model().command(id).parameters;
        let mut unfit = Vec::new();
        let read = parameters.iter().enumerate().map(|(index, parameter)| {
            let Some(json) = body.get(parameter.name.as_str()) else { return Value::Absent };
            let value = typed::read(parameter.r#type, json, self.ids.contains(&folded(&parameter.name)));
            value.unwrap_or_else(|why| {
                unfit.push((index, why));
                Value::Absent
            })
        });
        (read.collect(), unfit)
    }

    /// The version of the command's stream when its last event was appended.
    fn version(&self, id: CommandId, last: Position, values: &[Value]) -> u64 {
        let model = self.system.model();
        let command = model.command(id);
        let key = command.id.and_then(|id| values.get(id)).map(Value::words).unwrap_or_default();
        let log = self.system.log();
        let stream = log.find_stream(self.system.category(command.category), &key);
        stream.map_or(0, |stream| log.stream_at(stream, last).len() as u64)
    }

    /// A UUID for what has a name in no log.
    pub(super) fn made_up(&self, seed: u64, what: u64) -> String {
        crate::system::uuid(crate::system::mix(seed ^ what << 32), self.system.log().head())
    }
}

impl Remembered {
    fn again(&self, request: &Request) -> Response {
        if self.path == request.path && self.body == request.body {
            return self.answer.clone();
        }
        Response::problem(422, "This Idempotency-Key was used for another request.")
    }
}

fn refused(model: &Model, id: CommandId, why: &Refused, request: &Request) -> Response {
    match why {
        Refused::Refusals(refusals) => {
            let failures = failures(model, model.command(id), refusals);
            Response::refused(&failures, request.accepts_problems())
        }
        Refused::Conflict(why @ Conflict::Version { .. }) => Response::problem(412, &why.to_string()),
        Refused::Conflict(why) => Response::problem(409, &why.to_string()),
    }
}

fn body(request: &Request) -> Result<Map<String, Json>, Response> {
    let media = request.header("Content-Type").and_then(|value| value.split(';').next()).unwrap_or("");
    if !media.trim().eq_ignore_ascii_case("application/json") {
        return Err(Response::problem(415, "A command comes as application/json."));
    }
    if request.body.len() > MAX_BODY {
        return Err(Response::problem(413, "A command has at most 1,048,576 bytes."));
    }
    match serde_json::from_slice(&request.body) {
        Ok(Json::Object(body)) => Ok(body),
        Ok(_) => Err(Response::problem(400, "A command is a JSON object.")),
        Err(why) => Err(Response::problem(400, &format!("The body is no JSON: {why}."))),
    }
}

/// `"3"`
fn version(words: &str) -> Option<u64> {
    let digits = words.trim().strip_prefix('"')?.strip_suffix('"')?;
    let fits = (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}

pub(super) fn is_word(words: &str) -> bool {
    (1..=MAX_WORD).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_graphic())
}
