//! Whether an update stands on what is there, so that a document never waits for anything.
//!
//! Each author's blocks are numbered without gaps, and name the blocks that they stand beside. What comes without them
//! waits: in Yjs outside the document, in yrs partly inside it, behind a hole, where other updates can build on it. A
//! document with holes is not what its state vector says, and what it is said to hold cannot be told apart from
//! what it passes on. So a server looks here first, and lets its document take in only what fits.
//! The update has passed the validator; where one has not, it is refused.

use super::check::{SKIP, Walk};
use super::lib0::{Reader, write_uint};
use super::{FrameError, Limits};
use std::collections::{BTreeMap, HashMap};

/// Up to where each author's blocks are there, without a hole: a state vector.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Clocks(HashMap<u64, u64>);

#[derive(Clone, PartialEq, Debug)]
pub enum Fit {
    /// All of it stands. With it, each author's blocks are there up to these.
    Whole(Clocks),
    /// The rest stands on blocks that are neither there nor in the update.
    Part { update: Vec<u8>, clocks: Clocks },
}

struct Block<'a> {
    bytes: &'a [u8],
    len: u64,
    stands_on: Vec<(u64, u64)>,
}

/// The blocks of one author in an update.
struct Author<'a> {
    client: u64,
    start: u64,
    blocks: Vec<Block<'a>>,
    /// How many of them stand, and where the last of those ends.
    standing: usize,
    end: u64,
}

impl Clocks {
    pub fn of(state_vector: &[u8]) -> Result<Clocks, FrameError> {
        let mut reader = Reader::new(state_vector);
        let count = reader.count(2)?;
        (0..count).map(|_| Ok((reader.uint()?, reader.uint()?))).collect::<Result<_, _>>().map(Clocks)
    }

    fn get(&self, client: u64) -> u64 {
        self.0.get(&client).copied().unwrap_or(0)
    }

    /// What fitted was taken in.
    pub fn advance(&mut self, to: &Clocks) {
        self.0.extend(&to.0);
    }

    /// How much of an update stands on these.
    pub fn fit(&self, update: &[u8]) -> Result<Fit, FrameError> {
        let mut walk = Walk::new(update, &Limits::FROM_SERVER);
        let mut authors = read_blocks(&mut walk)?;
        let clocks = self.stand(&mut authors);
        let is_whole = authors.iter().all(|author| author.standing == author.blocks.len());
        let (deletes, all_deletes) = deletes(&mut walk.reader, |client| {
            clocks.0.get(&client).copied().unwrap_or_else(|| self.get(client))
        })?;
        if is_whole && all_deletes {
            return Ok(Fit::Whole(clocks));
        }
        let mut part = Vec::with_capacity(update.len());
        authors.retain(|author| author.standing > 0);
        write_uint(&mut part, authors.len() as u64);
        for author in &authors {
            let numbers = [author.standing as u64, author.client, author.start];
            numbers.into_iter().for_each(|number| write_uint(&mut part, number));
            author.blocks[..author.standing].iter().for_each(|block| part.extend_from_slice(block.bytes));
        }
        part.extend(deletes);
        Ok(Fit::Part { update: part, clocks })
    }

    /// Lets blocks stand one after the other; one that stands on another waits for that one's author to get so far.
    fn stand(&self, authors: &mut [Author<'_>]) -> Clocks {
        let mut clocks = Clocks::default();
        let mut waiting: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut ready: Vec<usize> = (0..authors.len()).collect();
        while let Some(at) = ready.pop() {
            let author = &mut authors[at];
            let mut reached =
                clocks.0.get(&author.client).copied().unwrap_or_else(|| self.get(author.client));
            if author.end > reached {
                continue;
            }
            let before = reached;
            while let Some(block) = author.blocks.get(author.standing) {
                let there = |client: u64| {
                    let known = if client == author.client { Some(&reached) } else { clocks.0.get(&client) };
                    known.copied().unwrap_or_else(|| self.get(client))
                };
                if block.bytes.first() == Some(&SKIP) {
                    break;
                }
                if let Some((on, _)) = block.stands_on.iter().find(|(on, clock)| *clock >= there(*on)) {
                    waiting.entry(*on).or_default().push(at);
                    break;
                }
                author.standing += 1;
                author.end += block.len;
                reached = reached.max(author.end);
            }
            if reached > before {
                clocks.0.insert(author.client, reached);
                ready.extend(waiting.remove(&author.client).unwrap_or_default());
            }
        }
        clocks
    }
}

fn read_blocks<'a>(walk: &mut Walk<'a, '_>) -> Result<Vec<Author<'a>>, FrameError> {
    let mut authors = Vec::new();
    for _ in 0..walk.reader.uint()? {
        let (count, client, start) = (walk.reader.uint()?, walk.reader.uint()?, walk.reader.uint()?);
        let mut blocks = Vec::new();
        for _ in 0..count {
            let rest = walk.reader.rest();
            walk.stands_on.clear();
            let len = walk.block()?;
            let bytes = &rest[..rest.len() - walk.reader.left()];
            blocks.push(Block { bytes, len, stands_on: walk.stands_on.clone() });
        }
        authors.push(Author { client, start, blocks, standing: 0, end: start });
    }
    Ok(authors)
}

/// The deletes of what is there, and whether those are all.
fn deletes(reader: &mut Reader<'_>, there: impl Fn(u64) -> u64) -> Result<(Vec<u8>, bool), FrameError> {
    let mut kept: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    let mut all = true;
    for _ in 0..reader.uint()? {
        let client = reader.uint()?;
        let known = there(client);
        for _ in 0..reader.uint()? {
            let (start, len) = (reader.uint()?, reader.uint()?);
            all &= start + len <= known;
            if start < known {
                kept.entry(client).or_default().extend([start, len.min(known - start)]);
            }
        }
    }
    let mut out = Vec::new();
    write_uint(&mut out, kept.len() as u64);
    for (client, ranges) in kept {
        [client, ranges.len() as u64 / 2].into_iter().for_each(|number| write_uint(&mut out, number));
        ranges.into_iter().for_each(|number| write_uint(&mut out, number));
    }
    Ok((out, all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{At, Author, Command, PersonId, Replica, Step, plan};

    /// Two people of whom the second goes on where the first began; every update of both.
    fn story() -> (Vec<Vec<u8>>, Replica) {
        let mut replicas = [7, 8].map(|client| Replica::new(client, PersonId("ann".into()), || 0));
        let mut draws = 0u64;
        let mut updates = Vec::new();
        for round in 0..6 {
            let who = round % 2;
            let mut draw = || {
                draws += 1;
                draws.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            };
            let mut author = Author { me: &PersonId("ann".into()), now: 0.0, random: &mut draw };
            let last = replicas[who].board().order.last().cloned();
            let command = match last {
                Some(line) if round % 3 == 2 => Command::Remove { lines: vec![line] },
                Some(line) if round % 3 == 1 => {
                    let splice = crate::command::Splice { at: 1, delete: 1, insert: "xy".into() };
                    Command::Type { line, splices: vec![splice] }
                }
                _ => Command::Add { at: At::End, text: format!("line {round}"), place: None },
            };
            let plan = plan(replicas[who].board(), &command, &mut author);
            replicas[who].apply(&plan.ops, Step::New);
            for update in replicas[who].outgoing() {
                replicas[1 - who].merge(&update).unwrap();
                updates.push(update);
            }
        }
        let [replica, _] = replicas;
        (updates, replica)
    }

    #[test]
    fn what_comes_in_order_fits_and_what_is_left_out_keeps_out_what_builds_on_it() {
        let (updates, whole) = story();
        for left_out in 0..=updates.len() {
            let mut document = Replica::new(1, PersonId("server".into()), || 0);
            let mut clocks = Clocks::default();
            let mut refused = Vec::new();
            for (at, update) in updates.iter().enumerate() {
                match clocks.fit(update).unwrap() {
                    _ if at == left_out => refused.push(update),
                    Fit::Whole(more) => {
                        clocks.advance(&more);
                        document.merge(update).unwrap();
                    }
                    Fit::Part { .. } => refused.push(update),
                }
                assert!(!document.has_pending());
                assert_eq!(clocks, Clocks::of(&document.state_vector()).unwrap());
            }
            assert_eq!(refused.is_empty(), left_out == updates.len());
            // With everything that is missing it is whole again.
            let missing = whole.diff(&document.state_vector()).unwrap();
            assert!(matches!(clocks.fit(&missing), Ok(Fit::Whole(_))));
            document.merge(&missing).unwrap();
            assert_eq!(document.board().text(), whole.board().text());
        }
    }

    #[test]
    fn of_an_update_that_does_not_fit_the_part_that_stands_is_told() {
        let (updates, whole) = story();
        // A document that waits: it says so, and what it passes on has a hole.
        let mut waits = Replica::new(1, PersonId("ann".into()), || 0);
        updates[..2].iter().chain(&updates[3..]).for_each(|update| waits.merge(update).unwrap());
        let clocks = Clocks::default();
        let Fit::Part { update, clocks: reached } = clocks.fit(&waits.snapshot()).unwrap() else {
            panic!("something is missing");
        };
        super::super::validate(&update, &Limits::LIVE).unwrap();
        let mut document = Replica::new(2, PersonId("ann".into()), || 0);
        document.merge(&update).unwrap();
        assert!(!document.has_pending());
        assert_eq!(reached, Clocks::of(&document.state_vector()).unwrap());
        let rest = whole.diff(&document.state_vector()).unwrap();
        document.merge(&rest).unwrap();
        assert_eq!(document.board().text(), whole.board().text());
    }
}
