//! Requests at random, from a seed: people who do what can be done now, and people who make every mistake there is.

use crate::client::Subject;
use crate::ids::made_up;
use crate::requests::{filtered, get, post, raw_post, with};
use crate::session::{BEGINS, Session};
use crate::{draw, filters};
use anyhow::Result;
use codegen::api::{Method, percent};
use fastrand::Rng;
use protocol::storm::Storm;
use serde_json::{Map, Value as Json, json};
use sim::http::{Request, json as json_of};
use sim::model::{CommandId, Model, ReadmodelId};
use sim::storm::{Crowd, Deed};
use sim::value::{Kind, Type, Value};
use std::collections::HashSet;
use std::sync::Arc;

const MISTAKES: u32 = 20;

struct Weather<'a, S> {
    session: &'a mut Session<S>,
    model: Arc<Model>,
    rng: Rng,
    seed: u64,
    made: u32,
    /// One that was accepted with a key, to be sent again.
    keyed: Option<Request>,
}

/// Sends so many commands, and asks between them.
pub fn storm<S: Subject>(session: &mut Session<S>, seed: u64, commands: u32) -> Result<()> {
    let model = session.model();
    let storm = Storm { seed, people: 5, commands, speed: 1.0, mix: Vec::new(), mistakes: MISTAKES };
    let mut crowd = Crowd::new(&storm, &model, BEGINS);
    let mut weather = Weather { session, model, rng: Rng::with_seed(seed), seed, made: 0, keyed: None };
    while let Some(deed) = crowd.next(weather.session.gateway.system()) {
        if weather.session.is_over() {
            return Ok(());
        }
        if weather.deed(&deed)? {
            crowd.managed(deed.command);
        }
        match weather.rng.u8(..10) {
            0..=2 => weather.look()?,
            3 => weather.stray()?,
            4 => weather.again()?,
            5 if weather.rng.u8(..4) == 0 => weather.erase()?,
            _ => {}
        }
    }
    session.readmodels()
}

impl<S: Subject> Weather<'_, S> {
    /// Whether the command was accepted.
    fn deed(&mut self, deed: &Deed) -> Result<bool> {
        let body = self.body(deed.command, &deed.values);
        let path = self.session.paths.command(deed.command).to_owned();
        let request = match self.rng.u8(..30) {
            0 => raw_post(&path, draw::broken(&mut self.rng)),
            1 => with(post(&path, &body), "Content-Type", "text/plain"),
            _ => post(&path, &body),
        };
        let mut request = self.headers(request);
        // The first of a name counts: another media type stands before the own one.
        request.headers.reverse();
        request.headers.dedup_by(|one, other| one.0 == other.0);
        let answer = self.session.ask(&request)?;
        let keyed = request.header("Idempotency-Key").is_some();
        if answer.status == 202 && keyed {
            self.keyed = Some(request);
        }
        Ok(answer.status == 202)
    }

    fn body(&mut self, id: CommandId, values: &[Value]) -> Map<String, Json> {
        let model = self.model.clone();
        let command = model.command(id);
        let mut body = Map::new();
        for (index, (parameter, value)) in command.parameters.iter().zip(values).enumerate() {
            let name = parameter.name.to_string();
            let own = command.id == Some(index);
            let is_text = parameter.r#type == Type::TEXT;
            match value {
                Value::Absent if own && command.creates => {
                    drop(body.insert(name, self.fresh(parameter.r#type)))
                }
                Value::Absent => {}
                _ if parameter.hashed => {
                    body.insert(name, draw::good(&mut self.rng, &model, command, parameter));
                }
                _ if is_text && !own && parameter.lookup.is_none() && self.rng.u8(..6) == 0 => {
                    body.insert(name, draw::nasty(&mut self.rng));
                }
                value => drop(body.insert(name, json_of(value))),
            }
        }
        if self.rng.u8(..8) == 0 && !command.parameters.is_empty() {
            let parameter = &command.parameters[self.rng.usize(..command.parameters.len())];
            body.insert(parameter.name.to_string(), draw::odd(&mut self.rng));
        }
        if self.rng.u8(..40) == 0 {
            body.insert("noSuchParameter".into(), json!(1));
        }
        body
    }

    /// An id that nothing has.
    fn fresh(&mut self, r#type: Type) -> Json {
        self.made += 1;
        match r#type.kind {
            Kind::Integer => json!(self.seed % 1_000 * 100_000 + u64::from(self.made)),
            Kind::Uuid => json!(format!("{:08x}-0000-4000-8000-{:012x}", self.seed as u32, self.made)),
            _ => match self.rng.u8(..12) {
                0 => json!(format!("{} {}/{} \u{e9}?#%", self.seed, self.made, self.made)),
                _ => json!(format!("s{}-{}", self.seed, self.made)),
            },
        }
    }

    fn headers(&mut self, request: Request) -> Request {
        let rng = &mut self.rng;
        match rng.u8(..24) {
            0 => with(request, "If-Match", format!("\"{}\"", rng.u8(..4))),
            1 => with(request, "If-Match", ["*", "1", "W/\"1\"", "\"x\"", ""][rng.usize(..4)]),
            2 | 3 => with(request, "Idempotency-Key", format!("key-{}-{}", self.seed, rng.u32(..))),
            4 => with(request, "Idempotency-Key", ["a b", &"x".repeat(256)][rng.usize(..2)]),
            5 => with(request, "Correlation-Id", format!("story-{}", rng.u8(..3))),
            6 => with(request, "Accept", "application/problem+json"),
            7 => with(request, "Accept", "text/html, application/problem+json;q=0.5, */*"),
            8 => with(request, "Correlation-Id", "not a word"),
            9 => with(request, "Content-Type", "Application/JSON; charset=utf-8"),
            _ => request,
        }
    }

    /// A read model, with a filter or without.
    fn look(&mut self) -> Result<()> {
        if self.model.readmodels.is_empty() {
            return Ok(());
        }
        let index = self.rng.usize(..self.model.readmodels.len());
        let path = self.session.paths.rows(ReadmodelId(index as u32)).to_owned();
        let rows = self.session.ask(&get(&path))?;
        let rows = comparable(serde_json::from_str(&rows.body).unwrap_or_default());
        for _ in 0..2 {
            let filter = filters::random(&mut self.rng, &rows);
            let one = if self.rng.bool() { "/findOne" } else { "" };
            self.session.ask(&filtered(&format!("{path}{one}"), &filter))?;
        }
        Ok(())
    }

    /// What is not there.
    fn stray(&mut self) -> Result<()> {
        let all = self.session.paths.all();
        let route = &all[self.rng.usize(..all.len())];
        let path = route.path.replace("{id}", "1");
        if path.starts_with("/health") {
            return Ok(());
        }
        let other = if route.method == Method::Post { "DELETE" } else { "PUT" };
        let request = match self.rng.u8(..4) {
            0 => get(&format!("{path}/")),
            1 => get(&format!("{path}x/none")),
            2 => Request { method: other.into(), ..get(&path) },
            _ => raw_post("/api/v1/NoStream/NoCommand", "{}"),
        };
        self.session.ask(&request).map(drop)
    }

    /// The same once more, or another one under its key.
    fn again(&mut self) -> Result<()> {
        let Some(request) = self.keyed.clone() else { return Ok(()) };
        self.session.ask(&request)?;
        let other = Request { body: b"{ }".to_vec(), ..request };
        self.session.ask(&other).map(drop)
    }

    fn erase(&mut self) -> Result<()> {
        let personal: Vec<_> =
            self.session.paths.personal().map(|(category, path)| (category, path.to_owned())).collect();
        if personal.is_empty() {
            return Ok(());
        }
        let (category, path) = &personal[self.rng.usize(..personal.len())];
        let system = self.session.gateway.system();
        let category = system.category(*category);
        let log = system.log();
        let keys: Vec<String> = log
            .streams()
            .filter(|stream| log.category_of(*stream) == Some(category) && log.version(*stream) > 0)
            .map(|stream| log.stream_key(stream).to_owned())
            .collect();
        let key = match keys.is_empty() || self.rng.u8(..6) == 0 {
            true => "nobody".to_owned(),
            false => keys[self.rng.usize(..keys.len())].clone(),
        };
        if key.is_empty() {
            return Ok(());
        }
        let request = Request { method: "DELETE".into(), ..get(&path.replace("{id}", &percent(&key))) };
        self.session.ask(&request)?;
        self.session.readmodels()
    }
}

/// The rows without columns of ids that each system makes up: their order is its own.
fn comparable(mut rows: Vec<Map<String, Json>>) -> Vec<Json> {
    let own = |value: &Json| value.as_str().is_some_and(|words| made_up(words).is_some());
    let columns = rows.iter().flat_map(|row| row.iter().filter(|(_, value)| own(value)));
    let columns: HashSet<String> = columns.map(|(name, _)| name.clone()).collect();
    for row in &mut rows {
        row.retain(|name, _| !columns.contains(name));
    }
    rows.into_iter().filter(|row| !row.is_empty()).map(Json::Object).collect()
}
