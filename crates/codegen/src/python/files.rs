//! The files of the service as a whole: its core, its composition, its tests, and what surrounds it.

use super::context::text;
use super::names::quoted;
use super::policies::Policies;
use super::view::Service;
use crate::{Care, Tree};
use askama::Template;

macro_rules! fixed {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../templates/python/package/", $path)))),*]
    };
}

/// The same in every service.
const CORE: [(&str, &str); 21] = fixed![
    "core/__init__.py",
    "core/aggregates.py",
    "core/app.py",
    "core/http.py",
    "core/mapping.py",
    "core/messages.py",
    "core/policies.py",
    "core/privacy.py",
    "core/queries.py",
    "core/readmodels.py",
    "core/rules.py",
    "core/service.py",
    "core/settings.py",
    "core/stores/__init__.py",
    "core/stores/kurrentdb.py",
    "core/stores/memory.py",
    "core/stores/postgres.py",
    "core/stores/sqlite.py",
    "core/strict_json.py",
    "core/testing.py",
    "core/values.py",
];

/// A context as `application.py` names it.
struct Composed {
    from: String,
    as_domain: String,
    generated: String,
    imports: Vec<String>,
    api: String,
    events: String,
    readmodels: String,
}

macro_rules! templates {
    ($($name:ident $path:literal),* $(,)?) => {$(
        #[derive(Template)]
        #[template(path = $path, escape = "none")]
        struct $name<'a> {
            service: &'a Service,
        }
    )*};
}

templates!(
    Main "python/package/main.py",
    Project "python/pyproject.toml",
    Readme "python/README.md",
    Compose "python/compose.yaml",
    Dockerfile "python/Dockerfile",
    Conftest "python/tests/conftest.py",
    TestApi "python/tests/test_api.py",
    TestStores "python/tests/test_stores.py",
    TestDomain "python/tests/test_domain.py",
);

#[derive(Template)]
#[template(path = "python/package/application.py", escape = "none")]
struct Application<'a> {
    service: &'a Service,
    name: String,
    parts: Vec<Composed>,
    aggregates: Vec<String>,
    policies: Vec<String>,
}

pub fn write(service: &Service, policies: &[Policies], tree: &mut Tree) {
    let package = &service.package;
    for (path, words) in CORE {
        tree.put(format!("{package}/{path}"), Care::Owned, words);
    }
    let about = format!("\"\"\"{}: an event-sourced service.\"\"\"\n", super::names::escaped(&service.title));
    tree.put(format!("{package}/__init__.py"), Care::Owned, about);
    tree.put(format!("{package}/py.typed"), Care::Owned, "");
    tree.put(format!("{package}/__main__.py"), Care::Owned, text(&Main { service }));
    tree.put(format!("{package}/application.py"), Care::Owned, text(&application(service, policies)));
    tree.put("pyproject.toml", Care::Merged, text(&Project { service }));
    tree.put("compose.yaml", Care::Merged, text(&Compose { service }));
    tree.put("Dockerfile", Care::Owned, text(&Dockerfile { service }));
    tree.put("README.md", Care::Owned, text(&Readme { service }));
    tree.put(".gitignore", Care::Once, include_str!("../../templates/python/gitignore"));
    tree.put(".dockerignore", Care::Once, include_str!("../../templates/python/dockerignore"));
    tree.put("tests/conftest.py", Care::Owned, text(&Conftest { service }));
    tree.put("tests/test_api.py", Care::Owned, text(&TestApi { service }));
    tree.put("tests/test_stores.py", Care::Owned, text(&TestStores { service }));
    tree.put("tests/test_domain.py", Care::Owned, text(&TestDomain { service }));
}

fn application<'a>(service: &'a Service, policies: &[Policies]) -> Application<'a> {
    let mut aggregates = Vec::new();
    let mut reacting = Vec::new();
    let mut parts = Vec::new();
    for (context, policies) in service.contexts.iter().zip(policies) {
        let module = &context.module;
        let name = |of: &str| if module.is_empty() { of.to_owned() } else { format!("{module}_{of}") };
        let import =
            |of: &str| if module.is_empty() { of.to_owned() } else { format!("{of} as {}", name(of)) };
        let mut imports = vec!["api", "events", "readmodels"];
        if !policies.all.is_empty() {
            imports.insert(2, "policies");
            reacting.push(name("policies"));
        }
        aggregates
            .extend(context.streams.iter().map(|stream| format!("{}.{}", name("domain"), stream.class)));
        parts.push(Composed {
            from: format!(".{module}"),
            as_domain: if module.is_empty() { String::new() } else { format!(" as {}", name("domain")) },
            generated: if module.is_empty() { ".generated".into() } else { format!(".{module}.generated") },
            imports: imports.into_iter().map(import).collect(),
            api: name("api"),
            events: name("events"),
            readmodels: name("readmodels"),
        });
    }
    Application { service, name: quoted(&service.package), parts, aggregates, policies: reacting }
}
