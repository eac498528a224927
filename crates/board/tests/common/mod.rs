//! A person at a replica, for tests.
#![allow(dead_code)]

use board::{Author, Board, Change, Command, LineId, PersonId, Plan, Replica, Step, plan};

pub struct Peer {
    pub replica: Replica,
    pub me: PersonId,
    pub now: f64,
    pub random: fastrand::Rng,
}

impl Peer {
    pub fn new(client: u64) -> Peer {
        let me = PersonId(format!("person{client}").into());
        Peer {
            replica: Replica::new(client, me.clone(), || 1_000),
            me,
            now: 1_000.0,
            random: fastrand::Rng::with_seed(client),
        }
    }

    pub fn plan(&mut self, command: &Command) -> Plan {
        let random = &mut self.random;
        plan(
            self.replica.board(),
            command,
            &mut Author { me: &self.me, now: self.now, random: &mut || random.u64(..) },
        )
    }

    pub fn run_as(&mut self, command: Command, step: Step) -> Plan {
        let plan = self.plan(&command);
        self.replica.apply(&plan.ops, step);
        plan
    }

    pub fn run(&mut self, command: Command) -> Plan {
        self.run_as(command, Step::New)
    }

    /// One splice of the text pane.
    pub fn splice(&mut self, at: usize, delete: usize, insert: &str) -> Plan {
        self.run(Command::Splice { at: at as u32, delete: delete as u32, insert: insert.to_owned() })
    }

    pub fn write(&mut self, text: &str) {
        self.run_as(Command::Replace { text: text.to_owned() }, Step::Untracked);
    }

    pub fn board(&self) -> &Board {
        self.replica.board()
    }

    pub fn text(&self) -> String {
        self.board().text()
    }

    /// The line in this row of the text.
    pub fn id(&self, row: usize) -> LineId {
        self.board().order[row].clone()
    }

    pub fn changes(&mut self) -> Vec<Change> {
        self.replica.changes()
    }
}

/// Both have everything afterwards.
pub fn sync(a: &mut Peer, b: &mut Peer) {
    for _ in 0..2 {
        let update = a.replica.diff(&b.replica.state_vector()).unwrap();
        b.replica.merge(&update).unwrap();
        std::mem::swap(a, b);
    }
}

/// Two people on one board with this text.
pub fn two(text: &str) -> (Peer, Peer) {
    let (mut a, mut b) = (Peer::new(1), Peer::new(2));
    a.write(text);
    sync(&mut a, &mut b);
    (a, b)
}

/// The samples of the corpus that reads as the language says, by name.
pub fn samples() -> std::collections::BTreeMap<String, String> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/samples.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}
