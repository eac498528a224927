//! Storms: synthetic people drive a system for thousands of commands, from a seed.
//!
//! Invariants: the same storm on the same system gives the same log; a storm can be interrupted after any number of
//! commands; it has bounds, whatever a step asks for. What people do is in `crowd`, what came of it in `tally`.

mod crowd;
mod known;
mod random;
mod tally;

pub use crowd::{Crowd, Deed};

use crate::log::ActorId;
use crate::model::{Model, Name, Noun, PolicyId};
use crate::policies::{Answer, Course};
use crate::system::{Call, Ids, Refused, System};
use foldhash::HashMap;
use protocol::step::Expected;
use protocol::storm::{Report, Storm};
use protocol::{Position, Sticky, Time};
use random::Random;
use tally::Tally;

/// One storm has no more.
pub const MAX_COMMANDS: u32 = 100_000;
pub const MAX_PEOPLE: u32 = 1_000;
/// Conditions that nobody is there to judge hold so often.
const HOLDS: u32 = 50;

/// A storm that goes on.
#[derive(Clone, Debug)]
pub struct Storming {
    crowd: Crowd,
    tally: Tally,
    people: Vec<ActorId>,
    seed: u64,
    step: u32,
    before: Position,
    full: bool,
}

/// What a storm asks for that none can have.
pub fn excess(storm: &Storm) -> Option<String> {
    if storm.commands > MAX_COMMANDS {
        return Some(format!("A storm has at most {MAX_COMMANDS} commands, not {}.", storm.commands));
    }
    (storm.people > MAX_PEOPLE)
        .then(|| format!("A storm has at most {MAX_PEOPLE} people, not {}.", storm.people))
}

/// The storm within all bounds.
fn bounded(storm: &Storm) -> Storm {
    Storm {
        seed: storm.seed,
        people: storm.people.clamp(1, MAX_PEOPLE),
        commands: storm.commands.min(MAX_COMMANDS),
        speed: if storm.speed.is_finite() { storm.speed.clamp(0.001, 1_000_000.0) } else { 1.0 },
        mix: storm.mix.clone(),
        mistakes: storm.mistakes.min(100),
    }
}

impl Storming {
    /// `at` and `step` are those of the step that it is.
    pub fn new(storm: &Storm, system: &mut System, at: Time, step: u32) -> Storming {
        let crowd = Crowd::new(storm, system.model(), at);
        let people = crowd.people().iter().map(|name| system.actor(name)).collect();
        let before = system.log().head();
        let tally = Tally::new(system.model());
        Storming { crowd, tally, people, seed: storm.seed, step, before, full: false }
    }

    /// So many commands more at most; `true` when the storm is over. Nothing else happens to the system meanwhile.
    pub fn advance(&mut self, system: &mut System, commands: u32) -> bool {
        for _ in 0..commands {
            let Some(mut deed) = self.crowd.next(system).filter(|_| !self.full) else { return true };
            let by = self.people.get(deed.person).copied().unwrap_or(ActorId(0));
            let ids = Ids::Short(self.seed);
            let call = Call { at: deed.at, by, step: self.step, expected: Expected::Any, ids, cause: None };
            let seed = self.seed;
            let judge =
                |model: &Model, policy: PolicyId, position: Position| judge(model, seed, policy, position);
            let sent = Course::new(system, call, &mut self.tally, judge).send(deed.command, &mut deed.values);
            match sent {
                Ok(_) => self.crowd.managed(deed.command),
                Err(Refused::Conflict(_)) => self.full = true,
                Err(Refused::Refusals(_)) => {}
            }
        }
        let (done, of) = self.crowd.progress();
        done >= of
    }

    /// Commands that were sent, and how many there will be.
    pub fn progress(&self) -> (u64, u64) {
        let (done, of) = self.crowd.progress();
        (done.into(), of.into())
    }

    pub fn report(&self, system: &System) -> Report {
        self.tally.report(system, self.before, system.log().head())
    }
}

/// The report with the stickies of another board: the storm's may have been edited since.
pub fn on_board(report: &Report, from: &Model, to: &Model) -> Report {
    let commands = from.commands.iter().map(|one| (Noun::Command, &one.name));
    let events = from.events.iter().map(|one| (Noun::Event, &one.name));
    let readmodels = from.readmodels.iter().map(|one| (Noun::Readmodel, &one.name));
    let policies = from.policies.iter().map(|one| (Noun::Policy, &one.name));
    let both = |(noun, name): (Noun, &Name)| Some((name.sticky?, to.sticky(noun, &name.full)?));
    let all = commands.chain(events).chain(readmodels).chain(policies);
    let now: HashMap<Sticky, Sticky> = all.filter_map(both).collect();
    let mut report = report.clone();
    let moves = |sticky: &mut Option<Sticky>| *sticky = sticky.and_then(|old| now.get(&old).copied());
    report.by_type.iter_mut().for_each(|one| moves(&mut one.sticky));
    report.rejections.iter_mut().for_each(|one| moves(&mut one.sticky));
    report.never.iter_mut().for_each(|one| moves(&mut one.sticky));
    report.heat = report.heat.iter().filter_map(|(old, times)| Some((*now.get(old)?, *times))).collect();
    report
}

/// Nobody is there to judge a condition: the seed does.
fn judge(model: &Model, seed: u64, policy: PolicyId, position: Position) -> Answer {
    let open = model.policy(policy).condition.as_ref().is_some_and(|condition| condition.test.is_none());
    let mut random = Random::new(seed ^ position ^ (u64::from(policy.0) << 40));
    match open && !random.percent(HOLDS) {
        true => Answer::Drops,
        false => Answer::Runs,
    }
}
