//! Policies that trigger each other without end.
//!
//! A policy passes on to another when the command that it sends brings the event which the other waits for. A circle
//! of policies runs for ever unless something on it says no: a condition, a value that is missing, or a command that
//! forbids what the circle itself brings to the same thing.

use super::space::{Reaction, Space};
use super::states::States;
use std::collections::VecDeque;

/// Circles of policies that nothing ends, each once, beginning with its first policy in the text.
pub fn loops(space: &Space, states: &States) -> Vec<Vec<usize>> {
    let runs: Vec<bool> = space.reactions.iter().map(|one| goes_through(space, states, one)).collect();
    let next = successors(space, &runs);
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut taken = vec![false; space.reactions.len()];
    for start in 0..space.reactions.len() {
        if !runs[start] || taken[start] {
            continue;
        }
        let Some(circle) = shortest_circle(&next, start) else { continue };
        if !ends(space, &circle) {
            circle.iter().for_each(|each| taken[*each] = true);
            found.push(circle);
        }
    }
    found
}

/// Whether the command of this policy can succeed when it is sent by it.
fn goes_through(space: &Space, states: &States, one: &Reaction) -> bool {
    let sends = &space.moves[one.sends];
    !one.conditional
        && one.complete
        && states.succeeds[one.sends].is_some()
        && (one.same || sends.requires == 0)
}

fn successors(space: &Space, runs: &[bool]) -> Vec<Vec<usize>> {
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); space.happenings.len()];
    for (index, one) in space.reactions.iter().enumerate().filter(|(index, _)| runs[*index]) {
        waiting[one.when].push(index);
    }
    let after = |(index, one): (usize, &Reaction)| match runs[index] {
        true => space.moves[one.sends].happenings.iter().flat_map(|event| waiting[*event].clone()).collect(),
        false => Vec::new(),
    };
    space.reactions.iter().enumerate().map(after).collect()
}

fn shortest_circle(next: &[Vec<usize>], start: usize) -> Option<Vec<usize>> {
    let mut came: Vec<Option<usize>> = vec![None; next.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for &after in &next[at] {
            if after == start {
                let mut circle: Vec<usize> = std::iter::successors(Some(at), |each| came[*each]).collect();
                circle.reverse();
                return Some(circle);
            }
            if came[after].is_none() {
                came[after] = Some(at);
                queue.push_back(after);
            }
        }
    }
    None
}

/// Whether a command on the circle refuses, because the circle brought to the same thing what it forbids.
fn ends(space: &Space, circle: &[usize]) -> bool {
    let mut brought = vec![0; space.things.len()];
    for each in circle {
        let sends = &space.moves[space.reactions[*each].sends];
        brought[sends.thing] |= sends.brings;
    }
    circle.iter().any(|each| {
        let sends = &space.moves[space.reactions[*each].sends];
        space.reactions[*each].same && sends.forbids & brought[sends.thing] != 0
    })
}
