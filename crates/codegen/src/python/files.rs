//! The files of the service as a whole: its core, its composition, its tests, and what surrounds it.

use super::context::text;
use super::imports::Imports;
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
    Dockerfile "python/Dockerfile",
    Conftest "python/tests/conftest.py",
);

#[derive(Template)]
#[template(path = "python/package/application.py", escape = "none")]
struct Application<'a> {
    service: &'a Service,
    name: String,
    imports: Vec<String>,
    parts: Vec<Composed>,
    aggregates: Vec<String>,
    policies: Vec<String>,
}

#[derive(Template)]
#[template(path = "python/tests/test_domain.py", escape = "none")]
struct TestDomain<'a> {
    service: &'a Service,
    imports: Vec<String>,
}

#[derive(Template)]
#[template(path = "python/tests/test_stores.py", escape = "none")]
struct TestStores {
    imports: Vec<String>,
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
    tree.put("compose.yaml", Care::Merged, include_str!("../../templates/python/compose.yaml"));
    tree.put("Dockerfile", Care::Owned, text(&Dockerfile { service }));
    tree.put("README.md", Care::Owned, text(&Readme { service }));
    tree.put(".gitignore", Care::Once, include_str!("../../templates/python/gitignore"));
    tree.put(".dockerignore", Care::Once, include_str!("../../templates/python/dockerignore"));
    tree.put("tests/conftest.py", Care::Owned, text(&Conftest { service }));
    tree.put("tests/test_api.py", Care::Owned, include_str!("../../templates/python/tests/test_api.py"));
    tree.put("tests/test_stores.py", Care::Owned, text(&test_stores(service)));
    tree.put("tests/test_domain.py", Care::Owned, text(&test_domain(service)));
}

fn application<'a>(service: &'a Service, policies: &[Policies]) -> Application<'a> {
    let mut imports = Imports::default();
    imports.add(".core.app", "create_app", "create_app");
    imports.add(".core.service", "Service", "Service");
    let mut aggregates = Vec::new();
    let mut reacting = Vec::new();
    let mut parts = Vec::new();
    for (context, policies) in service.contexts.iter().zip(policies) {
        let name = |of: &str| format!("{}{of}", context.prefix());
        imports.add(&format!(".{}", context.module), "domain", &name("domain"));
        let generated = match context.module.is_empty() {
            true => ".generated".to_owned(),
            false => format!(".{}.generated", context.module),
        };
        for module in ["api", "events", "readmodels"] {
            imports.add(&generated, module, &name(module));
        }
        if !policies.all.is_empty() {
            imports.add(&generated, "policies", &name("policies"));
            reacting.push(name("policies"));
        }
        aggregates
            .extend(context.streams.iter().map(|stream| format!("{}.{}", name("domain"), stream.class)));
        parts.push(Composed { api: name("api"), events: name("events"), readmodels: name("readmodels") });
    }
    let name = quoted(&service.package);
    Application { service, name, imports: imports.lines(), parts, aggregates, policies: reacting }
}

/// What `test_domain.py` needs.
fn test_domain(service: &Service) -> TestDomain<'_> {
    let mut imports = Imports::default();
    let package = &service.package;
    imports.add(&format!("{package}.core.aggregates"), "Aggregate", "Aggregate");
    imports.add(&format!("{package}.core.messages"), "Command", "Command");
    for context in service.contexts.iter().filter(|context| !context.commands.is_empty()) {
        let module = match context.module.is_empty() {
            true => package.clone(),
            false => format!("{package}.{}", context.module),
        };
        imports.add(&module, "domain", &format!("{}domain", context.prefix()));
        imports.add(&format!("{module}.generated"), "commands", &format!("{}commands", context.prefix()));
    }
    TestDomain { service, imports: imports.lines() }
}

fn test_stores(service: &Service) -> TestStores {
    const NAMES: [(&str, &[&str]); 8] = [
        ("aggregates", &["Aggregate"]),
        ("messages", &["Command", "Event", "event_property", "must_have", "parameter"]),
        ("policies", &["whenever"]),
        ("queries", &["Column"]),
        ("readmodels", &["Heard", "Readmodel"]),
        ("rules", &["Refused"]),
        ("service", &["Envelope", "KeyReused", "Service", "WrongVersion", "start"]),
        ("values", &["INTEGER", "TEXT", "short"]),
    ];
    let mut imports = Imports::default();
    for (module, names) in NAMES {
        for name in names {
            imports.add(&format!("{}.core.{module}", service.package), name, name);
        }
    }
    TestStores { imports: imports.lines() }
}
