//! A service in Python, on the library `eventsourcing`.
//!
//! Invariants: `core` is the same in every service and knows no model (`fixed`); what the model says is in
//! `generated` and written again each time; `domain.py` and `conditions.py` are the developer's. The service decides
//! as `sim` does.

mod builder;
mod context;
mod files;
mod fixed;
mod imports;
mod layout;
mod names;
mod policies;
mod scenarios;
mod view;

use crate::{Care, Source, Tree, specs};
use context::Part;
use policies::Policies;
use scenarios::Tests;
use view::Service;

pub fn write(source: &Source, tree: &mut Tree) {
    let service = Service::new(source);
    let policies = Policies::of(&service, &source.model);
    for (at, policies) in policies.iter().enumerate() {
        let tests = Tests::of(&service, source, at);
        Part { service: &service, context: &service.contexts[at], policies, tests: &tests }.write(tree);
    }
    fixed::write(&service.package, tree);
    files::write(&service, &policies, tree);
    let mut emitted = Tree::default();
    specs::write(source, &mut emitted);
    tree.graft("specs", emitted);
    tree.put("model/Eventstorming.emd", Care::Owned, source.text.as_str());
    let eml = eml::yaml(&source.solution, &[], eml::Profile::Squall);
    tree.put("model/Eventsourcing.eml.yaml", Care::Owned, eml);
}

#[cfg(test)]
mod tests;
