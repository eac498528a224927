//! Policies: an event that is stored sends a command, whose events may do the same.
//!
//! Invariants: breadth first, in the order in which events were stored; at most `BOUND` policies for one step; a
//! policy that leads back to itself again and again is stopped and its loop named.

use crate::log::Appended;
use crate::model::{CommandId, EventId, Model, PolicyId, ReadmodelId};
use crate::system::{Call, Ids, Refused, System};
use crate::value::{Text, Value};
use protocol::Position;
use std::collections::VecDeque;

/// So many policies are carried out for one step.
pub const BOUND: usize = 1_000;
/// So often a policy may occur among its own causes.
const TURNS: usize = 10;

/// What becomes of a policy that is triggered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    Runs,
    /// Its condition does not hold.
    Drops,
    /// For its turn, or for somebody who can judge its condition.
    Waits,
}

/// Who watches. Numbers are those that the watcher gave.
pub trait Witness {
    /// Whether anybody wants to know.
    const WATCHES: bool = true;

    fn command(&mut self, model: &Model, command: CommandId, cause: Option<usize>) -> usize;
    fn refused(&mut self, system: &System, command: CommandId, refused: &Refused, cause: usize);
    fn event(&mut self, model: &Model, event: EventId, position: Position, cause: usize) -> usize;
    fn row(&mut self, model: &Model, readmodel: ReadmodelId, key: &Text, position: Position);
    fn policy(
        &mut self,
        model: &Model,
        policy: PolicyId,
        position: Position,
        waits: bool,
        cause: Option<usize>,
    ) -> usize;
    /// The policies along the loop.
    fn looped(&mut self, model: &Model, policies: &[PolicyId], cause: Option<usize>);
}

/// Nobody watches.
impl Witness for () {
    const WATCHES: bool = false;

    fn command(&mut self, _: &Model, _: CommandId, _: Option<usize>) -> usize {
        0
    }
    fn refused(&mut self, _: &System, _: CommandId, _: &Refused, _: usize) {}
    fn event(&mut self, _: &Model, _: EventId, _: Position, _: usize) -> usize {
        0
    }
    fn row(&mut self, _: &Model, _: ReadmodelId, _: &Text, _: Position) {}
    fn policy(&mut self, _: &Model, _: PolicyId, _: Position, _: bool, _: Option<usize>) -> usize {
        0
    }
    fn looped(&mut self, _: &Model, _: &[PolicyId], _: Option<usize>) {}
}

/// A command with all that follows from it by itself.
pub struct Course<'a, W, J> {
    pub system: &'a mut System,
    pub witness: &'a mut W,
    /// Judges what the event alone cannot tell.
    pub judge: J,
    call: Call,
    queue: VecDeque<Triggered>,
    /// Policies that were carried out, each with the one that led to it.
    done: Vec<(PolicyId, Option<usize>)>,
}

#[derive(Clone, Copy)]
struct Triggered {
    policy: PolicyId,
    position: Position,
    /// The watcher's number of the event.
    cause: Option<usize>,
    /// The policy among `done` that led to the event.
    parent: Option<usize>,
}

impl<'a, W: Witness, J: FnMut(&Model, PolicyId, Position) -> Answer> Course<'a, W, J> {
    pub fn new(system: &'a mut System, call: Call, witness: &'a mut W, judge: J) -> Self {
        Course { system, witness, judge, call, queue: VecDeque::new(), done: Vec::new() }
    }

    /// Sends a command and carries out what follows.
    pub fn send(&mut self, command: CommandId, values: &mut [Value]) -> Result<Appended, Refused> {
        let sent = self.one(command, values, self.call, (None, None));
        self.follow();
        sent
    }

    /// The same for a command that must say its own id; policies' commands are given theirs still.
    pub fn send_as_said(&mut self, command: CommandId, values: &mut [Value]) -> Result<Appended, Refused> {
        let sent = self.one(command, values, Call { ids: Ids::Said, ..self.call }, (None, None));
        self.follow();
        sent
    }

    /// Carries out a policy that waited, and what follows.
    pub fn resume(&mut self, policy: PolicyId, position: Position) {
        let cause = self.witness.policy(&self.system.model().clone(), policy, position, false, None);
        self.carry_out(Triggered { policy, position, cause: None, parent: None }, cause);
        self.follow();
    }

    fn one(
        &mut self,
        command: CommandId,
        values: &mut [Value],
        call: Call,
        (cause, parent): (Option<usize>, Option<usize>),
    ) -> Result<Appended, Refused> {
        let model = self.system.model().clone();
        let number = self.witness.command(&model, command, cause);
        let mut rows: Vec<(ReadmodelId, Text, Position)> = Vec::new();
        let sent = self.system.send(command, values, &call, |readmodel, key, position| {
            if W::WATCHES {
                rows.push((readmodel, key.clone(), position));
            }
        });
        let appended = match &sent {
            Ok(appended) => *appended,
            Err(refused) => {
                self.witness.refused(self.system, command, refused, number);
                return sent;
            }
        };
        for position in appended.positions() {
            let Some(event) = self.system.event_at(position) else { continue };
            let cause = Some(self.witness.event(&model, event, position, number));
            for (readmodel, key, _) in rows.iter().filter(|(_, _, made)| *made == position) {
                self.witness.row(&model, *readmodel, key, position);
            }
            for policy in &model.event(event).policies {
                self.trigger(&model, Triggered { policy: *policy, position, cause, parent });
            }
        }
        sent
    }

    fn trigger(&mut self, model: &Model, triggered: Triggered) {
        let Triggered { policy, position, cause, .. } = triggered;
        let test = model.policy(policy).condition.as_ref().and_then(|condition| condition.test.as_ref());
        if let Some(test) = test {
            let recorded = self.system.log().get(position);
            let read = recorded.and_then(|recorded| Some((recorded, self.system.readings().get(recorded)?)));
            let holds = read.is_some_and(|(recorded, read)| test.holds(read.value(recorded, test.property)));
            if !holds {
                return;
            }
        }
        match (self.judge)(model, policy, position) {
            Answer::Runs => self.queue.push_back(triggered),
            Answer::Drops => {}
            Answer::Waits => drop(self.witness.policy(model, policy, position, true, cause)),
        }
    }

    fn follow(&mut self) {
        while let Some(next) = self.queue.pop_front() {
            let model = self.system.model().clone();
            if let Some(circle) = self.circle(next) {
                self.witness.looped(&model, &circle, next.cause);
                continue;
            }
            if self.done.len() >= BOUND {
                self.queue.clear();
                self.witness.looped(&model, &self.chain(next), next.cause);
                return;
            }
            let cause = self.witness.policy(&model, next.policy, next.position, false, next.cause);
            self.carry_out(next, cause);
        }
    }

    fn carry_out(&mut self, next: Triggered, cause: usize) {
        let Some(values) = self.system.values(next.policy, next.position) else { return };
        let command = self.system.model().policy(next.policy).command;
        self.done.push((next.policy, next.parent));
        let parent = Some(self.done.len() - 1);
        let call = Call { cause: Some(next.position), expected: Default::default(), ..self.call };
        // What a policy's command is refused for, the watcher was told.
        let _ = self.one(command, &mut { values }, call, (Some(cause), parent));
    }

    /// The policies that led there, the last one first.
    fn causes(&self, from: Option<usize>) -> impl Iterator<Item = PolicyId> + '_ {
        let mut at = from;
        std::iter::from_fn(move || {
            let (policy, parent) = *self.done.get(at?)?;
            at = parent;
            Some(policy)
        })
    }

    /// The policies from one occurrence of the next one to this one, where it has occurred too often.
    fn circle(&self, next: Triggered) -> Option<Vec<PolicyId>> {
        let turns = self.causes(next.parent).filter(|policy| *policy == next.policy).take(TURNS).count();
        if turns < TURNS {
            return None;
        }
        let mut between: Vec<PolicyId> =
            self.causes(next.parent).take_while(|policy| *policy != next.policy).collect();
        between.push(next.policy);
        between.reverse();
        Some(between)
    }

    /// The policies that led to the next one, each once.
    fn chain(&self, next: Triggered) -> Vec<PolicyId> {
        let mut chain = vec![next.policy];
        for policy in self.causes(next.parent) {
            if !chain.contains(&policy) {
                chain.push(policy);
            }
        }
        chain.reverse();
        chain
    }
}
