//! The plain picture of the document, kept up to date line by line, and the changes that views are told.
//!
//! Invariant: `board` always equals what reading the whole document afresh would give; a keystroke costs one line,
//! whatever the board's size.

use crate::command::Splice;
use crate::layout::size_of;
use crate::sequence::{self, is_alive, place};
use crate::{Board, Change, Level, Line, LineId, Person, PersonId, Replica};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What became of one record.
pub(crate) struct News {
    pub id: LineId,
    /// `None`: the record is no line (any more).
    pub line: Option<Line>,
    /// How its text changed, where the document told us; checked before it is believed.
    pub splices: Vec<Splice>,
}

#[derive(Default)]
pub(crate) struct Mirror {
    pub board: Board,
    /// What belongs to a line, whether that line exists or not.
    members: HashMap<LineId, Vec<LineId>>,
    changes: Vec<Change>,
    /// Lines that the views have not heard of yet: nobody needs to be told how their text changed.
    unseen: HashSet<LineId>,
}

impl Mirror {
    pub fn meet(&mut self, id: PersonId, person: Option<Person>) {
        match person {
            Some(person) => self.board.people.insert(id.clone(), person),
            None => self.board.people.remove(&id),
        };
        self.changes.push(Change::Person(id));
    }

    pub fn set(&mut self, format: u32, level: Level) {
        self.board.format = format;
        self.board.level = level;
        self.changes.push(Change::Settings);
    }

    pub fn ran(&mut self, entries: impl Iterator<Item = Arc<str>>) {
        let entries: Vec<_> = entries.collect();
        if !entries.is_empty() {
            self.changes.push(Change::Runs(entries));
        }
    }

    pub fn changes(&mut self) -> Vec<Change> {
        self.unseen.clear();
        std::mem::take(&mut self.changes)
    }

    pub fn settle(&mut self, news: Vec<News>) {
        let touched: Vec<LineId> =
            news.iter().filter(|news| self.moves(news)).map(|news| news.id.clone()).collect();
        let affected = self.closure(touched);
        let before: HashMap<LineId, bool> =
            affected.iter().map(|id| (id.clone(), is_alive(&self.board.lines, id))).collect();
        let mut rest = Vec::new();
        for news in news {
            self.replace(news, &mut rest);
        }
        if !before.is_empty() {
            self.board.shape += 1;
            self.reorder(&before);
        }
        for change in rest {
            self.tell_if_alive(change);
        }
    }

    /// Whether a record's place in the text, or its being there, changes.
    fn moves(&self, news: &News) -> bool {
        match (self.board.lines.get(&news.id), &news.line) {
            (Some(old), Some(new)) => {
                old.ord != new.ord || old.of != new.of || old.gone.is_some() != new.gone.is_some()
            }
            (None, None) => false,
            _ => true,
        }
    }

    /// These lines and all that belongs to them.
    fn closure(&self, mut open: Vec<LineId>) -> HashSet<LineId> {
        let mut all = HashSet::new();
        while let Some(id) = open.pop() {
            if let Some(members) = self.members.get(&id) {
                open.extend(members.iter().filter(|id| !all.contains(*id)).cloned());
            }
            all.insert(id);
        }
        all
    }

    fn replace(&mut self, news: News, rest: &mut Vec<Change>) {
        let News { id, line, splices } = news;
        let old = match &line {
            Some(line) => self.board.lines.insert(id.clone(), line.clone()),
            None => self.board.lines.remove(&id),
        };
        let (was_of, is_of) =
            (old.as_ref().and_then(|line| line.of.clone()), line.as_ref().and_then(|line| line.of.clone()));
        if was_of != is_of {
            self.rehang(&id, was_of, is_of);
        }
        if let (Some(old), Some(new)) = (old, line) {
            if old.kind != new.kind || old.pos != new.pos || size_of(&old) != size_of(&new) {
                self.board.shape += 1;
            }
            if old.text != new.text {
                let splices = believed(&old.text, &new.text, splices);
                rest.push(Change::Text(id.clone(), splices));
            }
            if old.pos != new.pos {
                rest.push(Change::Placed(id.clone()));
            }
            if old.group != new.group || old.locked != new.locked {
                rest.push(Change::Held(id));
            }
        }
    }

    fn rehang(&mut self, id: &LineId, was: Option<LineId>, is: Option<LineId>) {
        if let Some(was) = was
            && let Some(members) = self.members.get_mut(&was)
        {
            members.retain(|member| member != id);
            if members.is_empty() {
                self.members.remove(&was);
            }
        }
        if let Some(is) = is {
            self.members.entry(is).or_default().push(id.clone());
        }
    }

    fn reorder(&mut self, before: &HashMap<LineId, bool>) {
        let Board { lines, order, .. } = &mut self.board;
        let living: Vec<&LineId> = before.keys().filter(|id| is_alive(lines, id)).collect();
        if living.len() > 32 {
            *order = sequence::sorted(lines);
        } else {
            order.retain(|id| !before.contains_key(id));
            for id in &living {
                let wanted = place(lines, id);
                let at = order.partition_point(|other| place(lines, other) < wanted);
                order.insert(at, (*id).clone());
            }
        }
        let living: HashSet<LineId> = living.into_iter().cloned().collect();
        for (id, was) in before {
            let is = living.contains(id);
            match (was, is) {
                (false, true) => {
                    self.unseen.insert(id.clone());
                    self.changes.push(Change::Added(id.clone()));
                }
                (true, false) => {
                    self.unseen.remove(id);
                    self.changes.push(Change::Removed(id.clone()));
                }
                (true, true) => self.changes.push(Change::Moved(id.clone())),
                (false, false) => {}
            }
        }
    }

    fn tell_if_alive(&mut self, change: Change) {
        let (Change::Text(id, _) | Change::Placed(id) | Change::Held(id)) = &change else {
            return;
        };
        if !self.unseen.contains(id) && is_alive(&self.board.lines, id) {
            self.changes.push(change);
        }
    }
}

impl Replica {
    pub fn board(&self) -> &Board {
        &self.mirror.board
    }

    /// What changed since the last call. A line that was added since then is only told as added.
    pub fn changes(&mut self) -> Vec<Change> {
        self.mirror.changes()
    }
}

/// The reported splices if they lead from the old text to the new one, else one splice that does.
fn believed(old: &str, new: &str, splices: Vec<Splice>) -> Vec<Splice> {
    let told = splices.iter().try_fold(old.to_owned(), |text, splice| splice.apply(&text));
    if told.as_deref() == Some(new) { splices } else { vec![Splice::between(old, new)] }
}
