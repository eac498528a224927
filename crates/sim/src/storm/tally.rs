//! What came of a storm, counted while it goes on.

use crate::decide::Refusal;
use crate::messages;
use crate::model::{CommandId, EventId, Model, PolicyId, ReadmodelId};
use crate::policies::Witness;
use crate::system::{Refused, System};
use crate::value::Text;
use foldhash::HashMap;
use protocol::storm::{self, Counted, Long, Report};
use protocol::{Position, Sticky, Time};

/// Rows of a list that are told, the largest ones.
const MOST: usize = 20;
const SLICES: Time = 48;
/// Commands that people sent, as their watcher numbers them; those of policies have another number.
const PERSON: usize = 0;
const POLICY: usize = 1;

#[derive(Clone, Debug, Default)]
pub struct Tally {
    commands: Vec<Outcome>,
    events: Vec<u64>,
    readmodels: Vec<u64>,
    policies: Vec<u64>,
}

/// How a command fared.
#[derive(Clone, Debug, Default)]
struct Outcome {
    sent: u64,
    by_policies: u64,
    refused: u64,
    reasons: Vec<(Refusal, u64)>,
}

impl Tally {
    pub fn new(model: &Model) -> Tally {
        Tally {
            commands: vec![Outcome::default(); model.commands.len()],
            events: vec![0; model.events.len()],
            readmodels: vec![0; model.readmodels.len()],
            policies: vec![0; model.policies.len()],
        }
    }

    /// `first` is the position before the storm.
    pub fn report(&self, system: &System, before: Position, until: Position) -> Report {
        let model = system.model();
        let sent = self.commands.iter().map(|one| one.sent).sum();
        let rejected = self.commands.iter().map(|one| one.refused).sum();
        let slice = slice(system, before, until);
        let (longest_streams, streams) = streams(system, before, until);
        Report {
            commands: sent,
            accepted: sent - rejected,
            rejected,
            events: until - before,
            from: before + 1,
            until,
            over_time: over_time(system, before, until, slice),
            slice,
            by_type: self.by_type(model),
            rejections: self.rejections(model),
            longest_streams,
            streams,
            heat: self.heat(model),
            never: self.never(model),
        }
    }

    fn by_type(&self, model: &Model) -> Vec<Counted> {
        let named = model.events.iter().zip(&self.events).filter(|(_, times)| **times > 0);
        let counted = |(event, times): (&crate::model::Event, &u64)| Counted {
            label: event.name.label.to_string(),
            sticky: event.name.sticky,
            times: *times,
        };
        largest(named.map(counted).collect(), |one| one.times)
    }

    fn rejections(&self, model: &Model) -> Vec<storm::Refused> {
        let all = (0..).map(CommandId).zip(&self.commands);
        let all =
            all.flat_map(|(id, one)| one.reasons.iter().map(move |(reason, times)| (id, *reason, *times)));
        largest(all.map(|(id, reason, times)| refused(model, id, reason, times)).collect(), |one| one.times)
    }

    /// Commands that people sent in vain each time, with the reason that was given most often.
    fn never(&self, model: &Model) -> Vec<storm::Refused> {
        let failed = (0..)
            .map(CommandId)
            .zip(&self.commands)
            .filter(|(_, one)| one.sent > 0 && one.refused == one.sent);
        let reason = |(id, one): (CommandId, &Outcome)| {
            let (reason, _) = one.reasons.iter().rev().max_by_key(|(_, times)| *times)?;
            Some(refused(model, id, *reason, one.sent))
        };
        largest(failed.filter_map(reason).collect(), |one| one.times)
    }

    fn heat(&self, model: &Model) -> Vec<(Sticky, u64)> {
        let commands = model.commands.iter().map(|one| &one.name);
        let commands = commands.zip(self.commands.iter().map(|one| one.sent + one.by_policies));
        let events = model.events.iter().map(|one| &one.name).zip(self.events.iter().copied());
        let readmodels = model.readmodels.iter().map(|one| &one.name).zip(self.readmodels.iter().copied());
        let policies = model.policies.iter().map(|one| &one.name).zip(self.policies.iter().copied());
        let mut heat: HashMap<Sticky, u64> = HashMap::default();
        for (name, times) in commands.chain(events).chain(readmodels).chain(policies) {
            if let (Some(sticky), 1..) = (name.sticky, times) {
                *heat.entry(sticky).or_default() += times;
            }
        }
        let mut heat: Vec<(Sticky, u64)> = heat.into_iter().collect();
        heat.sort_unstable_by_key(|(sticky, times)| (std::cmp::Reverse(*times), *sticky));
        heat
    }
}

fn refused(model: &Model, id: CommandId, reason: Refusal, times: u64) -> storm::Refused {
    let command = model.command(id);
    let failure = messages::failures(model, command, &[reason]).pop().unwrap_or_default();
    storm::Refused {
        label: command.name.label.to_string(),
        sticky: command.name.sticky,
        message: failure.message,
        plain: failure.plain,
        times,
    }
}

/// The largest first; among equals the order stays.
fn largest<T>(mut all: Vec<T>, size: impl Fn(&T) -> u64) -> Vec<T> {
    all.sort_by_key(|one| std::cmp::Reverse(size(one)));
    all.truncate(MOST);
    all
}

/// How long a slice is so that some dozens cover all, in whole seconds where they are as long as one.
fn slice(system: &System, before: Position, until: Position) -> Time {
    let at = |position: Position| system.log().get(position).map_or(0, |one| one.at());
    let length = at(until).saturating_sub(at(before + 1)).max(0) / SLICES + 1;
    if length < 1_000 { length } else { (length / 1_000 + 1).saturating_mul(1_000) }
}

fn over_time(system: &System, before: Position, until: Position, slice: Time) -> Vec<(Time, u64)> {
    let mut slices: Vec<(Time, u64)> = Vec::new();
    let Some(start) = system.log().get(before + 1).map(|one| one.at()) else { return slices };
    for one in system.log().range(before + 1, until) {
        let at = (one.at().saturating_sub(start).max(0) / slice).min(4 * SLICES);
        let at = usize::try_from(at).unwrap_or(0);
        while slices.len() <= at {
            slices.push((start.saturating_add(slices.len() as Time * slice), 0));
        }
        slices[at].1 += 1;
    }
    slices
}

fn streams(system: &System, before: Position, until: Position) -> (Vec<Long>, u64) {
    let mut counts: HashMap<u32, u64> = HashMap::default();
    for one in system.log().range(before + 1, until) {
        *counts.entry(one.stream().0).or_default() += 1;
    }
    let streams = counts.len() as u64;
    let mut longest: Vec<(u32, u64)> = counts.into_iter().collect();
    longest.sort_unstable_by_key(|(stream, events)| (std::cmp::Reverse(*events), *stream));
    longest.truncate(MOST);
    let long = |(stream, events): (u32, u64)| {
        let stream = crate::log::StreamId(stream);
        let category =
            system.log().category_of(stream).and_then(|id| system.log().categories().get(id.0 as usize));
        Long {
            stream: system.log().stream_name(stream),
            category: category.map_or(String::new(), |one| one.name.to_string()),
            events,
        }
    };
    (longest.into_iter().map(long).collect(), streams)
}

fn count(all: &mut [u64], at: usize) {
    if let Some(times) = all.get_mut(at) {
        *times += 1;
    }
}

impl Witness for Tally {
    fn command(&mut self, _: &Model, command: CommandId, cause: Option<usize>) -> usize {
        let Some(one) = self.commands.get_mut(command.index()) else { return POLICY };
        match cause {
            None => one.sent += 1,
            Some(_) => one.by_policies += 1,
        }
        if cause.is_none() { PERSON } else { POLICY }
    }

    fn refused(&mut self, _: &System, command: CommandId, refused: &Refused, cause: usize) {
        let Some(one) = self.commands.get_mut(command.index()).filter(|_| cause == PERSON) else { return };
        one.refused += 1;
        let Refused::Refusals(reasons) = refused else { return };
        for reason in reasons {
            match one.reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, times)) => *times += 1,
                None => one.reasons.push((*reason, 1)),
            }
        }
    }

    fn event(&mut self, _: &Model, event: EventId, _: Position, _: usize) -> usize {
        count(&mut self.events, event.index());
        POLICY
    }

    fn row(&mut self, _: &Model, readmodel: ReadmodelId, _: &Text, _: Position) {
        count(&mut self.readmodels, readmodel.index());
    }

    fn policy(&mut self, _: &Model, policy: PolicyId, _: Position, _: bool, _: Option<usize>) -> usize {
        count(&mut self.policies, policy.index());
        POLICY
    }

    fn looped(&mut self, _: &Model, _: &[PolicyId], _: Option<usize>) {}
}
