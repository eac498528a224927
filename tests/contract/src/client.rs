//! Whom requests are sent to: a service over HTTP, or the simulator.

use anyhow::{Context, Result};
use protocol::Time;
use sim::http::{Gateway, Request, Response};
use std::time::Duration;
use ureq::Agent;

/// Any system that answers.
pub trait Subject {
    fn ask(&mut self, request: &Request) -> Result<Response>;
}

/// A service that listens on this machine.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    base: String,
}

impl Client {
    pub fn new(port: u16) -> Client {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Client { agent: config.into(), base: format!("http://127.0.0.1:{port}") }
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn get(&self, path: &str) -> Result<Response> {
        self.send(&Request { method: "GET".into(), path: path.into(), ..Request::default() })
    }

    /// A page of the feed.
    pub fn get_events(&self, after: u64) -> Result<Response> {
        self.send(&Request {
            query: format!("after={after}&limit=1000"),
            method: "GET".into(),
            path: "/events".into(),
            ..Request::default()
        })
    }

    pub fn send(&self, request: &Request) -> Result<Response> {
        let query = if request.query.is_empty() { String::new() } else { format!("?{}", request.query) };
        let uri = format!("{}{}{query}", self.base, request.path);
        let mut builder = ureq::http::Request::builder().method(request.method.as_str()).uri(uri);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let line = || format!("{} {}", request.method, request.path);
        let answer = match request.body.is_empty() && request.method != "POST" {
            true => self.agent.run(builder.body(())?),
            false => self.agent.run(builder.body(request.body.as_slice())?),
        };
        let mut answer = answer.with_context(line)?;
        let headers = answer.headers().iter();
        let headers = headers
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        Ok(Response {
            status: answer.status().as_u16(),
            headers: headers.collect(),
            body: answer.body_mut().with_config().limit(64 << 20).read_to_string().with_context(line)?,
        })
    }
}

impl Subject for Client {
    fn ask(&mut self, request: &Request) -> Result<Response> {
        self.send(request)
    }
}

/// The simulator, with a clock and seeds of its own.
#[derive(Debug)]
pub struct Simulated {
    pub gateway: Gateway,
    pub seed: u64,
    pub at: Time,
}

impl Subject for Simulated {
    fn ask(&mut self, request: &Request) -> Result<Response> {
        self.seed += 1;
        self.at += 1;
        Ok(self.gateway.answer(request, self.at, self.seed))
    }
}
