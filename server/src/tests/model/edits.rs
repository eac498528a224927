//! What people do to their documents.

use super::World;
use super::person::{Kind, Person, Unsaved, some_command};
use board::wire::Message;
use board::{Author, Step, plan};

impl World {
    pub(super) fn edit(&mut self, who: usize) {
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
    pub(super) fn adopt(&mut self, who: usize, other: usize) {
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
    pub(super) fn replace(&mut self, who: usize) {
        self.lose(who);
        self.ids += 1;
        let twin = self.people[who].twin;
        self.people[who] = Person::new(self.people[who].kind, 1_000 + self.ids, twin);
        if let Some(twin) = twin {
            let known = self.people[twin].replica.snapshot();
            self.people[who].replica.merge(&known).unwrap();
        }
    }
}
