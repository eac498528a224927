//! Reading a board without joining it: for its pictures, texts and preview.
//!
//! The document of an open room comes from the room, which only copies it; any other from the disk. Everything that
//! takes time (reading the document, drawing) runs off the rooms' tasks.
//!
//! Invariant: who has a document in memory has a turn, and there are only a few of them.

use crate::access::BoardId;
use crate::log::LogError;
use crate::service::Service;
use board::{PersonId, Replica};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

/// How long a reader waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error("too many pictures are being drawn")]
    Busy,
    #[error("the board cannot be read: {0}")]
    Unreadable(String),
}

/// A board's document as its updates, for as long as its reader's turn lasts.
pub struct Document {
    updates: Vec<Bytes>,
    turn: OwnedSemaphorePermit,
}

impl Document {
    pub async fn of(service: &Service, board: &BoardId) -> Result<Document, DocumentError> {
        let turn = timeout(PATIENCE, service.drawing().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(DocumentError::Busy) };
        if let Some(whole) = service.rooms().read(board).await {
            return Ok(Document { updates: vec![whole], turn });
        }
        let stored = service.store().load(board.clone()).await?;
        let updates = stored.snapshot.into_iter().chain(stored.rows);
        Ok(Document { updates: updates.map(Bytes::from).collect(), turn })
    }

    /// Equal for equal documents. (An equal board that was loaded from other updates may have another one.)
    pub fn mark(&self) -> [u8; 32] {
        let mut sum = Sha256::new();
        for update in &self.updates {
            sum.update((update.len() as u64).to_le_bytes());
            sum.update(update);
        }
        sum.finalize().into()
    }

    /// Hands the document to some work on another thread.
    pub async fn read<T: Send + 'static>(
        self,
        work: impl FnOnce(&Replica) -> T + Send + 'static,
    ) -> Result<T, DocumentError> {
        let done = tokio::task::spawn_blocking(move || {
            let Document { updates, turn } = self;
            let _until_done = turn;
            let updates = updates.iter().map(|update| &update[..]);
            // It never writes: any number will do.
            Replica::open(1, PersonId("server".into()), || 0, updates)
                .map(|replica| work(&replica))
                .map_err(|error| DocumentError::Unreadable(error.to_string()))
        });
        done.await.map_err(|error| DocumentError::Unreadable(error.to_string()))?
    }
}
