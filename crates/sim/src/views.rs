//! What people are shown of a run. Reading only: whoever looks changes nothing.

mod counts;
mod detail;
mod form;
mod log;
mod state;
mod streams;
mod table;
mod words;

pub use log::ERASED;

use crate::log::Log;
use crate::model::Model;
use crate::run::Run;
use crate::upcast::Upcasts;

/// A log under a model, as developers look at them.
#[derive(Clone, Copy)]
pub struct View<'a> {
    log: &'a Log,
    /// The board that stickies refer to.
    model: &'a Model,
    upcasts: &'a Upcasts,
}

impl<'a> View<'a> {
    pub fn new(run: &'a Run) -> View<'a> {
        let system = run.system();
        View { log: system.log(), model: run.present(), upcasts: &system.readings().upcasts }
    }
}

/// The words of a search, without capitals.
fn folded_words(search: &str) -> Vec<String> {
    search.to_lowercase().split_whitespace().map(str::to_string).collect()
}

/// Whether a name alone, or with its context, is meant. Spaces of contexts may be left out.
pub(crate) fn is_called(context: &str, name: &str, wanted: &str) -> bool {
    if !wanted.ends_with(name) {
        return false;
    }
    let (of, own) = wanted.rsplit_once('.').unwrap_or(("", wanted));
    wanted == name || own == name && eml::names::spaceless(of) == eml::names::spaceless(context)
}

/// A name as people tell it from those of other contexts: `Ordering.AddItem`.
pub(crate) fn full(context: &str, name: &str) -> String {
    match context.is_empty() {
        true => name.to_string(),
        false => format!("{context}.{name}"),
    }
}
