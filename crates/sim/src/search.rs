//! The search of what a model can reach: commands that can never succeed, things that get stuck, policies that never
//! end. Each is said as a question, with the commands that lead there.
//!
//! Invariants: the same model and bound find the same, in the order of the text; what is said to be impossible is
//! impossible, also when the bound was reached.
//! Not here: values. A state of a thing is the set of its events that some condition names.

mod loops;
mod space;
mod states;
mod words;

use crate::model::Model;
use protocol::insight::{Found, Insight, Searched};
use space::{Bits, Space};
use states::{States, Walk};

/// So many states are looked at where nobody says otherwise.
pub const BOUND: u64 = 200_000;

/// A search that can be interrupted after any number of states.
pub struct Search {
    space: Space,
    walk: Walk,
    bound: u64,
}

impl Search {
    pub fn new(model: &Model, bound: u64) -> Self {
        let space = space::of(model);
        let bound = bound.clamp(1, 5_000_000);
        Search { walk: Walk::new(&space, bound), space, bound }
    }

    /// Looks at so many states at most; `true` when all is found.
    pub fn advance(&mut self, states: u64) -> bool {
        self.walk.advance(&self.space, states)
    }

    /// States that were looked at, and how many there can be at most.
    pub fn progress(&self) -> (u64, u64) {
        (self.walk.states.count, self.bound)
    }

    pub fn finish(self) -> Searched {
        let (space, states) = (&self.space, &self.walk.states);
        let mut insights = never(space, states);
        insights.extend(stuck(space, states));
        insights.extend(circles(space, states));
        insights.sort_by_key(|one| one.sticky);
        Searched { insights, states: states.count, bounded: states.bounded }
    }
}

/// All at once.
pub fn search(model: &Model, bound: u64) -> Searched {
    let mut search = Search::new(model, bound);
    while !search.advance(u64::MAX) {}
    search.finish()
}

fn never(space: &Space, states: &States) -> Vec<Insight> {
    let hopeless = |each: &usize| !space.moves[*each].outside && states.succeeds[*each].is_none();
    let insight = |each: usize| Insight {
        what: Found::NeverSucceeds,
        sticky: space.moves[each].sticky,
        question: words::never(space, states, each),
        path: nearest(space, states, each),
    };
    (0..space.moves.len()).filter(hopeless).map(insight).collect()
}

/// The shortest way to the state in which the fewest conditions of this command fail.
fn nearest(space: &Space, states: &States, each: usize) -> Vec<String> {
    let one = &space.moves[each];
    let fails = |state: &&Bits| ((one.requires & !**state) | (one.forbids & **state)).count_ones();
    let nearest = states.order[one.thing].iter().min_by_key(fails).copied().unwrap_or_default();
    labels(space, &states.path(space, one.thing, nearest))
}

fn labels(space: &Space, path: &[usize]) -> Vec<String> {
    path.iter().map(|each| space.moves[*each].label.clone()).collect()
}

/// For each event the first state right after it in which a command waits in vain, and nothing says that this is how
/// it ends: neither the words of the event, nor a policy that goes on elsewhere.
fn stuck(space: &Space, states: &States) -> Vec<Insight> {
    let mut said = vec![false; space.happenings.len()];
    let mut insights = Vec::new();
    for (thing, order) in states.order.iter().enumerate() {
        for &state in order {
            let Some(Some((_, by))) = states.reached[thing].get(&state) else { continue };
            let Some(&last) = space.moves[*by].happenings.last() else { continue };
            if said[last] || is_end(space, last) || !is_dead(space, states, thing, state) {
                continue;
            }
            let Some((waits, lacks)) = waits_in_vain(space, states, thing, state) else { continue };
            said[last] = true;
            insights.push(Insight {
                what: Found::Stuck,
                sticky: space.happenings[last].sticky,
                question: words::stuck(space, last, waits, lacks),
                path: labels(space, &states.path(space, thing, state)),
            });
        }
    }
    insights
}

fn is_end(space: &Space, happening: usize) -> bool {
    let happening = &space.happenings[happening];
    happening.followed || words::is_end(&happening.label)
}

/// No command of the thing succeeds, and nothing from outside changes that.
fn is_dead(space: &Space, states: &States, thing: usize, state: Bits) -> bool {
    space.things[thing].moves.iter().all(|each| {
        let one = &space.moves[*each];
        match one.outside {
            true => state | one.brings == state,
            false => !one.suits(state) || !states.exists(space, *each),
        }
    })
}

/// A command that could succeed elsewhere, that nothing forbids here, and that waits for an event that cannot come.
fn waits_in_vain(
    space: &Space,
    states: &States,
    thing: usize,
    state: Bits,
) -> Option<(usize, Option<usize>)> {
    let waits = |each: &&usize| {
        let one = &space.moves[**each];
        !one.outside
            && states.succeeds[**each].is_some()
            && one.forbids & state == 0
            && one.requires & !state != 0
    };
    let each = *space.things[thing].moves.iter().find(waits)?;
    let lacks = (space.moves[each].requires & !state).trailing_zeros() as usize;
    Some((each, space.things[thing].deciding.get(lacks).copied()))
}

fn circles(space: &Space, states: &States) -> Vec<Insight> {
    let insight = |circle: Vec<usize>| Insight {
        what: Found::Loop,
        sticky: circle.first().and_then(|each| space.reactions[*each].sticky),
        question: words::circle(space, &circle),
        path: circle.iter().map(|each| space.reactions[*each].label.clone()).collect(),
    };
    loops::loops(space, states).into_iter().map(insight).collect()
}
