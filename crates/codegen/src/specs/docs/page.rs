//! The page of one context: what is done there, what happens, what can be seen, what follows by itself, examples, and
//! what is still open.

use super::book::{Book, Context};
use super::markdown::{Page, and, code, plain};
use super::{rules, scenario, wall};
use crate::specs::spec::follows;
use sim::model::{CategoryId, CommandId, EventId, ReadmodelId, folded};

pub fn page(book: &Book<'_>, context: &Context<'_>) -> String {
    let mut page = Page::default();
    page.heading(1, &context.title);
    page.block(format!("[{}: overview](README.md)", plain(book.title())));
    let picture = if book.is_one() { wall::WHOLE.to_owned() } else { wall::of_context(context) };
    page.picture(&format!("The wall of {}", context.title), &picture);
    words(&mut page, context);
    for id in &context.categories {
        category(&mut page, book, context, *id);
    }
    readmodels(&mut page, book, context);
    if !context.policies.is_empty() {
        page.heading(2, "What follows by itself");
        let policies = context.policies.iter().map(|id| book.model.policy(*id));
        page.list(policies.map(|one| rules::policy(book, Some(context.index), one)));
    }
    if !context.model.scenarios.is_empty() {
        page.heading(2, "Examples");
        scenario::write(&mut page, book, context);
    }
    remarks(&mut page, book, context);
    page.finish()
}

/// The glossary.
fn words(page: &mut Page, context: &Context<'_>) {
    if !context.model.terms.is_empty() {
        page.heading(2, "Words");
        let terms = context.model.terms.iter();
        page.table(
            ["Word", "Meaning"],
            terms.map(|term| [format!("**{}**", plain(&term.name)), plain(&term.meaning)]),
        );
    }
}

fn category(page: &mut Page, book: &Book<'_>, context: &Context<'_>, id: CategoryId) {
    let category = book.model.category(id);
    page.marked(2, book.category_anchor(id), &category.name);
    let term = context.model.terms.iter().find(|term| folded(&term.name) == folded(&category.name));
    if let Some(term) = term.filter(|term| !term.meaning.is_empty()) {
        page.block(format!("> {}: {}", plain(&term.name), plain(&term.meaning)));
    }
    page.block(format!("Each of them is known by its {}.", code(&category.id)));
    page.block(rules::personal(book, id).unwrap_or_default());
    let picture = wall::of_category(book, context, id);
    page.picture(&format!("{} on the wall", category.name), &picture);
    for command in &category.commands {
        self::command(page, book, context, *command);
    }
    if !category.events.is_empty() {
        page.heading(3, "What happens to it");
        let rows = category.events.iter().map(|id| event(book, context, *id));
        page.table(["Event", "Tells", "Because of"], rows);
    }
}

fn event(book: &Book<'_>, context: &Context<'_>, id: EventId) -> [String; 3] {
    let event = book.model.event(id);
    let led = book.led[id.index()].iter().map(|id| book.to_command(Some(context.index), *id));
    let led = led.collect::<Vec<_>>().join(", ");
    let name = format!("<a id=\"{}\"></a>**{}**", book.event_anchor(id), plain(&event.name.label));
    [name, rules::carries(event), if led.is_empty() { "something outside".to_owned() } else { led }]
}

fn command(page: &mut Page, book: &Book<'_>, context: &Context<'_>, id: CommandId) {
    let from = Some(context.index);
    let command = book.model.command(id);
    page.marked(3, book.command_anchor(id), &command.name.label);
    let mut said = Vec::new();
    if let Some(actor) = &command.actor {
        said.push(format!("Done by **{}**.", plain(actor)));
    }
    let category = &book.model.category(command.category).name;
    if command.creates {
        said.push(format!("A new {} comes into being with it.", plain(category)));
    }
    let events: Vec<String> =
        command.outcomes.iter().map(|outcome| book.to_event(from, outcome.event)).collect();
    if !events.is_empty() {
        said.push(format!("It leads to {}.", and(&events)));
    }
    page.block(said.join(" "));
    let rows = command
        .parameters
        .iter()
        .map(|one| [code(&one.name), rules::kind(one.r#type), rules::parameter(book, from, command, one)]);
    page.table(["What is said", "As", "Rules"], rows);
    let follows = follows(book.model, command).map(|id| rules::policy(book, from, book.model.policy(id)));
    page.list(rules::conditions(book, from, command).into_iter().chain(follows));
}

fn readmodels(page: &mut Page, book: &Book<'_>, context: &Context<'_>) {
    if context.readmodels.is_empty() {
        return;
    }
    page.heading(2, "What can be seen");
    for id in &context.readmodels {
        readmodel(page, book, context, *id);
    }
}

fn readmodel(page: &mut Page, book: &Book<'_>, context: &Context<'_>, id: ReadmodelId) {
    let model = book.model.readmodel(id);
    page.marked(3, book.readmodel_anchor(id), &model.name.label);
    let events: Vec<String> =
        model.hears.iter().map(|heard| book.to_event(Some(context.index), heard.event)).collect();
    page.block(match events.is_empty() {
        true => "Nothing that happens is shown in it yet.".to_owned(),
        false => format!("One row for each {}; it changes with {}.", code(&model.key), and(&events)),
    });
    let shown: Vec<[String; 2]> = model
        .columns
        .iter()
        .filter(|column| column.shown)
        .map(|column| [code(&column.name), rules::kind(column.r#type)])
        .collect();
    page.table(["Column", "As"], shown);
    let more: Vec<String> =
        model.columns.iter().filter(|column| !column.shown).map(|column| code(&column.name)).collect();
    if !more.is_empty() {
        page.block(format!("What the events tell besides is kept too: {}.", and(&more)));
    }
}

/// What the wall still asks and offers.
fn remarks(page: &mut Page, book: &Book<'_>, context: &Context<'_>) {
    let own = |index: usize| index == context.index;
    let questions: Vec<_> = book.wall.questions.iter().filter(|one| own(one.context)).collect();
    let (open, answered): (Vec<_>, Vec<_>) = questions.into_iter().partition(|one| one.answer.is_none());
    if !open.is_empty() {
        page.heading(2, "Open questions");
        page.list(open.iter().map(|one| plain(&one.words)));
    }
    if !answered.is_empty() {
        page.heading(2, "Questions that were answered");
        page.list(answered.iter().map(|one| super::readme::answered(one)));
    }
    let ideas = book.wall.opportunities.iter().filter(|one| own(one.context));
    let ideas: Vec<String> = ideas.map(|one| plain(&one.words)).collect();
    if !ideas.is_empty() {
        page.heading(2, "Ideas");
        page.list(ideas);
    }
}
