//! People who do random things to one board, on a server of which everything fails that can fail.
//!
//! Pages, Yjs clients, two tabs of one browser that tell each other first, and somebody who only reads. They write,
//! send and read when they like, lose their connection, and come back with what they have. The disk holds writes up,
//! is full, has room again; rooms are unloaded; servers end and are killed. The laws are at the end of the file.
//!
//! Nothing here waits for a clock: what the disk may write and what a room has heard is decided step by step.
//! `SQUALL_ROOMS` says how many seeds are tried, `SQUALL_SEED` tries one.

mod connections;
mod edits;
mod person;
mod server;

use super::fake::{FakeLog, House, Trouble};
use crate::committer::Store;
use crate::config::Limits;
use crate::room::{SocketId, ToRoom};
use board::{Author, Command, FORMAT, Op, PersonId, Replica, Step, plan};
use person::{Kind, Person, Unsaved};
use std::time::Duration;
use tokio::sync::mpsc;

const SEEDS: u64 = 300;
/// Rounds after which people who only read must have heard everything.
const ROUNDS: usize = 60;
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
