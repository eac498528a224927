//! What each kind of step does.

use super::telling::Telling;
use super::{MOST_NAME, MOST_WAITING, Progress, Run, Settings, Told, Waiting};
use crate::log::{Conflict, StreamId};
use crate::misfit::MOST_SKIPPED;
use crate::model::{Model, PolicyId};
use crate::policies::{Answer, Course};
use crate::storm::{self, Storming};
use crate::system::{Call, Ids, MAX_EVENTS, MOST_UPCASTS, schemas_of};
use crate::transfer::{Import, Imported};
use protocol::Position;
use protocol::step::{Act, Command, Expected, Pace, Step, Upcast};
use protocol::storm::Storm;
use std::sync::Arc;

/// Who did it, cut to what fits on a line.
pub fn person(by: &str) -> &str {
    let by = by.trim();
    let end = by.char_indices().nth(MOST_NAME).map_or(by.len(), |(at, _)| at);
    if by.is_empty() { "Somebody" } else { &by[..end] }
}

impl Run {
    /// Goes on with a step that was begun, for so many commands.
    pub fn advance(&mut self, commands: u64) -> Progress {
        let Some(mut storm) = self.task.take() else { return Progress::Done };
        let over = storm.advance(&mut self.system, u32::try_from(commands).unwrap_or(u32::MAX));
        if !over {
            let (done, of) = storm.progress();
            self.task = Some(storm);
            return Progress::Going { done, of };
        }
        let report = storm.report(&self.system);
        if let Some(told) = self.told.last_mut() {
            told.end(self.system.log());
            told.storm(report, self.system.model().clone());
        }
        Progress::Done
    }

    pub(super) fn act(&mut self, step: &Step) -> Told {
        let words = format!("{}: {}", person(&step.by), self.words(&step.act));
        let links = self.before.last().map_or(0, |moment| moment.links);
        let mut told = Told::begin(step, self.steps.len(), words, self.system.log(), links);
        match &step.act {
            Act::Model { fingerprint } => self.enter(fingerprint, &mut told),
            Act::Send(command) => self.send(step, command, &mut told),
            Act::Policies { pace } => self.pace(step, *pace, &mut told),
            Act::Advance { waiting, answer } => self.carry_on(step, *waiting, *answer, &mut told),
            Act::Lag { on } => self.lag(*on, &mut told),
            Act::CatchUp { events } => self.catch_up(events.unwrap_or(u64::MAX), &mut told),
            Act::Skip { position, skip } => self.skip(*position, *skip, &mut told),
            Act::Upcast(upcast) => self.upcast(upcast, &mut told),
            Act::Forget { stream } => self.forget(stream, &mut told),
            Act::Delete { stream } => self.delete(stream, &mut told),
            Act::Storm(storm) => self.storm(step, storm, &mut told),
            Act::Import { lines } => self.import(step, lines, &mut told),
        }
        told.end(self.system.log());
        told
    }

    /// What a step is called.
    fn words(&self, act: &Act) -> String {
        match act {
            Act::Model { .. } => "plays the model as it is now".into(),
            Act::Send(command) => match self.system.model().find_command(&command.name) {
                Some(known) => self.system.model().command(known).name.label.to_string(),
                None => short(&command.name),
            },
            Act::Policies { pace: Pace::Automatic } => "policies run by themselves".into(),
            Act::Policies { pace: Pace::Stepped } => "policies wait for their turn".into(),
            Act::Advance { answer: Some(false), .. } => "the condition does not hold".into(),
            Act::Advance { .. } => "lets a policy go on".into(),
            Act::Lag { on: true } => "read models lag behind".into(),
            Act::Lag { on: false } => "read models hear of events at once".into(),
            Act::CatchUp { .. } => "lets read models catch up".into(),
            Act::Skip { position, skip: true } => format!("leaves event {position} out"),
            Act::Skip { position, skip: false } => format!("takes event {position} in again"),
            Act::Upcast(_) => "reads old events in a new way".into(),
            Act::Forget { stream } => format!("erases the personal data of {}", short(stream)),
            Act::Delete { stream } => format!("deletes {}", short(stream)),
            Act::Storm(storm) => format!("a storm of {} commands", storm.commands),
            Act::Import { .. } => "imports events".into(),
        }
    }

    /// `advance` does it.
    fn storm(&mut self, step: &Step, storm: &Storm, told: &mut Told) {
        if let Some(excess) = storm::excess(storm) {
            return told.note(excess, true);
        }
        let number = self.number();
        self.task = Some(Box::new(Storming::new(storm, &mut self.system, step.at, number)));
    }

    fn import(&mut self, step: &Step, lines: &str, told: &mut Told) {
        if self.system.log().head() >= MAX_EVENTS {
            return told.note(Conflict::Full.to_string(), true);
        }
        self.deep();
        let (model, number) = (self.system.model().clone(), self.number());
        let schema = schemas_of(&model);
        let import = Import { at: step.at, by: person(&step.by), step: number, schema: &schema };
        match self.system.write(|log| import.take(log, lines)) {
            Ok(Imported { appended, known: 0, .. }) => {
                told.note(format!("{appended} events came in."), false)
            }
            Ok(Imported { appended, known, .. }) => {
                told.note(format!("{appended} events came in; {known} were here already."), false);
            }
            Err(broken) => told.note(broken.to_string(), true),
        }
    }

    /// The number of the step that is taken.
    fn number(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }

    fn deep(&mut self) {
        if let Some(moment) = self.before.last_mut() {
            moment.deep = true;
        }
    }

    fn settings_mut(&mut self) -> &mut Settings {
        Arc::make_mut(&mut self.settings)
    }

    fn enter(&mut self, fingerprint: &str, told: &mut Told) {
        let Some(model) = self.models.get(fingerprint).cloned() else {
            let why = match self.models.is_false(fingerprint) {
                true => "The text kept for this model is that of another one: it was changed from outside.",
                false => "The text of this model is missing.",
            };
            return told.note(why, true);
        };
        self.deep();
        let old = self.system.model().clone();
        self.system.enter(model.clone());
        let same = |waiting: &Waiting| {
            let policy = model.find_policy(&old.policy(waiting.policy).name.full)?;
            Some(Waiting { policy, ..waiting.clone() })
        };
        let waiting: Vec<Waiting> = self.settings.waiting.iter().filter_map(same).collect();
        let settings = self.settings_mut();
        settings.fingerprint = fingerprint.to_owned();
        if *settings.waiting != waiting {
            settings.waiting = Arc::new(waiting);
        }
    }

    fn call(&mut self, step: &Step, expected: Expected) -> Call {
        let by = self.system.actor(person(&step.by));
        let number = self.number();
        Call { at: step.at, by, step: number, expected, ids: Ids::Short(step.seed), cause: None }
    }

    fn send(&mut self, step: &Step, command: &Command, told: &mut Told) {
        let Some(id) = self.system.model().find_command(&command.name) else {
            let name = short(&command.name);
            return told.note(format!("There is no command \u{201c}{name}\u{201d} on the board."), true);
        };
        let mut values = self.system.read(id, &command.values);
        let call = self.call(step, command.expected);
        // What it is refused for stands in the trace.
        self.course(call, told, |course| drop(course.send(id, &mut values)));
    }

    /// Carries something out with all that follows, at the pace of the run.
    fn course(
        &mut self,
        call: Call,
        told: &mut Told,
        go: impl FnOnce(&mut Course<'_, Telling<'_>, &mut dyn FnMut(&Model, PolicyId, Position) -> Answer>),
    ) {
        let pace = self.settings.pace;
        let mut room = MOST_WAITING.saturating_sub(self.settings.waiting.len());
        let mut dropped = 0;
        let mut judge = |model: &Model, policy: PolicyId, _: Position| {
            let asks = model.policy(policy).condition.as_ref().is_some_and(|one| one.test.is_none());
            if pace == Pace::Automatic && !asks {
                return Answer::Runs;
            }
            let Some(left) = room.checked_sub(1) else {
                dropped += 1;
                return Answer::Drops;
            };
            room = left;
            Answer::Waits
        };
        let mut telling = Telling { told: &mut *told, waiting: Vec::new(), next: self.settings.waited };
        let judge: &mut dyn FnMut(&Model, PolicyId, Position) -> Answer = &mut judge;
        go(&mut Course::new(&mut self.system, call, &mut telling, judge));
        let Telling { waiting, next, .. } = telling;
        if !waiting.is_empty() {
            let settings = self.settings_mut();
            Arc::make_mut(&mut settings.waiting).extend(waiting);
            settings.waited = next;
        }
        if dropped > 0 {
            let words = format!("{MOST_WAITING} policies wait already: {dropped} more are not carried out.");
            told.note(words, false);
        }
    }

    fn pace(&mut self, step: &Step, pace: Pace, told: &mut Told) {
        if self.settings.pace != pace {
            self.settings_mut().pace = pace;
        }
        if pace == Pace::Stepped {
            return;
        }
        // Those that waited for nothing but their turn.
        let (asking, ready): (Vec<Waiting>, Vec<Waiting>) =
            self.settings.waiting.iter().cloned().partition(|waiting| waiting.asks.is_some());
        if ready.is_empty() {
            return;
        }
        self.settings_mut().waiting = Arc::new(asking);
        let call = self.call(step, Expected::Any);
        self.course(call, told, |course| {
            ready.iter().for_each(|waiting| course.resume(waiting.policy, waiting.position));
        });
    }

    fn carry_on(&mut self, step: &Step, waiting: Option<u64>, answer: Option<bool>, told: &mut Told) {
        let all = &self.settings.waiting;
        let found = match waiting {
            Some(id) => all.iter().position(|waiting| waiting.id == id),
            None => (!all.is_empty()).then_some(0),
        };
        let Some(at) = found else {
            return told.note("No policy waits for that any more.", true);
        };
        if let (Some(asks), None) = (&all[at].asks, answer) {
            return told.note(format!("Somebody must say first whether \u{201c}{asks}\u{201d} holds."), true);
        }
        let waiting = Arc::make_mut(&mut self.settings_mut().waiting).remove(at);
        let name = &self.system.model().policy(waiting.policy).name.label;
        if answer == Some(false) {
            return told.note(format!("\u{201c}{name}\u{201d} does nothing this time."), false);
        }
        let call = self.call(step, Expected::Any);
        self.course(call, told, |course| course.resume(waiting.policy, waiting.position));
    }

    fn lag(&mut self, on: bool, told: &mut Told) {
        self.system.lag = on;
        if !on {
            self.catch_up(u64::MAX, told);
        }
    }

    fn catch_up(&mut self, events: u64, told: &mut Told) {
        let model = self.system.model().clone();
        self.system.catch_up(events, |readmodel, key, position| told.row(&model, readmodel, key, position));
    }

    fn skip(&mut self, position: Position, skip: bool, told: &mut Told) {
        if self.system.skip(position, skip) {
            self.deep();
            if let Some(moment) = self.before.last_mut() {
                moment.skipped.push((position, !skip));
            }
            return;
        }
        told.note(format!("Event {position} is not there, or was left as it is."), true);
    }

    fn upcast(&mut self, upcast: &Upcast, told: &mut Told) {
        if self.system.readings().upcasts.len() >= MOST_UPCASTS {
            return told.note("There are too many upcasts in this run.", true);
        }
        self.deep();
        let Upcast::SkipThese { positions } = upcast else { return self.system.upcast(upcast.clone()) };
        let skipped = self.system.skip_all(positions.iter().take(MOST_SKIPPED).copied());
        told.note(format!("{} events are left out.", skipped.len()), skipped.is_empty());
        if let Some(moment) = self.before.last_mut() {
            moment.skipped.extend(skipped.into_iter().map(|position| (position, false)));
        }
    }

    fn streams(&self, name: &str, told: &mut Told) -> Vec<StreamId> {
        let mut streams = self.system.log().streams_named(name);
        streams.retain(|stream| self.system.log().version(*stream) > 0);
        if streams.is_empty() {
            told.note(format!("There is no {}.", short(name)), true);
        }
        streams
    }

    fn forget(&mut self, name: &str, told: &mut Told) {
        let streams = self.streams(name, told);
        if streams.is_empty() {
            return;
        }
        self.deep();
        let mut found = false;
        for stream in streams {
            found |= self.system.forget(stream);
        }
        match found {
            true => {
                told.note(format!("The personal data of {} cannot be read any more.", short(name)), false)
            }
            false => told.note(format!("{} holds no personal data.", short(name)), true),
        }
    }

    fn delete(&mut self, name: &str, told: &mut Told) {
        for stream in self.streams(name, told) {
            match self.system.delete(stream) {
                true => told.note(format!("{} reads as empty now.", short(name)), false),
                false => told.note(format!("{} was empty already.", short(name)), true),
            }
        }
    }
}

/// Words of unknown length as they fit into a sentence.
fn short(words: &str) -> String {
    match words.char_indices().nth(80) {
        Some((at, _)) => format!("{}\u{2026}", &words[..at]),
        None => words.to_owned(),
    }
}
