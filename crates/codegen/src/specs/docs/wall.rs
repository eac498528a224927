//! The wall behind the model: what stands on it that the model does not know, and pictures of it and its parts.

use super::book::{Book, Context, slug};
use crate::Source;
use draw::Theme;
use emd::{Annotation, Kind, Line};
use eml::names::spaceless;
use foldhash::HashMap;
use sim::model::CategoryId;
use sim::value::Text;
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
        let contexts = source.solution.contexts.iter().enumerate().rev();
        let contexts: HashMap<&str, usize> =
            contexts.map(|(index, context)| (context.name.as_str(), index)).collect();
        let mut wall =
            Wall { lines: Vec::new(), questions: Vec::new(), opportunities: Vec::new(), systems: Vec::new() };
        let mut context = 0;
        for raw in source.text.lines() {
            let line = emd::line(raw);
            let words = line.name.text.clone();
            match line.kind {
                Kind::Context => context = contexts.get(&*words).copied().unwrap_or(context),
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

    /// The lines of each context.
    fn by_context(&self, contexts: usize) -> Vec<Vec<&Written<'a>>> {
        let mut parts = vec![Vec::new(); contexts];
        for one in &self.lines {
            if let Some(part) = parts.get_mut(one.context) {
                part.push(one);
            }
        }
        parts
    }
}

/// The lines of a context, without its scenarios.
fn told<'a>(lines: &[&Written<'a>]) -> Vec<&'a str> {
    let told = lines.iter().filter(|one| !is_title(one) && !is_scenario(one.line.kind));
    told.map(|one| one.raw).collect()
}

/// The lines of each kind of stream of a context: its commands with who does them and what comes of them, and the read
/// models that are about it.
fn by_category<'a>(lines: &[&Written<'a>], owners: &Owners<'_>) -> HashMap<CategoryId, Vec<&'a str>> {
    let mut parts: HashMap<CategoryId, Vec<&'a str>> = HashMap::default();
    let mut waiting: Vec<&str> = Vec::new();
    let mut inside: &[CategoryId] = &[];
    for one in lines {
        let mut put = |ids: &[CategoryId], lines: &[&'a str]| {
            ids.iter().for_each(|id| parts.entry(*id).or_default().extend(lines));
        };
        let kind = one.line.kind;
        match kind {
            Kind::Actor | Kind::Screen => waiting.push(one.raw),
            Kind::Command => {
                inside = owned(&owners.commands, &one.line);
                waiting.push(one.raw);
                put(inside, &waiting);
                waiting.clear();
            }
            Kind::ReadModel => {
                inside = owned(&owners.readmodels, &one.line);
                put(inside, &[one.raw]);
                waiting.clear();
            }
            _ if is_frame(kind) || is_scenario(kind) => {
                waiting.clear();
                inside = &[];
            }
            _ => put(inside, &[one.raw]),
        }
        if kind == Kind::Event {
            let own = owned(&owners.events, &one.line).iter().filter(|id| !inside.contains(id));
            own.for_each(|id| put(&[*id], &[one.raw]));
        }
    }
    parts
}

/// By the names of a context's commands, events and read models the kinds of streams that they belong to; a read model
/// to those whose id is its key.
#[derive(Default)]
struct Owners<'a> {
    commands: Owned<'a>,
    events: Owned<'a>,
    readmodels: Owned<'a>,
}

type Owned<'a> = HashMap<&'a Text, Vec<CategoryId>>;

impl<'a> Owners<'a> {
    fn of(book: &'a Book<'_>, context: &Context<'_>) -> Owners<'a> {
        let mut owners = Owners::default();
        let mut ids = Owned::default();
        for id in &context.categories {
            let category = book.model.category(*id);
            own(&mut ids, &category.id, *id);
            for command in &category.commands {
                own(&mut owners.commands, &book.model.command(*command).name.name, *id);
            }
            for event in &category.events {
                own(&mut owners.events, &book.model.event(*event).name.name, *id);
            }
        }
        for readmodel in context.readmodels.iter().map(|id| book.model.readmodel(*id)) {
            for id in ids.get(&readmodel.key).into_iter().flatten() {
                own(&mut owners.readmodels, &readmodel.name.name, *id);
            }
        }
        owners
    }
}

fn own<'a>(owned: &mut Owned<'a>, name: &'a Text, id: CategoryId) {
    let known = owned.entry(name).or_default();
    if !known.contains(&id) {
        known.push(id);
    }
}

fn owned<'o>(owned: &'o Owned<'_>, line: &Line<'_>) -> &'o [CategoryId] {
    owned.get(&spaceless(&line.name.text)).map_or(&[], |ids| ids)
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
    let number = book.category_number(id);
    format!("pictures/{}-{number}-{}.svg", context.slug, slug(&book.model.category(id).name))
}

/// The pictures by their paths: the whole wall, each context where there are several, each kind of stream.
pub fn pictures(book: &Book<'_>) -> Vec<(String, String)> {
    let drawn = |lines: &[&str]| draw::wall(lines, Theme::Light);
    let all: Vec<&str> = book.wall.lines.iter().map(|one| one.raw).collect();
    let mut pictures = vec![(WHOLE.to_owned(), drawn(&all))];
    for (context, lines) in book.contexts.iter().zip(book.wall.by_context(book.contexts.len())) {
        if !book.is_one() {
            pictures.push((of_context(context), drawn(&told(&lines))));
        }
        let mut parts = by_category(&lines, &Owners::of(book, context));
        for id in &context.categories {
            let lines = parts.remove(id).unwrap_or_default();
            pictures.push((of_category(book, context, *id), drawn(&lines)));
        }
    }
    pictures
}
