//! What durable storage must be able to do: commit a batch of writes in one transaction, and read back.
//!
//! Invariants: `commit` returns only when the whole batch is on disk, or nothing of it is; what was read has passed
//! its checksum. Rows are never thrown away by a snapshot: a board loads as newest snapshot plus later rows, and the
//! whole log stays for reading its past, until somebody deletes the board.
//! Not here: threads (see `committer`), SQL (see `sqlite`).

use crate::access::{BoardId, Door, PersonKey, SecretHash};
use board::wire::Role;
use bytes::Bytes;
use std::sync::Arc;

/// One update in a board's log.
#[derive(Clone, Debug)]
pub struct Row {
    pub board: BoardId,
    /// 1, 2, 3 ... for each board.
    pub seq: u64,
    /// Milliseconds since 1970.
    pub time: u64,
    pub person: Arc<str>,
    pub bytes: Bytes,
}

#[derive(Clone, Debug)]
pub enum Write {
    Board {
        board: BoardId,
        person_key: PersonKey,
        time: u64,
    },
    Link {
        hash: SecretHash,
        board: BoardId,
        role: Role,
        time: u64,
    },
    Update(Row),
    /// The document as it is after row `upto`.
    Snapshot {
        board: BoardId,
        upto: u64,
        time: u64,
        state: Bytes,
    },
    Setting {
        key: String,
        value: String,
    },
    /// Everything of a board goes, but that its links once opened one.
    Delete {
        board: BoardId,
        time: u64,
    },
}

/// A board as it was stored.
#[derive(Debug, Default)]
pub struct Stored {
    pub snapshot: Option<Vec<u8>>,
    /// The row that the snapshot includes; 0 without one.
    pub upto: u64,
    /// The later rows in order.
    pub rows: Vec<Vec<u8>>,
}

#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// Nothing was written; trying again later can help.
    #[error("the disk is full")]
    Full,
    /// What is on disk is unknown now: the process must not confirm anything any more.
    #[error("the disk failed: {0}")]
    Failed(String),
    /// What was read is not what was written.
    #[error("board {board} is damaged: {what}")]
    Damaged { board: String, what: String },
    /// The database cannot be used by this program.
    #[error("{0}")]
    Unusable(String),
}

pub trait Log: Send {
    fn commit(&mut self, writes: &[Write]) -> Result<(), LogError>;
    fn load(&mut self, board: &BoardId) -> Result<Stored, LogError>;
    /// What a secret opens, whichever board it is asked for.
    fn door(&mut self, hash: &SecretHash) -> Result<Door, LogError>;
    fn setting(&mut self, key: &str) -> Result<Option<String>, LogError>;
}
