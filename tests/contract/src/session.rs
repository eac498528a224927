//! One system asked what the simulator is asked: the answers, the events that follow, and the read models.

use crate::client::Subject;
use crate::compare;
use crate::ids::Ids;
use crate::requests::{Paths, filtered, get, line};
use anyhow::{Result, bail};
use protocol::Time;
use serde_json::Value as Json;
use sim::http::{Gateway, Request, Response};
use sim::model::{Model, ReadmodelId};
use std::sync::Arc;

/// The clock of the simulator begins here, 2026-01-05 09:00.
pub const BEGINS: Time = 1_767_603_600_000;
const SECOND: Time = 1_000;
/// One more difference and the rest would be about their consequences.
const MOST: usize = 20;
const PAGE: usize = 1_000;

#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub requests: usize,
    pub accepted: usize,
    pub refused: usize,
    pub events: usize,
    /// Cases that no requests lead to.
    pub skipped: usize,
    pub differences: Vec<String>,
}

#[derive(Debug)]
pub struct Session<S> {
    pub gateway: Gateway,
    pub subject: S,
    pub tally: Tally,
    pub paths: Paths,
    ids: Ids,
    /// Positions up to which events were compared: ours and theirs.
    seen: (u64, u64),
}

impl<S: Subject> Session<S> {
    /// Nothing has happened yet, here and there.
    pub fn new(model: Arc<Model>, subject: S) -> Session<S> {
        let paths = Paths::of(&model);
        let gateway = Gateway::new(model, 7);
        Session { gateway, subject, tally: Tally::default(), paths, ids: Ids::default(), seen: (0, 0) }
    }

    pub fn model(&self) -> Arc<Model> {
        self.gateway.system().model().clone()
    }

    /// So much is wrong that asking on would tell nothing.
    pub fn is_over(&self) -> bool {
        self.tally.differences.len() >= MOST
    }

    /// Asks both, compares, and returns our answer.
    pub fn ask(&mut self, request: &Request) -> Result<Response> {
        self.tally.requests += 1;
        let number = self.tally.requests as u64;
        let at = BEGINS + SECOND * self.tally.requests as Time;
        let ours = self.gateway.answer(request, at, number);
        let theirs = self.subject.ask(&self.ids.request(request))?;
        self.tally.accepted += usize::from(ours.status == 202);
        self.tally.refused += usize::from(ours.status == 400);
        let found = compare::answers(&mut self.ids, &ours, &theirs);
        for why in found {
            self.differs(&line(request), &why);
        }
        if ours.status == 202 || theirs.status == 202 {
            self.events(&line(request))?;
        }
        if ours.status == 204 {
            self.all_events()?;
        }
        Ok(ours)
    }

    fn differs(&mut self, what: &str, why: &str) {
        self.tally.differences.push(format!("{what}\n      {why}"));
    }

    /// Compares the events that neither was asked for yet.
    fn events(&mut self, what: &str) -> Result<()> {
        loop {
            let ours = self.gateway.answer(&feed(self.seen.0), 0, 0);
            let ours = list(&ours)?;
            let theirs = self.subject.ask(&feed(self.seen.1))?;
            let theirs = list(&theirs)?;
            if ours.len() != theirs.len() {
                let names = |events: &[Json]| {
                    let names = events.iter().map(|event| event["type"].to_string());
                    names.collect::<Vec<_>>().join(", ")
                };
                self.differs(what, &format!("events {}, not {}", names(&theirs), names(&ours)));
            }
            for (one, other) in ours.iter().zip(&theirs) {
                if let Err(why) = compare::event(&mut self.ids, one, other) {
                    self.differs(what, &format!("event {}{why}", one["type"]));
                }
                let position = other["position"].as_u64().unwrap_or(0);
                if position <= self.seen.1 {
                    self.differs(what, &format!("position {position} after {}", self.seen.1));
                }
                self.seen.1 = position.max(self.seen.1);
                self.tally.events += 1;
            }
            self.seen.0 = ours.last().and_then(|last| last["position"].as_u64()).unwrap_or(self.seen.0);
            self.seen.1 = theirs.last().and_then(|last| last["position"].as_u64()).unwrap_or(self.seen.1);
            if ours.len() < PAGE {
                return Ok(());
            }
        }
    }

    /// Compares all events once more: what was erased since, or what another process reads from the store.
    pub fn all_events(&mut self) -> Result<()> {
        self.seen = (0, 0);
        let before = self.tally.events;
        self.events("all events")?;
        self.tally.events = before;
        Ok(())
    }

    /// Compares all rows of all read models.
    pub fn readmodels(&mut self) -> Result<()> {
        for index in 0..self.model().readmodels.len() {
            let path = self.paths.rows(ReadmodelId(index as u32)).to_owned();
            self.ask(&filtered(&path, r#"{"limit":1000}"#))?;
        }
        Ok(())
    }
}

fn feed(after: u64) -> Request {
    Request { query: format!("after={after}&limit={PAGE}"), ..get("/events") }
}

fn list(answer: &Response) -> Result<Vec<Json>> {
    match serde_json::from_str(&answer.body) {
        Ok(Json::Array(events)) if answer.status == 200 => Ok(events),
        _ => bail!("/events answers {}: {}", answer.status, crate::ids::cut(&answer.body, 300)),
    }
}
