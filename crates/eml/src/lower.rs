//! From Event Markdown to EML.
//!
//! Invariants: order of first appearance; one pass over the lines and one over the read models, both linear; what the
//! model cannot take is a `Problem`, never a silent loss.
//! Not here: whether the model makes sense (`lint`).

mod annotate;
mod context;
mod outcomes;
mod read_models;
mod story;

use crate::model::{Place, Solution, VERSION};
use context::Builder;
use diag::Span;
use emd::{Document, Kind, Line};
use foldhash::HashMap;

/// Whose rules count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Profile {
    /// LES 0.10.7 to the letter.
    Les,
    /// The same with what LES wanted next, and with our own notation.
    #[default]
    Squall,
}

/// The model of a text, and what of the text is not in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lowered {
    pub solution: Solution,
    pub problems: Vec<Problem>,
}

/// Something that stands in the text and not in the model, or not as it stands there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    pub place: Place,
    pub what: What,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// The name of an event without a stream.
    NoStreamName(String),
    /// A read model's property that no event has.
    NoEventForProperty(String),
    /// A read model's first property, which is too short to make a key of.
    ShortKey(String),
    /// A command that no event with a stream follows.
    CommandWithoutStream(String),
    /// An annotation that the sticky before it has no use for; the words say which it would suit.
    NoSuchSticky(&'static str),
    /// An annotation that names what its sticky does not have.
    NoSuchName { name: String, of: String },
    /// An annotation that does not read as it should; the words show how.
    Unreadable(&'static str),
    /// A type that is none.
    UnknownType(String),
    /// One property name with two types.
    TypeConflict { name: String, first: String, second: String },
}

/// Lowers a document that was read in the way of the same profile (`Profile::read`).
pub fn lower(document: &Document, profile: Profile) -> Lowered {
    let mut problems = Vec::new();
    let mut contexts = Contexts::new(document, profile);
    for (index, line) in document.lines().iter().enumerate() {
        if line.kind == Kind::Context && profile == Profile::Squall {
            contexts.enter(line, index, &mut problems);
            continue;
        }
        contexts.current().line(line, index, document.raw(index), &mut problems);
    }
    contexts.finish(problems)
}

impl Profile {
    /// How this profile reads a line.
    pub fn read(self) -> fn(&str) -> Line<'_> {
        match self {
            Profile::Les => emd::les::line,
            Profile::Squall => emd::line,
        }
    }
}

/// The contexts in the order in which the text enters them.
struct Contexts<'a> {
    profile: Profile,
    title: Option<(&'a Line<'a>, usize)>,
    builders: Vec<Builder<'a>>,
    by_name: HashMap<&'a str, usize>,
    at: usize,
}

impl<'a> Contexts<'a> {
    fn new(document: &'a Document<'a>, profile: Profile) -> Self {
        let lines = document.lines().iter().enumerate();
        let title =
            lines.filter(|(_, line)| line.kind == Kind::Heading(1)).map(|(index, line)| (line, index)).next();
        let name = title.map_or("", |(line, _)| &*line.name.text);
        let place = title.map(|(line, index)| place(index, line.name.span));
        Contexts {
            profile,
            title,
            builders: vec![Builder::new(name, place, profile).with_room_for(document)],
            by_name: HashMap::from_iter([(name, 0)]),
            at: 0,
        }
    }

    fn current(&mut self) -> &mut Builder<'a> {
        &mut self.builders[self.at]
    }

    fn enter(&mut self, line: &'a Line<'a>, index: usize, problems: &mut Vec<Problem>) {
        self.current().leave(problems);
        let name: &str = &line.name.text;
        let next = self.builders.len();
        self.at = *self.by_name.entry(name).or_insert(next);
        if self.at == next {
            let place = Some(place(index, line.name.span));
            self.builders.push(Builder::new(name, place, self.profile));
        }
    }

    /// What stands before the first of several contexts is one of its own only if it has stickies of the model.
    fn leave_out_the_first_if_empty(&mut self) {
        if let [first, second, ..] = self.builders.as_mut_slice()
            && first.is_empty()
        {
            second.story.take_over(std::mem::take(&mut first.story));
            self.builders.remove(0);
        }
    }

    fn finish(mut self, mut problems: Vec<Problem>) -> Lowered {
        self.current().leave(&mut problems);
        self.leave_out_the_first_if_empty();
        let built = self.builders.into_iter();
        let mut contexts: Vec<_> = built.map(|builder| builder.finish(&mut problems)).collect();
        crate::story::resolve(&mut contexts);
        Lowered {
            solution: Solution {
                version: VERSION.to_owned(),
                name: self.title.map_or(String::new(), |(line, _)| line.name.text.to_string()),
                place: self.title.map(|(line, index)| place(index, line.name.span)),
                contexts,
            },
            problems,
        }
    }
}

/// A table with room for as many names.
fn sized<K, V>(names: usize) -> HashMap<K, V> {
    HashMap::with_capacity_and_hasher(names, Default::default())
}

fn place(line: usize, span: Span) -> Place {
    Place { line, span }
}
