//! What a service has to do on one store.

use super::load::{body, creating};
use super::options::Options;
use super::process::Running;
use super::project::Project;
use super::stores::{Kind, Place};
use anyhow::{Context, Result};
use codegen::Source;
use contract::boards::Board;
use contract::client::Client;
use contract::draw::SECRET;
use contract::requests::{Paths, line, post};
use contract::session::{Session, Tally};
use contract::{scenarios, stories, storms};
use fastrand::Rng;
use serde_json::Value as Json;
use sim::model::Model;
use std::fs;
use std::sync::Arc;
use std::thread;

/// Clients that write to one stream at once.
const WRITERS: u64 = 8;

pub fn play(
    project: &Project,
    board: &Board,
    source: &Source,
    place: &Place,
    options: &Options,
) -> Result<Tally> {
    let told = match (place.store.events, &board.stories) {
        (Kind::Memory, Some(text)) => told(project, place, text)?,
        _ => Vec::new(),
    };
    let mut running = Running::start(project, place, true)?;
    let model = Arc::new(Model::new(&source.solution, Some(&emd::parse(&source.text))));
    let mut session = Session::new(model.clone(), running.client.clone());
    session.tally.differences.extend(told);
    documents(project, &running.client, &mut session.tally)?;
    let asked = ask_all(&mut session, source, options);
    asked.with_context(|| running.words())?;
    if place.store.lasts() && !session.is_over() {
        drop(running);
        running = Running::start(project, place, true).context("after it was killed")?;
        session.subject = running.client.clone();
        session.all_events().with_context(|| running.words())?;
        session.readmodels()?;
        storms::storm(&mut session, options.seeds + 1, options.commands / 2)
            .with_context(|| running.words())?;
    }
    race(&running.client, &model, &mut session.tally).with_context(|| running.words())?;
    session.tally.differences.extend(running.stop()?);
    secrets(place, &mut session.tally)?;
    Ok(session.tally)
}

fn ask_all(session: &mut Session<Client>, source: &Source, options: &Options) -> Result<()> {
    scenarios::play(session, &source.solution)?;
    for seed in 1..=options.seeds {
        storms::storm(session, seed, options.commands)?;
    }
    session.all_events()
}

/// Each story is told to a service in which nothing has happened, and which keeps its events to itself.
fn told(project: &Project, place: &Place, text: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for story in stories::read(text)? {
        let mut running = Running::start(project, place, false)?;
        found.extend(story.tell(&mut running.client).with_context(|| running.words())?);
        if running.client.get("/events")?.status != 404 {
            found.push("GET /events\n      there though nobody asked for it".into());
        }
        found.extend(running.stop()?);
    }
    Ok(found)
}

/// The service says of itself what was generated, and its page needs nobody else.
fn documents(project: &Project, client: &Client, tally: &mut Tally) -> Result<()> {
    for path in ["/health/live", "/health/ready", "/api-docs", "/api-docs/json"] {
        let answer = client.get(path)?;
        if answer.status != 200 && !(300..=308).contains(&answer.status) {
            tally.differences.push(format!("GET {path}\n      status {}", answer.status));
        }
    }
    let emitted =
        fs::read_to_string(project.folder.join("specs/openapi.json")).context("no specs/openapi.json")?;
    let emitted: Json = serde_json::from_str(&emitted)?;
    let served: Json = serde_json::from_str(&client.get("/api-docs/json")?.body).unwrap_or(Json::Null);
    if emitted != served {
        tally.differences.push("GET /api-docs/json\n      is not specs/openapi.json".into());
    }
    let page = client.get("/api-docs").map(|answer| match answer.header("Location") {
        Some(there) => client.get(there).map(|answer| answer.body).unwrap_or_default(),
        None => answer.body,
    })?;
    for part in ["src=\"http", "src=\"//", "href=\"http", "href=\"//", "src='http", "import('http"] {
        if page.contains(part) {
            tally.differences.push(format!("GET /api-docs\n      loads from elsewhere: {part}"));
        }
    }
    Ok(())
}

/// Writers of one stream at once: nobody's events are lost or doubled, and nobody hears of anything but a conflict.
fn race(client: &Client, model: &Model, tally: &mut Tally) -> Result<()> {
    let Some((id, command)) = creating(model) else { return Ok(()) };
    let body = body(&mut Rng::with_seed(7), model, command, 7_777_777);
    let request = post(Paths::of(model).command(id), &body);
    let answers = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(|| client.send(&request))).collect();
        writers.into_iter().filter_map(|writer| writer.join().ok()).collect::<Result<Vec<_>>>()
    })?;
    let accepted = answers.iter().filter(|answer| answer.status == 202).count();
    let fair = answers.iter().all(|answer| [202, 400, 409].contains(&answer.status));
    let key = command.id.and_then(|id| body.get(command.parameters[id].name.as_str()));
    let key = key.map(|key| key.as_str().map_or_else(|| key.to_string(), str::to_owned)).unwrap_or_default();
    let end = format!("{}-{key}", model.category(command.category).name);
    let mut versions = Vec::new();
    let mut after = 0;
    loop {
        let page: Json = serde_json::from_str(&client.get_events(after)?.body)?;
        let Some(page) = page.as_array().filter(|page| !page.is_empty()) else { break };
        let own =
            page.iter().filter(|event| event["stream"].as_str().is_some_and(|name| name.ends_with(&end)));
        versions.extend(own.filter_map(|event| event["version"].as_u64()));
        after = page.last().and_then(|last| last["position"].as_u64()).unwrap_or(u64::MAX);
    }
    let whole = versions.iter().zip(1..).all(|(version, wanted)| *version == wanted);
    if !fair || accepted == 0 || !whole || versions.len() < accepted * command.outcomes.len() {
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        let why = format!("{WRITERS} at once: {statuses:?}, versions {versions:?}");
        tally.differences.push(format!("{}\n      {why}", line(&request)));
    }
    Ok(())
}

/// What is stored hashed stands nowhere on the disk.
fn secrets(place: &Place, tally: &mut Tally) -> Result<()> {
    for entry in fs::read_dir(&place.folder)? {
        let path = entry?.path();
        let holds = fs::read(&path)?.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
        if holds {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            tally.differences.push(format!("{name}\n      holds what should be hashed"));
        }
    }
    Ok(())
}
