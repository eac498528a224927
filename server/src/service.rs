//! What every request and socket needs of the server.

use crate::committer::Store;
use crate::config::{Config, Limits};
use crate::limits::Doors;
use crate::preview::Previews;
use crate::rooms::Rooms;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc, watch};

/// Pictures and texts of boards that are made at once.
const DRAWING: usize = 2;

pub struct Service {
    store: Store,
    rooms: Rooms,
    doors: Doors,
    limits: Limits,
    previews: Previews,
    drawing: Arc<Semaphore>,
    behind_proxy: bool,
    public_url: Option<String>,
    stop: watch::Receiver<bool>,
    /// Held by every socket; the server waits at its end until the last one is gone.
    guests: mpsc::WeakSender<()>,
}

impl Service {
    pub fn new(
        store: Store,
        rooms: Rooms,
        config: &Config,
        stop: watch::Receiver<bool>,
        guests: &mpsc::Sender<()>,
    ) -> Service {
        Service {
            store,
            rooms,
            doors: Doors::new(config.limits.clone()),
            limits: config.limits.clone(),
            previews: Previews::default(),
            drawing: Arc::new(Semaphore::new(DRAWING)),
            behind_proxy: config.behind_proxy,
            public_url: config.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned()),
            stop,
            guests: guests.downgrade(),
        }
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub fn rooms(&self) -> &Rooms {
        &self.rooms
    }

    pub fn doors(&self) -> &Doors {
        &self.doors
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub fn previews(&self) -> &Previews {
        &self.previews
    }

    /// The turns of who reads and draws boards.
    pub fn drawing(&self) -> Arc<Semaphore> {
        self.drawing.clone()
    }

    /// Where people reach the server, if it was told.
    pub fn public_url(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    pub fn behind_proxy(&self) -> bool {
        self.behind_proxy
    }

    pub fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    pub fn guest(&self) -> Option<mpsc::Sender<()>> {
        self.guests.upgrade()
    }
}
