//! Folders for EventCatalog 3: a domain and a service for each context, with its commands, events, queries, aggregates
//! and words, and a flow for each policy. MDX with front matter; nothing of EventCatalog itself.
//!
//! Invariants: every pointer leads to something of this catalog; each id stands once.

use super::book::{Book, Context, slug};
use super::markdown::{Page, and, code};
use super::rules;
use crate::api::Unique;
use crate::json::Json;
use foldhash::HashSet;
use sim::model::{CategoryId, CommandId, EventId, PolicyId, ReadmodelId};
use sim::value::Type;

const VERSION: &str = "1.0.0";

/// The files by their paths.
pub fn files(book: &Book<'_>) -> Vec<(String, String)> {
    let ids = Ids::new(book);
    let mut files = vec![("README.md".to_owned(), readme(book))];
    for context in &book.contexts {
        let domain = format!("domains/{}", context.slug);
        let service = format!("{domain}/services/{}", context.slug);
        files.push((format!("{domain}/index.mdx"), self::domain(book, context, &ids)));
        if !context.model.terms.is_empty() {
            files.push((format!("{domain}/ubiquitous-language.mdx"), language(context)));
        }
        files.push((format!("{service}/index.mdx"), self::service(book, context, &ids)));
        for id in &context.categories {
            let folder = &ids.entities[id.index()];
            files.push((format!("{domain}/entities/{folder}/index.mdx"), entity(book, *id, &ids)));
            for command in &book.model.category(*id).commands {
                let folder = &ids.commands[command.index()];
                files.push((
                    format!("{service}/commands/{folder}/index.mdx"),
                    self::command(book, *command, &ids),
                ));
            }
            for event in &book.model.category(*id).events {
                let folder = &ids.events[event.index()];
                files.push((format!("{service}/events/{folder}/index.mdx"), self::event(book, *event, &ids)));
            }
        }
        for id in &context.readmodels {
            let folder = &ids.queries[id.index()];
            files.push((format!("{service}/queries/{folder}/index.mdx"), query(book, *id, &ids)));
        }
        for id in &context.policies {
            let folder = &ids.flows[id.index()];
            files.push((format!("{domain}/flows/{folder}/index.mdx"), flow(book, *id, &ids)));
        }
    }
    files
}

fn readme(book: &Book<'_>) -> String {
    let mut page = Page::default();
    page.heading(1, &format!("{} in EventCatalog", book.title()));
    page.block(
        "Copy the folder `domains` into an EventCatalog 3 project (`npx @eventcatalog/create-eventcatalog`). Each \
         context is a domain with one service; what can be seen is a query, what follows by itself a flow.",
    );
    page.finish()
}

/// What everything is pointed at by.
struct Ids {
    domains: Vec<String>,
    services: Vec<String>,
    entities: Vec<String>,
    commands: Vec<String>,
    events: Vec<String>,
    queries: Vec<String>,
    flows: Vec<String>,
}

impl Ids {
    fn new(book: &Book<'_>) -> Ids {
        let model = book.model;
        let mut all = Unique::default();
        let mut id = |words: &str| all.name(slug(words));
        let mut of = |word: &str, name: &str| id(&format!("{name} {word}"));
        Ids {
            domains: book.contexts.iter().map(|one| of("domain", &one.title)).collect(),
            services: book.contexts.iter().map(|one| of("service", &one.title)).collect(),
            entities: model
                .categories
                .iter()
                .map(|one| of("", &format!("{} {}", one.context, one.name)))
                .collect(),
            commands: model.commands.iter().map(|one| of("", &words(&one.name))).collect(),
            events: model.events.iter().map(|one| of("", &words(&one.name))).collect(),
            queries: model.readmodels.iter().map(|one| of("", &words(&one.name))).collect(),
            flows: model.policies.iter().map(|one| of("", &one.name.label)).collect(),
        }
    }
}

/// `Ordering Add Item` where there are several contexts.
fn words(name: &sim::model::Name) -> String {
    match name.full == name.name {
        true => name.label.to_string(),
        false => sim::model::words(&name.full).to_string(),
    }
}

/// The lines between the dashes.
struct Front(String);

impl Front {
    fn new(id: &str, name: &str) -> Front {
        let mut front = Front("---\n".to_owned());
        front.field("id", id);
        front.field("name", if name.trim().is_empty() { "Untitled" } else { name });
        front.field("version", VERSION);
        front
    }

    fn field(&mut self, key: &str, value: &str) {
        self.raw(key, &quoted(value));
    }

    fn raw(&mut self, key: &str, value: &str) {
        self.0.push_str(&format!("{key}: {value}\n"));
    }

    /// A list of things of this catalog.
    fn pointers<'a>(&mut self, key: &str, ids: impl IntoIterator<Item = &'a String>) {
        let mut seen = HashSet::default();
        for id in ids {
            if seen.is_empty() {
                self.0.push_str(&format!("{key}:\n"));
            }
            if seen.insert(id) {
                self.0.push_str(&format!("  - id: {}\n    version: {}\n", quoted(id), quoted(VERSION)));
            }
        }
    }

    fn with(self, body: Page) -> String {
        let body = body.finish();
        format!("{}---\n\n{body}", self.0)
    }
}

/// A string of JSON is one of YAML.
fn quoted(text: &str) -> String {
    Json::from(text).compact()
}

/// Text of MDX, where braces begin code.
fn plain(text: &str) -> String {
    super::markdown::plain(text).replace('{', "&#123;").replace('}', "&#125;")
}

fn named(label: &str) -> String {
    format!("“{}”", plain(label))
}

fn graph(page: &mut Page) {
    page.block("<NodeGraph />");
}

fn domain(book: &Book<'_>, context: &Context<'_>, ids: &Ids) -> String {
    let mut front = Front::new(&ids.domains[context.index], &context.title);
    front.field("summary", &format!("The context {} of {}", context.title, book.title()));
    front.pointers("services", [&ids.services[context.index]]);
    front.pointers("entities", context.categories.iter().map(|id| &ids.entities[id.index()]));
    let mut page = Page::default();
    page.block(format!("{} is a context of {}.", named(&context.title), named(book.title())));
    graph(&mut page);
    front.with(page)
}

fn language(context: &Context<'_>) -> String {
    let mut text = "---\ndictionary:\n".to_owned();
    let mut unique = Unique::default();
    for term in &context.model.terms {
        let id = unique.name(slug(&term.name));
        let (name, meaning) = (quoted(&term.name), quoted(&term.meaning));
        text.push_str(&format!("  - id: {}\n    name: {name}\n    summary: {meaning}\n", quoted(&id)));
    }
    text + "---\n"
}

/// It receives its own commands and queries and what its policies react to; it sends its events, and the commands that
/// follow by policies.
fn service(book: &Book<'_>, context: &Context<'_>, ids: &Ids) -> String {
    let model = book.model;
    let mut front = Front::new(&ids.services[context.index], &context.title);
    front.field("summary", &format!("What is done in {}, and what happens there", context.title));
    let categories = || context.categories.iter().map(|id| model.category(*id));
    let policies = || context.policies.iter().map(|id| model.policy(*id));
    let commands = categories().flat_map(|one| &one.commands).map(|id| &ids.commands[id.index()]);
    let queries = context.readmodels.iter().map(|id| &ids.queries[id.index()]);
    let heard = policies().map(|one| &ids.events[one.event.index()]);
    front.pointers("receives", commands.chain(queries).chain(heard));
    let events = categories().flat_map(|one| &one.events).map(|id| &ids.events[id.index()]);
    let sent = policies().map(|one| &ids.commands[one.command.index()]);
    front.pointers("sends", events.chain(sent));
    let mut page = Page::default();
    page.block(format!("What is done in {}, and what happens there.", named(&context.title)));
    graph(&mut page);
    front.with(page)
}

fn entity(book: &Book<'_>, id: CategoryId, ids: &Ids) -> String {
    let category = book.model.category(id);
    let mut front = Front::new(&ids.entities[id.index()], &category.name);
    front.raw("aggregateRoot", "true");
    front.field("identifier", &category.id);
    front.0.push_str("properties:\n");
    let events = category.events.iter().map(|id| book.model.event(*id));
    let mut seen = HashSet::default();
    for property in events.flat_map(|event| &event.properties) {
        if seen.insert(&property.name) {
            let required = property.name == category.id;
            front.0.push_str(&format!(
                "  - name: {}\n    type: {}\n    required: {required}\n",
                quoted(&property.name),
                quoted(&property.r#type.to_string())
            ));
        }
    }
    let mut page = Page::default();
    page.block(format!("{}: what is known of each from all that happened to it.", named(&category.name)));
    front.with(page)
}

fn fields<'a>(page: &mut Page, fields: impl Iterator<Item = (&'a str, Type)>) {
    page.table(["Name", "As"], fields.map(|(name, r#type)| [code(name), rules::kind(r#type)]));
}

fn command(book: &Book<'_>, id: CommandId, ids: &Ids) -> String {
    let command = book.model.command(id);
    let mut front = Front::new(&ids.commands[id.index()], &command.name.label);
    let events: Vec<&str> =
        command.outcomes.iter().map(|one| &*book.model.event(one.event).name.label).collect();
    if !events.is_empty() {
        front.field("summary", &format!("Leads to {}", events.join(", ")));
    }
    let mut page = Page::default();
    if let Some(actor) = &command.actor {
        page.block(format!("Usually done by {}.", named(actor)));
    }
    fields(&mut page, command.parameters.iter().map(|one| (one.name.as_str(), one.r#type)));
    let conditions = command.preconditions.iter().map(|one| {
        let label = one.event.map(|event| book.model.event(event).name.label.clone());
        let label = label.unwrap_or_else(|| sim::model::words(&one.name));
        let word = if one.must { "before" } else { "once" };
        format!("Refused {word} {} has happened.", named(&label))
    });
    page.list(conditions);
    graph(&mut page);
    front.with(page)
}

fn event(book: &Book<'_>, id: EventId, ids: &Ids) -> String {
    let event = book.model.event(id);
    let mut front = Front::new(&ids.events[id.index()], &event.name.label);
    let led: Vec<String> =
        book.led[id.index()].iter().map(|id| named(&book.model.command(*id).name.label)).collect();
    front.field(
        "summary",
        &format!("Something that happens to one {}", book.model.category(event.category).name),
    );
    let mut page = Page::default();
    page.block(match led.is_empty() {
        true => "It happens outside: no command leads to it.".to_owned(),
        false => format!("It happens because of {}.", and(&led)),
    });
    fields(&mut page, event.properties.iter().map(|one| (one.name.as_str(), one.r#type)));
    graph(&mut page);
    front.with(page)
}

fn query(book: &Book<'_>, id: ReadmodelId, ids: &Ids) -> String {
    let readmodel = book.model.readmodel(id);
    let mut front = Front::new(&ids.queries[id.index()], &readmodel.name.label);
    front.field("summary", &format!("One row for each {}", readmodel.key));
    let mut page = Page::default();
    let events: Vec<String> =
        readmodel.hears.iter().map(|one| named(&book.model.event(one.event).name.label)).collect();
    if !events.is_empty() {
        page.block(format!("Made of {}.", and(&events)));
    }
    fields(&mut page, readmodel.columns.iter().map(|one| (one.name.as_str(), one.r#type)));
    graph(&mut page);
    front.with(page)
}

/// An event, the policy's words, and the command that follows.
fn flow(book: &Book<'_>, id: PolicyId, ids: &Ids) -> String {
    let policy = book.model.policy(id);
    let (event, command) = (book.model.event(policy.event), book.model.command(policy.command));
    let mut front = Front::new(&ids.flows[id.index()], &policy.name.label);
    let step = |id: &str, title: &str, to: &str, next: &str| {
        let next = if next.is_empty() { String::new() } else { format!("    next_step: {}\n", quoted(next)) };
        format!(
            "  - id: {}\n    title: {}\n    message:\n      id: {}\n      version: {}\n{next}",
            quoted(id),
            quoted(title),
            quoted(to),
            quoted(VERSION)
        )
    };
    front.0.push_str("steps:\n");
    front.0.push_str(&step("event", &event.name.label, &ids.events[policy.event.index()], "command"));
    front.0.push_str(&step("command", &command.name.label, &ids.commands[policy.command.index()], ""));
    let mut page = Page::default();
    page.block(format!("{}.", plain(&policy.name.label)));
    page.block("<NodeGraph />");
    front.with(page)
}
