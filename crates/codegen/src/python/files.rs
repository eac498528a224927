//! The files of the service as a whole that depend on its model: its composition, its tests, and what surrounds it.

use super::context::text;
use super::imports::Imports;
use super::names::quoted;
use super::policies::Policies;
use super::view::Service;
use crate::{Care, Tree};
use askama::Template;

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
    Dockerfile "python/Dockerfile",
    Conftest "python/tests/conftest.py",
);

#[derive(Template)]
#[template(path = "python/README.md", escape = "none")]
struct Readme<'a> {
    service: &'a Service,
    /// Conditions that only people could judge, as files and functions.
    questions: Vec<(String, String)>,
}

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

pub fn write(service: &Service, policies: &[Policies], tree: &mut Tree) {
    let package = &service.package;
    let about = format!("\"\"\"{}: an event-sourced service.\"\"\"\n", super::names::escaped(&service.title));
    tree.put(format!("{package}/__init__.py"), Care::Owned, about);
    tree.put(format!("{package}/__main__.py"), Care::Owned, text(&Main { service }));
    tree.put(format!("{package}/application.py"), Care::Owned, text(&application(service, policies)));
    tree.put("pyproject.toml", Care::Merged, text(&Project { service }));
    tree.put("Dockerfile", Care::Owned, text(&Dockerfile { service }));
    tree.put("README.md", Care::Owned, text(&readme(service, policies)));
    tree.put("tests/conftest.py", Care::Owned, text(&Conftest { service }));
    tree.put("tests/test_domain.py", Care::Owned, text(&test_domain(service)));
}

fn readme<'a>(service: &'a Service, policies: &[Policies]) -> Readme<'a> {
    let mut questions = Vec::new();
    for (context, policies) in service.contexts.iter().zip(policies) {
        let folder = match context.module.is_empty() {
            true => service.package.clone(),
            false => format!("{}/{}", service.package, context.module),
        };
        let functions = policies.conditions.iter().map(|condition| condition.function.clone());
        questions.extend(functions.map(|function| (format!("{folder}/conditions.py"), function)));
    }
    Readme { service, questions }
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
