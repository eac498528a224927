//! Where the runs are: the shared ones in the document, those of one's own in this browser. Both are the same entries.

use super::{Known, Which};
use crate::browser;
use crate::session::Session;
use crate::store;
use board::runs::{MAIN, Run, Runs, Writes};
use board::{Change, Command, Step};

#[derive(Default)]
pub struct Shelf {
    shared: Runs,
    alone: Runs,
    /// Nothing until it is open, or where this browser keeps nothing.
    kept: Option<store::Alone>,
}

impl Shelf {
    pub fn new(session: Session) -> Shelf {
        Shelf { shared: session.with_mirror(|mirror| mirror.replica.runs()), ..Shelf::default() }
    }

    /// Takes in what changed in the document; says whether anything did.
    pub fn hear(&mut self, session: Session, changes: &[Change]) -> bool {
        let mut heard = false;
        for change in changes {
            if let Change::Runs(keys) = change {
                heard = true;
                session.with_mirror(|mirror| {
                    for key in keys {
                        self.shared.take_in(key, mirror.replica.run_entry(key).as_deref());
                    }
                });
            }
        }
        heard
    }

    /// The runs that this browser has kept; what was done meanwhile stays.
    pub fn open(&mut self, kept: store::Alone, entries: Vec<(String, Option<String>)>) {
        for (key, value) in entries {
            self.alone.take_in(&key, value.as_deref());
        }
        self.kept = Some(kept);
    }

    pub fn runs<'a>(&'a self, which: &'a Which) -> (&'a Runs, &'a str) {
        match which {
            Which::Shared(id) => (&self.shared, id),
            Which::Alone(id) => (&self.alone, id),
        }
    }

    pub fn get(&self, which: &Which) -> Option<&Run> {
        match which {
            Which::Shared(id) => self.shared.get(id),
            Which::Alone(id) => self.alone.get(id),
        }
    }

    /// Writes into this browser's runs, and keeps it; where it cannot be kept it lasts as long as the page.
    pub fn write_alone(&mut self, writes: &Writes) {
        self.alone.write(writes);
        let Some(kept) = self.kept.clone() else { return };
        let entries = writes.entries().to_vec();
        browser::spawn(async move {
            let _ = kept.write(&entries).await;
        });
    }

    pub fn known(&self) -> Vec<Known> {
        let known = |which: Which, run: &Run| {
            let about = run.about.clone().unwrap_or_default();
            Known { which, name: about.name, by: about.by, steps: run.len() }
        };
        let none = Run::default();
        let main = self.shared.get(MAIN).unwrap_or(&none);
        let shared = self.shared.iter().filter(|(id, _)| &***id != MAIN);
        let shared = shared.map(|(id, run)| known(Which::Shared(id.to_string()), run));
        let alone = self.alone.iter().map(|(id, run)| known(Which::Alone(id.to_string()), run));
        std::iter::once(known(Which::Shared(MAIN.to_owned()), main)).chain(shared).chain(alone).collect()
    }
}

/// Writes into the document, and brings the page up to date with it at once.
pub fn write_shared(session: Session, writes: Writes) {
    session.act(Command::Run(writes), Step::Untracked);
    session.flush();
}
