//! What is the same in every service but for its name.

use super::layout::Layout;
use super::policies;
use crate::{Care, Tree};
use askama::Template;
use serde_json::Value as Json;

macro_rules! golden {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../golden/node/", $path)))),*]
    };
}

const OWNED: [(&str, &str); 46] = golden![
    ".dockerignore",
    "Dockerfile",
    "src/app.ts",
    "src/config.ts",
    "src/core/checkpoint.ts",
    "src/core/commands.ts",
    "src/core/decider.ts",
    "src/core/events.ts",
    "src/core/ids.ts",
    "src/core/policies.ts",
    "src/core/ports.ts",
    "src/core/privacy.ts",
    "src/core/projector.ts",
    "src/core/queue.ts",
    "src/core/service.ts",
    "src/core/stores/kurrentdb.ts",
    "src/core/stores/memory.ts",
    "src/core/stores/migrations.ts",
    "src/core/stores/postgres.ts",
    "src/core/stores/sqlite.ts",
    "src/core/types.ts",
    "src/core/values.ts",
    "src/http/body.ts",
    "src/http/commands.ts",
    "src/http/filter.ts",
    "src/http/paths.ts",
    "src/http/problem.ts",
    "src/http/queries.ts",
    "src/http/resources.ts",
    "src/http/server.ts",
    "src/main.ts",
    "src/stores.ts",
    "test/core/filter.test.ts",
    "test/core/http.test.ts",
    "test/core/migrations.test.ts",
    "test/core/privacy.test.ts",
    "test/core/projector.test.ts",
    "test/core/stores.test.ts",
    "test/core/values.test.ts",
    "test/generated/api.test.ts",
    "test/support/decider.ts",
    "test/support/http.ts",
    "test/support/postgres.ts",
    "test/support/scenario.ts",
    "tsconfig.json",
    "test/core/policies.test.ts",
];
const ONCE: [(&str, &str); 1] = golden![".gitignore"];
const MERGED: [(&str, &str); 1] = golden!["compose.yaml"];
const NAMED: [(&str, &str); 2] = golden!["package.json", "package-lock.json"];
/// What the golden service calls its package, and what it says of itself.
const PACKAGE: &str = "\"todo-list\"";
const DESCRIPTION: &str = "\"TODO List: an event-sourced service\"";

#[derive(Template)]
#[template(path = "node/README.md", escape = "none")]
pub struct Readme {
    title: String,
    questions: Vec<String>,
}

pub fn write(layout: &Layout<'_>, tree: &mut Tree) {
    for (care, files) in [(Care::Owned, &OWNED[..]), (Care::Once, &ONCE[..]), (Care::Merged, &MERGED[..])] {
        for (path, text) in files {
            tree.put(*path, care, *text);
        }
    }
    let package = Json::from(layout.package.as_str()).to_string();
    let description = Json::from(format!("{}: an event-sourced service", layout.title)).to_string();
    for (path, text) in NAMED {
        // Whoever adds a dependency has a lock of his own.
        let care = if path == "package.json" { Care::Merged } else { Care::Once };
        tree.put(path, care, text.replace(PACKAGE, &package).replace(DESCRIPTION, &description));
    }
}

pub fn readme(layout: &Layout<'_>) -> Readme {
    let questions = policies::open_questions(layout);
    Readme { title: markdown(&layout.title), questions: questions.iter().map(|one| markdown(one)).collect() }
}

/// Text that Markdown takes for nothing but text, on one line.
fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => out.extend(['\\', character]),
            one if one.is_control() => out.push(' '),
            one => out.push(one),
        }
    }
    out
}
