//! The API that a service of this model would have, played in the page: what it offers, what was filled in, and what
//! came of each call. It lasts as long as the page, whether its view is open or not.
//!
//! Invariant: the API's state is what its calls made of it, so a generator that has to be started anew is given them
//! once more. The text it plays is the one of its first call, until somebody begins anew.

use super::build::{Known, Lines};
use super::generator::ask;
use crate::browser;
use crate::lasting::lasting;
use crate::messages::ship as words;
use crate::session::Session;
use leptos::prelude::*;
use protocol::ship::{Answer, Ask, Call, Failed, Operation, Say};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

thread_local! {
    /// The one of this page, with the owner of its signals.
    static API: OnceCell<(Owner, Api)> = const { OnceCell::new() };
}

/// What is filled in for one operation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Fields {
    /// By place and name.
    values: BTreeMap<(String, String), String>,
    pub body: String,
}

/// A call and what it came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Tried {
    /// From 1 on.
    pub number: usize,
    /// The operation's key.
    pub key: String,
    pub call: Call,
    pub answer: Answer,
}

/// All signals are written here, unless they say otherwise.
#[derive(Clone, Copy)]
pub struct Api {
    pub session: Session,
    pub offer: RwSignal<Known<Vec<Operation>>>,
    /// Oldest first.
    pub tried: RwSignal<Vec<Tried>>,
    /// The operations that are open, by key. Written by views.
    pub open: RwSignal<BTreeSet<String>>,
    /// Which call of an operation is on screen, by the operation's key.
    pub looked_at: RwSignal<BTreeMap<String, usize>>,
    /// The board says something else by now.
    pub edited: RwSignal<bool>,
    /// Why the last call came to nothing, for people.
    pub trouble: RwSignal<Option<String>>,
    /// Under way.
    pub calling: RwSignal<usize>,
    /// Grows when all begins anew: what was filled in is gone too.
    pub round: RwSignal<u64>,
    /// The call whose answer has just arrived. Taken by the view that shows it.
    pub fresh: StoredValue<Option<usize>>,
    fields: StoredValue<BTreeMap<String, Fields>>,
    of: StoredValue<Lines>,
    calls: StoredValue<Vec<Call>>,
}

impl Fields {
    pub fn of(&self, place: &str, name: &str) -> &str {
        let found = self.values.iter().find(|((at, called), _)| at == place && called == name);
        found.map_or("", |(_, value)| value)
    }

    pub fn put(&mut self, place: &str, name: &str, value: String) {
        self.values.insert((place.to_owned(), name.to_owned()), value);
    }

    /// The examples of an operation; what may be left out is left out.
    pub fn example(operation: &Operation) -> Fields {
        let mut fields = Fields { body: operation.body.clone().unwrap_or_default(), ..Fields::default() };
        for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
            fields.put(&parameter.place, &parameter.name, parameter.example.clone());
        }
        fields
    }
}

/// Tells an operation from all others.
pub fn key(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

impl Api {
    pub fn of(session: Session) -> Api {
        let known = API.with(|kept| kept.get().map(|(_, api)| *api));
        known.unwrap_or_else(|| {
            let owner = lasting();
            let api = owner.with(|| Api::new(session));
            // Set once: nobody else asks between these lines.
            API.with(|kept| drop(kept.set((owner, api))));
            api
        })
    }

    fn new(session: Session) -> Api {
        let api = Api {
            session,
            offer: RwSignal::new(Known::Loading),
            tried: RwSignal::new(Vec::new()),
            open: RwSignal::new(BTreeSet::new()),
            looked_at: RwSignal::new(BTreeMap::new()),
            edited: RwSignal::new(false),
            trouble: RwSignal::new(None),
            calling: RwSignal::new(0),
            round: RwSignal::new(0),
            fresh: StoredValue::new(None),
            fields: StoredValue::new(BTreeMap::new()),
            of: StoredValue::new(Lines::default()),
            calls: StoredValue::new(Vec::new()),
        };
        api.begin();
        api
    }

    /// Looks at the board: an API that nobody has called or filled in yet is that of the board as it is.
    pub fn look(self) {
        let now = Lines::now(self.session);
        let edited = self.of.with_value(|of| of.text != now.text);
        let untouched = self.calls.with_value(Vec::is_empty) && self.fields.with_value(BTreeMap::is_empty);
        match edited && untouched {
            true => self.begin(),
            false => self.edited.set(edited),
        }
    }

    /// Nothing has happened, and the model is the board as it is now.
    pub fn begin(self) {
        let lines = Lines::now(self.session);
        self.of.set_value(lines.clone());
        self.calls.set_value(Vec::new());
        self.fields.set_value(BTreeMap::new());
        self.edited.set(false);
        self.trouble.set(None);
        self.tried.set(Vec::new());
        self.looked_at.set(BTreeMap::new());
        self.round.update(|round| *round += 1);
        let round = self.round.get_untracked();
        browser::spawn(async move {
            let said = ask(Ask::Api { text: lines.text.clone() }).await;
            if self.round.get_untracked() != round {
                return;
            }
            let offer = match said {
                Ok(Say::Operations(operations)) => Known::Here(operations),
                Ok(Say::NotReady(findings)) => Known::NotReady(lines.problems(findings)),
                Ok(_) => Known::Failed(words::STRANGE.to_owned()),
                Err(failed) => Known::failed(&failed),
            };
            if self.offer.with_untracked(|before| *before != offer) {
                self.offer.set(offer);
            }
        });
    }

    /// What is filled in for an operation now.
    pub fn fields(self, operation: &Operation) -> Fields {
        let known = self.fields.with_value(|all| all.get(&key(operation)).cloned());
        known.unwrap_or_else(|| Fields::example(operation))
    }

    pub fn fill(self, operation: &Operation, change: impl FnOnce(&mut Fields)) {
        let mut fields = self.fields(operation);
        change(&mut fields);
        self.fields.update_value(|all| {
            all.insert(key(operation), fields);
        });
    }

    /// The examples again.
    pub fn restore(self, operation: &Operation) {
        self.fields.update_value(|all| {
            all.remove(&key(operation));
        });
    }

    pub fn execute(self, operation: &Operation, call: Call) {
        let call = Call { at: browser::now() as i64, seed: browser::random(), ..call };
        let (key, round) = (key(operation), self.round.get_untracked());
        let keep = self.calls.with_value(Vec::len);
        self.calls.update_value(|calls| calls.push(call.clone()));
        self.trouble.set(None);
        self.calling.update(|calling| *calling += 1);
        browser::spawn(async move {
            let said = self.answered(keep, call.clone()).await;
            self.calling.update(|calling| *calling -= 1);
            if self.round.get_untracked() != round {
                return;
            }
            match said {
                Ok(answer) => {
                    let number = keep + 1;
                    self.fresh.set_value(Some(number));
                    self.tried.update(|tried| tried.push(Tried { number, key: key.clone(), call, answer }));
                    self.look_at(key, number);
                }
                Err(failed) => {
                    // As if it had not been sent: the next one would be refused for its sake.
                    self.calls.update_value(|calls| calls.truncate(keep));
                    self.trouble.set(Some(words::failed(&failed)));
                }
            }
        });
    }

    /// Has an operation show this call.
    pub fn look_at(self, key: String, number: usize) {
        self.looked_at.update(|all| {
            all.insert(key, number);
        });
    }

    async fn answered(self, keep: usize, call: Call) -> Result<Answer, Failed> {
        let text = self.of.with_value(|of| of.text.clone());
        let mut said = ask(Ask::Call { text: text.clone(), keep, calls: vec![call] }).await;
        if matches!(said, Err(Failed::Behind)) {
            let calls = self.calls.with_value(|calls| calls.iter().take(keep + 1).cloned().collect());
            said = ask(Ask::Call { text, keep: 0, calls }).await;
        }
        match said? {
            Say::Answer(answer) => Ok(answer),
            _ => Err(Failed::Behind),
        }
    }
}
