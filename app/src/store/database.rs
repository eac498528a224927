//! This browser's database: snapshots of boards, changes that the server may not have, and what was put aside.
//!
//! Invariants: one transaction writes or nothing does. Each page writes a snapshot of its own, so that it can be
//! written while the page is being closed, without reading first; what is removed is in a snapshot that stays. Each
//! record carries a sum of its bytes, and one that does not fit is moved aside, never merged.
//! Runs of one's own are in a database beside this one (`runs`); no other module names IndexedDB.

use super::ledger::Batch;
use crate::browser;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "squall";
const BOARDS: &str = "boards";
const CHANGES: &str = "changes";
const ASIDE: &str = "aside";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// No database at all: a private window, or switched off.
    Unavailable,
    /// The browser grants no more room.
    Full,
    Failed,
}

/// What was kept of a board.
#[derive(Default)]
pub struct Kept {
    pub snapshots: Vec<Snapshot>,
    /// In the order of pages and their changes.
    pub rows: Vec<Row>,
    /// Something was not as it was written, and lies aside now.
    pub damaged: bool,
}

/// The board as a page last saw it.
pub struct Snapshot {
    pub by: Stamp,
    pub update: Vec<u8>,
}

/// Which snapshot it is: the page that wrote it, and the sum of its bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    pub client: u64,
    sum: u64,
}

pub struct Row {
    pub client: u64,
    pub seq: u64,
    pub begins: bool,
    pub update: Vec<u8>,
}

#[derive(Clone)]
pub struct Database {
    all: IdbDatabase,
    board: String,
}

impl Database {
    /// `board` is the board's part of a link, the same for all links to it.
    pub async fn open(board: &str) -> Result<Database, Trouble> {
        let all = open(NAME, &[(BOARDS, false), (CHANGES, false), (ASIDE, true)]).await?;
        Ok(Database { all, board: board.to_owned() })
    }

    /// Everything that is kept of the board. What is damaged is moved aside first, together with what builds on it.
    pub async fn load(&self) -> Result<Kept, Trouble> {
        let (tx, done) = self.begin(&[BOARDS, CHANGES, ASIDE])?;
        let (boards, changes, aside) = (store(&tx, BOARDS)?, store(&tx, CHANGES)?, store(&tx, ASIDE)?);
        let mut kept = Kept::default();
        let range = self.all_of()?;
        for (key, found) in entries(&boards, &range).await? {
            match client_of(&key).as_f64().zip(read(&found)) {
                Some((client, update)) => {
                    let by = Stamp { client: client as u64, sum: u64::from(sum(&update)) };
                    kept.snapshots.push(Snapshot { by, update });
                }
                None => {
                    kept.damaged = true;
                    self.put_aside(&aside, &found)?;
                    request(boards.delete(&key))?;
                }
            }
        }
        let mut broken = JsValue::UNDEFINED;
        for (key, found) in entries(&changes, &range).await? {
            let last = kept.rows.last().map(|last| (last.client, last.seq));
            // What follows on something damaged builds on it.
            let follows = |row: &Row| {
                client_of(&key) != broken
                    && last.is_none_or(|(client, seq)| client != row.client || seq + 1 == row.seq)
            };
            match row(&key, &found).filter(follows) {
                Some(row) => kept.rows.push(row),
                None => {
                    broken = client_of(&key);
                    kept.damaged = true;
                    self.put_aside(&aside, &found)?;
                    request(changes.delete(&key))?;
                }
            }
        }
        done.wait().await?;
        Ok(kept)
    }

    /// Writes a batch, with the whole board where it says so. Snapshots of other pages that `whole` holds go, unless
    /// they are others by now. Without any all is asked for at once, so it is done even if the page is closing.
    pub async fn write(
        &self,
        client: u64,
        batch: &Batch,
        whole: Option<Vec<u8>>,
        replaced: &[Stamp],
    ) -> Result<(), Trouble> {
        let (tx, done) = self.begin(&[BOARDS, CHANGES])?;
        let (boards, changes) = (store(&tx, BOARDS)?, store(&tx, CHANGES)?);
        if let Some(whole) = whole {
            request(boards.put_with_key(&record(&whole, &[]), &self.snapshot_key(client)))?;
            self.remove_rows(&changes, client, batch.done)?;
            for found in &batch.found {
                self.remove_rows(&changes, found.client, found.upto)?;
            }
        }
        for row in &batch.rows {
            let key = self.row_key(client, row.seq);
            request(changes.put_with_key(&record(&row.update, &[("begins", row.begins.into())]), &key))?;
        }
        for stamp in replaced {
            let key = self.snapshot_key(stamp.client);
            if number(&value(boards.get(&key)).await?, "sum") == Some(stamp.sum) {
                request(boards.delete(&key))?;
            }
        }
        commit(&tx);
        done.wait().await
    }

    /// Moves everything of the board aside: the next page begins with what the server has.
    pub async fn set_aside(&self) -> Result<(), Trouble> {
        let (tx, done) = self.begin(&[BOARDS, CHANGES, ASIDE])?;
        let (boards, changes, aside) = (store(&tx, BOARDS)?, store(&tx, CHANGES)?, store(&tx, ASIDE)?);
        let range = self.all_of()?;
        let kept = [entries(&boards, &range).await?, entries(&changes, &range).await?].concat();
        for (_, found) in kept {
            self.put_aside(&aside, &found)?;
        }
        request(boards.delete(&range))?;
        request(changes.delete(&range))?;
        done.wait().await
    }

    /// Removes everything of the board.
    pub async fn forget(&self) -> Result<(), Trouble> {
        let (tx, done) = self.begin(&[BOARDS, CHANGES])?;
        let range = self.all_of()?;
        request(store(&tx, BOARDS)?.delete(&range))?;
        request(store(&tx, CHANGES)?.delete(&range))?;
        done.wait().await
    }

    // ---- keys

    fn key(&self) -> JsValue {
        JsValue::from_str(&self.board)
    }

    fn snapshot_key(&self, client: u64) -> JsValue {
        Array::of2(&self.key(), &(client as f64).into()).into()
    }

    fn row_key(&self, client: u64, seq: u64) -> JsValue {
        Array::of3(&self.key(), &(client as f64).into(), &(seq as f64).into()).into()
    }

    fn all_of(&self) -> Result<JsValue, Trouble> {
        all_of(&self.board)
    }

    fn remove_rows(&self, changes: &IdbObjectStore, client: u64, upto: u64) -> Result<(), Trouble> {
        let range = IdbKeyRange::bound(&self.row_key(client, 0), &self.row_key(client, upto));
        request(changes.delete(&range.map_err(|_| Trouble::Failed)?.into())).map(|_| ())
    }

    fn put_aside(&self, aside: &IdbObjectStore, found: &JsValue) -> Result<(), Trouble> {
        let fields =
            object(&[("board", self.key()), ("when", browser::now().into()), ("record", found.clone())]);
        request(aside.put(&fields)).map(|_| ())
    }

    fn begin(&self, stores: &[&str]) -> Result<(IdbTransaction, Done), Trouble> {
        begin(&self.all, stores)
    }
}

/// Opens a database with these stores; those marked so number their records by themselves.
pub(super) async fn open(
    name: &str,
    stores: &'static [(&'static str, bool)],
) -> Result<IdbDatabase, Trouble> {
    let factory = browser::window().indexed_db().ok().flatten().ok_or(Trouble::Unavailable)?;
    let request = factory.open_with_u32(name, 1).map_err(|_| Trouble::Unavailable)?;
    let fresh = request.clone();
    let make = Closure::once_into_js(move || {
        let Ok(all) = fresh.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
        for (name, numbered) in stores {
            let options = web_sys::IdbObjectStoreParameters::new();
            options.set_auto_increment(*numbered);
            // This fails only where it exists, and a database of this version is made once.
            let _ = all.create_object_store_with_optional_parameters(name, &options);
        }
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let opened = answer(&request).await.map_err(|_| Trouble::Unavailable)?;
    let all: IdbDatabase = opened.unchecked_into();
    let closing = all.clone();
    // A page of a later version may change the database; this one then writes nothing any more.
    let give_way = Closure::once_into_js(move || closing.close());
    all.set_onversionchange(Some(give_way.unchecked_ref()));
    Ok(all)
}

/// All keys that begin with this board: an array sorts behind every number and every text.
pub(super) fn all_of(board: &str) -> Result<JsValue, Trouble> {
    let board = JsValue::from_str(board);
    let (first, last) = (Array::of1(&board), Array::of2(&board, &Array::new()));
    IdbKeyRange::bound(&first, &last).map(JsValue::from).map_err(|_| Trouble::Failed)
}

pub(super) fn begin(all: &IdbDatabase, stores: &[&str]) -> Result<(IdbTransaction, Done), Trouble> {
    let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
    let tx = all.transaction_with_str_sequence_and_mode(&names, IdbTransactionMode::Readwrite);
    let tx = tx.map_err(|_| Trouble::Failed)?;
    let done = Promise::new(&mut |resolve: Function, reject: Function| {
        tx.set_oncomplete(Some(&resolve));
        tx.set_onabort(Some(&reject));
    });
    let done = Done { tx: tx.clone(), done };
    Ok((tx, done))
}

/// The end of a transaction, watched from its beginning.
pub(super) struct Done {
    tx: IdbTransaction,
    done: Promise,
}

impl Done {
    pub(super) async fn wait(self) -> Result<(), Trouble> {
        let ended = JsFuture::from(self.done).await;
        ended.map(|_| ()).map_err(|_| trouble(self.tx.error()))
    }
}

/// Asks for the end at once, as a closing page has to; a browser that does not know this ends by itself.
pub(super) fn commit(tx: &IdbTransaction) {
    let known = Reflect::get(tx, &"commit".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    let _ = known.map(|commit| commit.call0(tx));
}

pub(super) fn store(tx: &IdbTransaction, name: &str) -> Result<IdbObjectStore, Trouble> {
    tx.object_store(name).map_err(|_| Trouble::Failed)
}

pub(super) fn request(asked: Result<IdbRequest, JsValue>) -> Result<IdbRequest, Trouble> {
    asked.map_err(|error| trouble(error.dyn_into().ok()))
}

fn trouble(error: Option<DomException>) -> Trouble {
    let full = error.is_some_and(|error| error.name() == "QuotaExceededError");
    if full { Trouble::Full } else { Trouble::Failed }
}

async fn value(asked: Result<IdbRequest, JsValue>) -> Result<JsValue, Trouble> {
    answer(&request(asked)?).await.map_err(|_| Trouble::Failed)
}

pub(super) async fn entries(
    store: &IdbObjectStore,
    range: &JsValue,
) -> Result<Vec<(JsValue, JsValue)>, Trouble> {
    let keys: Array = value(store.get_all_keys_with_key(range)).await?.unchecked_into();
    let values: Array = value(store.get_all_with_key(range)).await?.unchecked_into();
    Ok(keys.iter().zip(values.iter()).collect())
}

/// The handlers of a request are the two ends of a promise.
async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let answered = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(answered).await?;
    request.result()
}

// ---- records

fn record(bytes: &[u8], more: &[(&str, JsValue)]) -> JsValue {
    let fields = [("bytes", Uint8Array::from(bytes).into()), ("sum", f64::from(sum(bytes)).into())];
    object(&[&fields, more].concat())
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// The bytes of a record, if they are those that were written.
fn read(record: &JsValue) -> Option<Vec<u8>> {
    let bytes = field(record, "bytes").dyn_into::<Uint8Array>().ok()?.to_vec();
    (number(record, "sum") == Some(u64::from(sum(&bytes)))).then_some(bytes)
}

fn row(key: &JsValue, found: &JsValue) -> Option<Row> {
    let key: &Array = key.dyn_ref()?;
    let part = |at: u32| key.get(at).as_f64().map(|number| number as u64);
    let begins = field(found, "begins").as_bool()?;
    Some(Row { client: part(1)?, seq: part(2)?, begins, update: read(found)? })
}

fn client_of(key: &JsValue) -> JsValue {
    key.dyn_ref::<Array>().map_or(JsValue::NULL, |key| key.get(1))
}

fn field(record: &JsValue, name: &str) -> JsValue {
    if record.is_object() {
        Reflect::get(record, &name.into()).unwrap_or(JsValue::UNDEFINED)
    } else {
        JsValue::UNDEFINED
    }
}

fn number(record: &JsValue, name: &str) -> Option<u64> {
    field(record, name).as_f64().map(|number| number as u64)
}

/// FNV-1a: tells a record that was damaged from one that was not.
fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
