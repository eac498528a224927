//! A service for Node, in TypeScript.
//!
//! What is the same for every model stands in `golden/node`, the service of LES's TODO list, where it runs and is
//! tested; the rest is cut from that service into templates. Invariants: `src/domain`, `test/domain` are written once;
//! nothing of the model stands in a file but as a quoted text, an identifier that was made for it, or a comment.

mod fixed;
mod layout;
mod policies;
mod readmodels;
mod samples;
mod scenarios;
mod stream;
mod tests;
mod types;
mod typescript;

use crate::{Care, Source, Tree, specs};
use askama::Template;
use layout::Layout;
use typescript::{comment, object, quote};

pub fn write(source: &Source, tree: &mut Tree) {
    let mut described = Tree::default();
    specs::write(source, &mut described);
    for file in ["Eventstorming.emd", "Eventsourcing.eml.yaml"] {
        if let Some((text, care)) = described.get(file).map(|file| (file.text.clone(), file.care)) {
            tree.put(format!("model/{file}"), care, text);
        }
    }
    tree.graft("specs", described);
    code(source, tree);
}

/// All but the specifications.
fn code(source: &Source, tree: &mut Tree) {
    let layout = Layout::new(source);
    fixed::write(&layout, tree);
    stream::write(&layout, tree);
    readmodels::write(&layout, tree);
    policies::write(&layout, tree);
    tests::write(&layout, tree);
    scenarios::write(&layout, tree);
    put(tree, "src/generated/service.ts", Care::Owned, &service(&layout));
    put(tree, "README.md", Care::Owned, &fixed::readme(&layout));
}

/// Templates of ours cannot fail: they write into a string.
fn put(tree: &mut Tree, path: impl Into<String>, care: Care, template: &impl Template) {
    // Templates lose the end of their last line.
    tree.put(path, care, template.render().unwrap_or_default().trim_end().to_owned() + "\n");
}

#[derive(Template)]
#[template(path = "node/src/generated/service.ts", escape = "none")]
struct Service {
    title: String,
    imports: Vec<String>,
    streams: Vec<String>,
    readmodels: Vec<String>,
    policies: Vec<String>,
}

fn service(layout: &Layout<'_>) -> Service {
    let model = layout.model();
    let mut imports = Vec::new();
    let mut streams = Vec::new();
    for (stream, category) in layout.streams.iter().zip(&model.categories) {
        let decider = format!("{}Decider", stream.namespace);
        imports.push(format!("import {{ decider as {decider} }} from '../domain/{}.ts';", stream.path));
        imports.push(format!("import * as {} from './{}.ts';", stream.namespace, stream.path));
        let properties = [
            format!("context: {}", quote(&layout.contexts[stream.context].name)),
            format!("name: {}", quote(&category.name)),
            format!("commands: {}.commands", stream.namespace),
            format!("events: {}.events", stream.namespace),
            format!("decider: {decider}"),
        ];
        streams.push(object(4, "", &properties, ","));
    }
    let (mut readmodels, mut policies) = (Vec::new(), Vec::new());
    for (index, context) in layout.contexts.iter().enumerate() {
        let namespace = layout.namespace(index, "readModels");
        let own = layout.readmodels(index);
        if !own.is_empty() {
            imports.push(format!("import * as {namespace} from './{}readmodels.ts';", context.folder));
            readmodels.extend(own.iter().map(|(_, name, _)| format!("{namespace}.{name},")));
        }
        if !context.policies.is_empty() {
            let namespace = layout.namespace(index, "policies");
            imports.push(format!("import * as {namespace} from './{}policies.ts';", context.folder));
        }
    }
    for (policy, name) in model.policies.iter().zip(&layout.policies) {
        policies.push(format!("{}.{name},", layout.namespace(policy.name.context as usize, "policies")));
    }
    imports.sort_by(|one, other| order(one).cmp(order(other)));
    Service { title: quote(&layout.title), imports, streams, readmodels, policies }
}

/// Imports stand in the order of the files they are from.
fn order(import: &str) -> &str {
    import.rsplit_once("from ").map_or(import, |(_, from)| from)
}
