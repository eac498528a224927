//! The scenarios of a board as requests. Given events cannot be sent: they are reached by the commands that lead to
//! them, with all that those need; what cannot be reached is skipped and counted.
//!
//! Ids of a scenario are its own, so that one scenario knows nothing of another.

use crate::client::Subject;
use crate::draw;
use crate::requests::post;
use crate::session::Session;
use anyhow::Result;
use emd::Step;
use eml::{Reference, Says, Scenario, ScenarioLine, Solution};
use fastrand::Rng;
use serde_json::{Map, Value as Json, json};
use sim::decide::Facts;
use sim::http::json as json_of;
use sim::model::{Command, CommandId, EventId, Model, Parameter, folded};
use sim::value::{Kind, Text, Value};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// A command that needs another that needs another… is given up here.
const DEPTH: u8 = 6;

/// Values by the names of properties without capitals.
type Said = BTreeMap<Text, Json>;

struct Stage<'a, S> {
    session: &'a mut Session<S>,
    model: Arc<Model>,
    context: String,
    /// Names of properties that hold ids.
    ids: HashSet<Text>,
    number: usize,
    made: usize,
    rng: Rng,
}

/// Plays all scenarios of a solution.
pub fn play<S: Subject>(session: &mut Session<S>, solution: &Solution) -> Result<()> {
    let model = session.model();
    let ids = model.categories.iter().map(|one| &one.id).chain(model.readmodels.iter().map(|one| &one.key));
    let ids: HashSet<Text> = ids.map(|name| folded(name)).collect();
    let mut number = 0;
    for context in &solution.contexts {
        for scenario in &context.scenarios {
            number += 1;
            let mut stage = Stage {
                session,
                model: model.clone(),
                context: context.name.replace(' ', ""),
                ids: ids.clone(),
                number,
                made: 0,
                rng: Rng::with_seed(number as u64),
            };
            if !stage.scenario(scenario)? {
                session.tally.skipped += 1;
            }
            session.readmodels()?;
            if session.is_over() {
                return Ok(());
            }
        }
    }
    Ok(())
}

impl<S: Subject> Stage<'_, S> {
    /// Whether it could be played.
    fn scenario(&mut self, scenario: &Scenario) -> Result<bool> {
        for line in &scenario.lines {
            let Says::Name(reference) = &line.says else { continue };
            let said = self.said(line);
            match line.step {
                Step::Given => {
                    let event = self.find(reference, Model::find_event);
                    let reached = match (event, self.find(reference, Model::find_command)) {
                        (Some(event), _) => self.reach(event, &said, DEPTH)?,
                        (None, Some(command)) => self.carry_out(command, &said, DEPTH)?,
                        (None, None) => false,
                    };
                    if !reached {
                        return Ok(false);
                    }
                }
                Step::When => {
                    let Some(id) = self.find(reference, Model::find_command) else { return Ok(false) };
                    let body = self.body(id, &said, false);
                    self.send(id, &body)?;
                }
                Step::Then | Step::Expect | Step::Scenario => {}
            }
        }
        Ok(true)
    }

    fn find<T>(&self, reference: &Reference, find: fn(&Model, &str) -> Option<T>) -> Option<T> {
        let context = if reference.context.is_empty() { &self.context } else { &*reference.context };
        let full = match self.model.contexts.len() > 1 {
            true => format!("{}.{}", context.replace(' ', ""), reference.name),
            false => reference.name.to_string(),
        };
        find(&self.model, &full)
    }

    /// Values as the scenario writes them, ids made its own.
    fn said(&self, line: &ScenarioLine) -> Said {
        line.values.iter().map(|given| (folded(&given.name), json!(given.value.to_string()))).collect()
    }

    /// Leads to an event by the commands that do.
    fn reach(&mut self, event: EventId, said: &Said, depth: u8) -> Result<bool> {
        let model = self.model.clone();
        let leads = |command: &Command| command.outcomes.iter().any(|outcome| outcome.event == event);
        let commands = (0..).map(CommandId).zip(&model.commands);
        let mut commands: Vec<_> = commands.filter(|(_, command)| leads(command)).collect();
        commands.sort_by_key(|(_, command)| command.outcomes.len());
        for (id, _) in commands {
            if depth > 0 && self.carry_out(id, said, depth - 1)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Sends a command when all that it needs is there.
    fn carry_out(&mut self, id: CommandId, said: &Said, depth: u8) -> Result<bool> {
        let model = self.model.clone();
        let command = model.command(id);
        let body = self.body(id, said, true);
        for parameter in &command.parameters {
            let Some(lookup) = &parameter.lookup else { continue };
            let Some(value) = body.get(parameter.name.as_str()).cloned() else { return Ok(false) };
            let Some(readmodel) = lookup.readmodel else { return Ok(false) };
            let key = Value::text(words(&value));
            for heard in &model.readmodel(readmodel).hears {
                if self.session.gateway.system().exists(readmodel, &key) {
                    break;
                }
                let property = &model.event(heard.event).properties[heard.key].name;
                self.reach(heard.event, &Said::from([(folded(property), value.clone())]), depth)?;
            }
            if !self.session.gateway.system().exists(readmodel, &key) {
                return Ok(false);
            }
        }
        for condition in command.preconditions.iter().filter(|condition| condition.must) {
            let Some(event) = condition.event else { return Ok(false) };
            if !self.happened(command, &body, event) {
                let own = command.id.map(|id| &command.parameters[id]);
                let own = own.and_then(|own| Some((folded(&own.name), body.get(own.name.as_str())?.clone())));
                self.reach(event, &own.into_iter().collect(), depth)?;
            }
        }
        self.send(id, &body)
    }

    fn happened(&self, command: &Command, body: &Map<String, Json>, event: EventId) -> bool {
        let system = self.session.gateway.system();
        let key = command.id.and_then(|id| body.get(command.parameters[id].name.as_str()));
        let stream =
            key.and_then(|key| system.log().find_stream(system.category(command.category), &words(key)));
        stream.is_some_and(|stream| system.happened(stream, event))
    }

    fn send(&mut self, id: CommandId, body: &Map<String, Json>) -> Result<bool> {
        let request = post(self.session.paths.command(id), body);
        Ok(self.session.ask(&request)?.status == 202)
    }

    /// What a command is sent with; `whole`: what it cannot do without is made up.
    fn body(&mut self, id: CommandId, said: &Said, whole: bool) -> Map<String, Json> {
        let model = self.model.clone();
        let command = model.command(id);
        let mut body = Map::new();
        for (index, parameter) in command.parameters.iter().enumerate() {
            let own = command.id == Some(index);
            let needs = parameter.required || parameter.lookup.is_some();
            let value = match said.get(&folded(&parameter.name)) {
                Some(value) => Some(self.own(parameter, value)),
                None if own && (whole || command.creates) => Some(self.fresh(parameter)),
                None if whole && needs => Some(match self.is_id(parameter) {
                    true => self.fresh(parameter),
                    false => draw::good(&mut self.rng, &model, command, parameter),
                }),
                None => None,
            };
            if let Some(value) = value {
                body.insert(parameter.name.to_string(), value);
            }
        }
        body
    }

    fn is_id(&self, parameter: &Parameter) -> bool {
        self.ids.contains(&folded(&parameter.name))
    }

    /// A value of the scenario, as its parameter takes it; an id as this scenario's own.
    fn own(&self, parameter: &Parameter, value: &Json) -> Json {
        let Some(said) = value.as_str() else { return value.clone() };
        let mine = format!("c{}-", self.number);
        match parameter.r#type.kind {
            Kind::Text if self.is_id(parameter) && !said.starts_with(&mine) => json!(format!("{mine}{said}")),
            Kind::Text if !parameter.r#type.list => json!(said),
            _ => parameter.r#type.read(said).map_or_else(|_| value.clone(), |value| json_of(&value)),
        }
    }

    fn fresh(&mut self, parameter: &Parameter) -> Json {
        self.made += 1;
        match parameter.r#type.kind {
            Kind::Integer => json!(self.number * 1_000 + self.made),
            Kind::Uuid => json!(format!("{:08x}-0000-4000-9000-{:012x}", self.number, self.made)),
            _ => json!(format!("c{}-new{}", self.number, self.made)),
        }
    }
}

/// A value as the key of a stream or a row.
fn words(json: &Json) -> Text {
    match json {
        Json::String(words) => words.as_str().into(),
        other => other.to_string().into(),
    }
}
