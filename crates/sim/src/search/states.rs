//! The reachable states of things: which deciding events have happened to an instance, and which read models have
//! rows. Rows are never taken away, so things need not be searched together: each kind of thing is walked breadth
//! first, again and again until no read model gains its first row.
//!
//! Invariant: never more than the bound of states; when it was reached, what is said to be impossible is impossible
//! even if nothing were forbidden.

use super::space::{Bits, Space};
use foldhash::{HashMap, HashSet, HashSetExt};

/// How a state of a thing was reached: from which state, by which move.
type Came = Option<(Bits, usize)>;

#[derive(Default)]
pub struct States {
    /// For each thing the states and how they were reached.
    pub reached: Vec<HashMap<Bits, Came>>,
    /// The same in the order of reaching.
    pub order: Vec<Vec<Bits>>,
    /// For each move the state of its thing in which it succeeded first.
    pub succeeds: Vec<Option<Bits>>,
    /// For each read model the moves that led to its first row; `None` while it is empty.
    pub filled: Vec<Option<Vec<usize>>>,
    pub count: u64,
    pub bounded: bool,
}

/// A walk that can be interrupted after any number of states.
pub struct Walk {
    pub states: States,
    bound: u64,
    thing: usize,
    next: usize,
    /// Read models that gained their first row in this round.
    gained: Vec<(usize, Vec<usize>)>,
}

impl Walk {
    pub fn new(space: &Space, bound: u64) -> Self {
        let mut states = States {
            succeeds: vec![None; space.moves.len()],
            filled: vec![None; space.lookups.len()],
            bounded: space.clipped,
            ..States::default()
        };
        states.begin(space);
        Walk { states, bound, thing: 0, next: 0, gained: Vec::new() }
    }

    /// Looks at so many states at most; `true` when there is nothing left to look at.
    pub fn advance(&mut self, space: &Space, budget: u64) -> bool {
        for _ in 0..budget.max(1) {
            if self.states.count >= self.bound {
                self.states.bounded = true;
            }
            if self.states.count >= self.bound || !self.one(space) {
                if self.states.bounded {
                    self.states.relax(space);
                }
                return true;
            }
        }
        false
    }

    /// Looks at the next state; `false` when the last round brought nothing new.
    fn one(&mut self, space: &Space) -> bool {
        while self.thing < space.things.len() && self.next == self.states.order[self.thing].len() {
            self.thing += 1;
            self.next = 0;
        }
        if self.thing == space.things.len() {
            if self.gained.is_empty() {
                return false;
            }
            for (lookup, path) in self.gained.drain(..) {
                self.states.filled[lookup].get_or_insert(path);
            }
            self.states.begin(space);
            self.thing = 0;
            return !space.things.is_empty();
        }
        let state = self.states.order[self.thing][self.next];
        self.next += 1;
        self.states.count += 1;
        for &each in &space.things[self.thing].moves {
            self.follow(space, state, each);
        }
        true
    }

    fn follow(&mut self, space: &Space, state: Bits, each: usize) {
        let one = &space.moves[each];
        if !one.suits(state) || !self.states.exists(space, each) {
            return;
        }
        self.states.succeeds[each].get_or_insert(state);
        let after = state | one.brings;
        if let std::collections::hash_map::Entry::Vacant(vacant) =
            self.states.reached[self.thing].entry(after)
        {
            vacant.insert(Some((state, each)));
            self.states.order[self.thing].push(after);
        }
        let fills = one.happenings.iter().flat_map(|happening| &space.happenings[*happening].fills);
        for &lookup in fills {
            let known = self.states.filled[lookup].is_some();
            if !known && !self.gained.iter().any(|(gained, _)| *gained == lookup) {
                let mut path = self.states.path(space, self.thing, state);
                self.states.and_then(space, &mut path, each);
                self.gained.push((lookup, path));
            }
        }
    }
}

impl States {
    fn begin(&mut self, space: &Space) {
        self.reached = vec![HashMap::from_iter([(0, None)]); space.things.len()];
        self.order = vec![vec![0]; space.things.len()];
    }

    /// Whether everything that must exist for this move can exist.
    pub fn exists(&self, space: &Space, each: usize) -> bool {
        space.moves[each]
            .exists
            .iter()
            .all(|one| one.lookup.is_some_and(|lookup| self.filled[lookup].is_some()))
    }

    /// The moves that lead to this state of the thing, what must exist for them included.
    pub fn path(&self, space: &Space, thing: usize, state: Bits) -> Vec<usize> {
        let mut moves = Vec::new();
        let mut at = state;
        while let Some(Some((before, by))) = self.reached[thing].get(&at) {
            moves.push(*by);
            at = *before;
        }
        let mut path = Vec::new();
        for each in moves.into_iter().rev() {
            self.and_then(space, &mut path, each);
        }
        path
    }

    /// Appends a move, and before it what brings about all that must exist for it.
    fn and_then(&self, space: &Space, path: &mut Vec<usize>, each: usize) {
        let lookups = space.moves[each].exists.iter().filter_map(|one| self.filled[one.lookup?].as_ref());
        for before in lookups.flatten() {
            if !path.contains(before) {
                path.push(*before);
            }
        }
        path.push(each);
    }

    /// After the bound: everything counts as possible that would be if nothing were forbidden.
    fn relax(&mut self, space: &Space) {
        let mut happened: Vec<Bits> = vec![0; space.things.len()];
        let mut done = HashSet::new();
        loop {
            let before = done.len();
            for (each, one) in space.moves.iter().enumerate() {
                let possible =
                    !one.hopeless && one.requires & !happened[one.thing] == 0 && self.exists(space, each);
                if possible && done.insert(each) {
                    happened[one.thing] |= one.brings;
                    self.succeeds[each].get_or_insert(one.requires);
                    for lookup in one.happenings.iter().flat_map(|each| &space.happenings[*each].fills) {
                        self.filled[*lookup].get_or_insert_default();
                    }
                }
            }
            if done.len() == before {
                return;
            }
        }
    }
}
