//! Which boards are open: one room task for each, started by the first who comes and ended a while after the last.
//!
//! Invariant: at most one task owns a board, and it starts only after everything that an earlier one wrote is on disk.

use crate::access::BoardId;
use crate::committer::{Disk, NotNow, Store};
use crate::config::Limits;
use crate::room::{Join, Room, ToRoom};
use board::wire::CloseCode;
use bytes::Bytes;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};

/// Messages that wait for one room; sockets wait when it is full.
const MAILBOX: usize = 256;
/// Messages handled before looking at the disk and the clock again.
const TURN: usize = 64;
const TICK: Duration = Duration::from_secs(5);
type Shared = Arc<Mutex<Open>>;

#[derive(Default)]
struct Open {
    mailboxes: HashMap<BoardId, mpsc::Sender<ToRoom>>,
    /// Boards that are deleted, or about to be: who found their link before that finds no room any more.
    deleted: HashSet<BoardId>,
}

/// What every room needs to know.
#[derive(Clone)]
struct Around {
    store: Store,
    limits: Limits,
    stop: watch::Receiver<bool>,
}

pub struct Rooms {
    open: Shared,
    around: Around,
}

impl Rooms {
    pub fn new(store: Store, limits: Limits, stop: watch::Receiver<bool>) -> Rooms {
        Rooms { open: Shared::default(), around: Around { store, limits, stop } }
    }

    pub fn len(&self) -> usize {
        lock(&self.open).mailboxes.len()
    }

    /// The mailbox of a board's room; the room is started where there is none. `None` for a deleted board.
    pub fn enter(&self, board: &BoardId) -> Option<mpsc::Sender<ToRoom>> {
        let mut open = lock(&self.open);
        if open.deleted.contains(board) {
            return None;
        }
        if let Some(mailbox) = open.mailboxes.get(board).filter(|mailbox| !mailbox.is_closed()) {
            return Some(mailbox.clone());
        }
        let (sender, mailbox) = mpsc::channel(MAILBOX);
        open.mailboxes.insert(board.clone(), sender.clone());
        tokio::spawn(keep(self.open.clone(), board.clone(), mailbox, self.around.clone()));
        Some(sender)
    }

    /// The document of a board that somebody has open, as one update. Otherwise all of it is on disk.
    pub async fn read(&self, board: &BoardId) -> Option<Bytes> {
        let mailbox = lock(&self.open).mailboxes.get(board).cloned()?;
        let (reply, answer) = oneshot::channel();
        mailbox.send(ToRoom::Read(reply)).await.ok()?;
        answer.await.ok()
    }

    /// Sends everybody out and lets nobody in again. When this is answered nothing more will be written.
    pub async fn delete(&self, board: &BoardId) {
        let mailbox = {
            let mut open = lock(&self.open);
            open.deleted.insert(board.clone());
            open.mailboxes.get(board).cloned()
        };
        let Some(mailbox) = mailbox else { return };
        let (done, ended) = oneshot::channel();
        // A room that has ended already answers as well: by being gone.
        if mailbox.send(ToRoom::End(CloseCode::Deleted, done)).await.is_ok() {
            let _ = ended.await;
        }
        mailbox.closed().await;
    }
}

fn lock(open: &Shared) -> MutexGuard<'_, Open> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a room as a task of its own, so that one that fails takes nothing else along.
async fn keep(open: Shared, board: BoardId, mailbox: mpsc::Receiver<ToRoom>, around: Around) {
    let room = tokio::spawn(live(board.clone(), mailbox, around));
    if room.await.is_err() {
        tracing::error!(%board, "a room failed; its people join a new one");
    }
    let mut open = lock(&open);
    if open.mailboxes.get(&board).is_some_and(mpsc::Sender::is_closed) {
        open.mailboxes.remove(&board);
    }
}

/// A room from its first visitor to its end.
async fn live(board: BoardId, mut mailbox: mpsc::Receiver<ToRoom>, around: Around) {
    match load(&board, &around).await {
        Ok((room, opened)) => serve(room, opened, mailbox, around).await,
        Err(reason) => {
            tracing::error!(%board, reason, "a board cannot be opened");
            refuse(&mut mailbox, CloseCode::Internal).await;
        }
    }
}

/// How a room came to know its board.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    Whole,
    /// The disk was full, and what an earlier room wrote last may still be on its way. The board can be read; as
    /// soon as there is room again it is opened anew.
    FromFullDisk,
}

async fn load(board: &BoardId, around: &Around) -> Result<(Room, Opened), String> {
    // What an earlier room of this board wrote must be on disk before it is read.
    let opened = match around.store.commit_now(Vec::new()).await {
        Ok(()) => Opened::Whole,
        Err(NotNow::Full) => Opened::FromFullDisk,
        Err(NotNow::Stopped(stopped)) => return Err(stopped.to_string()),
    };
    let stored = around.store.load(board.clone()).await;
    let stored = stored.map_err(|error| error.to_string())?;
    let mut room = Room::new(board.clone(), stored, around.store.clone(), around.limits.clone())?;
    if opened == Opened::FromFullDisk {
        room.read_only();
    }
    Ok((room, opened))
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

async fn serve(mut room: Room, opened: Opened, mut mailbox: mpsc::Receiver<ToRoom>, mut around: Around) {
    let mut durable = room.durable();
    let mut disk = around.store.disk();
    // What changed while the room was loaded is looked at, too.
    disk.mark_changed();
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
                if let Some((code, done)) = room.ending.take() {
                    end(&room, &mut mailbox, code).await;
                    let _ = done.send(());
                    return;
                }
            }
            Ok(()) = durable.changed() => {
                durable.mark_unchanged();
                room.confirm();
            }
            Ok(()) = disk.changed() => {
                let state: Disk = disk.borrow_and_update().clone();
                match state {
                    Disk::Failed(_) => return room.close_all(CloseCode::Internal),
                    Disk::Fine if opened == Opened::FromFullDisk => break,
                    state => room.disk(&state),
                }
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
    end(&room, &mut mailbox, CloseCode::Restart).await;
}

/// Tells everybody inside and at the door.
async fn end(room: &Room, mailbox: &mut mpsc::Receiver<ToRoom>, code: CloseCode) {
    mailbox.close();
    room.close_all(code);
    refuse(mailbox, code).await;
}
