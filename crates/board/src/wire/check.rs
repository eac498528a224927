//! The structural validator: a walk over the bytes that yrs is about to read, with budgets, before yrs reads them.
//!
//! yrs trusts counts and recurses into nested values; this walk refuses what would make it panic, overflow its
//! stack or reserve memory out of proportion to the frame. It reserves nothing itself but the list of client ids
//! (8 bytes for each, and each came with 3 bytes or more), which it needs to refuse one that comes twice.
//! What Squall's documents never hold is refused too: subdocuments, embeds, formats, XML, old JSON.
//! Not here: whether the update makes sense on this document (that is yrs' own business).

use super::json;
use super::lib0::{MAX_SAFE, Reader};
use super::{FrameError, Limits};

/// yrs counts clocks in 32 bits; half of that leaves room for every sum it forms.
const MAX_CLOCK: u64 = 1 << 31;

/// The info byte of a block that stands for others which are not there.
pub(super) const SKIP: u8 = 10;

/// Nesting of arrays and objects inside one value.
const DEPTH: usize = 64;

/// Nesting of a presence record; ours has two levels.
const PRESENCE_DEPTH: usize = 16;

/// Bytes of one presence record.
const PRESENCE_BYTES: usize = 4096;

/// Presence records in one message.
const PRESENCES: u64 = 2000;

pub(super) struct Walk<'a, 'l> {
    pub(super) reader: Reader<'a>,
    limits: &'l Limits,
    structs: usize,
    values: usize,
    /// The blocks that those which were walked over name beside themselves.
    pub(super) stands_on: Vec<(u64, u64)>,
}

/// Update v1: blocks by client, then the delete set.
pub fn update(bytes: &[u8], limits: &Limits) -> Result<(), FrameError> {
    let mut walk = Walk::new(bytes, limits);
    walk.blocks()?;
    walk.deletes()?;
    walk.reader.end()
}

/// State vector v1.
pub fn state_vector(bytes: &[u8], limits: &Limits) -> Result<(), FrameError> {
    let mut reader = Reader::new(bytes);
    let count = clients(&mut reader, 2, limits)?;
    for _ in 0..count {
        reader.uint()?;
        clock(&mut reader)?;
    }
    reader.end()
}

/// An awareness update: client, clock, one JSON value or `null`.
pub fn awareness(bytes: &[u8]) -> Result<(), FrameError> {
    let mut reader = Reader::new(bytes);
    let count = reader.count(3)?;
    if count > PRESENCES {
        return Err(FrameError::Budget);
    }
    for _ in 0..count {
        reader.uint()?;
        clock(&mut reader)?;
        let state = reader.string()?;
        if state.len() > PRESENCE_BYTES {
            return Err(FrameError::Budget);
        }
        json::check(state, PRESENCE_DEPTH)?;
    }
    reader.end()
}

fn clients(reader: &mut Reader<'_>, least: usize, limits: &Limits) -> Result<u64, FrameError> {
    let count = reader.count(least)?;
    if count > limits.clients as u64 {
        return Err(FrameError::Budget);
    }
    Ok(count)
}

fn clock(reader: &mut Reader<'_>) -> Result<u64, FrameError> {
    let clock = reader.uint()?;
    if clock >= MAX_CLOCK {
        return Err(FrameError::Number);
    }
    Ok(clock)
}

/// The same client twice in one list makes yrs join blocks that are out of order.
fn distinct(mut seen: Vec<u64>) -> Result<(), FrameError> {
    seen.sort_unstable();
    if seen.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(FrameError::Twice);
    }
    Ok(())
}

impl<'a, 'l> Walk<'a, 'l> {
    pub(super) fn new(bytes: &'a [u8], limits: &'l Limits) -> Walk<'a, 'l> {
        Walk { reader: Reader::new(bytes), limits, structs: 0, values: 0, stands_on: Vec::new() }
    }
}

impl Walk<'_, '_> {
    fn blocks(&mut self) -> Result<(), FrameError> {
        let count = clients(&mut self.reader, 3, self.limits)?;
        let mut seen = Vec::with_capacity(count as usize);
        for _ in 0..count {
            // A block is at least its info byte and a length.
            let blocks = self.reader.count(2)?;
            seen.push(self.reader.uint()?);
            let mut next = clock(&mut self.reader)?;
            for _ in 0..blocks {
                self.spend_struct()?;
                next += self.block()?;
                self.stands_on.clear();
                if next >= MAX_CLOCK {
                    return Err(FrameError::Number);
                }
            }
        }
        distinct(seen)
    }

    fn deletes(&mut self) -> Result<(), FrameError> {
        let count = clients(&mut self.reader, 2, self.limits)?;
        let mut seen = Vec::with_capacity(count as usize);
        for _ in 0..count {
            seen.push(self.reader.uint()?);
            let ranges = self.reader.count(2)?;
            for _ in 0..ranges {
                self.spend_struct()?;
                let start = clock(&mut self.reader)?;
                let len = self.length()?;
                if start + len >= MAX_CLOCK {
                    return Err(FrameError::Number);
                }
            }
        }
        distinct(seen)
    }

    fn spend_struct(&mut self) -> Result<(), FrameError> {
        self.structs += 1;
        if self.structs > self.limits.structs {
            return Err(FrameError::Budget);
        }
        Ok(())
    }

    fn spend_value(&mut self) -> Result<(), FrameError> {
        self.values += 1;
        if self.values > self.limits.structs {
            return Err(FrameError::Budget);
        }
        Ok(())
    }

    fn length(&mut self) -> Result<u64, FrameError> {
        match clock(&mut self.reader)? {
            0 => Err(FrameError::Empty),
            len => Ok(len),
        }
    }

    fn id(&mut self) -> Result<(), FrameError> {
        let id = (self.reader.uint()?, clock(&mut self.reader)?);
        self.stands_on.push(id);
        Ok(())
    }

    fn text(&mut self, budget: usize) -> Result<&str, FrameError> {
        let text = self.reader.string()?;
        if text.len() > budget {
            return Err(FrameError::Budget);
        }
        Ok(text)
    }

    /// One block; the answer is its length in clocks.
    pub(super) fn block(&mut self) -> Result<u64, FrameError> {
        const LEFT: u8 = 0x80;
        const RIGHT: u8 = 0x40;
        const KEY: u8 = 0x20;
        let info = self.reader.byte()?;
        // Collected and skipped blocks are a length and nothing else.
        if info == 0 || info == SKIP {
            return self.length();
        }
        if info & 0x10 != 0 {
            return Err(FrameError::Content(info & 0x1f));
        }
        if info & LEFT != 0 {
            self.id()?;
        }
        if info & RIGHT != 0 {
            self.id()?;
        }
        if info & (LEFT | RIGHT) == 0 {
            match self.reader.uint()? {
                1 => {
                    self.text(self.limits.name)?;
                }
                0 => self.id()?,
                _ => return Err(FrameError::Number),
            }
            if info & KEY != 0 {
                self.text(self.limits.name)?;
            }
        }
        self.content(info & 0x0f)
    }

    fn content(&mut self, kind: u8) -> Result<u64, FrameError> {
        match kind {
            // Deleted.
            1 => self.length(),
            // Binary.
            3 => {
                if self.reader.bytes()?.len() > self.limits.blob {
                    return Err(FrameError::Budget);
                }
                Ok(1)
            }
            // Text; its length is counted in UTF-16 units.
            4 => {
                let text = self.text(self.limits.string)?;
                match text.encode_utf16().count() {
                    0 => Err(FrameError::Empty),
                    len => Ok(len as u64),
                }
            }
            // A shared type: array, map, text.
            7 => match self.reader.byte()? {
                0..=2 => Ok(1),
                _ => Err(FrameError::Content(kind)),
            },
            // Plain values.
            8 => {
                let count = self.reader.count(1)?;
                if count == 0 {
                    return Err(FrameError::Empty);
                }
                for _ in 0..count {
                    self.value(DEPTH)?;
                }
                Ok(count)
            }
            _ => Err(FrameError::Content(kind)),
        }
    }

    /// One plain value. The recursion is bounded by `depth`.
    fn value(&mut self, depth: usize) -> Result<(), FrameError> {
        self.spend_value()?;
        match self.reader.byte()? {
            // undefined, null, false, true
            127 | 126 | 121 | 120 => Ok(()),
            125 => self.reader.skip_int(),
            124 => self.reader.take(4).map(|_| ()),
            123 | 122 => self.reader.take(8).map(|_| ()),
            119 => self.text(self.limits.string).map(|_| ()),
            116 => {
                if self.reader.bytes()?.len() > self.limits.blob {
                    return Err(FrameError::Budget);
                }
                Ok(())
            }
            tag @ (117 | 118) => {
                let inner = depth.checked_sub(1).ok_or(FrameError::Nesting)?;
                let object = tag == 118;
                let count = self.reader.count(if object { 2 } else { 1 })?;
                for _ in 0..count {
                    if object {
                        self.text(self.limits.name)?;
                    }
                    self.value(inner)?;
                }
                Ok(())
            }
            tag => Err(FrameError::Content(tag)),
        }
    }
}

const _: () = assert!(MAX_CLOCK < MAX_SAFE);
