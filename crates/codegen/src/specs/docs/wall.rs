//! The wall behind the model: what stands on it that the model does not know, and pictures of it and its parts.

use super::book::{Book, Context, slug};
use crate::Source;
use draw::Theme;
use emd::{Annotation, Kind, Line};
use sim::model::CategoryId;
use std::borrow::Cow;

pub struct Wall<'a> {
    /// The lines, with the context each belongs to.
    lines: Vec<Written<'a>>,
    pub questions: Vec<Question<'a>>,
    pub opportunities: Vec<Remark<'a>>,
    pub systems: Vec<Remark<'a>>,
}

struct Written<'a> {
    raw: &'a str,
    line: Line<'a>,
    context: usize,
}

/// A hotspot, and what closed it.
pub struct Question<'a> {
    pub words: Cow<'a, str>,
    pub context: usize,
    /// The words behind `@resolved`, which may be none.
    pub answer: Option<Cow<'a, str>>,
}

pub struct Remark<'a> {
    pub words: Cow<'a, str>,
    pub context: usize,
}

impl<'a> Wall<'a> {
    pub fn new(source: &'a Source) -> Wall<'a> {
        let contexts = &source.solution.contexts;
        let mut wall =
            Wall { lines: Vec::new(), questions: Vec::new(), opportunities: Vec::new(), systems: Vec::new() };
        let mut context = 0;
        for raw in source.text.lines() {
            let line = emd::line(raw);
            let words = line.name.text.clone();
            match line.kind {
                Kind::Context => {
                    context = contexts.iter().position(|one| one.name == words).unwrap_or(context)
                }
                Kind::Hotspot => wall.questions.push(Question { words, context, answer: None }),
                Kind::Opportunity => wall.opportunities.push(Remark { words, context }),
                Kind::System => wall.systems.push(Remark { words, context }),
                Kind::Annotation(Annotation::Resolved) => {
                    if let Some(question) = wall.questions.last_mut() {
                        question.answer.get_or_insert(words);
                    }
                }
                _ => {}
            }
            wall.lines.push(Written { raw, line, context });
        }
        wall
    }

    /// The lines of one context, without its scenarios.
    fn of_context(&self, context: &Context<'_>) -> Vec<&'a str> {
        let own = self.lines.iter().filter(|one| one.context == context.index && !is_title(one));
        own.filter(|one| !is_scenario(one.line.kind)).map(|one| one.raw).collect()
    }

    /// The lines of one kind of stream: its commands with who does them and what comes of them, and the read models
    /// that are about it.
    fn of_category(&self, book: &Book<'_>, context: &Context<'_>, id: CategoryId) -> Vec<&'a str> {
        let mut kept = Vec::new();
        let mut waiting: Vec<&str> = Vec::new();
        let mut inside = false;
        for one in self.lines.iter().filter(|one| one.context == context.index) {
            match one.line.kind {
                Kind::Actor | Kind::Screen => waiting.push(one.raw),
                Kind::Command => {
                    let name = &eml::names::spaceless(&one.line.name.text);
                    let commands = &book.model.category(id).commands;
                    inside = commands.iter().any(|id| book.model.command(*id).name.name == *name);
                    if inside {
                        kept.append(&mut waiting);
                        kept.push(one.raw);
                    }
                    waiting.clear();
                }
                Kind::ReadModel => {
                    waiting.clear();
                    inside = is_about(book, context, id, &one.line);
                    kept.extend(inside.then_some(one.raw));
                }
                Kind::Event if !inside => {
                    let name = &eml::names::spaceless(&one.line.name.text);
                    let events = &book.model.category(id).events;
                    let own = events.iter().any(|id| book.model.event(*id).name.name == *name);
                    kept.extend(own.then_some(one.raw));
                }
                kind if is_frame(kind) || is_scenario(kind) => {
                    waiting.clear();
                    inside = false;
                }
                _ if inside => kept.push(one.raw),
                _ => {}
            }
        }
        kept
    }
}

/// Whether the read model on this line has the stream's id as its key.
fn is_about(book: &Book<'_>, context: &Context<'_>, id: CategoryId, line: &Line<'_>) -> bool {
    let name = eml::names::spaceless(&line.name.text);
    let mut models = context.readmodels.iter().map(|id| book.model.readmodel(*id));
    models.any(|model| model.name.name == name && model.key == book.model.category(id).id)
}

fn is_title(line: &Written<'_>) -> bool {
    matches!(line.line.kind, Kind::Heading(_) | Kind::Context | Kind::Blank | Kind::Term)
}

const fn is_frame(kind: Kind) -> bool {
    matches!(kind, Kind::Heading(_) | Kind::Context | Kind::Chapter | Kind::Lane | Kind::Term | Kind::Blank)
}

const fn is_scenario(kind: Kind) -> bool {
    matches!(kind, Kind::Scenario(_))
}

pub const WHOLE: &str = "pictures/wall.svg";

pub fn of_context(context: &Context<'_>) -> String {
    format!("pictures/{}.svg", context.slug)
}

pub fn of_category(book: &Book<'_>, context: &Context<'_>, id: CategoryId) -> String {
    let number = context.categories.iter().position(|one| *one == id).unwrap_or(0) + 1;
    format!("pictures/{}-{number}-{}.svg", context.slug, slug(&book.model.category(id).name))
}

/// The pictures by their paths: the whole wall, each context where there are several, each kind of stream.
pub fn pictures(book: &Book<'_>) -> Vec<(String, String)> {
    let drawn = |lines: &[&str]| draw::wall(lines, Theme::Light);
    let all: Vec<&str> = book.wall.lines.iter().map(|one| one.raw).collect();
    let mut pictures = vec![(WHOLE.to_owned(), drawn(&all))];
    for context in &book.contexts {
        if !book.is_one() {
            pictures.push((of_context(context), drawn(&book.wall.of_context(context))));
        }
        for id in &context.categories {
            let lines = book.wall.of_category(book, context, *id);
            pictures.push((of_category(book, context, *id), drawn(&lines)));
        }
    }
    pictures
}
