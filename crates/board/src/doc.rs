//! The CRDT schema, and the one road into it: plans and updates in, changes and updates out.

use crate::command::{Op, Splice};
use crate::{Board, LineId, PersonId};

/// What changed in a board since the last `changes()`: plain data for the views.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A living line is there that was not (created, restored, arrived).
    Added(LineId),
    /// A living line is not there any more.
    Removed(LineId),
    /// Its text changed; the splices lead from the old text to the new one, in order.
    Text(LineId, Vec<Splice>),
    /// Its place in the order changed (`ord` or `of`).
    Moved(LineId),
    Placed(LineId),
    Person(PersonId),
    Settings,
}

/// How a plan enters the undo history of this replica.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A gesture of its own.
    New,
    /// Belongs to the gesture before (typing in one go).
    Extend,
    /// Nobody undoes this (seeding, migration, who I am).
    Untracked,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MergeError {
    /// The bytes are no update. Nothing was applied.
    Malformed(String),
}

/// One copy of the shared document, with the picture of it that everybody reads.
pub struct Replica {
    board: Board,
}

impl Replica {
    /// `client` must be fresh for every replica; `clock` gives milliseconds since 1970 (for undo only).
    pub fn new(client: u64, me: PersonId, clock: impl Fn() -> u64 + 'static) -> Replica {
        let _ = (client, me, clock);
        Replica {
            board: Board::default(),
        }
    }

    /// Person ids come from the server, after the replica is made.
    pub fn set_me(&mut self, me: PersonId) {
        let _ = me;
    }

    pub fn board(&self) -> &Board {
        &self.board
    }

    /// Carries a plan out in one transaction.
    pub fn apply(&mut self, ops: &[Op], step: Step) {
        let _ = (ops, step);
    }

    /// Merges an update (Yjs update v1) that `wire::validate` has let through.
    pub fn merge(&mut self, update: &[u8]) -> Result<(), MergeError> {
        let _ = update;
        Ok(())
    }

    /// What changed since the last call.
    pub fn changes(&mut self) -> Vec<Change> {
        Vec::new()
    }

    /// Updates of this replica's own transactions (undo and redo included) since the last call, ready to send.
    pub fn outgoing(&mut self) -> Vec<Vec<u8>> {
        Vec::new()
    }

    pub fn undo(&mut self) -> bool {
        false
    }

    pub fn redo(&mut self) -> bool {
        false
    }

    pub fn can_undo(&self) -> bool {
        false
    }

    pub fn can_redo(&self) -> bool {
        false
    }

    /// Yjs state vector v1.
    pub fn state_vector(&self) -> Vec<u8> {
        vec![0]
    }

    /// What a peer with this state vector is missing, as update v1.
    pub fn diff(&self, state_vector: &[u8]) -> Result<Vec<u8>, MergeError> {
        let _ = state_vector;
        Ok(vec![0, 0])
    }

    /// The whole document as one update v1.
    pub fn snapshot(&self) -> Vec<u8> {
        vec![0, 0]
    }

    /// Whether parts of received updates wait for others that never came (a gap in what a peer sent).
    pub fn has_pending(&self) -> bool {
        false
    }
}
