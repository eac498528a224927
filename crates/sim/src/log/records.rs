//! The records by position.

use super::blocks::Blocks;
use super::{ActorId, SchemaId, StreamId};
use crate::value::Value;
use protocol::{Position, Time};

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
pub(super) struct Records(Blocks<Record>);

impl Records {
    pub fn len(&self) -> Position {
        self.0.len() as Position
    }

    pub fn push(&mut self, record: Record) {
        self.0.push(record);
    }

    pub fn get(&self, position: Position) -> Option<&Record> {
        self.0.get(usize::try_from(position).ok()?.checked_sub(1)?)
    }

    pub fn truncate(&mut self, to: Position) {
        self.0.truncate(usize::try_from(to).unwrap_or(usize::MAX));
    }
}
