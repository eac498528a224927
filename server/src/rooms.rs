//! Which boards are open: one room task for each, started by the first who comes and ended a while after the last.
//!
//! Invariant: at most one task owns a board, and it starts only after everything that an earlier one wrote is on disk.

use crate::access::BoardId;
use crate::committer::{Disk, Store};
use crate::config::Limits;
use crate::room::{Join, Room, ToRoom};
use board::wire::CloseCode;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Messages that wait for one room; sockets wait when it is full.
const MAILBOX: usize = 256;
/// Messages handled before looking at the disk and the clock again.
const TURN: usize = 64;
const TICK: Duration = Duration::from_secs(5);
type Mailboxes = Arc<Mutex<HashMap<BoardId, mpsc::Sender<ToRoom>>>>;

/// What every room needs to know.
#[derive(Clone)]
struct Around {
    store: Store,
    limits: Limits,
    stop: watch::Receiver<bool>,
}

pub struct Rooms {
    open: Mailboxes,
    around: Around,
}

impl Rooms {
    pub fn new(store: Store, limits: Limits, stop: watch::Receiver<bool>) -> Rooms {
        Rooms { open: Mailboxes::default(), around: Around { store, limits, stop } }
    }

    pub fn len(&self) -> usize {
        lock(&self.open).len()
    }

    /// The mailbox of a board's room; the room is started where there is none.
    pub fn enter(&self, board: &BoardId) -> mpsc::Sender<ToRoom> {
        let mut open = lock(&self.open);
        if let Some(mailbox) = open.get(board).filter(|mailbox| !mailbox.is_closed()) {
            return mailbox.clone();
        }
        let (sender, mailbox) = mpsc::channel(MAILBOX);
        open.insert(board.clone(), sender.clone());
        tokio::spawn(keep(self.open.clone(), board.clone(), mailbox, self.around.clone()));
        sender
    }
}

fn lock(open: &Mailboxes) -> MutexGuard<'_, HashMap<BoardId, mpsc::Sender<ToRoom>>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a room as a task of its own, so that one that fails takes nothing else along.
async fn keep(open: Mailboxes, board: BoardId, mailbox: mpsc::Receiver<ToRoom>, around: Around) {
    let room = tokio::spawn(live(board.clone(), mailbox, around));
    if room.await.is_err() {
        tracing::error!(%board, "a room failed; its people join a new one");
    }
    let mut open = lock(&open);
    if open.get(&board).is_some_and(mpsc::Sender::is_closed) {
        open.remove(&board);
    }
}

/// A room from its first visitor to its end.
async fn live(board: BoardId, mut mailbox: mpsc::Receiver<ToRoom>, around: Around) {
    match load(&board, &around).await {
        Ok(room) => serve(room, mailbox, around).await,
        Err(reason) => {
            tracing::error!(%board, reason, "a board cannot be opened");
            refuse(&mut mailbox, CloseCode::Internal).await;
        }
    }
}

async fn load(board: &BoardId, around: &Around) -> Result<Room, String> {
    // What an earlier room of this board wrote must be on disk before it is read.
    let stopped = |_| "the storage has stopped".to_owned();
    around.store.commit(Vec::new()).await.map_err(stopped)?;
    let stored = around.store.load(board.clone()).await;
    let stored = stored.map_err(|error| error.to_string())?;
    Room::new(board.clone(), stored, around.store.clone(), around.limits.clone())
}

/// Tells everybody who is waiting at the door, and opens it no more.
async fn refuse(mailbox: &mut mpsc::Receiver<ToRoom>, code: CloseCode) {
    mailbox.close();
    while let Some(message) = mailbox.recv().await {
        if let ToRoom::Join(Join { outbox, joined, .. }) = message {
            outbox.close(code);
            let _ = joined.send(());
        }
    }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the server is gone, which is an end as well.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn serve(mut room: Room, mut mailbox: mpsc::Receiver<ToRoom>, mut around: Around) {
    let mut durable = room.durable();
    let mut disk = around.store.disk();
    let mut tick = tokio::time::interval(TICK.min(around.limits.linger));
    let mut turn = Vec::with_capacity(TURN);
    loop {
        tokio::select! {
            () = stopped(&mut around.stop) => break,
            _ = mailbox.recv_many(&mut turn, TURN) => {
                for message in turn.drain(..) {
                    if room.take(message).await.is_err() {
                        return room.close_all(CloseCode::Internal);
                    }
                }
            }
            Ok(()) = durable.changed() => {
                durable.mark_unchanged();
                room.confirm();
            }
            Ok(()) = disk.changed() => {
                let state: Disk = disk.borrow_and_update().clone();
                if matches!(state, Disk::Failed(_)) {
                    return room.close_all(CloseCode::Internal);
                }
                room.disk(&state);
            }
            _ = tick.tick() => {
                if room.tick().await.is_err() {
                    return room.close_all(CloseCode::Internal);
                }
                let idle = room.is_empty() && room.emptied.elapsed() >= around.limits.linger;
                if idle && room.is_saved() && mailbox.is_empty() {
                    // Who is at the door now finds it closed and opens a new room.
                    mailbox.close();
                    if mailbox.is_empty() {
                        return;
                    }
                    while let Some(message) = mailbox.recv().await {
                        drop(message);
                    }
                    return;
                }
            }
        }
    }
    mailbox.close();
    room.close_all(CloseCode::Restart);
    refuse(&mut mailbox, CloseCode::Restart).await;
}
