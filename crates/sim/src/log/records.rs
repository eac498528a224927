//! The records in blocks: appending never moves what is there, and a reader finds a position by two look-ups.

use super::{ActorId, SchemaId, StreamId};
use crate::value::Value;
use protocol::{Position, Time};

const BLOCK: usize = 4096;

#[derive(Clone, Debug)]
pub(super) struct Record {
    pub data: Box<[Value]>,
    pub at: Time,
    pub stream: StreamId,
    pub schema: SchemaId,
    pub version: u32,
    pub by: ActorId,
    pub step: u32,
    pub correlation: u32,
    /// 0 for none.
    pub causation: u32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Records {
    blocks: Vec<Vec<Record>>,
    length: usize,
}

impl Records {
    pub fn len(&self) -> Position {
        self.length as Position
    }

    pub fn push(&mut self, record: Record) {
        if self.length.is_multiple_of(BLOCK) {
            // A short log should be small.
            let room = if self.length == 0 { 16 } else { BLOCK };
            self.blocks.push(Vec::with_capacity(room));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.push(record);
            self.length += 1;
        }
    }

    pub fn get(&self, position: Position) -> Option<&Record> {
        let index = usize::try_from(position).ok()?.checked_sub(1)?;
        self.blocks.get(index / BLOCK)?.get(index % BLOCK)
    }

    pub fn truncate(&mut self, to: Position) {
        let length = usize::try_from(to).unwrap_or(usize::MAX).min(self.length);
        self.blocks.truncate(length.div_ceil(BLOCK));
        if let (Some(block), 1..) = (self.blocks.last_mut(), length % BLOCK) {
            block.truncate(length % BLOCK);
        }
        self.length = length;
    }

    pub fn bytes(&self) -> usize {
        self.blocks.iter().map(|block| block.capacity() * size_of::<Record>()).sum()
    }
}
