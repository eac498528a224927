//! How many commands a service carries out in a second: a few clients that create things, each one after the other.

use super::process::Running;
use super::project::Project;
use super::stores::Place;
use anyhow::{Context, Result, bail};
use codegen::Source;
use contract::draw;
use contract::requests::{Paths, post};
use fastrand::Rng;
use serde_json::{Map, Value as Json, json};
use sim::model::{Command, CommandId, Model};
use sim::value::Kind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const CLIENTS: u64 = 4;
const WARM_UP: Duration = Duration::from_secs(1);
const LASTS: Duration = Duration::from_secs(4);

pub fn measure(project: &Project, place: &Place, source: &Source) -> Result<f64> {
    let model = &source.model;
    let (id, command) = creating(model).context("no command that can be sent again and again")?;
    let path = Paths::of(model).command(id).to_owned();
    let running = Running::start(project, place, false)?;
    let next = AtomicU64::new(1);
    let measured = AtomicU64::new(0);
    let started = Instant::now();
    let failures = thread::scope(|scope| {
        let work = |client: u64| {
            let (next, measured, path, running) = (&next, &measured, &path, &running);
            scope.spawn(move || -> Result<()> {
                let mut rng = Rng::with_seed(client);
                while started.elapsed() < WARM_UP + LASTS {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let answer = running.client.send(&post(path, &body(&mut rng, model, command, number)))?;
                    if answer.status != 202 {
                        bail!("{} {}", answer.status, answer.body);
                    }
                    if started.elapsed() > WARM_UP {
                        measured.fetch_add(1, Ordering::Relaxed);
                    }
                }
                Ok(())
            })
        };
        let clients: Vec<_> = (0..CLIENTS).map(work).collect();
        clients.into_iter().filter_map(|client| client.join().ok()?.err()).collect::<Vec<_>>()
    });
    if let Some(error) = failures.into_iter().next() {
        return Err(error);
    }
    Ok(measured.load(Ordering::Relaxed) as f64 / LASTS.as_secs_f64())
}

/// One that needs nothing to be there.
pub fn creating(model: &Model) -> Option<(CommandId, &Command)> {
    let commands = (0..).map(CommandId).zip(&model.commands);
    let mut suitable = commands.filter(|(_, command)| {
        command.creates && command.id.is_some() && command.parameters.iter().all(|one| one.lookup.is_none())
    });
    // Hashing a secret takes as long as it is meant to.
    let plain = |(_, command): &(CommandId, &Command)| command.parameters.iter().all(|one| !one.hashed);
    let first = suitable.next()?;
    if plain(&first) { Some(first) } else { suitable.find(plain).or(Some(first)) }
}

pub fn body(rng: &mut Rng, model: &Model, command: &Command, number: u64) -> Map<String, Json> {
    let values = command.parameters.iter().enumerate().map(|(index, parameter)| {
        let id = match parameter.r#type.kind {
            Kind::Integer => json!(number),
            Kind::Uuid => json!(format!("00000000-0000-4000-a000-{number:012x}")),
            _ => json!(format!("load-{number}")),
        };
        let value = if command.id == Some(index) { id } else { draw::good(rng, model, command, parameter) };
        (parameter.name.to_string(), value)
    });
    values.collect()
}
