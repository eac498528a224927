//! The API that is tried in the page: a model that is reached by requests, and how many it has had.

use protocol::ship::{Answer, Call, Failed};
use sim::http::{Gateway, Request};
use sim::model::Model;
use std::sync::Arc;

/// Where ids of events come from; each call brings a seed of its own.
const SEED: u64 = 1;
/// So many of the events that a call led to are named.
const NAMED: usize = 50;

#[derive(Default)]
pub struct Api {
    live: Option<Live>,
}

struct Live {
    text: String,
    gateway: Gateway,
    heard: usize,
}

impl Api {
    /// Carries out the calls from index `keep` on, and gives the answer to the last one.
    pub fn call(&mut self, text: &str, keep: usize, calls: &[Call]) -> Result<Answer, Failed> {
        if keep == 0 {
            let gateway = Gateway::new(Arc::new(Model::of_text(text)), SEED);
            self.live = Some(Live { text: text.to_owned(), gateway, heard: 0 });
        }
        let live = self.live.as_mut().filter(|live| live.text == text && live.heard == keep);
        let live = live.ok_or(Failed::Behind)?;
        calls.iter().map(|call| live.answer(call)).last().ok_or(Failed::Behind)
    }
}

impl Live {
    fn answer(&mut self, call: &Call) -> Answer {
        self.heard += 1;
        let request = Request {
            method: call.method.clone(),
            path: call.path.clone(),
            query: call.query.clone(),
            headers: call.headers.clone(),
            body: call.body.clone().into_bytes(),
        };
        let before = self.gateway.system().log().head();
        let response = self.gateway.answer(&request, call.at, call.seed);
        let system = self.gateway.system();
        let events = (before + 1..=system.log().head()).filter_map(|position| system.event_at(position));
        let events = events.take(NAMED).map(|event| system.model().event(event).name.label.to_string());
        Answer {
            status: response.status,
            headers: response.headers,
            body: response.body,
            events: events.collect(),
        }
    }
}
