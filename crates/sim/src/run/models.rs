//! The models that steps name, each compiled once.

use crate::model::Model;
use foldhash::HashMap;
use protocol::step::{Act, Step};
use std::sync::Arc;

/// Copies share what is compiled.
#[derive(Clone, Debug, Default)]
pub struct Models {
    by_fingerprint: HashMap<String, Arc<Model>>,
}

impl Models {
    /// Keeps the model of a text under the name that the steps have for it. A name that is known keeps its model.
    pub fn add(&mut self, fingerprint: &str, text: &str) -> Arc<Model> {
        if let Some(known) = self.by_fingerprint.get(fingerprint) {
            return known.clone();
        }
        let model = Arc::new(Model::of_text(text));
        self.insert(fingerprint.to_owned(), model.clone());
        model
    }

    pub fn insert(&mut self, fingerprint: String, model: Arc<Model>) {
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

    /// The first model that steps name and nobody has given.
    pub fn missing<'a>(&self, steps: impl IntoIterator<Item = &'a Step>) -> Option<&'a str> {
        steps.into_iter().find_map(|step| match &step.act {
            Act::Model { fingerprint } => (self.get(fingerprint).is_none()).then_some(fingerprint.as_str()),
            _ => None,
        })
    }
}
