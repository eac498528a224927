//! What can be done with a model, as a list.

use super::{Model, Name};
use protocol::request;

impl Model {
    /// A name that stands on several stickies is listed once.
    pub fn list(&self) -> request::Model {
        request::Model {
            fingerprint: self.fingerprint.clone(),
            commands: self.names(self.commands.iter().map(|one| &one.name)),
            readmodels: self.names(self.readmodels.iter().map(|one| &one.name)),
            events: self.names(self.events.iter().map(|one| &one.name)),
            policies: self.names(self.policies.iter().map(|one| &one.name)),
            scenarios: self.scenarios,
        }
    }

    fn names<'a>(&self, names: impl Iterator<Item = &'a Name>) -> Vec<request::Name> {
        let mut seen = foldhash::HashSet::default();
        names
            .filter(|name| seen.insert(name.full.clone()))
            .map(|name| request::Name {
                name: name.full.to_string(),
                label: name.label.to_string(),
                context: self
                    .contexts
                    .get(name.context as usize)
                    .map_or_else(String::new, ToString::to_string),
                sticky: name.sticky,
                also: name.also.clone(),
            })
            .collect()
    }
}
