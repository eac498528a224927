//! The server: shared boards over WebSocket, kept in a log on disk, and the page that shows them.
//!
//! Invariants: an update is relayed at once and confirmed ("saved") only when it is on disk; a confirmed update is
//! never lost; a joiner is never told it is in step with a partial board; one owner task per room, a closed message
//! enum, no locks around a document; a malformed message closes its socket, not the room, and is stopped before the
//! document sees it.
//!
//! The road of an update: `socket` (checked) -> `room` (merged, relayed) -> `committer` (group commit) -> `room`
//! (confirmed). `log` is what storage must do, `sqlite` does it.

mod access;
mod boards;
mod committer;
mod config;
mod content;
mod documents;
mod guard;
mod http;
mod limits;
mod log;
mod outbox;
mod page;
mod picture;
mod preview;
mod room;
mod rooms;
mod service;
mod socket;
mod sqlite;
#[cfg(test)]
mod tests;

pub use config::{Config, Limits};

use boards::BoardError;
use committer::{Disk, Store, Threads};
use log::LogError;
use rooms::Rooms;
use service::Service;
use std::fs::{File, TryLockError};
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

/// How long the end may take: sockets get their goodbye, the committer its last batch.
const GRACE: Duration = Duration::from_secs(10);

#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    #[error("cannot use {path} for data: {reason}")]
    Data { path: PathBuf, reason: String },
    #[error("{path} is in use by another Squall server")]
    InUse { path: PathBuf },
    #[error("--public-url must begin with http:// or https:// and name a host, not {0:?}")]
    PublicUrl(String),
    #[error("the disk failed and nothing can be confirmed any more: {0}")]
    Disk(String),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Board(#[from] BoardError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// A server whose storage is open.
pub struct Server {
    config: Config,
    public_host: Option<String>,
    store: Store,
    threads: Threads,
    /// Held for as long as the server uses the directory.
    _lock: File,
}

impl Server {
    pub fn open(config: Config) -> Result<Server, ServerError> {
        let public_host = match &config.public_url {
            Some(url) => Some(guard::public_host(url).ok_or_else(|| ServerError::PublicUrl(url.clone()))?),
            None => None,
        };
        let lock = lock(&config.data)?;
        let database = config.data.join("squall.sqlite");
        let writing = sqlite::Sqlite::open(&database)?;
        let reading = sqlite::Sqlite::open(&database)?;
        let (store, threads) = Store::start(Box::new(writing), Box::new(reading), committer::RETRY)?;
        Ok(Server { config, public_host, store, threads, _lock: lock })
    }

    /// The path of the example board, the same at every start.
    pub async fn example(&self) -> Result<String, ServerError> {
        Ok(boards::example(&self.store).await?)
    }

    /// Serves until `shutdown`, then says goodbye to everybody and ends when all is on disk.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServerError> {
        let (stopping, stop) = watch::channel(false);
        let (guests, mut last_guest) = mpsc::channel(1);
        let limits = self.config.limits.clone();
        let rooms = Rooms::new(self.store.clone(), limits, stop.clone());
        let service = Service::new(self.store.clone(), rooms, &self.config, stop.clone(), &guests);
        let app = http::router(Arc::new(service), self.public_host)
            .into_make_service_with_connect_info::<SocketAddr>();
        let mut disk = self.store.disk();
        let mut stopped = stop;
        let http = axum::serve(listener, app).with_graceful_shutdown(async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        });
        let http = tokio::spawn(http.into_future());
        tokio::select! {
            () = shutdown => {}
            // Nothing may be confirmed any more, and nobody may believe it was: no goodbyes.
            reason = failed(&mut disk) => return Err(ServerError::Disk(reason)),
        }
        stopping.send_replace(true);
        drop(guests);
        // A connection that does not end in time ends with the process.
        let _ = tokio::time::timeout(GRACE, async {
            let _ = http.await;
            last_guest.recv().await;
        })
        .await;
        let flushed = tokio::time::timeout(GRACE, self.store.commit(Vec::new())).await;
        drop(self.store);
        if matches!(flushed, Ok(Ok(()))) {
            let threads = self.threads;
            let joined = tokio::task::spawn_blocking(move || threads.join());
            let _ = tokio::time::timeout(GRACE, joined).await;
            Ok(())
        } else {
            Err(ServerError::Disk("the last changes are not on disk".into()))
        }
    }
}

/// `Server::open` and `Server::serve` in one.
pub async fn run(
    listener: TcpListener,
    config: Config,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    Server::open(config)?.serve(listener, shutdown).await
}

async fn failed(disk: &mut watch::Receiver<Disk>) -> String {
    loop {
        if let Disk::Failed(reason) = &*disk.borrow_and_update() {
            return reason.clone();
        }
        if disk.changed().await.is_err() {
            return "the committer has stopped".into();
        }
    }
}

/// Two servers on one directory would each believe they own its boards.
fn lock(path: &std::path::Path) -> Result<File, ServerError> {
    let unusable =
        |error: std::io::Error| ServerError::Data { path: path.to_owned(), reason: error.to_string() };
    std::fs::create_dir_all(path).map_err(unusable)?;
    let file = File::create(path.join("lock")).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ServerError::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}
