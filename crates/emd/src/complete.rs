//! What may be typed at a place of a text: kinds, names, properties, types.
//!
//! Invariants: places are bytes within the line, as everywhere (`diag::Span`); what is offered replaces the whole part
//! the caret stands in and is never what stands there already; the best comes first, nothing comes twice; one pass over
//! the lines.
//! Not here: when to show it, and what a key does with it.

mod names;
mod place;
mod words;

use crate::{Annotation, Kind};
use diag::Span;
use names::{Names, Sticky};
use place::{Place, Wanted};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Something that may be typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// What it is called in a list.
    pub label: String,
    /// What to put in the place of `replaces`.
    pub insert: String,
    /// A few words beside the label: what it is.
    pub detail: String,
    /// The bytes of the line that `insert` replaces; the caret stands within them or at one of their ends.
    pub replaces: Span,
}

/// Nobody reads further.
const MOST: usize = 50;

/// The types that `// @type` knows, each also as a list (`string[]`).
pub const TYPES: [&str; 8] = ["string", "integer", "decimal", "boolean", "date", "datetime", "uuid", "email"];

/// What may be typed in line `line` at byte `column`. Empty where anything may be, such as in the name of an event.
pub fn complete(lines: &[&str], line: usize, column: usize) -> Vec<Completion> {
    let text = lines.get(line).copied().unwrap_or("");
    let Some(place) = place::of(text, column) else {
        return Vec::new();
    };
    let mut offers = Offers::default();
    offers.collect(&place, &Names::of(lines, line));
    offers.ranked(&place)
}

/// Names of properties for the sticky of line `line`, of which `typed` is there: for editors of single properties.
/// `replaces` is the whole of `typed`.
pub fn complete_property(lines: &[&str], line: usize, typed: &str) -> Vec<Completion> {
    let place = Place::property(typed);
    let mut offers = Offers::default();
    offers.properties(&Names::of(lines, line));
    offers.ranked(&place)
}

/// What could be offered, before what is typed is looked at.
#[derive(Default)]
struct Offers {
    list: Vec<Offer>,
    seen: usize,
    by_label: HashMap<String, usize>,
}

struct Offer {
    label: String,
    insert: String,
    detail: String,
    /// How near it is to the place: 0 is the same command or event, then the stream, the context, the text.
    far: u8,
    times: usize,
    order: usize,
}

impl Offers {
    fn add(&mut self, far: u8, label: &str, insert: String, detail: &str) {
        self.add_with(far, label, &|| (insert.clone(), detail.to_owned()));
    }

    /// The words about an offer are made when it is the first, or the nearest, of its name.
    fn add_with(&mut self, far: u8, label: &str, words: &dyn Fn() -> (String, String)) {
        if label.is_empty() {
            return;
        }
        self.seen += 1;
        let Some(&at) = self.by_label.get(label) else {
            let (insert, detail) = words();
            self.by_label.insert(label.to_owned(), self.list.len());
            let label = label.to_owned();
            return self.list.push(Offer { label, insert, detail, far, times: 1, order: self.seen });
        };
        let offer = &mut self.list[at];
        match far.cmp(&offer.far) {
            // What is nearer counts, as if it were all there is.
            Ordering::Less => {
                (offer.far, offer.times, offer.order) = (far, 1, self.seen);
                offer.detail = words().1;
            }
            Ordering::Equal => offer.times += 1,
            Ordering::Greater => {}
        }
    }

    fn collect(&mut self, place: &Place<'_>, names: &Names<'_>) {
        match place.wanted {
            Wanted::Word => {
                words::offers(names, |far, word, insert, detail| self.add(far, word, insert, detail))
            }
            Wanted::Names(kinds) => self.names(names, kinds, false),
            Wanted::Outcome => {
                self.names(names, &[Kind::Event], false);
                self.add(
                    9,
                    "rejected:",
                    "rejected: ".to_owned(),
                    "the command is refused, and nothing happens",
                );
            }
            Wanted::Trigger => self.names(names, &[Kind::Event], true),
            Wanted::Reaction => self.names(names, &[Kind::Command], true),
            Wanted::Whenever => self.add(0, "Whenever", "Whenever ".to_owned(), "how a policy starts"),
            Wanted::Own => self.own(names, ""),
            Wanted::Typed => {
                self.own(names, ": ");
                self.of_others(names, ": ", 1);
            }
            Wanted::Exists => self.own(names, " in "),
            Wanted::Properties => self.properties(names),
            Wanted::Types => {
                for name in TYPES {
                    self.add(0, name, name.to_owned(), "a type");
                    self.add(1, &format!("{name}[]"), format!("{name}[]"), "a list");
                }
            }
            Wanted::Values(kind, name) => self.values(names, kind, name),
        }
    }

    /// Names of stickies of these kinds. Those of other contexts are told apart as a policy does it.
    fn names(&mut self, names: &Names<'_>, kinds: &[Kind], qualified: bool) {
        for sticky in names.others().filter(|sticky| kinds.contains(&sticky.read.kind)) {
            let far = names.far(sticky);
            let foreign = sticky.context != names.context();
            let name = match (qualified && foreign, names.context_name(sticky)) {
                (true, Some(context)) => format!("{context}.{}", sticky.read.name.text),
                _ => sticky.name().to_owned(),
            };
            self.add(far, &name, name.clone(), words::noun(sticky.read.kind));
        }
        // A constraint is named as its stream is, and both as the people say it.
        if kinds.contains(&Kind::Constraint) {
            for event in names.others().filter(|sticky| sticky.read.kind == Kind::Event) {
                self.add(names.far(event), event.stream, event.stream.to_owned(), "a stream");
            }
        }
    }

    /// What the sticky that an annotation is about has.
    fn own(&mut self, names: &Names<'_>, end: &str) {
        let Some(owner) = names.owner() else { return };
        for property in owner.properties() {
            self.add(0, property, format!("{property}{end}"), &format!("of {}", owner.name()));
        }
        if let Some(id) = names.id_of(owner) {
            self.add(0, &id, format!("{id}{end}"), "the id of its stream");
        }
    }

    fn of_others(&mut self, names: &Names<'_>, end: &str, nearest: u8) {
        for sticky in names.others() {
            for property in sticky.properties() {
                let far = names.far(sticky).max(nearest);
                let words = || (format!("{property}{end}"), format!("of {}", sticky.name()));
                self.add_with(far, property, &words);
            }
        }
    }

    /// Properties that the sticky of this line could have and does not yet.
    fn properties(&mut self, names: &Names<'_>) {
        if let Some(id) = names.here().and_then(|here| names.id_of(here)) {
            self.add(0, &id, id.clone(), "the id of its stream");
        }
        self.of_others(names, "", 0);
        let Some(here) = names.here() else { return };
        self.list.retain(|offer| !here.properties().any(|own| own == offer.label));
    }

    /// Properties of the sticky that a line of a scenario names.
    fn values(&mut self, names: &Names<'_>, kind: &[Kind], name: &str) {
        let mut named = names.others().filter(|sticky| kind.contains(&sticky.read.kind) && sticky.is(name));
        let Some(sticky) = named.next() else { return };
        for property in sticky.properties() {
            self.add(0, property, format!("{property}: "), &format!("of {}", sticky.name()));
        }
        if let Some(id) = names.id_of(sticky) {
            self.add(1, &id, format!("{id}: "), "the id of its stream");
        }
        let used = names.here().into_iter().flat_map(Sticky::properties);
        let used: Vec<&str> =
            used.filter_map(|pair| pair.split_once(':')).map(|(key, _)| key.trim()).collect();
        self.list.retain(|offer| !used.contains(&&*offer.label));
    }

    fn ranked(self, place: &Place<'_>) -> Vec<Completion> {
        let typed = place.typed.to_lowercase();
        let only_starts = matches!(place.wanted, Wanted::Word);
        let mut found: Vec<(Fit, Offer)> = Vec::new();
        for offer in self.list {
            if offer.label == place.whole && !offer.insert.ends_with(' ') {
                continue;
            }
            let fit = Fit::of(&offer.label, &typed).filter(|fit| !only_starts || *fit == Fit::Start);
            found.extend(fit.map(|fit| (fit, offer)));
        }
        found.sort_by_key(|(fit, offer)| (*fit, offer.far, std::cmp::Reverse(offer.times), offer.order));
        let best = found.into_iter().take(MOST);
        best.map(|(_, offer)| Completion {
            label: offer.label,
            insert: format!("{}{}", place.gap, offer.insert),
            detail: offer.detail,
            replaces: place.replaces,
        })
        .collect()
    }
}

/// How well a name fits what is typed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Start,
    /// Every typed word starts a word of the name, in order.
    Words,
    Within,
}

impl Fit {
    fn of(label: &str, typed: &str) -> Option<Fit> {
        let name = label.to_lowercase();
        // `Ordering.Order Placed` is looked for by its own name first.
        if name.rsplit('.').next().is_some_and(|own| own.starts_with(typed)) {
            return Some(Fit::Start);
        }
        let mut words = name.split([' ', '.']);
        if typed.split_whitespace().all(|part| words.any(|word| word.starts_with(part))) {
            return Some(Fit::Words);
        }
        name.contains(typed).then_some(Fit::Within)
    }
}

/// Which annotations suit a sticky.
fn suits(annotation: Annotation, owner: Kind) -> bool {
    use Annotation::*;
    match annotation {
        Requires | Forbids | Required | Exists | Free => owner == Kind::Command,
        Pivotal | Hashed | Personal => owner == Kind::Event,
        Derived => owner == Kind::ReadModel,
        Resolved => owner == Kind::Hotspot,
        Type => matches!(owner, Kind::Command | Kind::Event | Kind::ReadModel),
    }
}
