//! People of a storm: who does what next, with which values, and which mistakes they make.
//!
//! Invariant: the same storm and system so far give the same next deed; a deed says one value for each parameter.
//! Sensible people do what can be done now, as far as they know; now and then somebody tries what nobody has managed.

use super::known::{Conditions, Known};
use super::random::Random;
use crate::model::{Command, CommandId, Model, Parameter};
use crate::sample::Sampler;
use crate::system::System;
use crate::value::{Text, Value};
use protocol::Time;
use protocol::storm::Storm;

/// Different values of one parameter.
const POOL: usize = 64;
/// So often somebody looks for something that can be done, and for a thing with which it can be.
const TRIES: usize = 8;
/// Of so many deeds one tries what nobody has managed yet.
const STUBBORN: usize = 50;

/// Where the values of a parameter come from, and those that were made so far.
type Examples = (Sampler, Vec<Option<Value>>);

/// What somebody does.
#[derive(Clone, PartialEq, Debug)]
pub struct Deed {
    pub at: Time,
    /// Index of `Crowd::people`.
    pub person: usize,
    pub command: CommandId,
    /// One for each parameter of the command.
    pub values: Box<[Value]>,
}

#[derive(Clone, Debug)]
pub struct Crowd {
    random: Random,
    people: Vec<Text>,
    mistakes: u32,
    start: Time,
    /// Milliseconds between two deeds.
    pause: f64,
    done: u32,
    of: u32,
    /// Commands with the sums of weights up to and with each.
    weights: Vec<(CommandId, f64)>,
    conditions: Vec<Conditions>,
    samplers: Vec<Box<[Examples]>>,
    managed: Vec<bool>,
    known: Known,
    last: Option<(CommandId, Box<[Value]>)>,
}

impl Crowd {
    /// `at` is when the storm begins.
    pub fn new(storm: &Storm, model: &Model, at: Time) -> Crowd {
        let storm = super::bounded(storm);
        let sampler = |command: &Command| -> Box<[Examples]> {
            let thing = &model.category(command.category).name;
            let parameters = command.parameters.iter();
            parameters.map(|one| (Sampler::new(thing, &one.name, one.r#type), Vec::new())).collect()
        };
        let named = Sampler::new("Person", "name", crate::value::Type::TEXT);
        Crowd {
            random: Random::new(storm.seed),
            people: (0..storm.people)
                .map(|each| named.example(u64::from(each) % POOL as u64, at).into())
                .collect(),
            mistakes: storm.mistakes,
            start: at,
            pause: 1_000.0 / storm.speed,
            done: 0,
            of: storm.commands,
            weights: weights(&storm, model),
            conditions: model.commands.iter().map(|command| Conditions::of(model, command)).collect(),
            samplers: model.commands.iter().map(sampler).collect(),
            managed: vec![false; model.commands.len()],
            known: Known::new(model),
            last: None,
        }
    }

    /// Their names.
    pub fn people(&self) -> &[Text] {
        &self.people
    }

    /// How many deeds are done, and how many there will be.
    pub fn progress(&self) -> (u32, u32) {
        (self.done, if self.weights.is_empty() { self.done } else { self.of })
    }

    /// Somebody's command was accepted.
    pub fn managed(&mut self, command: CommandId) {
        if let Some(managed) = self.managed.get_mut(command.index()) {
            *managed = true;
        }
    }

    /// What is done next, given all that happened so far; `None` when the storm is over.
    pub fn next(&mut self, system: &System) -> Option<Deed> {
        if self.done >= self.of || self.weights.is_empty() {
            return None;
        }
        self.known.hear(system);
        let model = system.model();
        let at = self.start.saturating_add((f64::from(self.done) * self.pause) as Time);
        self.done += 1;
        let person = self.random.below(self.people.len());
        let sloppy = self.random.percent(self.mistakes);
        let (command, values) = match sloppy {
            true => self.mistake(model, person, at),
            false => self.sensible(model, person, at),
        };
        self.last = Some((command, values.clone()));
        Some(Deed { at, person, command, values })
    }

    fn sensible(&mut self, model: &Model, person: usize, at: Time) -> (CommandId, Box<[Value]>) {
        let mut command = self.pick();
        for _ in 0..TRIES {
            let one = model.command(command);
            let thing = self.thing(command, one);
            let stubborn = !self.managed[command.index()] && self.random.below(STUBBORN) == 0;
            if (thing.is_some() || self.may_be_new(command, one)) && self.finds(one) || stubborn {
                return (command, self.values(command, one, thing, person, at));
            }
            command = self.pick();
        }
        let one = model.command(command);
        let thing = self.thing(command, one);
        (command, self.values(command, one, thing, person, at))
    }

    /// By weight.
    fn pick(&mut self) -> CommandId {
        let whole = self.weights.last().map_or(0.0, |(_, sum)| *sum);
        let thrown = (self.random.next() >> 11) as f64 / (1_u64 << 53) as f64 * whole;
        let at = self.weights.partition_point(|(_, sum)| *sum <= thrown).min(self.weights.len() - 1);
        self.weights[at].0
    }

    /// A thing that is begun with this command needs no thing to be there.
    fn may_be_new(&self, command: CommandId, one: &Command) -> bool {
        self.conditions[command.index()].requires == 0 && one.creates
    }

    /// Everything that must exist does.
    fn finds(&self, one: &Command) -> bool {
        let mut lookups = one.parameters.iter().filter_map(|parameter| parameter.lookup.as_ref());
        lookups.all(|lookup| lookup.readmodel.is_some_and(|it| !self.known.keys(it.index()).is_empty()))
    }

    /// A thing with which this can be done now. What begins a thing is done with a new one.
    fn thing(&mut self, command: CommandId, one: &Command) -> Option<Text> {
        if one.creates {
            return None;
        }
        let things = self.known.things(one.category.index());
        let conditions = self.conditions[command.index()];
        for each in 0..TRIES {
            let at = if each % 2 == 0 {
                self.random.recent(things.len())
            } else {
                self.random.below(things.len())
            };
            let Some(thing) = things.get(at) else { break };
            if conditions.hold(thing) {
                return Some(thing.key.clone());
            }
        }
        None
    }

    /// One value for each parameter: the thing's id, something that can be looked up, or an example.
    fn values(
        &mut self,
        command: CommandId,
        one: &Command,
        thing: Option<Text>,
        person: usize,
        at: Time,
    ) -> Box<[Value]> {
        let own = self.random.percent(50);
        let example = if own { person % POOL } else { self.random.below(POOL) };
        let mut values = Vec::with_capacity(one.parameters.len());
        for (index, parameter) in one.parameters.iter().enumerate() {
            values.push(match (&parameter.lookup, &thing) {
                (_, Some(key)) if one.id == Some(index) => Value::Text(key.clone()),
                (_, None) if one.id == Some(index) && one.creates => Value::Absent,
                (Some(_), _) => self.looked_up(parameter).unwrap_or_else(|| Value::text("1")),
                _ => self.example(command, index, parameter, example, at),
            });
        }
        values.into()
    }

    fn looked_up(&mut self, parameter: &Parameter) -> Option<Value> {
        let keys = self.known.keys(parameter.lookup.as_ref()?.readmodel?.index());
        let at = self.random.popular(keys.len());
        keys.get(at).cloned().map(Value::Text)
    }

    fn example(
        &mut self,
        command: CommandId,
        index: usize,
        parameter: &Parameter,
        nth: usize,
        at: Time,
    ) -> Value {
        let (sampler, pool) = &mut self.samplers[command.index()][index];
        if pool.len() <= nth {
            pool.resize(nth + 1, None);
        }
        let fresh = || {
            let words = sampler.example(nth as u64, at);
            parameter.r#type.read(&words).unwrap_or_else(|_| Value::text(words))
        };
        pool[nth].get_or_insert_with(fresh).clone()
    }

    /// Values missing, unknown ids, wrong types, the wrong moment, or the same thing twice.
    fn mistake(&mut self, model: &Model, person: usize, at: Time) -> (CommandId, Box<[Value]>) {
        let kind = self.random.below(5);
        if kind == 0
            && let Some(last) = self.last.clone()
        {
            return last;
        }
        let command = self.pick();
        let one = model.command(command);
        let things = self.known.things(one.category.index());
        let any = self.random.recent(things.len());
        let thing = things.get(any).map(|thing| thing.key.clone());
        let mut values = self.values(command, one, thing, person, at);
        let at = self.random.below(values.len());
        if let (Some(value), Some(parameter)) = (values.get_mut(at), one.parameters.get(at)) {
            match kind {
                1 => *value = Value::Absent,
                2 if one.id == Some(at) || parameter.lookup.is_some() => {
                    *value = Value::text("nobody-knows-this")
                }
                3 if parameter.r#type != crate::value::Type::TEXT => *value = Value::text("a lot"),
                // Done with whatever thing comes along: the wrong moment.
                _ => {}
            }
        }
        (command, values)
    }
}

/// Weights that are missing are 1; where all are nothing, all are 1.
fn weights(storm: &Storm, model: &Model) -> Vec<(CommandId, f64)> {
    let mut weights = vec![1.0; model.commands.len()];
    for (name, weight) in &storm.mix {
        if let Some(command) = model.find_command(name) {
            weights[command.index()] = if weight.is_finite() { weight.clamp(0.0, 1_000.0) } else { 1.0 };
        }
    }
    if weights.iter().all(|weight| *weight <= 0.0) {
        weights.fill(1.0);
    }
    let mut sum = 0.0;
    let mut sums = Vec::new();
    for (index, weight) in (0..).zip(weights).filter(|(_, weight)| *weight > 0.0) {
        sum += weight;
        sums.push((CommandId(index), sum));
    }
    sums
}
