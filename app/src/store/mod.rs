//! Keeping a board in this browser, so that edits survive a closed tab and the board opens without the server.
//!
//! Kept are a recent snapshot of the board and, change by change, what the server has not confirmed. Each page writes
//! under a client id of its own, so tabs never write over each other; whoever opens the board next joins what the
//! closed ones left, in the order of each client's changes, and sends it on.
//! `ledger` counts, `database` stores; here is when something is written.

mod database;
mod ledger;
mod runs;

pub use database::{Kept, Trouble};
pub use ledger::Leftover;
pub use runs::Alone;

use crate::browser;
use crate::session::Session;
use database::{Database, Stamp};
use gloo_timers::callback::Timeout;
use ledger::{Batch, Ledger};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// While the server confirms within this time, a change need not be written here at all.
const GRACE_MS: u32 = 1_500;
/// A snapshot is written at most this often while people work.
const SNAPSHOT_MS: u32 = 10_000;

/// What waits for the server, in the words of the status line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Waiting {
    pub count: usize,
    /// Closing the page would lose some of it.
    pub only_here: bool,
    /// The browser grants no room, or no storage at all.
    pub trouble: Option<Trouble>,
}

#[derive(Clone)]
pub struct Keeper(Rc<Inner>);

struct Inner {
    session: Session,
    client: u64,
    board: String,
    ledger: RefCell<Ledger>,
    database: RefCell<Option<Database>>,
    trouble: Cell<Option<Trouble>>,
    /// Snapshots of closed pages that this page's next one holds too.
    replaced: RefCell<Vec<Stamp>>,
    writing: Cell<bool>,
    /// The board was withdrawn or put aside: nothing more is written.
    closed: Cell<bool>,
    soon: RefCell<Option<Timeout>>,
    later: RefCell<Option<Timeout>>,
}

impl Keeper {
    pub fn new(session: Session, board: &str, client: u64) -> Keeper {
        Keeper(Rc::new(Inner {
            session,
            client,
            board: board.to_owned(),
            ledger: RefCell::default(),
            database: RefCell::default(),
            trouble: Cell::new(None),
            replaced: RefCell::default(),
            writing: Cell::new(false),
            closed: Cell::new(false),
            soon: RefCell::default(),
            later: RefCell::default(),
        }))
    }

    /// What other pages of this browser kept of the board; nothing where it keeps nothing.
    pub async fn load(&self) -> Kept {
        let known = self.0.database.borrow().clone();
        let opened = match known {
            Some(database) => Ok(database),
            None => Database::open(&self.0.board).await,
        };
        let loaded = match opened {
            Ok(database) => {
                self.0.database.replace(Some(database.clone()));
                database.load().await
            }
            Err(trouble) => Err(trouble),
        };
        let mut kept = loaded.unwrap_or_else(|trouble| {
            self.0.trouble.set(Some(trouble));
            Kept::default()
        });
        kept.snapshots.retain(|snapshot| snapshot.by.client != self.0.client);
        kept.rows.retain(|row| row.client != self.0.client);
        kept
    }

    /// These snapshots are joined: one that is written from now on holds them.
    pub fn joined(&self, kept: &Kept) {
        self.0.replaced.borrow_mut().extend(kept.snapshots.iter().map(|snapshot| snapshot.by));
    }

    // ---- what happens to changes

    pub fn made(&self, update: Vec<u8>, begins: bool) -> u64 {
        self.0.ledger.borrow_mut().made(update, begins)
    }

    pub fn found(&self, found: Leftover) {
        self.0.ledger.borrow_mut().found(found);
    }

    pub fn sent(&self, frame: u64, upto: Option<u64>) {
        self.0.ledger.borrow_mut().sent(frame, upto);
    }

    pub fn saved(&self, count: u64) {
        self.0.ledger.borrow_mut().saved(count);
    }

    pub fn lost(&self) {
        self.0.ledger.borrow_mut().lost();
    }

    pub fn waiting(&self) -> Waiting {
        let ledger = self.0.ledger.borrow();
        Waiting { count: ledger.waiting(), only_here: !ledger.is_kept(), trouble: self.0.trouble.get() }
    }

    // ---- when to write

    /// Something was done here: kept at once without the server, and soon if the server is slow.
    pub fn look(&self, flowing: bool) {
        if !flowing {
            self.write_now();
        } else if !self.0.ledger.borrow().is_kept() && self.0.soon.borrow().is_none() {
            let keeper = self.clone();
            self.0.soon.replace(Some(Timeout::new(GRACE_MS, move || {
                keeper.0.soon.replace(None);
                keeper.write_now();
            })));
        }
        self.snapshot_later();
    }

    /// Something was done here or by others: the snapshot follows after a while.
    pub fn snapshot_later(&self) {
        if self.0.later.borrow().is_none() {
            let keeper = self.clone();
            self.0.later.replace(Some(Timeout::new(SNAPSHOT_MS, move || {
                keeper.0.later.replace(None);
                keeper.write_snapshot();
            })));
        }
    }

    /// Only what would be lost if the page closed now.
    fn write_now(&self) {
        let batch = self.0.ledger.borrow().urgent(self.heard());
        self.write(batch, false);
    }

    /// The board as it stands, for the next time it is opened, and what could not be written before.
    fn write_snapshot(&self) {
        let batch = self.0.ledger.borrow().all(self.heard());
        self.write(batch, true);
    }

    /// The same, when this may be the page's last moment: nothing is waited for.
    pub fn write_last(&self) {
        let batch = self.0.ledger.borrow().all(self.heard());
        self.0.writing.set(false);
        self.write(batch, false);
    }

    fn heard(&self) -> u64 {
        self.0.session.with_mirror(|mirror| mirror.replica.heard())
    }

    /// One transaction at a time: a later one must not succeed where an earlier one failed.
    fn write(&self, batch: Option<Batch>, clean: bool) {
        let database = self.0.database.borrow().clone();
        let (Some(batch), Some(database)) = (batch, database) else { return };
        if self.0.closed.get() || self.0.writing.replace(true) {
            return;
        }
        let session = self.0.session;
        let whole = batch.snapshot.then(|| session.with_mirror(|mirror| mirror.replica.snapshot()));
        let replaced = if clean && batch.snapshot { self.0.replaced.borrow().clone() } else { Vec::new() };
        let keeper = self.clone();
        browser::spawn(async move {
            let outcome = database.write(keeper.0.client, &batch, whole, &replaced).await;
            keeper.0.writing.set(false);
            if outcome == Err(Trouble::Failed) {
                // The browser may have closed it behind a page that slept; the next write finds it open.
                if let Ok(open) = Database::open(&keeper.0.board).await {
                    keeper.0.database.replace(Some(open));
                }
            }
            keeper.0.trouble.set(outcome.err());
            if outcome.is_ok() {
                keeper.0.ledger.borrow_mut().written(&batch);
                keeper.0.replaced.borrow_mut().retain(|stamp| !replaced.contains(stamp));
                // What was done meanwhile.
                keeper.look(session.is_flowing());
            } else {
                // Nobody may do anything for a long time.
                keeper.snapshot_later();
            }
            session.tell_waiting();
        });
    }

    /// Nothing of this board is written any more, and what is kept is moved aside.
    pub async fn set_aside(&self) {
        self.0.closed.set(true);
        let database = self.0.database.borrow().clone();
        if let Some(database) = database {
            // The page is about to load again; where this fails, the sums of the records are still right.
            let _ = database.set_aside().await;
        }
    }
}

/// What this browser keeps of a board goes, with the runs in it; unless `all`, only where nothing in it waits for the server.
pub async fn forget(board: &str, all: bool) {
    let Ok(database) = Database::open(board).await else { return };
    let sent = || async { database.load().await.is_ok_and(|kept| kept.rows.is_empty()) };
    if all || sent().await {
        // What cannot be removed stays until the browser clears it; nobody is shown it.
        let _ = database.forget().await;
        if let Ok(runs) = Alone::open(board).await {
            let _ = runs.forget().await;
        }
    }
}
