//! A log under a model: which of its categories and schemas are those of the model.

use super::System;
use crate::log::{self, Property, Schema};
use crate::model::{CategoryId, Event, Model};
use crate::project::Projections;
use crate::reading;
use crate::value::Text;
use std::sync::Arc;

impl System {
    /// From here on the system is under this model; what is in the log is read under it.
    pub fn enter(&mut self, model: Arc<Model>) {
        self.model = model;
        self.bind();
        self.renew();
    }

    /// Finds the categories and schemas of the model in the log. A category that was renamed, or whose context was,
    /// goes on where its streams are.
    pub(super) fn bind(&mut self) {
        let model = self.model.clone();
        let categories = (0..).map(CategoryId).zip(&model.categories);
        self.categories = categories.map(|(id, own)| self.bound(id, &own.context, &own.name)).collect();
        let schemas = model.events.iter().map(|event| self.log.schema(&schema(&model, event)));
        self.schemas = schemas.collect();
    }

    fn bound(&mut self, id: CategoryId, context: &Text, name: &Text) -> log::CategoryId {
        let exact = self.log.find_category(context, name).filter(|id| !self.log.of_category(*id).is_empty());
        if let Some(exact) = exact {
            return exact;
        }
        let own = |context: &str| {
            self.model.categories.iter().any(|own| own.context == context && own.name == *name)
        };
        let known = (0..).map(log::CategoryId).zip(self.log.categories());
        let mut renamed = known
            .filter(|(id, category)| category.name == *name && !self.log.of_category(*id).is_empty())
            .filter(|(_, category)| !own(&category.context));
        match (renamed.next(), renamed.next()) {
            (Some((id, _)), None) => id,
            _ => self.renamed(id).unwrap_or_else(|| self.log.category(context, name)),
        }
    }

    /// The one category of old whose events upcasts make events of this one.
    fn renamed(&self, id: CategoryId) -> Option<log::CategoryId> {
        let upcasts = &self.readings.upcasts;
        if upcasts.is_empty() {
            return None;
        }
        let names = reading::Names::of(&self.model);
        let known = |schema: &&Schema| self.model.categories.iter().any(|own| own.name == schema.stream);
        let becomes = |schema: &&Schema| {
            let read = upcasts.read(schema, 0);
            let event = read.and_then(|read| names.find(&read.context, &read.name));
            event.is_some_and(|event| self.model.event(event).category == id)
        };
        let old = self.log.schemas().filter(|schema| !known(schema)).filter(becomes);
        let mut found = old.filter_map(|schema| self.log.find_category(&schema.context, &schema.stream));
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// Works out again how events are read, and all read models as far as they had heard.
    pub fn renew(&mut self) {
        self.walks.clear();
        self.readings.renew(&self.model, &self.log);
        self.guard();
        let heard = self.projections.checkpoint();
        self.projections = Projections::new(&self.model);
        let until = if self.lag { heard } else { self.log.head() };
        self.project_until(until, u64::MAX, |_, _, _| {});
        self.begun = self.count();
    }

    /// What the model calls personal now is personal in events of old too, so that it can be erased.
    pub(super) fn guard(&mut self) {
        for (schema, property) in self.readings.personal(&self.model) {
            self.log.guard(schema, property);
        }
    }

    pub(super) fn count(&self) -> Vec<u32> {
        let mut begun = vec![0; self.log.categories().len()];
        for stream in self.log.streams().filter(|stream| self.log.version(*stream) > 0) {
            let category = self.log.category_of(stream).and_then(|id| begun.get_mut(id.0 as usize));
            if let Some(begun) = category {
                *begun += 1;
            }
        }
        begun
    }
}

/// Finds the shapes that events have in the model, by context and name.
pub fn schemas_of(model: &Model) -> impl Fn(&str, &str) -> Option<Schema> + '_ {
    let names = reading::Names::of(model);
    move |context, name| Some(schema(model, model.event(names.find(context, name)?)))
}

fn schema(model: &Model, event: &Event) -> Schema {
    let category = model.category(event.category);
    let properties = event.properties.iter().map(|one| Property {
        name: one.name.clone(),
        r#type: one.r#type,
        personal: one.personal,
    });
    Schema {
        context: category.context.clone(),
        stream: category.name.clone(),
        name: event.name.name.clone(),
        properties: properties.collect(),
    }
}
