//! A log in memory that fails on demand, and guests of rooms without sockets.

use crate::access::{BoardId, Door, SecretHash};
use crate::committer::{Store, Threads};
use crate::config::Limits;
use crate::log::{Log, LogError, Stored, Write};
use crate::outbox::{Next, Outbox};
use crate::room::{Join, SocketId, ToRoom};
use crate::rooms::Rooms;
use board::awareness::{self, Awareness};
use board::wire::{self, CloseCode, Limits as FrameLimits, Message, Role};
use board::{Author, Command, PersonId, Replica, Step, plan};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

/// Only a broken test waits for so long.
pub const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    None,
    Full,
    Fsync,
}

/// What is on the disk, and how it is with it.
struct Shelf {
    rows: Vec<Vec<u8>>,
    /// The newest one, and the row that it includes.
    snapshot: Option<(u64, Vec<u8>)>,
    trouble: Trouble,
    /// Nothing reaches the disk just now; who writes waits.
    held: bool,
    /// How often servers were killed. What an earlier one still writes is not written.
    deaths: u64,
    /// How often a commit did not fit.
    refused: watch::Sender<u64>,
}

/// A server's way to the disk.
#[derive(Clone)]
pub struct FakeLog {
    shelf: Arc<(Mutex<Shelf>, Condvar)>,
    deaths: u64,
}

impl FakeLog {
    pub fn new() -> FakeLog {
        let shelf = Shelf {
            rows: Vec::new(),
            snapshot: None,
            trouble: Trouble::None,
            held: false,
            deaths: 0,
            refused: watch::Sender::new(0),
        };
        FakeLog { shelf: Arc::new((Mutex::new(shelf), Condvar::new())), deaths: 0 }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.0.lock().unwrap()
    }

    pub fn start(&self) -> (Store, Threads) {
        Store::start(Box::new(self.clone()), Box::new(self.clone()), Duration::from_millis(1)).unwrap()
    }

    pub fn suffer(&self, trouble: Trouble) {
        self.shelf().trouble = trouble;
    }

    pub fn trouble(&self) -> Trouble {
        self.shelf().trouble
    }

    /// From now on commits wait, or no longer.
    pub fn hold(&self, held: bool) {
        self.shelf().held = held;
        self.shelf.1.notify_all();
    }

    /// The server is no more; the next one writes by the log that is returned.
    pub fn killed(&self) -> FakeLog {
        let mut shelf = self.shelf();
        shelf.deaths += 1;
        self.shelf.1.notify_all();
        FakeLog { shelf: self.shelf.clone(), deaths: shelf.deaths }
    }

    pub fn rows(&self) -> usize {
        self.shelf().rows.len()
    }

    /// The rows that came after so many.
    pub fn rows_after(&self, known: usize) -> Vec<Vec<u8>> {
        self.shelf().rows[known..].to_vec()
    }

    /// The text that a server would read after a restart: whether from the newest snapshot or from all rows.
    pub fn text(&self) -> String {
        let shelf = self.shelf();
        let read = |updates: &mut dyn Iterator<Item = &Vec<u8>>| {
            let replica = Replica::open(1, PersonId("reader".into()), || 0, updates.map(Vec::as_slice));
            let replica = replica.unwrap();
            assert!(!replica.has_pending(), "the log has no holes");
            replica.board().text()
        };
        let text = read(&mut shelf.rows.iter());
        if let Some((upto, state)) = &shelf.snapshot {
            let later = &shelf.rows[*upto as usize..];
            assert_eq!(
                read(&mut std::iter::once(state).chain(later)),
                text,
                "a snapshot stands for its rows"
            );
        }
        text
    }

    pub async fn until_refused(&self, times: u64) {
        let mut refused = self.shelf().refused.subscribe();
        let often = timeout(PATIENCE, refused.wait_for(|count| *count >= times));
        often.await.expect("it is tried again").unwrap();
    }
}

impl Log for FakeLog {
    fn commit(&mut self, writes: &[Write]) -> Result<(), LogError> {
        let (shelf, news) = &*self.shelf;
        let waits = |shelf: &mut Shelf| shelf.held && shelf.deaths == self.deaths;
        let mut shelf = news.wait_while(shelf.lock().unwrap(), waits).unwrap();
        if shelf.deaths != self.deaths {
            return Err(LogError::Failed("the server was killed".into()));
        }
        match shelf.trouble {
            Trouble::None => {}
            Trouble::Full => {
                shelf.refused.send_modify(|count| *count += 1);
                return Err(LogError::Full);
            }
            Trouble::Fsync => return Err(LogError::Failed("fsync: input/output error".into())),
        }
        for write in writes {
            match write {
                Write::Update(row) => {
                    assert_eq!(row.seq, shelf.rows.len() as u64 + 1, "rows come in order and once");
                    shelf.rows.push(row.bytes.to_vec());
                }
                Write::Snapshot { upto, state, .. } => {
                    assert!(*upto <= shelf.rows.len() as u64, "a snapshot stands for rows that are there");
                    shelf.snapshot = Some((*upto, state.to_vec()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn load(&mut self, _: &BoardId) -> Result<Stored, LogError> {
        let shelf = self.shelf();
        let (upto, snapshot) = shelf.snapshot.clone().unzip();
        let upto = upto.unwrap_or(0);
        Ok(Stored { snapshot, upto, rows: shelf.rows[upto as usize..].to_vec() })
    }

    fn door(&mut self, _: &SecretHash) -> Result<Door, LogError> {
        Ok(Door::Wall)
    }

    fn setting(&mut self, _: &str) -> Result<Option<String>, LogError> {
        Ok(None)
    }
}

/// Rooms on a log, and the end of the server in one's hand.
pub struct House {
    pub rooms: Rooms,
    pub board: BoardId,
    pub stop: watch::Sender<bool>,
    /// Bytes that may wait for one guest.
    pub queue: usize,
}

impl House {
    pub fn new(store: Store, limits: Limits) -> House {
        let (stop, stopped) = watch::channel(false);
        let (queue, board) = (limits.queue, BoardId::random().unwrap());
        House { rooms: Rooms::new(store, limits, stopped), board, stop, queue }
    }

    pub async fn join(&self, id: SocketId, role: Role) -> Guest {
        self.join_as(&format!("person-{id}"), id, role).await
    }

    pub async fn join_as(&self, person: &str, id: SocketId, role: Role) -> Guest {
        let mailbox = self.rooms.enter(&self.board).expect("the board is there");
        let outbox = Arc::new(Outbox::new(self.queue));
        let (joined, answer) = oneshot::channel();
        let person: Arc<str> = person.into();
        let join = Join {
            id,
            outbox: outbox.clone(),
            role,
            person: person.clone(),
            page: true,
            outdated: false,
            joined,
        };
        assert!(mailbox.send(ToRoom::Join(join)).await.is_ok());
        answer.await.expect("the room lets people in");
        let me = PersonId(person);
        let replica = Replica::new(id + 1000, me.clone(), || 0);
        let mut guest = Guest {
            id,
            mailbox,
            outbox,
            replica,
            me,
            sent: 0,
            saved: 0,
            synced: false,
            refused: Vec::new(),
            here: Awareness::default(),
            closed: None,
        };
        guest.say(Message::Step1(guest.replica.state_vector())).await;
        guest.until("synced", |guest| guest.synced).await;
        guest
    }
}

pub struct Guest {
    id: SocketId,
    pub mailbox: mpsc::Sender<ToRoom>,
    outbox: Arc<Outbox>,
    pub replica: Replica,
    me: PersonId,
    pub sent: u64,
    pub saved: u64,
    synced: bool,
    pub refused: Vec<String>,
    pub here: Awareness,
    pub closed: Option<CloseCode>,
}

impl Guest {
    /// The room may have ended already; then hearing tells.
    pub async fn say(&mut self, message: Message) {
        self.sent += u64::from(matches!(message, Message::Step2(_) | Message::Update(_)));
        let _ = self.mailbox.send(ToRoom::Said(self.id, message)).await;
    }

    pub async fn command(&mut self, command: Command) {
        let mut draws = self.id << 32 | self.sent << 8;
        let mut draw = || {
            draws += 1;
            draws.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        };
        let mut author = Author { me: &self.me, now: 1.0, random: &mut draw };
        let plan = plan(self.replica.board(), &command, &mut author);
        self.replica.apply(&plan.ops, Step::New);
        for update in self.replica.outgoing() {
            self.say(Message::Update(update)).await;
        }
    }

    pub async fn add(&mut self, text: &str) {
        self.command(Command::Add { at: board::At::End, text: text.into(), place: None }).await;
    }

    pub fn text(&self) -> String {
        self.replica.board().text()
    }

    /// Hears what the room says until something is so.
    pub async fn until(&mut self, what: &str, so: impl Fn(&Guest) -> bool) {
        while !so(self) {
            let next = timeout(PATIENCE, self.outbox.next());
            match next.await.unwrap_or_else(|_| panic!("waiting until {what}")) {
                Next::Frames(frames) => {
                    for frame in frames {
                        for message in wire::decode(&frame, &FrameLimits::FROM_SERVER).unwrap() {
                            self.hear(message).await;
                        }
                    }
                }
                Next::Close(code) => {
                    self.closed = Some(code);
                    assert!(so(self), "waiting until {what}: closed with {code:?}");
                }
                Next::CaughtUp => self.say_that_there_is_room().await,
            }
        }
    }

    /// As a socket does that has sent everything to a reader who was behind.
    async fn say_that_there_is_room(&self) {
        assert!(self.mailbox.send(ToRoom::CaughtUp(self.id)).await.is_ok());
    }

    /// Asks for the difference once, and leaves what comes where it is.
    pub async fn ask_for_the_difference(&mut self) {
        let next = timeout(PATIENCE, self.outbox.next()).await.expect("the guest is behind");
        assert!(matches!(next, Next::CaughtUp), "nothing else waits: {next:?}");
        self.say_that_there_is_room().await;
    }

    pub async fn until_saved(&mut self) {
        self.until("all is saved", |guest| guest.saved == guest.sent).await;
    }

    async fn hear(&mut self, message: Message) {
        match message {
            Message::Step1(known) => {
                let missing = self.replica.diff(&known).unwrap();
                self.say(Message::Step2(missing)).await;
            }
            Message::Step2(update) => {
                self.replica.merge(&update).unwrap();
                self.synced = true;
            }
            Message::Update(update) => self.replica.merge(&update).unwrap(),
            Message::Saved(count) => self.saved = count,
            Message::Refused { code, .. } => self.refused.push(code),
            Message::Awareness(update) => {
                for entry in awareness::read(&update) {
                    self.here.apply(entry, 0);
                }
            }
            _ => {}
        }
    }

    pub async fn leave(self) {
        assert!(self.mailbox.send(ToRoom::Left(self.id)).await.is_ok());
    }
}
