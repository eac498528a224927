//! Reading a board without joining it: for its pictures, texts and preview.
//!
//! The document of an open room comes from the room, which only copies it; any other from the disk. Everything that
//! takes time (reading the document, drawing) runs off the rooms' tasks, and only a few at once.

use crate::access::BoardId;
use crate::log::LogError;
use crate::service::Service;
use board::{Board, PersonId, Replica};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::time::Duration;
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

/// A board's document as its updates.
pub struct Document(Vec<Bytes>);

impl Document {
    pub async fn of(service: &Service, board: &BoardId) -> Result<Document, DocumentError> {
        if let Some(whole) = service.rooms().read(board).await {
            return Ok(Document(vec![whole]));
        }
        let stored = service.store().load(board.clone()).await?;
        let updates = stored.snapshot.into_iter().chain(stored.rows);
        Ok(Document(updates.map(Bytes::from).collect()))
    }

    /// Equal for equal documents. (An equal board that was loaded from other updates may have another one.)
    pub fn mark(&self) -> [u8; 32] {
        let mut sum = Sha256::new();
        for update in &self.0 {
            sum.update((update.len() as u64).to_le_bytes());
            sum.update(update);
        }
        sum.finalize().into()
    }

    /// Hands the board to some work on another thread.
    pub async fn read<T: Send + 'static>(
        self,
        service: &Service,
        work: impl FnOnce(&Board) -> T + Send + 'static,
    ) -> Result<T, DocumentError> {
        let turn = timeout(PATIENCE, service.drawing().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(DocumentError::Busy) };
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let updates = self.0.iter().map(|update| &update[..]);
            // It never writes: any number will do.
            Replica::open(1, PersonId("server".into()), || 0, updates)
                .map(|replica| work(replica.board()))
                .map_err(|error| DocumentError::Unreadable(error.to_string()))
        });
        done.await.map_err(|error| DocumentError::Unreadable(error.to_string()))?
    }
}
