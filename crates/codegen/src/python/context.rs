//! The files of a context.

use super::fixed;
use super::imports::Imports;
use super::policies::Policies;
use super::scenarios::Tests;
use super::view::{Context, Field, Service};
use crate::{Care, Tree};
use askama::Template;
use std::collections::BTreeSet;

/// A context with what its templates ask besides.
pub struct Part<'a> {
    pub service: &'a Service,
    pub context: &'a Context,
    pub policies: &'a Policies,
    pub tests: &'a Tests,
}

#[derive(Template)]
#[template(path = "python/context/events.py", escape = "none")]
struct Events<'a> {
    context: &'a Context,
    core: &'a str,
    types: Vec<&'static str>,
    decimals: bool,
    properties: bool,
}

#[derive(Template)]
#[template(path = "python/context/commands.py", escape = "none")]
struct Commands<'a> {
    context: &'a Context,
    core: &'a str,
    types: Vec<&'static str>,
    decimals: bool,
    helpers: Vec<&'static str>,
    conditional: bool,
}

#[derive(Template)]
#[template(path = "python/context/readmodels.py", escape = "none")]
struct Readmodels<'a> {
    context: &'a Context,
    core: &'a str,
    columns: bool,
    hears: bool,
}

#[derive(Template)]
#[template(path = "python/context/api.py", escape = "none")]
struct Api<'a> {
    context: &'a Context,
    imports: Vec<String>,
}

#[derive(Template)]
#[template(path = "python/context/policies.py", escape = "none")]
struct Reactions<'a> {
    policies: &'a Policies,
    imports: Vec<String>,
}

#[derive(Template)]
#[template(path = "python/context/conditions.py", escape = "none")]
struct Conditions<'a> {
    policies: &'a Policies,
    own_events: bool,
}

#[derive(Template)]
#[template(path = "python/context/domain.py", escape = "none")]
struct Domain<'a> {
    context: &'a Context,
    core: &'a str,
    decides: bool,
    happens: bool,
    hashes: bool,
}

#[derive(Template)]
#[template(path = "python/context/test_scenarios.py", escape = "none")]
struct Scenarios<'a> {
    tests: &'a Tests,
}

impl Part<'_> {
    pub fn write(&self, tree: &mut Tree) {
        let (context, package) = (self.context, &self.service.package);
        let folder = match context.module.is_empty() {
            true => package.clone(),
            false => format!("{package}/{}", context.module),
        };
        let (own, generated) = if context.module.is_empty() { (".", "..") } else { ("..", "...") };
        if !context.module.is_empty() {
            let words = format!("\"\"\"{}\"\"\"\n", super::names::escaped(&context.title));
            tree.put(format!("{folder}/__init__.py"), Care::Owned, words);
        }
        let mut put = |name: &str, text: String| {
            tree.put(format!("{folder}/generated/{name}.py"), Care::Owned, text);
        };
        put("__init__", fixed::GENERATED.into());
        put("events", text(&self.events(generated)));
        put("commands", text(&self.commands(generated)));
        put("readmodels", text(&self.readmodels(generated)));
        put("api", text(&self.api(generated)));
        if !self.policies.all.is_empty() {
            put("policies", text(&self.reactions(generated)));
        }
        tree.put(format!("{folder}/domain.py"), Care::Once, text(&self.domain(own)));
        if !self.policies.conditions.is_empty() {
            let mut events = self.policies.conditions.iter().map(|one| one.event.as_str());
            let own_events = events.any(|event| event.starts_with("events."));
            let conditions = Conditions { policies: self.policies, own_events };
            tree.put(format!("{folder}/conditions.py"), Care::Once, text(&conditions));
        }
        if !self.tests.all.is_empty() {
            let name = if context.module.is_empty() { String::new() } else { format!("_{}", context.module) };
            let scenarios = Scenarios { tests: self.tests };
            tree.put(format!("tests/test{name}_scenarios.py"), Care::Owned, text(&scenarios));
        }
    }

    fn events<'a>(&'a self, core: &'a str) -> Events<'a> {
        let fields = || self.context.events.iter().flat_map(|event| &event.fields);
        Events {
            context: self.context,
            core,
            types: types(fields()),
            decimals: decimals(fields()),
            properties: fields().next().is_some(),
        }
    }

    fn commands<'a>(&'a self, core: &'a str) -> Commands<'a> {
        let commands = &self.context.commands;
        let fields = || commands.iter().flat_map(|command| &command.fields);
        let conditions = || commands.iter().flat_map(|command| &command.preconditions);
        let has = |start: &str| conditions().any(|condition| condition.starts_with(start));
        let helpers = [
            ("Command", true),
            ("must_have", has("must_have(")),
            ("must_not_have", has("must_not_have(")),
            ("parameter", fields().next().is_some()),
        ];
        Commands {
            context: self.context,
            core,
            types: types(fields()),
            decimals: decimals(fields()),
            helpers: helpers.iter().filter(|(_, used)| *used).map(|(name, _)| *name).collect(),
            conditional: conditions().any(|condition| condition.contains("(events.")),
        }
    }

    fn readmodels<'a>(&'a self, core: &'a str) -> Readmodels<'a> {
        let all = &self.context.readmodels;
        Readmodels {
            context: self.context,
            core,
            columns: all.iter().any(|one| !one.columns.is_empty()),
            hears: all.iter().any(|one| !one.hears.is_empty()),
        }
    }

    fn api(&self, core: &str) -> Api<'_> {
        let mut imports = Imports::default();
        imports.add(&format!("{core}core"), "http", "http");
        for (method, from, module) in
            [("post", ".", "commands"), ("get", ".", "readmodels"), ("delete", "..", "domain")]
        {
            if self.context.routes.iter().any(|route| route.method == method) {
                imports.add(from, module, module);
            }
        }
        Api { context: self.context, imports: imports.lines() }
    }

    fn reactions(&self, core: &str) -> Reactions<'_> {
        let (policies, mut imports) = (self.policies, Imports::default());
        let module = format!("{core}core.policies");
        imports.add(&module, "Policy", "Policy");
        imports.add(&module, "whenever", "whenever");
        if policies.compares {
            imports.add(&format!("{core}core.values"), "holds", "holds");
        }
        if policies.converts {
            imports.add(&format!("{core}core"), "values", "values");
        }
        if !policies.conditions.is_empty() {
            imports.add("..", "conditions", "conditions");
        }
        for (modules, name) in [(&policies.commands_of, "commands"), (&policies.events_of, "events")] {
            for module in modules {
                imports.add(&format!("...{module}.generated"), name, &format!("{module}_{name}"));
            }
        }
        if policies.all.iter().any(|one| one.command.starts_with("commands.")) {
            imports.add(".", "commands", "commands");
        }
        if policies.all.iter().any(|one| one.event.starts_with("events.")) {
            imports.add(".", "events", "events");
        }
        Reactions { policies, imports: imports.lines() }
    }

    fn domain<'a>(&'a self, core: &'a str) -> Domain<'a> {
        let commands = &self.context.commands;
        let outcomes = || commands.iter().flat_map(|command| &command.outcomes);
        let mut fills = outcomes().flat_map(|outcome| &outcome.fills);
        Domain {
            context: self.context,
            core,
            decides: !commands.is_empty(),
            happens: outcomes().next().is_some(),
            hashes: fills.any(|(_, from)| from.starts_with("hashed(")),
        }
    }
}

/// A template writes to a text, which cannot fail; `tests` look at every one of them.
pub fn text(template: &impl Template) -> String {
    let mut text = template.render().unwrap_or_default();
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Names of `core.values` that spell the types of fields.
fn types<'a>(fields: impl Iterator<Item = &'a Field>) -> Vec<&'static str> {
    const NAMES: [&str; 10] =
        ["BOOLEAN", "DATE", "DATETIME", "DECIMAL", "EMAIL", "INTEGER", "TEXT", "UUID", "many", "short"];
    let mut used = BTreeSet::new();
    for field in fields {
        let parts = field.r#type.split(['(', ')']);
        used.extend(parts.filter_map(|part| NAMES.iter().find(|name| **name == part)));
    }
    used.into_iter().copied().collect()
}

fn decimals<'a>(mut fields: impl Iterator<Item = &'a Field>) -> bool {
    fields.any(|field| field.annotation.contains("Decimal"))
}
