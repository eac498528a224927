//! What every request and socket needs of the server.

use crate::committer::Store;
use crate::config::Limits;
use crate::limits::Doors;
use crate::rooms::Rooms;
use tokio::sync::{mpsc, watch};

pub struct Service {
    store: Store,
    rooms: Rooms,
    doors: Doors,
    limits: Limits,
    behind_proxy: bool,
    stop: watch::Receiver<bool>,
    /// Held by every socket; the server waits at its end until the last one is gone.
    guests: mpsc::WeakSender<()>,
}

impl Service {
    pub fn new(
        store: Store,
        rooms: Rooms,
        limits: Limits,
        behind_proxy: bool,
        stop: watch::Receiver<bool>,
        guests: &mpsc::Sender<()>,
    ) -> Service {
        Service {
            store,
            rooms,
            doors: Doors::new(limits.clone()),
            limits,
            behind_proxy,
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
