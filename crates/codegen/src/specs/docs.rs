//! The half of the specifications that is read by people and by the tools that draw: documentation with pictures,
//! diagrams, an EventCatalog, a context map.
//!
//! Invariants: all of it says the same as the model; links lead to what is there; whatever people wrote is text in the
//! format it stands in.
//! Not here: what machines read (`openapi`, `asyncapi`, the schemas).

mod book;
mod catalog;
mod context_map;
mod diagrams;
mod markdown;
mod page;
mod readme;
mod rules;
mod scenario;
mod wall;

use crate::{Care, Source, Tree};
use book::Book;

pub fn write(source: &Source, tree: &mut Tree) {
    let book = Book::new(source);
    let mut put = |path: &str, text: String| tree.put(path, Care::Owned, text);
    put("docs/README.md", readme::page(&book));
    for context in &book.contexts {
        put(&format!("docs/{}.md", context.slug), page::page(&book, context));
    }
    for (path, picture) in wall::pictures(&book) {
        put(&format!("docs/{path}"), picture);
    }
    let lines: Vec<&str> = source.text.lines().collect();
    put("diagrams/eventmodeling.mmd", draw::mermaid(&lines));
    put("diagrams/rows.dot", draw::rows(&lines));
    put("diagrams/flow.puml", diagrams::plantuml(&book));
    put("context-map.cml", context_map::text(&book));
    for (path, text) in catalog::files(&book) {
        put(&format!("eventcatalog/{path}"), text);
    }
}
