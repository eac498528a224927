//! People who do random things to one board, on a server of which everything fails that can fail.
//!
//! Pages, Yjs clients, two tabs of one browser that tell each other first, and somebody who only reads. They write,
//! send and read when they like, lose their connection, and come back with what they have. The disk holds writes up, is full,
//! has room again; rooms are unloaded; servers end and are killed. The laws are at the end of the file.
//!
//! Nothing here waits for a clock: what the disk may write and what a room has heard is decided step by step.
//! `SQUALL_ROOMS` says how many seeds are tried, `SQUALL_SEED` tries one.

use super::fake::{FakeLog, House, PATIENCE, Trouble};
use crate::committer::{Disk, Store};
use crate::config::Limits;
use crate::outbox::{Next, Outbox};
use crate::room::{Join, SocketId, ToRoom};
use board::command::Splice;
use board::wire::{self, CloseCode, Limits as FrameLimits, Message, Role};
use board::{At, Author, Command, FORMAT, LineId, Op, PersonId, Replica, Step, plan};
use bytes::Bytes;
use futures_util::FutureExt;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

const SEEDS: u64 = 300;
/// Rounds after which people who only read must have heard everything.
const ROUNDS: usize = 60;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// Understands `Saved`, sends edits once it was asked what it has, and says all of it again on a new connection.
    Page,
    /// Sends every edit at once and is never told that it is saved.
    Yjs,
    Reader,
}

/// An edit of a page that is not confirmed.
struct Unsaved {
    number: u64,
    update: Vec<u8>,
}

/// A connection: what is on its way in both directions.
struct Line {
    id: SocketId,
    room: mpsc::Sender<ToRoom>,
    outbox: Arc<Outbox>,
    up: VecDeque<Message>,
    down: VecDeque<Bytes>,
    /// Told that it may ask for the difference, and has not asked.
    may_catch_up: bool,
    /// The server asked for what it lacks, and was answered.
    flowing: bool,
    synced: bool,
    sent: u64,
    /// Frames on their way, with the last edit that each holds.
    frames: VecDeque<(u64, u64)>,
}

struct Person {
    kind: Kind,
    me: PersonId,
    replica: Replica,
    /// The other tab of the same browser.
    twin: Option<usize>,
    line: Option<Line>,
    made: u64,
    unsaved: VecDeque<Unsaved>,
}

impl Person {
    fn new(kind: Kind, client: u64, twin: Option<usize>) -> Person {
        let me = PersonId(format!("person-{client}").into());
        let replica = Replica::new(client, me.clone(), || 0);
        Person { kind, me, replica, twin, line: None, made: 0, unsaved: VecDeque::new() }
    }

    fn send(&mut self, message: Message, holds: u64) {
        let Some(line) = &mut self.line else { return };
        if matches!(message, Message::Step2(_) | Message::Update(_)) {
            line.sent += 1;
            line.frames.push_back((line.sent, holds));
        }
        line.up.push_back(message);
    }

    /// As a page or a Yjs client hears a frame; the answer is what it knows to be saved since.
    fn hear(&mut self, frame: &Bytes) -> Vec<Unsaved> {
        let mut saved = Vec::new();
        for message in wire::decode(frame, &FrameLimits::FROM_SERVER).expect("a frame of the server") {
            match message {
                Message::Step1(known) => {
                    let missing = self.replica.diff(&known).unwrap();
                    if self.kind != Kind::Reader {
                        self.send(Message::Step2(missing), self.made);
                    }
                    self.line.iter_mut().for_each(|line| line.flowing = true);
                }
                Message::Step2(update) | Message::Update(update) if self.kind == Kind::Reader => {
                    self.replica.merge(&update).unwrap();
                    let line = self.line.as_mut().expect("who hears is connected");
                    line.synced |= frame.starts_with(&[0, 1]);
                    assert!(!line.synced || !self.replica.has_pending(), "what is relayed has no gaps");
                }
                Message::Step2(update) | Message::Update(update) => self.replica.merge(&update).unwrap(),
                Message::Saved(count) => {
                    assert_eq!(self.kind, Kind::Page, "Yjs clients are told nothing that they do not know");
                    saved.extend(self.is_saved(count));
                }
                Message::Hello(_) | Message::Refused { .. } => assert_ne!(self.kind, Kind::Yjs),
                _ => {}
            }
        }
        saved
    }

    fn is_saved(&mut self, count: u64) -> Vec<Unsaved> {
        let Some(line) = &mut self.line else { return Vec::new() };
        let mut upto = 0;
        while let Some((_, holds)) = line.frames.pop_front_if(|(number, _)| *number <= count) {
            upto = upto.max(holds);
        }
        let known = self.unsaved.iter().take_while(|edit| edit.number <= upto).count();
        self.unsaved.drain(..known).collect()
    }
}

struct World {
    random: fastrand::Rng,
    log: FakeLog,
    store: Store,
    house: House,
    limits: Limits,
    people: Vec<Person>,
    /// Connections that broke and that the server has not noticed yet.
    ghosts: Vec<(SocketId, mpsc::Sender<ToRoom>)>,
    ids: u64,
    /// What is on disk, and how many rows of it were read.
    stored: Replica,
    read: usize,
    /// Nothing breaks but the disk: what is not taken in has no second chance.
    calm: bool,
    trace: bool,
}

impl World {
    fn new(seed: u64) -> World {
        let mut random = fastrand::Rng::with_seed(seed);
        let limits = Limits {
            queue: [150, 1_000, 20_000][random.usize(..3)],
            pending: [500, 256 << 10][random.usize(..2)],
            mark: [1, 4, 128][random.usize(..3)],
            snapshot: [3, 20, 500][random.usize(..3)],
            linger: Duration::from_millis(1),
            ..Limits::default()
        };
        let log = FakeLog::new();
        let (store, _) = log.start();
        let house = House::new(store.clone(), limits.clone());
        let mut people = vec![
            Person::new(Kind::Page, 100, None),
            Person::new(Kind::Page, 101, None),
            Person::new(Kind::Reader, 102, None),
        ];
        if random.bool() {
            people.push(Person::new(Kind::Yjs, 103, Some(4)));
            people.push(Person::new(Kind::Yjs, 104, Some(3)));
        }
        let stored = Replica::new(1, PersonId("reader".into()), || 0);
        let trace = std::env::var_os("SQUALL_TRACE").is_some();
        let calm = random.bool();
        World {
            random,
            log,
            store,
            house,
            limits,
            people,
            ghosts: Vec::new(),
            ids: 0,
            stored,
            read: 0,
            calm,
            trace,
        }
    }

    /// The board is made with a few lines, as boards are.
    async fn begin(&mut self) {
        let mut replica = Replica::new(2, PersonId("server".into()), || 0);
        let mut draw = || self.random.u64(..);
        let mut author = Author { me: &PersonId("server".into()), now: 0.0, random: &mut draw };
        let mut ops = vec![Op::SetFormat { format: FORMAT }];
        ops.extend(
            plan(replica.board(), &Command::Replace { text: "One\nTwo\nThree".into() }, &mut author).ops,
        );
        replica.apply(&ops, Step::Untracked);
        let row = crate::log::Row {
            board: self.house.board.clone(),
            seq: 1,
            time: 0,
            person: "server".into(),
            bytes: replica.snapshot().into(),
        };
        self.store.commit(vec![crate::log::Write::Update(row)]).await.unwrap();
        self.log.hold(true);
    }

    /// Until the room has done all that it can do.
    async fn settle(&self) {
        for _ in 0..3 {
            for _ in 0..4 {
                tokio::task::yield_now().await;
            }
            self.house.rooms.read(&self.house.board).await;
        }
    }

    // ---- connections

    async fn join(&mut self, who: usize) {
        if self.house.rooms.len() == 0 {
            // A room is opened when all that was written is on disk, or the disk is full.
            self.log.hold(false);
        }
        self.ids += 1;
        let person = &self.people[who];
        let outbox = Arc::new(Outbox::new(self.limits.queue));
        let room = loop {
            let room = self.house.rooms.enter(&self.house.board).expect("the board is there");
            let (joined, answer) = oneshot::channel();
            let join = ToRoom::Join(Join {
                id: self.ids,
                outbox: outbox.clone(),
                role: if person.kind == Kind::Reader { Role::View } else { Role::Edit },
                person: person.me.0.clone(),
                page: person.kind != Kind::Yjs,
                outdated: false,
                joined,
            });
            let sent = room.send(join).await.is_ok();
            if sent && timeout(PATIENCE, answer).await.expect("the room opens").is_ok() {
                break room;
            }
        };
        self.log.hold(true);
        let vector = person.replica.state_vector();
        let person = &mut self.people[who];
        person.line = Some(Line {
            id: self.ids,
            room,
            outbox,
            up: VecDeque::from([Message::Step1(vector)]),
            down: VecDeque::new(),
            may_catch_up: false,
            flowing: person.kind == Kind::Yjs,
            synced: false,
            sent: 0,
            frames: VecDeque::new(),
        });
    }

    /// The connection breaks, with all that was on its way.
    fn lose(&mut self, who: usize) {
        if let Some(line) = self.people[who].line.take() {
            self.ghosts.push((line.id, line.room));
        }
    }

    async fn notice_lost(&mut self) {
        for (id, room) in self.ghosts.drain(..) {
            let _ = room.send(ToRoom::Left(id)).await;
        }
    }

    /// Some of what waits is sent.
    async fn upload(&mut self, who: usize, most: usize) -> bool {
        let Some(line) = &mut self.people[who].line else { return false };
        let count = most.min(line.up.len());
        for message in line.up.drain(..count) {
            let _ = line.room.send(ToRoom::Said(line.id, message)).await;
        }
        count > 0
    }

    /// Takes what waits from the room, and hears so many frames of it.
    async fn download(&mut self, who: usize, most: usize) -> bool {
        let mut busy = false;
        let mut end = None;
        if let Some(line) = &mut self.people[who].line {
            if std::mem::take(&mut line.may_catch_up) {
                busy = true;
                let _ = line.room.send(ToRoom::CaughtUp(line.id)).await;
            }
            match line.outbox.next().now_or_never() {
                Some(Next::Frames(frames)) => line.down.extend(frames),
                Some(Next::CaughtUp) => line.may_catch_up = true,
                Some(Next::Close(code)) => end = Some(code),
                None => {}
            }
            busy |= line.may_catch_up || end.is_some();
        }
        let most = if end.is_some() { usize::MAX } else { most };
        for _ in 0..most {
            let person = &mut self.people[who];
            let Some(frame) = person.line.as_mut().and_then(|line| line.down.pop_front()) else { break };
            busy = true;
            let saved = person.hear(&frame);
            self.check_saved(who, saved);
        }
        if let Some(code) = end {
            let fine = [CloseCode::Restart, CloseCode::Resync, CloseCode::Internal];
            assert!(fine.contains(&code), "nobody did anything wrong: {code:?}");
            self.note(|| format!("{who} is sent away: {code:?}"));
            self.lose(who);
        }
        busy
    }

    // ---- what people do

    fn edit(&mut self, who: usize) {
        if self.people[who].kind == Kind::Reader {
            return;
        }
        let mut random = self.random.fork();
        let person = &mut self.people[who];
        match random.u8(..10) {
            0 => drop(person.replica.undo()),
            1 => drop(person.replica.redo()),
            _ => {
                let command = some_command(&person.replica, &mut random);
                let mut draw = || random.u64(..);
                let mut author = Author { me: &person.me, now: 1.0, random: &mut draw };
                let plan = plan(person.replica.board(), &command, &mut author);
                person.replica.apply(&plan.ops, Step::New);
            }
        }
        let updates = person.replica.outgoing();
        for update in &updates {
            person.made += 1;
            if person.kind == Kind::Page {
                person.unsaved.push_back(Unsaved { number: person.made, update: update.clone() });
            }
            if person.line.as_ref().is_some_and(|line| line.flowing) {
                person.send(Message::Update(update.clone()), person.made);
            }
        }
        if let Some(twin) = person.twin {
            self.people[twin].replica.merge_all(updates.iter().map(Vec::as_slice)).unwrap();
        }
    }

    /// A page finds in its browser what another one left there.
    fn adopt(&mut self, who: usize, other: usize) {
        if self.people[who].kind != Kind::Page || self.people[other].kind != Kind::Page || who == other {
            return;
        }
        let found = self.people[other].replica.snapshot();
        let person = &mut self.people[who];
        let before = person.replica.state_vector();
        person.replica.merge(&found).unwrap();
        if person.line.as_ref().is_some_and(|line| line.flowing) {
            let news = person.replica.diff(&before).unwrap();
            person.send(Message::Update(news), person.made);
        }
    }

    /// A tab is closed for good, and another one opened.
    fn replace(&mut self, who: usize) {
        self.lose(who);
        self.ids += 1;
        let twin = self.people[who].twin;
        self.people[who] = Person::new(self.people[who].kind, 1_000 + self.ids, twin);
        if let Some(twin) = twin {
            let known = self.people[twin].replica.snapshot();
            self.people[who].replica.merge(&known).unwrap();
        }
    }

    // ---- what happens to the server

    /// What is queued reaches the disk, unless that is full.
    async fn let_through(&mut self) {
        self.log.hold(false);
        let mut disk = self.store.disk();
        tokio::select! {
            biased;
            done = self.store.commit(Vec::new()) => done.unwrap(),
            full = disk.wait_for(|disk| *disk == Disk::Full), if self.log.trouble() == Trouble::Full => {
                full.unwrap();
            }
        }
        self.log.hold(true);
        self.settle().await;
    }

    /// The disk has room again.
    async fn make_room(&mut self) {
        self.log.suffer(Trouble::None);
        self.let_through().await;
    }

    /// Everybody leaves, and the room is unloaded.
    async fn unload(&mut self) {
        if self.log.trouble() == Trouble::Full {
            return;
        }
        let door = self.people.iter().find_map(|person| Some(person.line.as_ref()?.room.clone()));
        (0..self.people.len()).for_each(|who| self.lose(who));
        self.notice_lost().await;
        self.log.hold(false);
        if let Some(door) = door {
            timeout(PATIENCE, door.closed()).await.expect("an idle room ends");
        }
        self.settle().await;
        self.let_through().await;
    }

    /// The server ends as asked (and says so), or not.
    async fn restart(&mut self, killed: bool) {
        let lines = self.people.iter().filter_map(|person| Some(person.line.as_ref()?.room.clone()));
        let doors: Vec<_> = lines.chain(self.ghosts.drain(..).map(|(_, room)| room)).collect();
        if killed || self.log.trouble() == Trouble::Full {
            self.kill();
        }
        self.house.stop.send_replace(true);
        for door in doors {
            timeout(PATIENCE, door.closed()).await.expect("rooms of a server that ends end");
        }
        if !killed {
            self.log.hold(false);
            // Where the disk was full nothing is written any more.
            let _ = self.store.commit(Vec::new()).await;
        }
        let (store, _) = self.log.start();
        self.house =
            House { board: self.house.board.clone(), ..House::new(store.clone(), self.limits.clone()) };
        self.store = store;
        self.log.hold(true);
    }

    /// Nothing of what waits for the disk gets there.
    fn kill(&mut self) {
        self.log = self.log.killed();
        for who in 0..self.people.len() {
            self.lose(who);
            if self.people[who].kind == Kind::Reader {
                // It may have seen what is lost now, where whoever wrote it never comes back.
                self.replace(who);
            }
        }
    }

    async fn step(&mut self) {
        let who = self.random.usize(..self.people.len());
        let other = self.random.usize(..self.people.len());
        let what = self.random.u8(..100);
        self.note(|| format!("{who} does {what}"));
        match what {
            0..36 => self.edit(who),
            36..54 => drop(self.upload(who, 1 + other).await),
            54..70 => drop(self.download(who, other * 2).await),
            70..74 | 83..87 if self.calm => self.edit(who),
            70..72 => self.lose(who),
            72..74 => self.notice_lost().await,
            74..82 if self.people[who].line.is_none() => self.join(who).await,
            74..82 => drop(self.upload(who, usize::MAX).await),
            82 => self.adopt(who, other),
            83 => self.replace(who),
            84 => self.unload().await,
            85 => self.restart(false).await,
            86 => self.restart(true).await,
            87 => {
                self.log.suffer(Trouble::Full);
                self.let_through().await;
            }
            88 | 89 => self.make_room().await,
            90..93 => self.let_through().await,
            _ => self.settle().await,
        }
        self.check_bounds();
    }

    /// Everybody is there, and nobody does anything but send and read.
    async fn quiet(&mut self) {
        self.make_room().await;
        for _ in 0..ROUNDS {
            self.notice_lost().await;
            let mut busy = false;
            for who in 0..self.people.len() {
                if self.people[who].line.is_none() {
                    busy = true;
                    self.join(who).await;
                }
                busy |= self.upload(who, usize::MAX).await;
            }
            self.let_through().await;
            for who in 0..self.people.len() {
                busy |= self.download(who, usize::MAX).await;
            }
            self.settle().await;
            if !busy {
                return;
            }
        }
        panic!("it never becomes quiet");
    }

    fn note(&self, what: impl FnOnce() -> String) {
        if self.trace {
            eprintln!("{}", what());
        }
    }

    // ---- the laws

    /// What a page is told to be saved is on disk.
    fn check_saved(&mut self, who: usize, saved: Vec<Unsaved>) {
        let rows = self.log.rows_after(self.read);
        self.read += rows.len();
        self.stored.merge_all(rows.iter().map(Vec::as_slice)).unwrap();
        for edit in saved {
            let known = self.stored.heard();
            self.stored.merge(&edit.update).unwrap();
            let lost = self.stored.heard() != known || self.stored.has_pending();
            assert!(!lost, "edit {} of {who} was confirmed and is not on disk", edit.number);
        }
    }

    /// What waits for one guest is bounded: by the budget, or it is one frame, or the difference that stands for all.
    fn check_bounds(&self) {
        for line in self.people.iter().filter_map(|person| person.line.as_ref()) {
            let (frames, bytes) = line.outbox.queued();
            assert!(frames <= 1 || bytes <= self.limits.queue, "{frames} frames of {bytes} bytes wait");
        }
    }

    fn check_end(&self) {
        let text = self.log.text();
        for (who, person) in self.people.iter().enumerate() {
            assert_eq!(person.replica.board().text(), text, "{who} ({:?}) has what is on disk", person.kind);
            assert!(!person.replica.has_pending(), "{who} waits for nothing");
            let line = person.line.as_ref().expect("everybody is there");
            let (sent, open) = (line.sent, line.frames.len());
            let how = format!("{open} of {sent} frames are open, flowing: {}", line.flowing);
            assert_eq!(person.unsaved.len(), 0, "{who} knows that all is saved: {how}");
            assert!(person.kind != Kind::Page || line.frames.is_empty(), "{who} has an answer to each frame");
        }
    }
}

fn some_command(replica: &Replica, random: &mut fastrand::Rng) -> Command {
    let lines: Vec<LineId> = replica.board().order.clone();
    let word = |random: &mut fastrand::Rng| {
        let length = if random.u8(..12) == 0 { 400 } else { 1 + random.usize(..8) };
        (0..length).map(|_| random.lowercase()).collect::<String>()
    };
    let Some(line) = random.choice(&lines).cloned() else {
        return Command::Add { at: At::End, text: word(random), place: None };
    };
    match random.u8(..8) {
        0 | 1 => Command::Add { at: At::After(line), text: word(random), place: None },
        2 => Command::Add { at: At::End, text: word(random), place: None },
        3 => Command::Remove { lines: vec![line] },
        4 => Command::Move { lines: vec![line], at: At::Start },
        _ => {
            let length = board::text::len(&replica.board().lines[&line].text);
            let at = random.u32(..=length);
            let delete = random.u32(..=(length - at).min(3));
            // Deletes alone have no number in their author's order.
            let insert = if delete > 0 && random.bool() { String::new() } else { word(random) };
            Command::Type { line, splices: vec![Splice { at, delete, insert }] }
        }
    }
}

async fn live(seed: u64) {
    let mut world = World::new(seed);
    world.begin().await;
    for who in 0..world.people.len() {
        world.join(who).await;
    }
    for _ in 0..60 + seed % 60 {
        world.step().await;
    }
    world.quiet().await;
    world.check_end();
    world.log.hold(false);
}

#[test]
fn whatever_people_and_disks_do_everybody_has_the_same_and_nothing_confirmed_is_lost() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let seeds = match number("SQUALL_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SQUALL_ROOMS").unwrap_or(SEEDS),
    };
    let run = |seed: u64| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(live(seed));
    };
    let failed: Vec<u64> = seeds.filter(|&seed| std::panic::catch_unwind(|| run(seed)).is_err()).collect();
    assert!(failed.is_empty(), "{} seeds fail: {:?}", failed.len(), &failed[..failed.len().min(20)]);
}
