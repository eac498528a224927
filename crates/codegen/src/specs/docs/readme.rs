//! The first page: what the whole is about, where to read on, who does what, and what is still open.

use super::book::Book;
use super::markdown::{Page, plain};
use super::rules;
use super::wall::{self, Question};
use foldhash::{HashMap, HashSet};

pub fn page(book: &Book<'_>) -> String {
    let mut page = Page::default();
    page.heading(1, book.title());
    page.picture("The whole wall", wall::WHOLE);
    page.block(
        "Blue is what somebody does (a command), orange what has happened (an event), green what can be seen (a read \
         model), violet what follows by itself (a policy), yellow who does it, pink what is still asked.",
    );
    page.heading(2, if book.is_one() { "Where to read on" } else { "Contexts" });
    page.table(["Context", "What is done", "What happens", "What can be seen"], contexts(book));
    actors(&mut page, book);
    policies(&mut page, book);
    questions(&mut page, book);
    glossary(&mut page, book);
    files(&mut page, book);
    page.finish()
}

fn contexts(book: &Book<'_>) -> Vec<[String; 4]> {
    let count = |number: usize, one: &str, many: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    };
    let row = |context: &super::book::Context<'_>| {
        let categories = context.categories.iter().map(|id| book.model.category(*id));
        let (commands, events) = categories.fold((0, 0), |(commands, events), one| {
            (commands + one.commands.len(), events + one.events.len())
        });
        [
            format!("[{}]({}.md)", plain(&context.title), context.slug),
            count(commands, "command", "commands"),
            count(events, "event", "events"),
            count(context.readmodels.len(), "read model", "read models"),
        ]
    };
    book.contexts.iter().map(row).collect()
}

/// Who does what. Of one name in several contexts it is one.
fn actors(page: &mut Page, book: &Book<'_>) {
    let mut actors: Vec<(&str, Vec<String>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::default();
    for context in &book.contexts {
        let own = context.commands(book.model);
        for actor in &context.model.actors {
            let at = *places.entry(&actor.name).or_insert_with(|| {
                actors.push((&actor.name, Vec::new()));
                actors.len() - 1
            });
            let found = actor.commands.iter().filter_map(|name| own.get(name)?.first());
            actors[at].1.extend(found.map(|id| book.to_command(None, *id)));
        }
    }
    if actors.is_empty() {
        return;
    }
    page.heading(2, "Who does what");
    let row = |(name, commands): &(&str, Vec<String>)| {
        let done = if commands.is_empty() { "reads".to_owned() } else { commands.join(", ") };
        [format!("**{}**", plain(name)), done]
    };
    page.table(["Who", "Does"], actors.iter().map(row));
    let systems: Vec<String> = unique(book.wall.systems.iter().map(|one| plain(&one.words)));
    if !systems.is_empty() {
        page.block(format!("Systems beside it: {}.", systems.join(", ")));
    }
}

fn unique(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = HashSet::default();
    words.filter(|word| known.insert(word.clone())).collect()
}

fn policies(page: &mut Page, book: &Book<'_>) {
    if !book.model.policies.is_empty() {
        page.heading(2, "What follows by itself");
        page.list(book.model.policies.iter().map(|one| rules::policy(book, None, one)));
    }
}

fn questions(page: &mut Page, book: &Book<'_>) {
    let (open, closed): (Vec<_>, Vec<_>) = book.wall.questions.iter().partition(|one| one.answer.is_none());
    if !open.is_empty() {
        page.heading(2, "Open questions");
        page.list(open.iter().map(|one| placed(book, one.context, &plain(&one.words))));
    }
    if !closed.is_empty() {
        page.heading(2, "Questions that were answered");
        page.list(closed.iter().map(|one| placed(book, one.context, &answered(one))));
    }
    if !book.wall.opportunities.is_empty() {
        page.heading(2, "Ideas");
        let ideas = book.wall.opportunities.iter();
        page.list(ideas.map(|one| placed(book, one.context, &plain(&one.words))));
    }
}

/// A question with its answer.
pub fn answered(question: &Question<'_>) -> String {
    let answer = question.answer.as_deref().unwrap_or_default();
    match answer.trim() {
        "" => format!("~~{}~~ (resolved)", plain(&question.words)),
        answer => format!("~~{}~~ (resolved {})", plain(&question.words), plain(answer)),
    }
}

/// Words with the context they are from.
fn placed(book: &Book<'_>, context: usize, words: &str) -> String {
    match book.contexts.get(context).filter(|_| !book.is_one()) {
        Some(context) => format!("{words} ([{}]({}.md))", plain(&context.title), context.slug),
        None => words.to_owned(),
    }
}

fn glossary(page: &mut Page, book: &Book<'_>) {
    let terms =
        book.contexts.iter().flat_map(|context| context.model.terms.iter().map(move |term| (context, term)));
    let mut terms: Vec<_> = terms.collect();
    if terms.is_empty() {
        return;
    }
    terms.sort_by_key(|(_, term)| term.name.to_lowercase());
    page.heading(2, "Words");
    let row = |(context, term): &(&super::book::Context<'_>, &eml::Term)| {
        let place = format!("[{}]({}.md)", plain(&context.title), context.slug);
        [format!("**{}**", plain(&term.name)), plain(&term.meaning), place]
    };
    page.table(["Word", "Meaning", "Context"], terms.iter().map(row));
}

/// What else was written, where it lies beside this page.
fn files(page: &mut Page, book: &Book<'_>) {
    page.heading(2, "The same for tools");
    let mut files = vec![
        "[Mermaid event modelling](../diagrams/eventmodeling.mmd), for Mermaid 11.15 or newer".to_owned(),
        "[Graphviz](../diagrams/rows.dot): commands, events and read models in rows".to_owned(),
        "[PlantUML](../diagrams/flow.puml): what leads to what".to_owned(),
        "[EventCatalog](../eventcatalog/README.md): folders to copy into a catalog".to_owned(),
    ];
    let words =
        if book.is_one() { "the context with its aggregates" } else { "the contexts and how they depend" };
    files.push(format!("[Context Mapper](../context-map.cml): {words}"));
    page.list(files);
}
