//! Specifications and documentation: part of every target, and a target of their own.
//!
//! Invariants: files stand at the root of the tree, so that a target grafts them where it wants them; all of them
//! describe the same service, the one of `sim::http`; what is personal is marked wherever a format lets it.

mod asyncapi;
mod avro;
mod cloudevents;
mod docs;
mod example;
mod feed;
mod json_schema;
mod openapi;
mod schema;
mod shapes;
mod spec;
mod words;

use crate::{Care, Source, Tree};
use spec::Spec;

/// All of them.
pub fn write(source: &Source, tree: &mut Tree) {
    let spec = Spec::new(source);
    tree.put("openapi.json", Care::Owned, openapi::document(&spec).pretty());
    tree.put("asyncapi.json", Care::Owned, asyncapi::document(&spec).pretty());
    json_schema::write(&spec, tree);
    avro::write(&spec, tree);
    cloudevents::write(&spec, tree);
    tree.put("Eventstorming.emd", Care::Owned, source.text.as_str());
    let eml = eml::yaml(&source.solution, &[], eml::Profile::Squall);
    tree.put("Eventsourcing.eml.yaml", Care::Owned, eml);
    docs::write(source, tree);
}
