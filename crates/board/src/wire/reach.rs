//! How far updates reach, so that whoever passes them on knows what is whole.
//!
//! Each author's blocks are numbered without gaps. yrs takes a block in before the blocks that precede it where it needs
//! none of them, and notes the hole; Yjs keeps it waiting. A document with holes is not what its state vector says:
//! what lies behind one is sent to some peers and not to others. So a server asks here whether an update follows on
//! what is there, and passes on nothing from behind a hole.
//! Everything here has passed the validator; bytes that have not are refused, not understood.

use super::check::{SKIP, Walk};
use super::lib0::{Reader, write_uint};
use super::{FrameError, Limits};
use std::collections::BTreeMap;

/// Up to where each author's blocks are there without a hole: a state vector.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Clocks(BTreeMap<u64, u64>);

/// How far an update goes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reach {
    /// Where each author's blocks begin that it brings.
    starts: BTreeMap<u64, u64>,
    /// Behind the last block that it brings, or deletes.
    ends: BTreeMap<u64, u64>,
    has_holes: bool,
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

    /// An update that follows and needed nothing else is there now.
    pub fn take_in(&mut self, reach: &Reach) {
        raise(&mut self.0, reach.ends.iter());
    }

    /// The part of a difference that does not lie behind a hole.
    pub fn whole_of(&self, update: &[u8]) -> Result<Vec<u8>, FrameError> {
        let mut walk = Walk::new(update, &Limits::FROM_SERVER);
        let (mut clients, mut blocks) = (0, Vec::new());
        for _ in 0..walk.reader.uint()? {
            let (count, client, start) = (walk.reader.uint()?, walk.reader.uint()?, walk.reader.uint()?);
            let body = walk.reader.rest();
            let mut whole = None;
            for nth in 0..count {
                if walk.reader.peek() == Some(SKIP) && whole.is_none() {
                    whole = Some((nth, body.len() - walk.reader.left()));
                }
                walk.block()?;
            }
            let (count, bytes) = whole.unwrap_or((count, body.len() - walk.reader.left()));
            if count > 0 {
                clients += 1;
                [count, client, start].into_iter().for_each(|number| write_uint(&mut blocks, number));
                blocks.extend_from_slice(&body[..bytes]);
            }
        }
        let mut out = Vec::with_capacity(update.len());
        write_uint(&mut out, clients);
        out.append(&mut blocks);
        self.whole_deletes(&mut walk.reader, &mut out)?;
        Ok(out)
    }

    fn whole_deletes(&self, reader: &mut Reader<'_>, out: &mut Vec<u8>) -> Result<(), FrameError> {
        let (mut clients, mut deletes) = (0, Vec::new());
        for _ in 0..reader.uint()? {
            let client = reader.uint()?;
            let mut ranges = Vec::new();
            for _ in 0..reader.uint()? {
                let (start, len) = (reader.uint()?, reader.uint()?);
                let end = (start + len).min(self.get(client));
                if start < end {
                    ranges.push([start, end - start]);
                }
            }
            if !ranges.is_empty() {
                clients += 1;
                let numbers = [client, ranges.len() as u64].into_iter().chain(ranges.into_iter().flatten());
                numbers.for_each(|number| write_uint(&mut deletes, number));
            }
        }
        write_uint(out, clients);
        out.append(&mut deletes);
        Ok(())
    }
}

impl Reach {
    pub fn of(update: &[u8]) -> Result<Reach, FrameError> {
        let mut walk = Walk::new(update, &Limits::FROM_SERVER);
        let mut reach = Reach::default();
        for _ in 0..walk.reader.uint()? {
            let (count, client, start) = (walk.reader.uint()?, walk.reader.uint()?, walk.reader.uint()?);
            let mut next = start;
            for _ in 0..count {
                reach.has_holes |= walk.reader.peek() == Some(SKIP);
                next += walk.block()?;
            }
            reach.starts.insert(client, start);
            raise(&mut reach.ends, [(&client, &next)]);
        }
        for _ in 0..walk.reader.uint()? {
            let client = walk.reader.uint()?;
            for _ in 0..walk.reader.uint()? {
                let end = walk.reader.uint()? + walk.reader.uint()?;
                raise(&mut reach.ends, [(&client, &end)]);
            }
        }
        Ok(reach)
    }

    /// Whether each author's blocks go on where those that are there end, or before.
    pub fn follows(&self, clocks: &Clocks) -> bool {
        !self.has_holes && self.starts.iter().all(|(client, start)| *start <= clocks.get(*client))
    }

    /// Whether all of it is there, with everything before it.
    pub fn is_within(&self, clocks: &Clocks) -> bool {
        self.ends.iter().all(|(client, end)| *end <= clocks.get(*client))
    }

    /// As far as either of them goes.
    pub fn join(&mut self, other: &Reach) {
        raise(&mut self.ends, other.ends.iter());
    }
}

fn raise<'a>(clocks: &mut BTreeMap<u64, u64>, to: impl IntoIterator<Item = (&'a u64, &'a u64)>) {
    for (client, clock) in to {
        let known = clocks.entry(*client).or_insert(0);
        *known = (*known).max(*clock);
    }
}
