//! Steps of a run as a scenario: what was done last is the `when`, what it took is `given`, what came of it is `then`.
//!
//! Invariant: what is recorded holds when it is played: outcomes are those of a rehearsal under a scenario's rules, not
//! copied from the run. Ids that are made up are left out of outcomes, so that they may be others next time.

mod facts;
mod outcome;

use crate::log::Recorded;
use crate::model::{self, Fill, Model};
use crate::run::Run;
use crate::scenario::{rehearse, said};
use crate::system::System;
use crate::value::Value;
use facts::Facts;
use protocol::Position;
use protocol::step::{Act, Command};
use protocol::trace::{Trace, What};

/// So many events are given at most: the newest.
const MOST_FACTS: usize = 300;

/// The steps from `from` to before `to` as lines of a scenario. Empty where nothing was done in them.
pub fn record(run: &Run, from: usize, to: usize, name: &str) -> String {
    let to = to.min(run.steps().len());
    let sends = sends(run, from.min(to), to);
    let recorder = Recorder { run, model: run.system().model() };
    let lines = match sends.last() {
        Some(last) => recorder.story(&sends, last, to),
        None => recorder.facts_only(from.min(to), to),
    };
    if lines.is_empty() {
        return String::new();
    }
    let title = name.split_whitespace().collect::<Vec<_>>().join(" ").replace("//", "/");
    let label = || sends.last().map_or("What happened".into(), |last| recorder.label(last.command));
    let title = if title.is_empty() { label() } else { title };
    format!("// @scenario {title}\n{}", lines.join("\n"))
}

/// A command that a person sent.
struct Sent<'a> {
    step: usize,
    command: &'a Command,
    before: Position,
    accepted: bool,
}

fn sends(run: &Run, from: usize, to: usize) -> Vec<Sent<'_>> {
    let steps = (from..to).zip(&run.steps()[from..to]).zip(run.traces(from..to));
    let sent = steps.filter_map(|((step, taken), trace)| {
        let Act::Send(command) = &taken.act else { return None };
        run.system().model().find_command(&command.name)?;
        Some(Sent { step, command, before: trace.before, accepted: accepted(&trace) })
    });
    sent.collect()
}

/// The person's own command is the first link; what policies sent may be refused without harm.
fn accepted(trace: &Trace) -> bool {
    !trace.links.iter().any(|link| match &link.what {
        What::Rejected { .. } | What::Conflict { .. } => link.cause == Some(0),
        What::Note { problem, .. } => *problem,
        _ => false,
    })
}

struct Recorder<'a> {
    run: &'a Run,
    model: &'a Model,
}

impl Recorder<'_> {
    fn label(&self, command: &Command) -> String {
        let id = self.model.find_command(&command.name);
        id.map_or(command.name.clone(), |id| self.model.command(id).name.label.to_string())
    }

    /// Given, when, then. What people did before is given as they did it; where that comes out otherwise, because ids
    /// are others or policies were held back, the events that came of it are given instead.
    fn story(&self, sends: &[Sent<'_>], last: &Sent<'_>, to: usize) -> Vec<String> {
        let first = sends.first().map_or(last.before, |first| first.before);
        let done = self.run.traces(last.step..to).last().map_or(last.before, |trace| trace.after);
        let mut facts = Facts::of(self.run.system());
        for sent in sends {
            facts.command(sent.command);
        }
        (first + 1..=done).for_each(|position| facts.event(position));
        let clicks = || {
            let earlier = sends.iter().filter(|sent| sent.step < last.step && sent.accepted);
            earlier.filter_map(|sent| self.sent("given", sent, true))
        };
        let given =
            |until: Position, all: bool| facts.before(until, all).into_iter().filter_map(|at| self.fact(at));
        let Some(when) = self.sent("when", last, false) else { return Vec::new() };
        let drafts: [Vec<String>; 3] = [
            given(first, false).chain(clicks()).collect(),
            given(last.before, false).collect(),
            given(last.before, true).collect(),
        ];
        let happened = self.types(self.run.system(), last.before + 1..=done);
        let mut best = None;
        for mut lines in drafts {
            lines.push(when.clone());
            let Some(rehearsed) = rehearse(self.run.system().model(), &lines) else { continue };
            let same = self.types(&rehearsed.system, rehearsed.events.iter().copied()) == happened
                && rehearsed.refused.is_empty() == last.accepted;
            if same {
                best = Some((lines, rehearsed));
                break;
            }
            best = best.or(Some((lines, rehearsed)));
        }
        let Some((mut lines, rehearsed)) = best else { return Vec::new() };
        lines.extend(outcome::lines(&rehearsed));
        lines
    }

    /// Nobody sent a command: what happened is given, and what read models show of it is expected.
    fn facts_only(&self, from: usize, to: usize) -> Vec<String> {
        let traces = self.run.traces(from..to);
        let Some((first, last)) = traces.first().zip(traces.last()) else { return Vec::new() };
        let happened = first.before + 1..=last.after;
        let mut facts = Facts::of(self.run.system());
        happened.clone().for_each(|position| facts.event(position));
        let given = facts.before(last.after, false);
        let recent = given.iter().filter(|position| happened.contains(position)).count();
        let mut lines: Vec<String> = given.into_iter().filter_map(|position| self.fact(position)).collect();
        if recent == 0 {
            return Vec::new();
        }
        let Some(mut rehearsed) = rehearse(self.run.system().model(), &lines) else { return Vec::new() };
        let head = rehearsed.system.log().head();
        rehearsed.events = (1..=head).skip((head as usize).saturating_sub(recent)).collect();
        lines.extend(outcome::expected(&rehearsed, &Default::default()));
        lines
    }

    fn types(&self, system: &System, positions: impl Iterator<Item = Position>) -> Vec<u32> {
        positions.filter_map(|position| system.event_at(position)).map(|event| event.0).collect()
    }

    /// A command as a line. As `given` it says the id that was made up for it.
    fn sent(&self, word: &str, sent: &Sent<'_>, with_id: bool) -> Option<String> {
        let id = self.model.find_command(&sent.command.name)?;
        let command = self.model.command(id);
        let erased = self.erased(sent, command);
        let mut values: Vec<(&str, String)> = Vec::new();
        for (name, value) in &sent.command.values {
            let said = |parameter: &usize| !value.trim().is_empty() && !erased.contains(parameter);
            let Some(parameter) = command.parameter(name).filter(said) else { continue };
            let name = command.parameters[parameter].name.as_str();
            values.retain(|(known, _)| *known != name);
            values.push((name, value.clone()));
        }
        let own = command.id.map(|id| command.parameters[id].name.as_str());
        if let Some(own) = own.filter(|own| with_id && values.iter().all(|(name, _)| name != own)) {
            let log = self.run.system().log();
            let made_up = log.get(sent.before + 1).map(|event| log.stream_key(event.stream()).to_owned());
            values.insert(0, (own, made_up?));
        }
        let label = said::name(&command.name, &self.model.contexts, "");
        Some(format!("// @{word} {}", said::line(&label, values)))
    }

    /// Parameters whose values were erased from what came of the command: the step still says them.
    fn erased(&self, sent: &Sent<'_>, command: &model::Command) -> Vec<usize> {
        let system = self.run.system();
        let own = |event: &Recorded<'_>| event.step() == sent.step && event.causation().is_none();
        let mut erased = Vec::new();
        for event in system.log().after(sent.before).take_while(own).filter(Recorded::is_erased) {
            let gone = event.data().filter(|(_, value)| matches!(value, Value::Erased));
            erased.extend(gone.filter_map(|(name, _)| command.parameter(name)));
            // The model may call it otherwise by now.
            let Some(read) = system.readings().get(event) else { continue };
            let outcome = command.outcomes.iter().find(|outcome| outcome.event == read.event);
            let fill = outcome.into_iter().flat_map(|outcome| outcome.fill.iter().enumerate());
            erased.extend(fill.filter_map(|(property, fill)| match fill {
                Fill::Parameter(index) | Fill::Hashed(index) => {
                    matches!(read.value(event, property), Value::Erased).then_some(*index)
                }
                _ => None,
            }));
        }
        erased
    }

    /// An event as a given line.
    fn fact(&self, position: Position) -> Option<String> {
        let system = self.run.system();
        let event = self.model.event(system.event_at(position)?);
        let values = values(system, position)?;
        let label = said::name(&event.name, &self.model.contexts, "");
        Some(format!("// @given {}", said::line(&label, values)))
    }
}

/// What an event says, under the names of the model.
fn values(system: &System, position: Position) -> Option<Vec<(&str, String)>> {
    let event = system.model().event(system.event_at(position)?);
    let recorded: Recorded<'_> = system.log().get(position)?;
    let read = system.readings().get(recorded)?;
    let said = event.properties.iter().enumerate().filter(|(_, property)| !property.hashed);
    let values = said.filter_map(|(index, property)| {
        let value: &Value = read.value(recorded, index);
        (!value.is_blank()).then(|| (property.name.as_str(), value.words().to_string()))
    });
    Some(values.filter(|(_, words)| !words.is_empty()).collect())
}
