//! Where a run stands, and what its steps brought about.

use crate::run::Run;
use protocol::log::Subscription;
use protocol::request::State;
use protocol::trace::{Trace, Waiting};
use std::ops::Range;

/// So many traces come with a state; others are asked for.
const TRACES: usize = 50;
/// So many waiting policies are listed.
const MOST_LISTED: usize = 200;

impl Run {
    /// Where the run stands, with the traces of its steps from `since` on.
    pub fn state(&self, since: usize) -> State {
        let (system, settings) = (self.system(), self.settings());
        let log = system.log();
        let head = log.head();
        let time = |position| log.get(position).map_or(0, |event| event.at());
        let steps = self.steps().len();
        State {
            steps,
            head,
            first: time(1),
            last: time(head),
            streams: system.begun(),
            pace: settings.pace,
            lag: system.lag,
            waiting: self.waiting(),
            subscriptions: self.subscriptions(),
            misfits: self.count_misfits(),
            fingerprint: settings.fingerprint.clone(),
            traces: self.traces(since.max(steps.saturating_sub(TRACES))..steps),
        }
    }

    /// What the steps of this range brought about, as far as there are such steps.
    pub fn traces(&self, steps: Range<usize>) -> Vec<Trace> {
        let end = steps.end.min(self.told().len());
        let told = self.told().get(steps.start.min(end)..end).unwrap_or(&[]);
        told.iter().map(|told| told.trace(self.present())).collect()
    }

    fn waiting(&self) -> Vec<Waiting> {
        let model = self.system().model();
        let waiting = self.settings().waiting.iter().take(MOST_LISTED);
        waiting
            .map(|waiting| {
                let name = &model.policy(waiting.policy).name;
                Waiting {
                    id: waiting.id,
                    sticky: self.present().sticky(crate::model::Noun::Policy, &name.full),
                    name: name.label.to_string(),
                    position: waiting.position,
                    asks: waiting.asks.as_ref().map(ToString::to_string),
                }
            })
            .collect()
    }

    /// Read models and policies read the log, each up to its checkpoint.
    fn subscriptions(&self) -> Vec<Subscription> {
        let system = self.system();
        let (model, head) = (system.model(), system.log().head());
        let checkpoint = system.projections().checkpoint();
        let readmodels = model.readmodels.iter().zip(system.behind());
        let readmodels = readmodels.map(|(readmodel, behind)| {
            let name = readmodel.name.label.to_string();
            Subscription { name, checkpoint, behind }
        });
        let policies = (0..).map(crate::model::PolicyId).zip(&model.policies);
        let policies = policies.map(|(id, policy)| {
            let mut waiting = self.settings().waiting.iter().filter(|waiting| waiting.policy == id);
            let first = waiting.next().map(|waiting| waiting.position);
            Subscription {
                name: policy.name.label.to_string(),
                checkpoint: first.map_or(head, |first| first.saturating_sub(1)),
                behind: u64::from(first.is_some()) + waiting.count() as u64,
            }
        });
        readmodels.chain(policies).collect()
    }
}
