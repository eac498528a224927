//! How a kept log suits a model that was edited since: the events, rules and columns that no longer fit, and what can
//! be done about each.
//!
//! Invariants: a log that was written under a model suits it; each remedy, once taken, ends its misfit. Nothing is
//! changed here: a remedy is a step.

mod likely;
mod remedy;
mod rules;
mod shapes;
mod words;

use crate::log::Log;
use crate::model::{CommandId, EventId, Model, ReadmodelId};
use crate::project::Projections;
use crate::reading::{Names, Readings};
use crate::run::Run;
use crate::value::Text;
use foldhash::HashMap;
use protocol::Position;
use protocol::insight::Misfit;
use std::borrow::Cow;

/// So many events can be left out one by one.
pub const MOST_SKIPPED: usize = 1_000;
/// More misfits than anybody mends.
const MOST_FOUND: usize = 200;

impl Run {
    /// What of the log no longer fits the board as it is now, in the order of the first events.
    pub fn misfits(&self) -> Vec<Misfit> {
        let system = self.system();
        let (log, model) = (system.log(), self.present());
        let readings = Readings::under(model, log, &system.readings().upcasts);
        let own = model.fingerprint == system.model().fingerprint;
        let projections = match own {
            true => Cow::Borrowed(system.projections()),
            false => Cow::Owned(Projections::of(model, &readings, log)),
        };
        Look::new(log, model, readings, &projections).misfits()
    }

    /// How many there are. Nothing is looked through as long as nothing can have stopped to fit.
    pub(crate) fn count_misfits(&self) -> usize {
        if self.is_of_one_piece() { 0 } else { self.misfits().len() }
    }

    /// All of it was written under the present model, and nothing was left out or brought in.
    fn is_of_one_piece(&self) -> bool {
        use protocol::step::Act;
        let moved = |act: &Act| {
            matches!(act, Act::Import { .. } | Act::Skip { .. } | Act::Upcast(_))
                || matches!(act, Act::Model { fingerprint } if *fingerprint != self.settings().fingerprint)
        };
        self.present().fingerprint == self.system().model().fingerprint
            && !self.steps().iter().any(|step| moved(&step.act))
    }
}

/// What does not fit.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum What {
    /// The model has no such event.
    Unknown { context: Text, name: Text },
    /// The index of a property that the event did not have.
    Missing { event: EventId, property: usize },
    /// The column stays empty because of that.
    Column { readmodel: ReadmodelId, column: usize, event: EventId, property: usize },
    /// Its value is none of the type.
    Unfit { event: EventId, property: usize },
    /// The command that leads to the event has this precondition, and it did not hold.
    Condition { command: CommandId, condition: usize, event: EventId },
    /// The parameter is required, and the property that it fills is blank.
    Blank { command: CommandId, parameter: usize, event: EventId, property: usize },
    /// The parameter must exist in a read model, and did not.
    Stranger { command: CommandId, parameter: usize, event: EventId },
}

#[derive(Clone, Debug, Default)]
struct Tally {
    events: u64,
    /// The first of them.
    positions: Vec<Position>,
}

/// A log, looked at with a model.
struct Look<'a> {
    log: &'a Log,
    model: &'a Model,
    names: Names<'a>,
    readings: Readings,
    projections: &'a Projections,
    found: Vec<(What, Tally)>,
    index: HashMap<What, usize>,
}

impl<'a> Look<'a> {
    fn new(log: &'a Log, model: &'a Model, readings: Readings, projections: &'a Projections) -> Look<'a> {
        let names = Names::of(model);
        Look { log, model, names, readings, projections, found: Vec::new(), index: HashMap::default() }
    }

    fn misfits(mut self) -> Vec<Misfit> {
        self.shapes();
        self.rules();
        self.found.sort_by_key(|(_, tally)| tally.positions.first().copied());
        let misfit = |(what, tally): &(What, Tally)| Misfit {
            sticky: self.sticky(what),
            words: self.words(what, tally.events),
            events: tally.events,
            first: tally.positions.first().copied().unwrap_or_default(),
            remedies: self.remedies(what, tally),
        };
        self.found.iter().map(misfit).collect()
    }

    fn note(&mut self, what: What, position: Position) {
        let next = self.found.len();
        let index = match self.index.get(&what) {
            Some(known) => *known,
            None if next == MOST_FOUND => return,
            None => {
                self.index.insert(what.clone(), next);
                self.found.push((what, Tally::default()));
                next
            }
        };
        if let Some((_, tally)) = self.found.get_mut(index) {
            tally.events += 1;
            if tally.positions.len() < MOST_SKIPPED {
                tally.positions.push(position);
            }
        }
    }
}
