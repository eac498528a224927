//! The models that steps name, each compiled once.
//!
//! Invariant: a text from elsewhere is believed only where it is one of the very model that the steps name, so that
//! nobody can put another one in its place. Where another version of ours named it, it cannot be compared.

use crate::model::Model;
use crate::model::fingerprint::is_of_another_version;
use foldhash::{HashMap, HashSet};
use protocol::step::{Act, Step};
use std::sync::Arc;

/// Copies share what is compiled.
#[derive(Clone, Debug, Default)]
pub struct Models {
    by_fingerprint: HashMap<String, Arc<Model>>,
    /// Names under which there was a text of another model.
    false_names: HashSet<String>,
}

impl Models {
    /// Keeps the model of a text that the steps name by its fingerprint. A name that is known keeps its model.
    pub fn add(&mut self, fingerprint: &str, text: &str) {
        if self.by_fingerprint.contains_key(fingerprint) {
            return;
        }
        let model = Model::of_text(text);
        if model.fingerprint == fingerprint || is_of_another_version(fingerprint) {
            self.insert(fingerprint.to_owned(), Arc::new(model));
        } else {
            self.false_names.insert(fingerprint.to_owned());
        }
    }

    /// Keeps a model under whatever name the caller vouches for.
    pub fn insert(&mut self, fingerprint: String, model: Arc<Model>) {
        self.false_names.remove(&fingerprint);
        self.by_fingerprint.entry(fingerprint).or_insert(model);
    }

    pub fn get(&self, fingerprint: &str) -> Option<&Arc<Model>> {
        self.by_fingerprint.get(fingerprint)
    }

    /// Takes over what another knows.
    pub fn extend(&mut self, others: &Models) {
        for (fingerprint, model) in &others.by_fingerprint {
            self.insert(fingerprint.clone(), model.clone());
        }
    }

    /// There was a text under this name, of another model.
    pub fn is_false(&self, fingerprint: &str) -> bool {
        self.false_names.contains(fingerprint)
    }

    /// The first model that steps name and nobody has given.
    pub fn missing<'a>(&self, steps: impl IntoIterator<Item = &'a Step>) -> Option<&'a str> {
        steps.into_iter().find_map(|step| match &step.act {
            Act::Model { fingerprint } => {
                let told = self.get(fingerprint).is_some() || self.is_false(fingerprint);
                (!told).then_some(fingerprint.as_str())
            }
            _ => None,
        })
    }
}
