//! The one thread that writes, and the one that reads.
//!
//! Invariants: jobs are committed in the order they came, as many as wait in one transaction; a job is answered only
//! after its transaction is on disk. When the disk is full the batch is tried again until it fits; when the disk
//! fails nothing is answered any more and the server stops.
//! The queue is bounded in bytes: who has more to write waits.

use crate::access::{BoardId, Door, SecretHash};
use crate::log::{Log, LogError, Stored, Write};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};

/// Bytes on their way to the disk.
const QUEUE: usize = 64 << 20;
/// Writes and bytes in one transaction.
const BATCH: usize = 1024;
const BATCH_BYTES: usize = 8 << 20;
pub const RETRY: Duration = Duration::from_secs(5);

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Disk {
    Fine,
    Full,
    Failed(String),
}

/// Who waits for a job.
enum Done {
    /// A room: everything up to this row is on disk.
    Row(Arc<watch::Sender<u64>>, u64),
    Reply(oneshot::Sender<()>),
    Nobody,
}

struct Job {
    writes: Vec<Write>,
    bytes: usize,
    done: Done,
    _room_in_queue: OwnedSemaphorePermit,
}

enum Question {
    Load(BoardId, oneshot::Sender<Result<Stored, LogError>>),
    Door(SecretHash, oneshot::Sender<Result<Door, LogError>>),
    Setting(String, oneshot::Sender<Result<Option<String>, LogError>>),
}

/// The storage went away: the server is stopping because its disk failed.
#[derive(Debug, thiserror::Error)]
#[error("the storage has stopped")]
pub struct Stopped;

/// Why something is not on disk yet.
#[derive(Debug, thiserror::Error)]
pub enum NotNow {
    #[error("the disk is full")]
    Full,
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

#[derive(Clone)]
pub struct Store {
    jobs: mpsc::UnboundedSender<Job>,
    room_in_queue: Arc<Semaphore>,
    questions: mpsc::UnboundedSender<Question>,
    disk: watch::Receiver<Disk>,
}

/// Joined after the last `Store` is gone.
pub struct Threads(Vec<JoinHandle<()>>);

impl Threads {
    pub fn join(self) {
        for thread in self.0 {
            let _ = thread.join();
        }
    }
}

impl Store {
    /// Two views of one log: one is written, one is read.
    pub fn start(
        writing: Box<dyn Log>,
        reading: Box<dyn Log>,
        retry: Duration,
    ) -> std::io::Result<(Store, Threads)> {
        let (jobs, job_queue) = mpsc::unbounded_channel();
        let (questions, question_queue) = mpsc::unbounded_channel();
        let (disk_state, disk) = watch::channel(Disk::Fine);
        let committer = std::thread::Builder::new()
            .name("committer".into())
            .spawn(move || commit_all(writing, job_queue, disk_state, retry))?;
        let reader = std::thread::Builder::new()
            .name("reader".into())
            .spawn(move || answer_all(reading, question_queue))?;
        let store = Store { jobs, room_in_queue: Arc::new(Semaphore::new(QUEUE)), questions, disk };
        Ok((store, Threads(vec![committer, reader])))
    }

    pub fn disk(&self) -> watch::Receiver<Disk> {
        self.disk.clone()
    }

    async fn send(&self, writes: Vec<Write>, done: Done) -> Result<(), Stopped> {
        let bytes: usize = writes.iter().map(weight).sum();
        let permits = bytes.clamp(1, QUEUE / 2) as u32;
        let permit = self.room_in_queue.clone().acquire_many_owned(permits);
        let job = Job { writes, bytes, done, _room_in_queue: permit.await.map_err(|_| Stopped)? };
        self.jobs.send(job).map_err(|_| Stopped)
    }

    /// Queues a row; `durable` learns its number when it is on disk.
    pub async fn append(
        &self,
        row: crate::log::Row,
        durable: &Arc<watch::Sender<u64>>,
    ) -> Result<(), Stopped> {
        let done = Done::Row(durable.clone(), row.seq);
        self.send(vec![Write::Update(row)], done).await
    }

    /// Queues writes that nobody waits for.
    pub async fn later(&self, writes: Vec<Write>) -> Result<(), Stopped> {
        self.send(writes, Done::Nobody).await
    }

    /// Commits writes; without any, waits until everything queued so far is on disk.
    pub async fn commit(&self, writes: Vec<Write>) -> Result<(), Stopped> {
        let (reply, answer) = oneshot::channel();
        self.send(writes, Done::Reply(reply)).await?;
        answer.await.map_err(|_| Stopped)
    }

    /// The same, unless the disk is full: then nobody should be kept waiting. What was queued is still written when
    /// there is room.
    pub async fn commit_now(&self, writes: Vec<Write>) -> Result<(), NotNow> {
        let mut disk = self.disk();
        tokio::select! {
            biased;
            done = self.commit(writes) => Ok(done?),
            Ok(_) = disk.wait_for(|disk| *disk == Disk::Full) => Err(NotNow::Full),
        }
    }

    async fn ask<T>(
        &self,
        question: impl FnOnce(oneshot::Sender<Result<T, LogError>>) -> Question,
    ) -> Result<T, LogError> {
        let stopped = || LogError::Failed(Stopped.to_string());
        let (reply, answer) = oneshot::channel();
        self.questions.send(question(reply)).map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    pub async fn load(&self, board: BoardId) -> Result<Stored, LogError> {
        self.ask(|reply| Question::Load(board, reply)).await
    }

    pub async fn door(&self, hash: SecretHash) -> Result<Door, LogError> {
        self.ask(|reply| Question::Door(hash, reply)).await
    }

    pub async fn setting(&self, key: &str) -> Result<Option<String>, LogError> {
        self.ask(|reply| Question::Setting(key.to_owned(), reply)).await
    }
}

fn weight(write: &Write) -> usize {
    64 + match write {
        Write::Update(row) => row.bytes.len(),
        Write::Snapshot { state, .. } => state.len(),
        Write::Board { .. } | Write::Link { .. } | Write::Setting { .. } | Write::Delete { .. } => 0,
    }
}

fn commit_all(
    mut log: Box<dyn Log>,
    mut jobs: mpsc::UnboundedReceiver<Job>,
    disk: watch::Sender<Disk>,
    retry: Duration,
) {
    while let Some(first) = jobs.blocking_recv() {
        let mut bytes = first.bytes;
        let mut batch = vec![first];
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Ok(next) = jobs.try_recv() else {
                break;
            };
            bytes += next.bytes;
            batch.push(next);
        }
        let writes: Vec<Write> = batch.iter_mut().flat_map(|job| job.writes.drain(..)).collect();
        while !writes.is_empty() {
            match log.commit(&writes) {
                Ok(()) => break,
                Err(LogError::Full) => {
                    tracing::error!("the disk is full: boards are read-only, trying again");
                    disk.send_replace(Disk::Full);
                    std::thread::sleep(retry);
                }
                Err(error) => {
                    disk.send_replace(Disk::Failed(error.to_string()));
                    return;
                }
            }
        }
        disk.send_if_modified(|state| std::mem::replace(state, Disk::Fine) != Disk::Fine);
        for job in batch {
            match job.done {
                Done::Row(durable, seq) => {
                    durable.send_replace(seq);
                }
                Done::Reply(reply) => {
                    let _ = reply.send(());
                }
                Done::Nobody => {}
            }
        }
    }
}

fn answer_all(mut log: Box<dyn Log>, mut questions: mpsc::UnboundedReceiver<Question>) {
    // Who asked may have gone away meanwhile; then nobody misses the answer.
    while let Some(question) = questions.blocking_recv() {
        match question {
            Question::Load(board, reply) => {
                let _ = reply.send(log.load(&board));
            }
            Question::Door(hash, reply) => {
                let _ = reply.send(log.door(&hash));
            }
            Question::Setting(key, reply) => {
                let _ = reply.send(log.setting(&key));
            }
        }
    }
}
