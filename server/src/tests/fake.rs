//! A log in memory that fails on demand, and guests of rooms without sockets.

use crate::access::{BoardId, Door, SecretHash};
use crate::committer::{Store, Threads};
use crate::config::Limits;
use crate::log::{Log, LogError, Stored, Write};
use crate::outbox::{Next, Outbox};
use crate::room::{Join, SocketId, ToRoom};
use crate::rooms::Rooms;
use board::wire::{self, CloseCode, Limits as FrameLimits, Message, Role};
use board::{Author, Command, PersonId, Replica, Step, plan};
use std::sync::{Arc, Mutex};
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
pub struct Shelf {
    pub rows: Vec<Vec<u8>>,
    pub trouble: Trouble,
    /// How often a commit did not fit.
    pub refused: watch::Sender<u64>,
}

#[derive(Clone)]
pub struct FakeLog(pub Arc<Mutex<Shelf>>);

impl FakeLog {
    pub fn new() -> FakeLog {
        let shelf = Shelf { rows: Vec::new(), trouble: Trouble::None, refused: watch::Sender::new(0) };
        FakeLog(Arc::new(Mutex::new(shelf)))
    }

    pub fn start(&self) -> (Store, Threads) {
        Store::start(Box::new(self.clone()), Box::new(self.clone()), Duration::from_millis(1)).unwrap()
    }

    pub fn suffer(&self, trouble: Trouble) {
        self.0.lock().unwrap().trouble = trouble;
    }

    pub fn rows(&self) -> usize {
        self.0.lock().unwrap().rows.len()
    }

    /// The text that a server would read after a restart.
    pub fn text(&self) -> String {
        let shelf = self.0.lock().unwrap();
        let updates = shelf.rows.iter().map(Vec::as_slice);
        Replica::open(1, PersonId("reader".into()), || 0, updates).unwrap().board().text()
    }

    pub async fn until_refused(&self, times: u64) {
        let mut refused = self.0.lock().unwrap().refused.subscribe();
        let often = timeout(PATIENCE, refused.wait_for(|count| *count >= times));
        often.await.expect("it is tried again").unwrap();
    }
}

impl Log for FakeLog {
    fn commit(&mut self, writes: &[Write]) -> Result<(), LogError> {
        let mut shelf = self.0.lock().unwrap();
        match shelf.trouble {
            Trouble::None => {}
            Trouble::Full => {
                shelf.refused.send_modify(|count| *count += 1);
                return Err(LogError::Full);
            }
            Trouble::Fsync => return Err(LogError::Failed("fsync: input/output error".into())),
        }
        for write in writes {
            if let Write::Update(row) = write {
                assert_eq!(row.seq, shelf.rows.len() as u64 + 1, "rows come in order and once");
                shelf.rows.push(row.bytes.to_vec());
            }
        }
        Ok(())
    }

    fn load(&mut self, _: &BoardId) -> Result<Stored, LogError> {
        Ok(Stored { snapshot: None, upto: 0, rows: self.0.lock().unwrap().rows.clone() })
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
        let mailbox = self.rooms.enter(&self.board).expect("the board is there");
        let outbox = Arc::new(Outbox::new(self.queue));
        let (joined, answer) = oneshot::channel();
        let person: Arc<str> = format!("person-{id}").into();
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
            _ => {}
        }
    }

    pub async fn leave(self) {
        assert!(self.mailbox.send(ToRoom::Left(self.id)).await.is_ok());
    }
}
