//! Which sticky a name means, which names come close to one that means none, and what a new name changes.

use super::{Note, Wall};
use diag::{Edit, Span};
use emd::{Annotation, Kind, Step};
use foldhash::{HashMap, HashSet};
use std::cell::Cell;

/// A name without its spaces, as the model compares it.
pub fn spaceless(name: &str) -> String {
    name.split(' ').collect()
}

/// Names by what they mean, and the places that mention them.
pub struct Names<'a> {
    /// Numbers of notes by context, kind and name.
    known: HashMap<(usize, Kind, String), Vec<usize>>,
    /// Distinct names, for those that come close.
    all: Vec<(usize, Kind, &'a str)>,
    mentions: HashMap<(usize, Kind, String), Vec<(usize, Span)>>,
    contexts: HashMap<&'a str, usize>,
    /// How many comparisons with close names there may still be: a text of nothing but unknown names ends some time.
    budget: Cell<usize>,
}

const BUDGET: usize = 200_000;
/// Dots in the name of a context, and the one behind it.
const MOST_DOTS: usize = 16;

/// What a name of a policy or a scenario leads to.
pub enum Found<'w, 'a> {
    Note(&'w Note<'a>),
    /// A note of that name in another context, which has to be said.
    Elsewhere(&'a str),
    Nothing,
}

impl<'a> Names<'a> {
    fn of(wall: &Wall<'a>) -> Names<'a> {
        let mut names = Names {
            known: HashMap::default(),
            all: Vec::new(),
            mentions: HashMap::default(),
            contexts: wall
                .contexts
                .iter()
                .enumerate()
                .skip(1)
                .map(|(number, name)| (*name, number))
                .collect(),
            budget: Cell::new(BUDGET),
        };
        for (number, note) in wall.notes.iter().enumerate() {
            if !matches!(note.kind(), Kind::Event | Kind::Command | Kind::ReadModel) {
                continue;
            }
            let list = names.known.entry((note.context, note.kind(), spaceless(note.name()))).or_default();
            if list.is_empty() {
                names.all.push((note.context, note.kind(), note.name()));
            }
            list.push(number);
        }
        let of_policies = wall.of_kind(Kind::Policy).flat_map(|note| {
            let policy = emd::policy(note.raw, note.read);
            let event = policy.event.map(|piece| (note, Kind::Event, piece.span));
            event.into_iter().chain(policy.command.map(|piece| (note, Kind::Command, piece.span)))
        });
        let of_steps = wall
            .steps
            .iter()
            .flat_map(|note| kinds_of_step(note).iter().map(move |kind| (note, *kind, note.read.name.span)));
        let of_annotations = wall.references.iter().filter_map(|note| match note.kind() {
            Kind::Annotation(Annotation::Exists) => {
                let start = note.raw.rfind(" in ")? + " in ".len();
                Some((note, Kind::ReadModel, Span::new(start, note.raw.len())))
            }
            _ => Some((note, Kind::Event, note.read.name.span)),
        });
        let mentions: Vec<_> = of_policies.chain(of_steps).chain(of_annotations).collect();
        for (note, kind, span) in mentions {
            let (context, span) = names.resolve(note, kind, span);
            let key = (context, kind, spaceless(span.of(note.raw).trim()));
            names.mentions.entry(key).or_default().push((note.line, span));
        }
        names
    }

    /// Which context a name is of, and the name without it: `Ordering.Order Placed`.
    fn resolve(&self, note: &Note<'_>, kind: Kind, span: Span) -> (usize, Span) {
        let text = span.of(note.raw);
        let here = (note.context, kind, spaceless(text));
        if self.known.contains_key(&here) {
            return (note.context, span);
        }
        // A name of nothing but dots would be read as often as it is long.
        let qualified = text.match_indices('.').take(MOST_DOTS).find_map(|(dot, _)| {
            let context = self.contexts.get(text[..dot].trim())?;
            Some((*context, Span::new(span.start + dot + 1, span.end)))
        });
        qualified.unwrap_or((note.context, span))
    }
}

/// `// @then rejected: why`
pub fn is_rejection(note: &Note<'_>) -> bool {
    note.name().split(':').next().is_some_and(|word| word.trim() == "rejected")
}

/// What the name in a step of a scenario may be.
pub fn kinds_of_step(note: &Note<'_>) -> &'static [Kind] {
    match note.kind() {
        Kind::Scenario(Step::Given) => &[Kind::Event, Kind::Command],
        Kind::Scenario(Step::When) => &[Kind::Command],
        Kind::Scenario(Step::Then) if is_rejection(note) => &[],
        Kind::Scenario(Step::Then) => &[Kind::Event],
        Kind::Scenario(Step::Expect) => &[Kind::ReadModel],
        _ => &[],
    }
}

impl<'a> Wall<'a> {
    fn names(&self) -> &Names<'a> {
        self.names.get_or_init(|| Names::of(self))
    }

    /// What the name at `span` of a note's line means.
    pub fn find(&self, note: &Note<'_>, kinds: &[Kind], span: Span) -> Found<'_, 'a> {
        let names = self.names();
        for kind in kinds {
            let (context, span) = names.resolve(note, *kind, span);
            let key = (context, *kind, spaceless(span.of(note.raw).trim()));
            if let Some(first) = names.known.get(&key).and_then(|list| list.first()) {
                return Found::Note(&self.notes[*first]);
            }
        }
        let name = spaceless(span.of(note.raw));
        for kind in kinds {
            for (context, words) in self.contexts.iter().enumerate().filter(|_| self.contexts.len() < 50) {
                if !words.is_empty() && names.known.contains_key(&(context, *kind, name.clone())) {
                    return Found::Elsewhere(words);
                }
            }
        }
        Found::Nothing
    }

    /// The stickies of a note's name, context and kind.
    pub fn same(&self, note: &Note<'a>) -> impl Iterator<Item = &Note<'a>> {
        let key = (note.context, note.kind(), spaceless(note.name()));
        self.names().known.get(&key).into_iter().flatten().map(|number| &self.notes[*number])
    }

    /// The name of these kinds that comes closest, if one comes close, as it is written where the note stands.
    pub fn closest(&self, kinds: &[Kind], note: &Note<'_>, name: &str) -> Option<String> {
        let own = name.rsplit_once('.').map_or(name, |(_, own)| own.trim());
        let names = self.names();
        let mut best: Option<((usize, bool), usize, &'a str)> = None;
        for (context, _, candidate) in names.all.iter().filter(|(_, kind, _)| kinds.contains(kind)) {
            let left = names.budget.get().checked_sub(1)?;
            names.budget.set(left);
            let Some(distance) = crate::words::distance(own, candidate) else { continue };
            let rank = (distance, *context != note.context);
            if best.is_none_or(|(known, ..)| rank < known) {
                best = Some((rank, *context, candidate));
            }
        }
        let (_, context, name) = best?;
        match self.contexts[context] {
            "" => Some(name.to_owned()),
            _ if context == note.context => Some(name.to_owned()),
            words => Some(format!("{words}.{name}")),
        }
    }

    /// The edits that give all stickies of this note's name another one, wherever the name is written.
    pub fn rename(&self, note: &Note<'a>, to: &str) -> Vec<Edit> {
        let names = self.names();
        let key = (note.context, note.kind(), spaceless(note.name()));
        let own = self.same(note).map(|note| {
            let text = emd::edit::rename(note.raw, to);
            Edit::Replace { line: note.line, span: Span::new(0, note.raw.len()), text }
        });
        let mut seen = HashSet::default();
        let mentions = names.mentions.get(&key).into_iter().flatten();
        let mentions = mentions.filter(|place| seen.insert(**place)).map(|(line, span)| Edit::Replace {
            line: *line,
            span: *span,
            text: to.to_owned(),
        });
        own.chain(mentions).collect()
    }
}
