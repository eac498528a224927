//! The runs that one person keeps alone, in this browser: the same entries as those of shared runs (`board::runs`).
//!
//! Invariants: what was asked for together is written together or not at all; pages of one browser that write to a
//! run at once both keep their steps, since keys of steps have a random part. A database of its own, which only the
//! part `run` of the page opens.

use super::database::{Trouble, all_of, begin, commit, entries, open, request, store};
use js_sys::Array;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbDatabase;

const NAME: &str = "squall-runs";
const ENTRIES: &str = "entries";

#[derive(Clone)]
pub struct Alone {
    all: IdbDatabase,
    board: String,
}

impl Alone {
    /// `board` is the board's part of a link, the same for all links to it.
    pub async fn open(board: &str) -> Result<Alone, Trouble> {
        let all = open(NAME, &[(ENTRIES, false)]).await?;
        Ok(Alone { all, board: board.to_owned() })
    }

    /// Every entry of the board's runs.
    pub async fn load(&self) -> Result<Vec<(String, Option<String>)>, Trouble> {
        let (tx, done) = begin(&self.all, &[ENTRIES])?;
        let found = entries(&store(&tx, ENTRIES)?, &all_of(&self.board)?).await?;
        done.wait().await?;
        let key = |key: JsValue| key.dyn_ref::<Array>()?.get(1).as_string();
        Ok(found.into_iter().filter_map(|(at, value)| Some((key(at)?, value.as_string()))).collect())
    }

    /// Sets entries, and takes away those without a value.
    pub async fn write(&self, writes: &[(Arc<str>, Option<String>)]) -> Result<(), Trouble> {
        let (tx, done) = begin(&self.all, &[ENTRIES])?;
        let entries = store(&tx, ENTRIES)?;
        for (key, value) in writes {
            let key = Array::of2(&self.board.as_str().into(), &JsValue::from_str(key));
            request(match value {
                Some(value) => entries.put_with_key(&value.into(), &key),
                None => entries.delete(&key),
            })?;
        }
        commit(&tx);
        done.wait().await
    }

    /// Removes all runs of the board.
    pub async fn forget(&self) -> Result<(), Trouble> {
        let (tx, done) = begin(&self.all, &[ENTRIES])?;
        request(store(&tx, ENTRIES)?.delete(&all_of(&self.board)?))?;
        done.wait().await
    }
}
