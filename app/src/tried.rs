//! How the board's scenarios came out when they were last run, for the wall, the text and the findings.
//!
//! Written by the part of the page that runs the model (`run`), read by other parts; the first one knows nothing of it.

use crate::lasting::lasting;
use board::LineId;
use leptos::prelude::*;
use std::cell::OnceCell;
use std::sync::Arc;

#[derive(Clone, PartialEq, Debug)]
pub struct Tried {
    /// The line of the scenario itself.
    pub line: LineId,
    pub name: String,
    pub passed: bool,
    /// What it says that can hold or not.
    pub checks: Vec<Check>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Check {
    pub line: LineId,
    pub expected: String,
    pub actual: String,
    pub holds: bool,
    /// A sentence for people, where it does not hold.
    pub words: String,
}

pub type All = RwSignal<Arc<Vec<Tried>>>;

thread_local! {
    static ALL: OnceCell<(Owner, All)> = const { OnceCell::new() };
}

pub fn tried() -> All {
    ALL.with(|all| {
        let make = || {
            let owner = lasting();
            let all = owner.with(|| RwSignal::new(Arc::new(Vec::new())));
            (owner, all)
        };
        all.get_or_init(make).1
    })
}
