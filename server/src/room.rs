//! One board while somebody has it open: a task that alone owns the document.
//!
//! Invariants: the document was read whole from the log before anybody is answered; an update is relayed at once and
//! confirmed only when it is on disk; what is relayed and logged never waits for other updates; nothing
//! an editor sent is dropped while its socket stays open. A flaw in one message ends that socket, not the room.
//! Here: who is in the room and what they are answered. `updates` merges and relays, `saving` confirms, `presence` and
//! `upkeep` say what they do. Not here: frames (see `socket`), threads and transactions (see `committer`).

mod presence;
mod saving;
mod updates;
mod upkeep;

use crate::access::BoardId;
use crate::committer::{Disk, Stopped, Store};
use crate::config::Limits;
use crate::log::Stored;
use crate::outbox::Outbox;
use board::awareness::Awareness;
use board::wire::{self, Clocks, CloseCode, Hello, Message, Role, refused};
use board::{MergeError, PersonId, Replica};
use bytes::Bytes;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::{oneshot, watch};

pub type SocketId = u64;

/// Everything that reaches a room.
pub enum ToRoom {
    Join(Join),
    Said(SocketId, Message),
    /// A reader that was behind has room again.
    CaughtUp(SocketId),
    Left(SocketId),
    /// The whole document as one update, for who reads it without joining.
    Read(oneshot::Sender<Bytes>),
    /// Ends the room; answered when everybody was told and nothing more will be written.
    End(CloseCode, oneshot::Sender<()>),
}

pub struct Join {
    pub id: SocketId,
    pub outbox: Arc<Outbox>,
    pub role: Role,
    pub person: Arc<str>,
    /// Whether the client understands Squall's own messages.
    pub page: bool,
    /// Whether it is a page that the server has a newer one of.
    pub outdated: bool,
    /// Dropped unanswered by a room that is closing: try again.
    pub joined: oneshot::Sender<()>,
}

struct Member {
    outbox: Arc<Outbox>,
    role: Role,
    person: Arc<str>,
    page: bool,
    /// The presence record this socket speaks for.
    client: Option<u64>,
    /// How many frames with updates it sent.
    frames: u64,
    /// A state vector of what it surely has; `None` before it asked.
    known: Option<Arc<[u8]>>,
    behind: Option<Instant>,
    /// Something it sent was not taken in. Until it says everything that the room lacks, the rest is not either: it may
    /// build on that, and is part of the answer.
    owes: bool,
    /// Bytes that it said instead.
    unheard: usize,
    /// Not even everything that it has could be taken in; nothing is confirmed.
    lacks: bool,
    /// It was told to go; what it still says is not heard.
    closing: bool,
}

pub struct Room {
    board: BoardId,
    limits: Limits,
    store: Store,
    replica: Replica,
    members: BTreeMap<SocketId, Member>,
    presence: Awareness,
    owners: HashMap<u64, SocketId>,
    /// The last row that was given to the committer.
    row: u64,
    durable: Arc<watch::Sender<u64>>,
    unsaved: VecDeque<saving::Unsaved>,
    /// Up to where each author's work is there.
    clocks: Clocks,
    /// The state vector at some row before the newest.
    mark: (u64, Arc<[u8]>),
    /// The whole document as a ready `Step2` frame, at this row, and how many of its last bytes are the update.
    answer: Option<(u64, Bytes, usize)>,
    compacted: u64,
    bytes_since: usize,
    /// Bytes of the document, or more: the sum since it was measured.
    size: usize,
    nearly_full: bool,
    read_only: bool,
    /// Why the room is to end, and who wants to know when it has.
    pub ending: Option<(CloseCode, oneshot::Sender<()>)>,
    pub emptied: Instant,
}

impl Room {
    pub fn new(board: BoardId, stored: Stored, store: Store, limits: Limits) -> Result<Room, String> {
        let mut replica = fresh_replica()?;
        let updates = || stored.snapshot.iter().chain(&stored.rows).map(Vec::as_slice);
        replica.merge_all(updates()).map_err(|error| error.to_string())?;
        replica.changes();
        let size = updates().map(<[u8]>::len).sum();
        let row = stored.upto + stored.rows.len() as u64;
        let mark: (u64, Arc<[u8]>) = (row, replica.state_vector().into());
        let clocks = Clocks::of(&mark.1).map_err(|error| error.to_string())?;
        let read_only = *store.disk().borrow() != Disk::Fine;
        Ok(Room {
            board,
            limits,
            store,
            replica,
            members: BTreeMap::new(),
            presence: Awareness::default(),
            owners: HashMap::new(),
            row,
            durable: Arc::new(watch::Sender::new(row)),
            unsaved: VecDeque::new(),
            clocks,
            mark,
            answer: None,
            compacted: stored.upto,
            bytes_since: stored.rows.iter().map(Vec::len).sum(),
            size,
            nearly_full: false,
            read_only,
            ending: None,
            emptied: Instant::now(),
        })
    }

    pub fn durable(&self) -> watch::Receiver<u64> {
        self.durable.subscribe()
    }

    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Whether everything that was relayed is on disk.
    pub fn is_saved(&self) -> bool {
        *self.durable.borrow() >= self.row
    }

    pub async fn take(&mut self, message: ToRoom) -> Result<(), Stopped> {
        match message {
            ToRoom::Join(join) => self.join(join),
            ToRoom::Said(id, message) => return self.said(id, message).await,
            ToRoom::CaughtUp(id) => self.catch_up(id),
            ToRoom::Left(id) => self.leave(id),
            ToRoom::Read(reply) => {
                if let Ok((frame, update)) = self.whole() {
                    // Who asked may have gone.
                    let _ = reply.send(frame.slice(frame.len() - update..));
                }
            }
            ToRoom::End(code, done) => self.ending = Some((code, done)),
        }
        Ok(())
    }

    fn join(&mut self, join: Join) {
        let out = &join.outbox;
        if join.joined.send(()).is_err() {
            return;
        }
        if join.page {
            out.greet(frame(&Message::Hello(Hello {
                person: join.person.to_string(),
                role: join.role,
                now: now() as f64,
                format: self.replica.board().format,
            })));
        }
        // A viewer has nothing that the board lacks.
        if join.role >= Role::Edit && !self.read_only {
            out.greet(frame(&Message::Step1(self.replica.state_vector())));
        }
        if join.page && self.nearly_full && join.role >= Role::Edit {
            out.greet(saving::nearly_full());
        }
        if join.page && self.read_only {
            out.greet(saving::disk_full());
        }
        if join.page && join.outdated {
            out.greet(new_page());
        }
        if let Some(here) = self.presence.encode() {
            out.push(frame(&Message::Awareness(here)));
        }
        self.members.insert(
            join.id,
            Member {
                outbox: join.outbox,
                role: join.role,
                person: join.person,
                page: join.page,
                client: None,
                frames: 0,
                known: None,
                behind: None,
                owes: false,
                unheard: 0,
                lacks: false,
                closing: false,
            },
        );
    }

    fn leave(&mut self, id: SocketId) {
        let Some(member) = self.members.remove(&id) else {
            return;
        };
        self.unsaved.retain(|frame| frame.socket != id);
        if let Some(client) = member.client {
            self.owners.remove(&client);
            let entry = self.presence.remove(client, now());
            self.tell_presence(entry.as_slice());
        }
        if self.members.is_empty() {
            self.emptied = Instant::now();
        }
    }

    async fn said(&mut self, id: SocketId, message: Message) -> Result<(), Stopped> {
        if self.members.get(&id).is_none_or(|member| member.closing) {
            return Ok(());
        }
        match message {
            Message::Step1(state_vector) => self.answer(id, &state_vector),
            Message::Step2(update) => return self.update(id, update, true).await,
            Message::Update(update) => return self.update(id, update, false).await,
            Message::Awareness(update) => self.presence(id, &update),
            Message::QueryAwareness => {
                if let (Some(member), Some(here)) = (self.members.get(&id), self.presence.encode()) {
                    member.outbox.push(frame(&Message::Awareness(here)));
                }
            }
            // Only servers say these.
            Message::Denied(_) | Message::Hello(_) | Message::Saved(_) | Message::Refused { .. } => {}
        }
        Ok(())
    }

    fn answer(&mut self, id: SocketId, state_vector: &[u8]) {
        let made = match state_vector {
            [0] => self.whole().map(|(frame, _)| frame),
            known => self.replica.settled_since(known).map(|diff| frame(&Message::Step2(diff))),
        };
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let Ok(ready) = made else {
            return member.outbox.close(CloseCode::Malformed);
        };
        member.known = Some(state_vector.into());
        member.outbox.answer(ready);
    }

    /// The whole document as a `Step2` frame, and the length of the update at its end. Made once a row.
    fn whole(&mut self) -> Result<(Bytes, usize), MergeError> {
        if let Some((row, ready, update)) = &self.answer
            && *row == self.row
        {
            return Ok((ready.clone(), *update));
        }
        let everything = self.replica.settled_since(&[0])?;
        let update = everything.len();
        let ready = frame(&Message::Step2(everything));
        self.size = update;
        self.answer = Some((self.row, ready.clone(), update));
        Ok((ready, update))
    }

    /// What the member surely has stays noted as it is: this difference may be dropped unread as well.
    fn catch_up(&mut self, id: SocketId) {
        let Some(member) = self.members.get(&id) else {
            return;
        };
        let mut frames = Vec::new();
        if let Some(known) = &member.known {
            match self.replica.settled_since(known) {
                Ok(diff) => frames.push(frame(&Message::Update(diff))),
                Err(_) => return member.outbox.close(CloseCode::Overloaded),
            }
        }
        if let Some(here) = self.presence.encode() {
            frames.push(frame(&Message::Awareness(here)));
        }
        member.outbox.catch_up(frames);
        if let Some(member) = self.members.get_mut(&id) {
            member.behind = None;
        }
    }

    fn close(&mut self, id: SocketId, code: CloseCode) {
        if let Some(member) = self.members.get_mut(&id) {
            member.closing = true;
            member.outbox.close(code);
        }
    }

    pub fn close_all(&self, code: CloseCode) {
        for member in self.members.values() {
            member.outbox.close(code);
        }
    }
}

/// Also when the room's task fails: nobody is left waiting.
impl Drop for Room {
    fn drop(&mut self) {
        self.close_all(CloseCode::Internal);
    }
}

/// The server's copy never writes; its number only has to be fresh.
fn fresh_replica() -> Result<Replica, String> {
    let client = random_client()?;
    Ok(Replica::new(client, PersonId("server".into()), now))
}

fn new_page() -> Bytes {
    frame(&Message::Refused {
        code: refused::NEW_PAGE.into(),
        message: "The server was upgraded. Load this page again when it suits you; nothing is lost.".into(),
    })
}

pub fn random_client() -> Result<u64, String> {
    getrandom::u32().map(u64::from).map_err(|error| error.to_string())
}

pub fn now() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as u64)
}

pub fn frame(message: &Message) -> Bytes {
    Bytes::from(wire::encode(message))
}
