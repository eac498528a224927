//! Which boards are open: one room task for each, started by the first who comes and ended a while after the last.
//!
//! Rooms live on a few threads of their own (a document never changes threads); sockets live on the runtime that
//! called the server. Invariant: at most one task owns a board, and it starts only after everything that an earlier
//! one wrote is on disk.

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
/// Merging recurses a little; a thread of its own has room for it.
const STACK: usize = 8 << 20;

type Mailboxes = Arc<Mutex<HashMap<BoardId, mpsc::Sender<ToRoom>>>>;

struct Opening {
    board: BoardId,
    mailbox: mpsc::Receiver<ToRoom>,
    around: Around,
}

/// What every room needs to know.
#[derive(Clone)]
struct Around {
    store: Store,
    limits: Limits,
    stop: watch::Receiver<bool>,
}

pub struct Rooms {
    open: Mailboxes,
    threads: Vec<mpsc::UnboundedSender<Opening>>,
    around: Around,
}

impl Rooms {
    pub fn start(store: Store, limits: Limits, stop: watch::Receiver<bool>) -> std::io::Result<Rooms> {
        let open = Mailboxes::default();
        let count = std::thread::available_parallelism().map_or(1, |n| n.get().min(4));
        let threads = (0..count).map(|_| room_thread(open.clone())).collect::<std::io::Result<_>>()?;
        let around = Around { store, limits, stop };
        Ok(Rooms { open, threads, around })
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
        let thread = board.as_str().bytes().map(usize::from).sum::<usize>() % self.threads.len();
        // If the threads are gone the mailbox closes, and who wanted to enter learns it by that.
        let _ =
            self.threads[thread].send(Opening { board: board.clone(), mailbox, around: self.around.clone() });
        sender
    }
}

fn lock(open: &Mailboxes) -> MutexGuard<'_, HashMap<BoardId, mpsc::Sender<ToRoom>>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

fn room_thread(open: Mailboxes) -> std::io::Result<mpsc::UnboundedSender<Opening>> {
    let (sender, mut openings) = mpsc::unbounded_channel::<Opening>();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    std::thread::Builder::new().name("rooms".into()).stack_size(STACK).spawn(move || {
        let rooms = tokio::task::LocalSet::new();
        rooms.block_on(&runtime, async move {
            while let Some(opening) = openings.recv().await {
                let open = open.clone();
                tokio::task::spawn_local(async move {
                    let board = opening.board.clone();
                    // A task of its own: a room that fails takes nothing else along.
                    let room = tokio::task::spawn_local(live(opening));
                    if room.await.is_err() {
                        tracing::error!(%board, "a room failed; its people join a new one");
                    }
                    let mut open = lock(&open);
                    if open.get(&board).is_some_and(mpsc::Sender::is_closed) {
                        open.remove(&board);
                    }
                });
            }
        });
    })?;
    Ok(sender)
}

/// A room from its first visitor to its end.
async fn live(opening: Opening) {
    let Opening { board, mut mailbox, around } = opening;
    let room = match load(&board, &around).await {
        Ok(room) => room,
        Err(reason) => {
            tracing::error!(%board, reason, "a board cannot be opened");
            return refuse(&mut mailbox, CloseCode::Internal).await;
        }
    };
    serve(room, mailbox, around).await;
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

async fn serve(mut room: Room, mut mailbox: mpsc::Receiver<ToRoom>, mut around: Around) {
    let mut durable = room.durable();
    let mut disk = around.store.disk();
    let mut tick = tokio::time::interval(TICK.min(around.limits.linger));
    let mut turn = Vec::with_capacity(TURN);
    loop {
        tokio::select! {
            _ = around.stop.wait_for(|stop| *stop) => break,
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
