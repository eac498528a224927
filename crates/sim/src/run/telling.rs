//! What happened in a step, written down while it happens.
//!
//! Stickies are kept by name and found when somebody looks: the board may have been edited since.

use super::Waiting;
use crate::log::{Conflict, Log};
use crate::messages::failures;
use crate::model::{CommandId, EventId, Model, Noun, PolicyId, ReadmodelId};
use crate::policies::Witness;
use crate::storm;
use crate::system::{Refused, System};
use crate::value::Text;
use protocol::Position;
use protocol::step::{Expected, Step};
use protocol::storm::Report;
use protocol::trace::{Link, Trace, What};
use std::sync::Arc;

/// A trace is no longer than this; what follows happens untold.
const MOST_LINKS: usize = 5_000;
/// All traces of a run together may be this long; from then on each is short.
const MOST_TOLD: usize = 200_000;
/// However long the run: enough for what somebody does by hand.
const LEAST_LINKS: usize = 50;

/// The trace of a step.
#[derive(Clone, Debug, Default)]
pub struct Told {
    trace: Trace,
    /// The sticky of each link.
    names: Vec<Option<(Noun, Text)>>,
    /// So many links fit; at least one.
    room: usize,
    /// The event that was told last, and its link.
    event: Option<(Position, usize)>,
    /// With the model that the storm was under.
    report: Option<Arc<(Report, Arc<Model>)>>,
}

impl Told {
    /// `told` is how many links the steps before have.
    pub fn begin(step: &Step, index: usize, words: String, log: &Log, told: usize) -> Told {
        let by = super::acts::person(&step.by).to_owned();
        let before = log.head();
        Told {
            trace: Trace { step: index, at: step.at, by, words, before, ..Trace::default() },
            room: MOST_TOLD.saturating_sub(told).clamp(LEAST_LINKS, MOST_LINKS),
            ..Told::default()
        }
    }

    /// How many links it has.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    fn is_full(&self) -> bool {
        self.names.len() >= self.room
    }

    pub fn end(&mut self, log: &Log) {
        self.trace.after = log.head();
    }

    /// With the stickies of that board.
    pub fn trace(&self, present: &Model) -> Trace {
        let mut trace = self.trace.clone();
        for (link, name) in trace.links.iter_mut().zip(&self.names) {
            link.sticky = name.as_ref().and_then(|(noun, full)| present.sticky(*noun, full));
        }
        trace
    }

    /// How the storm went that this step is.
    pub fn storm(&mut self, report: Report, model: Arc<Model>) {
        let Report { commands, accepted, rejected, events, .. } = &report;
        let words = format!("{commands} commands: {accepted} accepted, {rejected} refused, {events} events.");
        self.note(words, false);
        self.report = Some(Arc::new((report, model)));
    }

    /// With the stickies of that board.
    pub fn report(&self, present: &Model) -> Option<Report> {
        let (report, model) = self.report.as_deref()?;
        Some(storm::on_board(report, model, present))
    }

    pub fn note(&mut self, words: impl Into<String>, problem: bool) {
        let what = What::Note { words: words.into(), problem };
        self.link(what, None, String::new(), None, None);
    }

    pub fn link(
        &mut self,
        what: What,
        sticky: Option<(Noun, Text)>,
        name: String,
        cause: Option<usize>,
        position: Option<Position>,
    ) -> usize {
        if !self.is_full() {
            self.names.push(sticky);
            self.trace.links.push(Link { what, sticky: None, name, cause, position });
        }
        self.names.len() - 1
    }

    fn named(
        &mut self,
        what: What,
        model: &Model,
        (noun, index): (Noun, u32),
        cause: Option<usize>,
        position: Option<Position>,
    ) -> usize {
        let name = model.name(noun, index);
        self.link(what, Some((noun, name.full.clone())), name.label.to_string(), cause, position)
    }

    pub fn row(&mut self, model: &Model, readmodel: ReadmodelId, key: &Text, position: Position) {
        if self.is_full() {
            return;
        }
        // Rows are told right after their event, or long after it, in another step.
        let cause = self.event.filter(|(told, _)| *told == position).map(|(_, link)| link);
        let what = What::Readmodel { key: key.to_string() };
        self.named(what, model, (Noun::Readmodel, readmodel.0), cause, Some(position));
    }
}

/// Writes a step down, and keeps the policies that wait.
pub struct Telling<'a> {
    pub told: &'a mut Told,
    pub waiting: Vec<Waiting>,
    /// The number of the next one that waits.
    pub next: u64,
}

impl Witness for Telling<'_> {
    fn command(&mut self, model: &Model, command: CommandId, cause: Option<usize>) -> usize {
        self.told.named(What::Command, model, (Noun::Command, command.0), cause, None)
    }

    fn refused(&mut self, system: &System, command: CommandId, refused: &Refused, cause: usize) {
        let model = system.model();
        let what = match refused {
            Refused::Refusals(refusals) => {
                What::Rejected { failures: failures(model, model.command(command), refusals) }
            }
            Refused::Conflict(Conflict::Version { stream, expected, actual }) => What::Conflict {
                stream: system.log().stream_name(*stream),
                expected: match expected {
                    Expected::Version(version) => *version,
                    Expected::Any | Expected::NoStream => 0,
                },
                actual: *actual,
            },
            Refused::Conflict(conflict) => What::Note { words: conflict.to_string(), problem: true },
        };
        self.told.named(what, model, (Noun::Command, command.0), Some(cause), None);
    }

    fn event(&mut self, model: &Model, event: EventId, position: Position, cause: usize) -> usize {
        let link = self.told.named(What::Event, model, (Noun::Event, event.0), Some(cause), Some(position));
        self.told.event = Some((position, link));
        link
    }

    fn row(&mut self, model: &Model, readmodel: ReadmodelId, key: &Text, position: Position) {
        self.told.row(model, readmodel, key, position);
    }

    fn policy(
        &mut self,
        model: &Model,
        policy: PolicyId,
        position: Position,
        waits: bool,
        cause: Option<usize>,
    ) -> usize {
        let asks = model.policy(policy).condition.as_ref().filter(|condition| condition.test.is_none());
        let asks = asks.filter(|_| waits).map(|condition| condition.words.clone());
        let what =
            What::Policy { waits: waits.then_some(self.next), asks: asks.as_ref().map(ToString::to_string) };
        if waits {
            self.waiting.push(Waiting { id: self.next, policy, position, asks });
            self.next += 1;
        }
        self.told.named(what, model, (Noun::Policy, policy.0), cause, Some(position))
    }

    fn looped(&mut self, model: &Model, policies: &[PolicyId], cause: Option<usize>) {
        let along = policies.iter().flat_map(|policy| {
            let policy = model.policy(*policy);
            [&model.event(policy.event).name.label, &model.command(policy.command).name.label]
        });
        let names = along.map(ToString::to_string).collect();
        let Some(last) = policies.last() else { return };
        self.told.named(What::Loop { names }, model, (Noun::Policy, last.0), cause, None);
    }
}
