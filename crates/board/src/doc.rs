//! The CRDT schema, and the one road into it: plans and updates in, changes and updates out.
//!
//! ```text
//! lines : Map<LineId, Map{ text: Text, ord: string, of?: LineId, pos?: [x, y], gone?: [when, who], by: person,
//!                          group?: string, lock?: true }>
//! people: Map<person, {name, colour}>     runs: Map<key, string> (`runs.rs`)     board: Map{ format, ... }
//! ```
//!
//! Invariants: every transaction has an origin (without, undo would take other people's text); no transaction is
//! opened inside an observer or another transaction; positions are UTF-16 code units; a line is made with `gone`
//! set, untracked, and let in by the tracked step, so that undoing it keeps what others typed into it.
//! Not here: what a record means (`record.rs`), order and changes (`mirror.rs`), which frames get this far
//! (`wire.rs`). This is the only file that names yrs.

pub use crate::change::{Change, MergeError, Step};
use crate::command::{Op, Splice};
use crate::history::History;
use crate::inbox::{Inbox, Report, Shared};
use crate::mirror::{Mirror, News};
use crate::record::{self, Fields, Place, Value, one_line};
use crate::runs::Runs;
use crate::{FORMAT, Line, LineId, PersonId, text};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use yrs::types::text::YChange;
use yrs::types::{Delta, Event, Events, PathSegment};
use yrs::undo::UndoManager;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{
    Any, Array, ArrayRef, DeepObservable, Doc, GetString, Map, MapPrelim, MapRef, OffsetKind, Options, Out,
    ReadTxn, StateVector, Text, TextPrelim, TextRef, Transact, TransactionMut, Update, WriteTxn,
};

/// Tracked by undo.
const LOCAL: &str = "local";
/// Ours, but nobody undoes it.
const SYSTEM: &str = "system";
const REMOTE: &str = "remote";
/// The name that our observers are registered under.
const OBSERVER: &str = "board";

/// Steps have explicit boundaries: time never makes one, so undo's own clock stands still.
fn undo_of(doc: &Doc, lines: &MapRef) -> UndoManager<()> {
    let mut undo = UndoManager::with_options(yrs::undo::Options {
        capture_timeout_millis: u64::MAX,
        tracked_origins: HashSet::from([LOCAL.into()]),
        capture_transaction: None,
        timestamp: Arc::new(|| 1),
        init_undo_stack: Vec::new(),
        init_redo_stack: Vec::new(),
    });
    undo.expand_scope(doc, lines);
    undo
}

/// One copy of the shared document, with the picture of it that everybody reads.
pub struct Replica {
    // Before the document: it unsubscribes from it when it goes.
    // Made with the first step: who only looks on needs none.
    pub(crate) undo: Option<UndoManager<()>>,
    pub(crate) history: History,
    doc: Doc,
    lines: MapRef,
    people: MapRef,
    settings: MapRef,
    runs: MapRef,
    pub(crate) inbox: Shared,
    pub(crate) mirror: Mirror,
    me: PersonId,
    clock: Box<dyn Fn() -> u64 + Send + Sync>,
}

impl Replica {
    /// `client` must be fresh for every replica; `clock` gives milliseconds since 1970.
    pub fn new(client: u64, me: PersonId, clock: impl Fn() -> u64 + Send + Sync + 'static) -> Replica {
        let doc = Doc::with_options(Options {
            offset_kind: OffsetKind::Utf16,
            ..Options::with_client_id(yrs::ClientID::new(client))
        });
        let lines = doc.get_or_insert_map("lines");
        let people = doc.get_or_insert_map("people");
        let settings = doc.get_or_insert_map("board");
        let runs = doc.get_or_insert_map("runs");
        let _later = ["marks", "threads"].map(|later| doc.get_or_insert_map(later));
        let inbox = Shared::default();
        observe(&doc, &lines, &settings, &inbox);
        observe_keys(&people, &inbox, |inbox| &mut inbox.people);
        observe_keys(&runs, &inbox, |inbox| &mut inbox.runs);
        let mut mirror = Mirror::default();
        mirror.board.format = FORMAT;
        Replica {
            undo: None,
            history: History::default(),
            doc,
            lines,
            people,
            settings,
            runs,
            inbox,
            mirror,
            me,
            clock: Box::new(clock),
        }
    }

    /// A replica of what these updates say, e.g. a board's log.
    pub fn open<'a>(
        client: u64,
        me: PersonId,
        clock: impl Fn() -> u64 + Send + Sync + 'static,
        updates: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Replica, MergeError> {
        let mut replica = Replica::new(client, me, clock);
        replica.merge_all(updates)?;
        replica.mirror.changes();
        Ok(replica)
    }

    /// Person ids come from the server, after the replica is made.
    pub fn set_me(&mut self, me: PersonId) {
        self.me = me;
    }

    /// Carries a plan out in one transaction.
    pub fn apply(&mut self, ops: &[Op], step: Step) {
        let tracked = step != Step::Untracked;
        if tracked && ops.iter().any(|op| matches!(op, Op::Create { .. })) {
            self.transact(SYSTEM, |replica, txn| {
                for op in ops {
                    if let Op::Create { id, line } = op {
                        replica.create(txn, id, line, true);
                    }
                }
            });
            self.absorb();
        }
        let undo = self.undo.get_or_insert_with(|| undo_of(&self.doc, &self.lines));
        if step == Step::New {
            undo.reset();
        }
        self.transact(if tracked { LOCAL } else { SYSTEM }, |replica, txn| {
            for op in ops {
                replica.carry_out(txn, op, tracked);
            }
        });
        if tracked {
            let (done, undone) = self.steps();
            self.history.did(done, undone, record::removed(ops, &self.me));
        }
        self.absorb();
    }

    /// Merges an update (Yjs update v1) that `wire::validate` has let through.
    pub fn merge(&mut self, update: &[u8]) -> Result<(), MergeError> {
        self.merge_all([update])
    }

    /// Merges many updates in one go; none of them if one is malformed.
    pub fn merge_all<'a>(&mut self, updates: impl IntoIterator<Item = &'a [u8]>) -> Result<(), MergeError> {
        let updates = updates
            .into_iter()
            .map(|update| Update::decode_v1(update).map_err(MergeError::malformed))
            .collect::<Result<Vec<_>, _>>()?;
        // A whole board at once is read afresh: events for each of its lines would cost twice as much.
        let first = self.mirror.board.lines.is_empty() && self.lines.unobserve_deep(OBSERVER);
        let mut txn = self.doc.transact_mut_with(REMOTE);
        let result = updates
            .into_iter()
            .try_for_each(|update| txn.apply_update(update).map_err(MergeError::malformed));
        // yrs can leave parts waiting after what they waited for has come: offer them again.
        let again = Some(()).filter(|()| txn.has_missing_updates()).and_then(|()| txn.prune_pending());
        let result = match again {
            Some(waiting) => result.and(txn.apply_update(waiting).map_err(MergeError::malformed)),
            None => result,
        };
        if first {
            let mut inbox = self.inbox.lock();
            self.lines.keys(&txn).for_each(|id| inbox.whole(&id.into()));
        }
        drop(txn);
        if first {
            observe_lines(&self.lines, &self.inbox);
        }
        self.absorb();
        result
    }

    /// Yjs state vector v1.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What a peer with this state vector is missing, as update v1.
    pub fn diff(&self, state_vector: &[u8]) -> Result<Vec<u8>, MergeError> {
        let known = StateVector::decode_v1(state_vector).map_err(MergeError::malformed)?;
        Ok(self.doc.transact().encode_state_as_update_v1(&known))
    }

    /// Like `diff`, without what still waits for updates that have not come: whoever gets it has no gap.
    pub fn settled_since(&self, state_vector: &[u8]) -> Result<Vec<u8>, MergeError> {
        let known = StateVector::decode_v1(state_vector).map_err(MergeError::malformed)?;
        Ok(self.doc.transact().encode_diff_v1(&known))
    }

    /// The whole document as one update v1.
    pub fn snapshot(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }

    /// Whether parts of received updates wait for others that never came (a gap in what a peer sent).
    pub fn has_pending(&self) -> bool {
        self.doc.transact().has_missing_updates()
    }

    /// One entry of the runs (see `runs.rs`), if it is a text.
    pub fn run_entry(&self, key: &str) -> Option<String> {
        let txn = self.doc.transact();
        record::string(self.runs.get(&txn, key).map(|out| value(&txn, out)))
    }

    pub fn runs(&self) -> Runs {
        let txn = self.doc.transact();
        Runs::read(self.runs.iter(&txn).map(|(key, out)| (key, record::string(Some(value(&txn, out))))))
    }

    fn transact(&self, origin: &str, work: impl FnOnce(&Replica, &mut TransactionMut<'_>)) {
        let mut txn = self.doc.transact_mut_with(origin);
        work(self, &mut txn);
    }

    fn create(&self, txn: &mut TransactionMut<'_>, id: &LineId, line: &Line, hidden: bool) -> MapRef {
        let record = self.lines.insert(txn, id.0.clone(), MapPrelim::default());
        record.insert(txn, "text", TextPrelim::new(one_line(line.text.clone())));
        for (key, value) in record::fields(line) {
            record.insert(txn, key, any(value));
        }
        if hidden && line.gone.is_none() {
            record.insert(txn, "gone", any(record::hidden((self.clock)() as f64, &self.me)));
        }
        record
    }

    /// An operation on a line that is not there (any more) does nothing.
    fn carry_out(&self, txn: &mut TransactionMut<'_>, op: &Op, tracked: bool) {
        match op {
            Op::Create { id, line } if !tracked => {
                self.create(txn, id, line, false);
            }
            Op::Create { id, line } => {
                if line.gone.is_none()
                    && let Some(record) = self.record(txn, id)
                {
                    record.remove(txn, "gone");
                }
            }
            Op::Splice { id, splice } => self.splice(txn, id, splice),
            Op::SetPerson { id, person } => {
                let person = [("name", &person.name), ("colour", &person.colour)]
                    .map(|(key, value)| (key.to_owned(), Any::from(value.as_str())));
                self.people.insert(txn, id.0.clone(), Any::from(HashMap::from(person)));
            }
            _ => {
                if let Some((place, key, value)) = record::written(op, &self.me) {
                    self.set(txn, place, key, value.map(any));
                }
            }
        }
    }

    fn set(&self, txn: &mut TransactionMut<'_>, place: Place<'_>, key: &str, value: Option<Any>) {
        let map = match place {
            Place::Line(id) => self.record(txn, id),
            Place::Settings => Some(self.settings.clone()),
            Place::Runs => Some(self.runs.clone()),
        };
        match (map, value) {
            (Some(map), Some(value)) => drop(map.insert(txn, key, value)),
            (Some(map), None) => drop(map.remove(txn, key)),
            (None, _) => {}
        }
    }

    fn splice(&self, txn: &mut TransactionMut<'_>, id: &LineId, splice: &Splice) {
        let Some(record) = self.record(txn, id) else {
            return;
        };
        let line = read_line(txn, &self.lines, &id.0).unwrap_or_else(|| record::line(Fields::default()));
        let splice = splice.clamped(&line.text);
        match record.get(txn, "text") {
            Some(Out::YText(text)) => {
                if splice.delete > 0 {
                    text.remove_range(txn, splice.at, splice.delete);
                }
                text.insert(txn, splice.at, &splice.insert);
            }
            _ => {
                let text = splice.apply(&line.text).unwrap_or(splice.insert);
                record.insert(txn, "text", TextPrelim::new(text));
            }
        }
    }

    /// The record to write to. A foreign record that is plain data is made a shared one first.
    fn record(&self, txn: &mut TransactionMut<'_>, id: &LineId) -> Option<MapRef> {
        if let Out::YMap(record) = self.lines.get(txn, &id.0)? {
            return Some(record);
        }
        let line = read_line(txn, &self.lines, &id.0)?;
        Some(self.create(txn, id, &line, false))
    }

    /// Brings the mirror up to date with what the observers have seen.
    pub(crate) fn absorb(&mut self) {
        let mut inbox = self.inbox.lock();
        let lines = std::mem::take(&mut inbox.lines);
        let people = std::mem::take(&mut inbox.people);
        let settings = std::mem::take(&mut inbox.settings);
        self.mirror.ran(inbox.runs.drain());
        drop(inbox);
        let txn = self.doc.transact();
        let news = lines.into_iter().map(|(id, splices)| News {
            line: read_line(&txn, &self.lines, &id),
            splices: splices.unwrap_or_default(),
            id: LineId(id),
        });
        self.mirror.settle(news.collect());
        for id in people {
            let person = self.people.get(&txn, &id).map(|value| {
                let field = |key| field(&txn, &value, key);
                record::person(field("name"), field("colour"))
            });
            self.mirror.meet(PersonId(id), person);
        }
        if settings {
            let setting = |key| self.settings.get(&txn, key).map(|out| value(&txn, out));
            self.mirror.set(record::format(setting("format")), record::level(setting("level")));
        }
    }
}

fn any(value: Value) -> Any {
    match value {
        Value::Text(text) => Any::from(text),
        Value::Number(number) => Any::from(number),
        Value::Bool(is) => Any::Bool(is),
        Value::List(list) => Any::from(list.into_iter().map(any).collect::<Vec<_>>()),
        Value::Other => Any::Null,
    }
}

/// Observers only note what was touched: they run inside a commit, where no other transaction may begin.
fn observe(doc: &Doc, lines: &MapRef, settings: &MapRef, inbox: &Shared) {
    observe_lines(lines, inbox);
    let seen = inbox.clone();
    settings.observe_deep(OBSERVER, move |_, _| seen.lock().settings = true);
    let seen = inbox.clone();
    let remote = yrs::Origin::from(REMOTE);
    // Fails only inside a transaction, and there is none yet.
    let _ = doc.observe_transaction_cleanup(OBSERVER, move |txn, event| {
        if event.delete_set.is_empty() && event.before_state == event.after_state {
            return;
        }
        // What others wrote is not written out once more.
        let own = (txn.origin() != Some(&remote)).then(|| txn.encode_update_v1());
        seen.lock().changed(own);
    });
}

/// Notes which keys of a map were touched, or anything under them.
fn observe_keys(map: &MapRef, inbox: &Shared, touched: fn(&mut Inbox) -> &mut HashSet<Arc<str>>) {
    let seen = inbox.clone();
    map.observe_deep(OBSERVER, move |txn, events| {
        let mut inbox = seen.lock();
        let touched = touched(&mut inbox);
        for event in events.iter() {
            match (event.path().front(), event) {
                (Some(PathSegment::Key(id)), _) => {
                    touched.insert(id.clone());
                }
                (None, Event::Map(event)) => touched.extend(event.keys(txn).keys().cloned()),
                _ => {}
            }
        }
    });
}

fn observe_lines(lines: &MapRef, inbox: &Shared) {
    let seen = inbox.clone();
    lines.observe_deep(OBSERVER, move |txn, events| note_lines(&mut seen.lock(), txn, events));
}

fn note_lines(inbox: &mut Inbox, txn: &TransactionMut<'_>, events: &Events<'_>) {
    for event in events.iter() {
        let path = event.path();
        let Some(PathSegment::Key(id)) = path.front() else {
            if let Event::Map(event) = event {
                event.keys(txn).keys().for_each(|id| inbox.whole(id));
            }
            continue;
        };
        if matches!(inbox.lines.get(id), Some(None)) {
            continue;
        }
        let is_text = path.len() == 2 && path.get(1) == Some(&PathSegment::Key("text".into()));
        match event {
            Event::Text(event) if is_text => inbox.typed(id, splices(event.delta(txn))),
            Event::Map(event) if path.len() == 1 && !event.keys(txn).contains_key("text") => {
                inbox.beside_text(id);
            }
            _ => inbox.whole(id),
        }
    }
}

fn splices(delta: &[Delta]) -> Vec<Splice> {
    let mut report = Report::default();
    for part in delta {
        match part {
            Delta::Retain(count, _) => report.stays(*count),
            Delta::Deleted(count) => report.goes(*count),
            Delta::Inserted(Out::Any(Any::String(text)), _) => report.comes(text.to_string()),
            Delta::Inserted(..) => report.comes(EMBED.to_owned()),
        }
    }
    report.splices
}

/// What stands for anything in a text that is no text: one code unit, as Yjs counts it.
const EMBED: &str = "\u{FFFC}";

fn read_line<T: ReadTxn>(txn: &T, lines: &MapRef, id: &str) -> Option<Line> {
    let record = lines.get(txn, id)?;
    match &record {
        Out::YMap(_) | Out::Any(Any::Map(_)) => {
            Some(record::line(Fields::read(|key| field(txn, &record, key))))
        }
        // A foreign client that takes the map for one of texts is understood too.
        Out::YText(_) | Out::Any(Any::String(_)) => {
            Some(record::line(Fields { text: Some(value(txn, record)), ..Fields::default() }))
        }
        _ => None,
    }
}

fn field<T: ReadTxn>(txn: &T, record: &Out, key: &str) -> Option<Value> {
    match record {
        Out::YMap(map) => map.get(txn, key).map(|out| value(txn, out)),
        Out::Any(Any::Map(map)) => map.get(key).map(plain),
        _ => None,
    }
}

fn value<T: ReadTxn>(txn: &T, out: Out) -> Value {
    match out {
        Out::Any(any) => plain(&any),
        Out::YText(text) => Value::Text(whole_text(txn, &text)),
        Out::YArray(list) => Value::List(pair_of(txn, &list)),
        _ => Value::Other,
    }
}

/// Text with everything that Yjs counts in it, so that positions agree.
fn whole_text<T: ReadTxn>(txn: &T, text: &TextRef) -> String {
    let plain = text.get_string(txn);
    if text::len(&plain) == text.len(txn) {
        return plain;
    }
    text.diff(txn, YChange::identity)
        .into_iter()
        .map(|part| match part.insert {
            Out::Any(Any::String(text)) => text.to_string(),
            _ => EMBED.to_owned(),
        })
        .collect()
}

/// The first values: a longer list means nothing here, and may be as long as somebody likes.
fn pair_of<T: ReadTxn>(txn: &T, list: &ArrayRef) -> Vec<Value> {
    let flat = |out| if let Out::Any(any) = out { plain(&any) } else { Value::Other };
    list.iter(txn).take(3).map(flat).collect()
}

fn plain(any: &Any) -> Value {
    match any {
        Any::String(text) => Value::Text(text.to_string()),
        Any::Number(number) => number.as_f64().map_or(Value::Other, Value::Number),
        Any::Bool(is) => Value::Bool(*is),
        Any::Array(list) => {
            let flat = |any: &Any| if let Any::Array(_) = any { Value::Other } else { plain(any) };
            Value::List(list.iter().take(3).map(flat).collect())
        }
        _ => Value::Other,
    }
}
