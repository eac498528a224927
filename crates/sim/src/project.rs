//! Read models as folds of the log: a row by key, later events update it.
//!
//! A row is the list of positions of the events that made it, oldest first; values are read from the log when somebody
//! looks. So any earlier moment is a binary search, and erased data is erased here too.
//! Invariants: a rebuilt read model equals the live one; rows stand in the order in which they came into being.

use crate::log::few::Few;
use crate::log::{Log, Recorded, StreamId};
use crate::model::{Model, ReadmodelId};
use crate::reading::Readings;
use crate::value::{Text, Value};
use foldhash::HashMap;
use protocol::Position;

#[derive(Clone, Debug, Default)]
pub struct Projections {
    tables: Vec<Rows>,
    checkpoint: Position,
}

#[derive(Clone, Debug, Default)]
pub struct Rows {
    rows: Vec<Row>,
    by_key: HashMap<Text, u32>,
    /// The row that a stream made last, which it will most likely make again: a guess that spares a search.
    by_stream: Vec<u32>,
}

/// No row has this number.
const NONE: u32 = u32::MAX;

#[derive(Clone, Debug)]
pub struct Row {
    pub key: Text,
    /// Positions; a log holds no more than fit.
    events: Few<u32>,
}

impl Row {
    /// The events that had made it by then, oldest first.
    pub fn events(&self, until: Position) -> impl DoubleEndedIterator<Item = Position> + '_ {
        let end = self.events.partition_point(|event| Position::from(*event) <= until);
        self.events[..end].iter().map(|event| Position::from(*event))
    }

    pub fn began(&self) -> Position {
        self.events.first().map_or(0, |event| Position::from(*event))
    }
}

impl Rows {
    /// Those that were there by then.
    pub fn until(&self, until: Position) -> &[Row] {
        &self.rows[..self.rows.partition_point(|row| row.began() <= until)]
    }

    pub fn has(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    pub fn get(&self, key: &str) -> Option<&Row> {
        self.rows.get(*self.by_key.get(key)? as usize)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn hear(&mut self, stream: StreamId, key: &Value, position: Position) -> &Text {
        let (stream, event) = (stream.0 as usize, position as u32);
        let guess = self.by_stream.get(stream).copied().unwrap_or(NONE);
        let guessed = self.rows.get(guess as usize).is_some_and(|row| is_key(&row.key, key));
        let row = if guessed { guess } else { self.search(key) };
        if !guessed {
            if self.by_stream.len() <= stream {
                self.by_stream.resize(stream + 1, NONE);
            }
            self.by_stream[stream] = row;
        }
        let row = &mut self.rows[row as usize];
        row.events.push(event);
        &row.key
    }

    /// The row of that key, which is made where there is none.
    fn search(&mut self, key: &Value) -> u32 {
        let key = key.words();
        let next = self.rows.len() as u32;
        let row = *self.by_key.entry(key.clone()).or_insert(next);
        if row == next {
            self.rows.push(Row { key, events: Few::default() });
        }
        row
    }

    /// Rows have forgotten all events after a position.
    fn truncate(&mut self, key: &str, to: Position) {
        let Some(row) = self.by_key.get(key).and_then(|row| self.rows.get_mut(*row as usize)) else { return };
        let end = row.events.partition_point(|event| Position::from(*event) <= to);
        row.events.truncate(end);
    }
}

fn is_key(row: &Text, key: &Value) -> bool {
    match key {
        Value::Text(key) => row == key,
        other => *row == other.words(),
    }
}

impl Projections {
    /// Empty ones, for this model.
    pub fn new(model: &Model) -> Projections {
        Projections { tables: vec![Rows::default(); model.readmodels.len()], checkpoint: 0 }
    }

    /// Those that have heard of the whole log.
    pub fn of(model: &Model, readings: &Readings, log: &Log) -> Projections {
        let mut all = Projections::new(model);
        all.catch_up(model, readings, log, (log.head(), u64::MAX), |_, _, _| {});
        all
    }

    /// They have heard of everything up to here.
    pub fn checkpoint(&self) -> Position {
        self.checkpoint
    }

    pub fn rows(&self, readmodel: ReadmodelId) -> Option<&Rows> {
        self.tables.get(readmodel.index())
    }

    pub fn exists(&self, readmodel: ReadmodelId, key: &Value) -> bool {
        let Some(rows) = self.rows(readmodel) else { return false };
        match key {
            Value::Text(key) => rows.has(key),
            other => rows.has(&other.words()),
        }
    }

    /// Takes in what comes next, up to a position and at most so many events that anybody listens to. Tells of each
    /// row that an event makes or changes.
    pub fn catch_up(
        &mut self,
        model: &Model,
        readings: &Readings,
        log: &Log,
        (until, most): (Position, u64),
        mut tell: impl FnMut(ReadmodelId, &Text, Position),
    ) {
        let mut heard = 0;
        while self.checkpoint < until.min(log.head()) && heard < most {
            self.checkpoint += 1;
            let took = self.take(model, readings, log, self.checkpoint, |readmodel, rows, key, recorded| {
                tell(readmodel, rows.hear(recorded.stream(), key, recorded.position), recorded.position);
            });
            heard += u64::from(took);
        }
    }

    /// Says whether any read model listens to the event at a position.
    fn take(
        &mut self,
        model: &Model,
        readings: &Readings,
        log: &Log,
        position: Position,
        mut hear: impl FnMut(ReadmodelId, &mut Rows, &Value, Recorded<'_>),
    ) -> bool {
        let Some(recorded) = log.get(position) else { return false };
        let Some(read) = readings.get(recorded).filter(|_| !log.is_skipped(position)) else { return false };
        let listeners = &model.event(read.event).readmodels;
        for (readmodel, at) in listeners {
            let Some(heard) = model.readmodel(*readmodel).hears.get(*at) else { continue };
            let key = read.value(recorded, heard.key);
            let Some(rows) = self.tables.get_mut(readmodel.index()).filter(|_| !key.is_blank()) else {
                continue;
            };
            if !matches!(key, Value::Erased) {
                hear(*readmodel, rows, key, recorded);
            }
        }
        !listeners.is_empty()
    }

    /// Back to an earlier checkpoint. The log still holds the events after it.
    pub fn rewind(&mut self, model: &Model, readings: &Readings, log: &Log, to: Position) {
        for position in (to + 1..=self.checkpoint).rev() {
            self.take(model, readings, log, position, |_, rows, key, recorded| {
                rows.truncate(&key.words(), recorded.position - 1);
            });
        }
        for rows in &mut self.tables {
            let end = rows.rows.partition_point(|row| !row.events.is_empty());
            for row in rows.rows.drain(end..) {
                rows.by_key.remove(&row.key);
            }
        }
        self.checkpoint = self.checkpoint.min(to);
    }
}
