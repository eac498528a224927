//! The stickies of a text in their order: what follows what, in which slice and context, and who names whom.
//!
//! A slice is a command with what stands behind it up to the next command, chapter or context.
//! Not here: what follows for the model (`eml`).

mod names;

use crate::Profile;
use emd::{Annotation, Document, Kind, Line, Step};
use eml::Place;
use eml::names::Folded;
use foldhash::HashMap;
use names::Names;
pub use names::{Found, is_rejection, kinds_of_step, spaceless};
use std::cell::OnceCell;

pub struct Wall<'a> {
    pub notes: Vec<Note<'a>>,
    pub slices: Vec<Slice>,
    /// The names of the contexts; the first has none, it is what stands before `// @context`.
    pub contexts: Vec<&'a str>,
    /// The lines of scenarios.
    pub steps: Vec<Note<'a>>,
    /// Annotations that name another sticky.
    pub references: Vec<Note<'a>>,
    names: OnceCell<Names<'a>>,
    carried: OnceCell<Lines<'a>>,
}

/// A line that means something to the rules, and where it stands.
#[derive(Clone, Copy)]
pub struct Note<'a> {
    pub line: usize,
    pub read: &'a Line<'a>,
    pub raw: &'a str,
    pub context: usize,
    pub slice: usize,
}

#[derive(Clone, Copy, Default)]
pub struct Slice {
    /// Numbers of notes.
    pub command: Option<usize>,
    pub first_event: Option<usize>,
    pub has_system: bool,
    pub has_reader: bool,
}

impl<'a> Note<'a> {
    pub fn kind(&self) -> Kind {
        self.read.kind
    }

    pub fn name(&self) -> &'a str {
        &self.read.name.text
    }

    /// The name as it stands in the line; that of a read model may hold asterisks.
    pub fn written(&self) -> &'a str {
        self.read.name.span.of(self.raw)
    }

    pub fn place(&self) -> Place {
        Place { line: self.line, span: self.read.name.span }
    }
}

impl<'a> Wall<'a> {
    pub fn of(document: &'a Document<'a>, profile: Profile) -> Option<Wall<'a>> {
        if profile == Profile::Les {
            return None;
        }
        let mut wall = Wall {
            notes: Vec::with_capacity(document.lines().len()),
            slices: vec![Slice::default()],
            contexts: vec![""],
            steps: Vec::new(),
            references: Vec::new(),
            names: OnceCell::new(),
            carried: OnceCell::new(),
        };
        let mut context = 0;
        let mut by_name: HashMap<&str, usize> = HashMap::default();
        for (line, read) in document.lines().iter().enumerate() {
            let kind = read.kind;
            if kind == Kind::Context {
                let next = wall.contexts.len();
                context = *by_name.entry(&*read.name.text).or_insert(next);
                if context == next {
                    wall.contexts.push(&read.name.text);
                }
            }
            if matches!(kind, Kind::Command | Kind::Context | Kind::Chapter) {
                wall.slices.push(Slice::default());
            }
            let slice = wall.slices.len() - 1;
            let note = Note { line, read, raw: document.raw(line), context, slice };
            wall.take(note);
        }
        Some(wall)
    }

    fn take(&mut self, note: Note<'a>) {
        let number = self.notes.len();
        let slice = &mut self.slices[note.slice];
        match note.kind() {
            Kind::Command => slice.command = Some(number),
            Kind::Event => slice.first_event = slice.first_event.or(Some(number)),
            Kind::System => slice.has_system = true,
            Kind::Actor | Kind::Screen => slice.has_reader = true,
            Kind::ReadModel | Kind::Policy | Kind::Constraint | Kind::Term => {}
            Kind::Context | Kind::Chapter | Kind::Lane => {}
            Kind::Annotation(Annotation::Requires | Annotation::Forbids | Annotation::Exists) => {
                return self.references.push(note);
            }
            Kind::Scenario(_) => return self.steps.push(note),
            _ => return,
        }
        self.notes.push(note);
    }

    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Note<'a>> {
        self.notes.iter().filter(move |note| note.kind() == kind)
    }

    /// The stream of a note: the first word of the event, or of the first event of its slice.
    pub fn stream(&self, note: &Note<'a>) -> &'a str {
        let event = match note.kind() {
            Kind::Event => Some(note.name()),
            _ => self.slices[note.slice].first_event.map(|event| self.notes[event].name()),
        };
        event.and_then(|name| name.split_once(' ')).map_or("", |(word, _)| word)
    }
}

/// The word that a term of the glossary explains: `Parcel` of `Parcel: what the customer gets`.
pub fn term<'a>(note: &Note<'a>) -> &'a str {
    note.name().split(':').next().unwrap_or("").trim()
}

/// Whether events of a stream carry a property.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carried {
    Nowhere,
    /// In one event only, that of this line.
    Here,
    Elsewhere,
}

type Lines<'a> = HashMap<(usize, &'a str, Folded<'a>), (usize, usize)>;

impl<'a> Wall<'a> {
    /// Whether the stream of a note knows a property from another event than that of the note's line.
    pub fn carried(&self, note: &Note<'a>, property: &'a str) -> Carried {
        let carried = self.carried.get_or_init(|| self.carried_lines());
        match carried.get(&(note.context, self.stream(note), Folded::always(property))) {
            None => Carried::Nowhere,
            Some(lines) if *lines == (note.line, note.line) => Carried::Here,
            Some(_) => Carried::Elsewhere,
        }
    }

    /// The first and the last line of an event with the property, by context and stream.
    fn carried_lines(&self) -> Lines<'a> {
        let mut found: Lines<'a> = HashMap::default();
        for event in self.of_kind(Kind::Event) {
            let stream = self.stream(event);
            for piece in &event.read.properties {
                let key = (event.context, stream, Folded::always(&piece.text));
                found.entry(key).or_insert((event.line, event.line)).1 = event.line;
            }
        }
        found
    }

    /// The properties of all stickies of a note's name, and the id of its stream.
    pub fn properties(&self, note: &Note<'a>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let pieces = self.same(note).flat_map(|note| &note.read.properties);
        for text in pieces.map(|piece| &*piece.text).filter(|text| !text.is_empty()) {
            if !found.iter().any(|known| known == text) {
                found.push(text.to_owned());
            }
        }
        let stream = self.stream(note);
        if note.kind() != Kind::ReadModel && !stream.is_empty() {
            found.push(eml::names::stream_id(stream).to_string());
        }
        found
    }

    /// The scenarios, each as its lines: a title or a sticky between them starts the next one.
    pub fn scenarios(&self) -> impl Iterator<Item = &[Note<'a>]> {
        self.steps.chunk_by(|one, next| {
            let before = |line: usize| self.notes.partition_point(|note| note.line < line);
            next.kind() != Kind::Scenario(Step::Scenario) && before(one.line) == before(next.line)
        })
    }
}
