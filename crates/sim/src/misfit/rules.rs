//! Rules: whether the commands of the model would have let the recorded events happen.

use super::{Look, What};
use crate::decide::is_empty;
use crate::log::{Recorded, StreamId};
use crate::model::{Command, CommandId, EventId, Fill};
use crate::value::Value;
use protocol::Position;

/// A command that leads to an event, and which of its outcomes that is.
#[derive(Clone, Copy)]
struct Cause {
    command: CommandId,
    outcome: usize,
}

/// What has happened in a stream so far.
#[derive(Default)]
struct Past {
    events: Vec<EventId>,
    /// Those that came with the batch that goes on: conditions were asked before it.
    batch: Vec<EventId>,
    /// What makes a batch: its last position, step, correlation and causation.
    last: Option<(Position, usize, Position, Option<Position>)>,
}

impl Past {
    fn enter(&mut self, recorded: Recorded<'_>, event: Option<EventId>) {
        let is = (recorded.position, recorded.step(), recorded.correlation(), recorded.causation());
        let follows =
            |(position, step, correlation, causation)| (position + 1, step, correlation, causation) == is;
        let again = event.is_some_and(|event| self.batch.contains(&event));
        if again || !self.last.is_some_and(follows) {
            let batch = std::mem::take(&mut self.batch);
            for event in batch {
                if !self.events.contains(&event) {
                    self.events.push(event);
                }
            }
        }
        self.last = Some(is);
    }
}

impl Look<'_> {
    pub(super) fn rules(&mut self) {
        let causes = self.causes();
        for stream in self.log.streams() {
            self.stream(stream, &causes);
        }
    }

    /// The commands that lead to each event. Events of nobody's command need no leave.
    fn causes(&self) -> Vec<Vec<Cause>> {
        let mut causes = vec![Vec::new(); self.model.events.len()];
        for (command, id) in self.model.commands.iter().zip((0..).map(CommandId)) {
            for (number, outcome) in command.outcomes.iter().enumerate() {
                causes[outcome.event.index()].push(Cause { command: id, outcome: number });
            }
        }
        causes
    }

    fn stream(&mut self, stream: StreamId, causes: &[Vec<Cause>]) {
        let mut past = Past::default();
        let log = self.log;
        for recorded in log.stream(stream).iter().filter_map(|position| log.get(*position)) {
            if recorded.is_skipped() {
                continue;
            }
            let event = self.readings.get(recorded).map(|read| read.event);
            past.enter(recorded, event);
            let Some(event) = event else { continue };
            if let Some(causes) = causes.get(event.index()).filter(|causes| !causes.is_empty()) {
                self.event(recorded, event, &past, causes);
            }
            past.batch.push(event);
        }
    }

    /// An event fits when one of the commands that lead to it would have let it happen.
    fn event(&mut self, recorded: Recorded<'_>, event: EventId, past: &Past, causes: &[Cause]) {
        let mut first = None;
        for cause in causes {
            let broken = self.broken(recorded, event, past, *cause);
            if broken.is_empty() {
                return;
            }
            first.get_or_insert(broken);
        }
        for what in first.into_iter().flatten() {
            self.note(what, recorded.position);
        }
    }

    fn broken(&self, recorded: Recorded<'_>, event: EventId, past: &Past, cause: Cause) -> Vec<What> {
        let command = self.model.command(cause.command);
        let mut broken = Vec::new();
        for (condition, wanted) in command.preconditions.iter().enumerate() {
            let happened = wanted.event.is_some_and(|event| past.events.contains(&event));
            if happened != wanted.must {
                broken.push(What::Condition { command: cause.command, condition, event });
            }
        }
        broken.extend(self.values(recorded, event, command, cause));
        broken
    }

    fn values(&self, recorded: Recorded<'_>, event: EventId, command: &Command, cause: Cause) -> Vec<What> {
        let Some(read) = self.readings.get(recorded) else { return Vec::new() };
        let mut broken = Vec::new();
        let fill = command.outcomes.get(cause.outcome).map(|outcome| outcome.fill.iter());
        for (property, fill) in fill.into_iter().flatten().enumerate() {
            let Fill::Parameter(parameter) = *fill else { continue };
            let Some(of) = command.parameters.get(parameter) else { continue };
            // A property that the event never had is a misfit of its own.
            if !read.has(property) {
                continue;
            }
            let value = read.value(recorded, property);
            if matches!(value, Value::Erased) {
                continue;
            }
            if of.required && is_empty(value) {
                broken.push(What::Blank { command: cause.command, parameter, event, property });
            }
            let lookup = of.lookup.as_ref().and_then(|lookup| lookup.readmodel);
            let exists = |readmodel| {
                let row = self.projections.rows(readmodel).and_then(|rows| rows.get(&value.words()));
                row.is_some_and(|row| row.began() < recorded.position)
            };
            if !is_empty(value) && lookup.is_some_and(|lookup| !exists(lookup)) {
                broken.push(What::Stranger { command: cause.command, parameter, event });
            }
        }
        broken
    }
}
