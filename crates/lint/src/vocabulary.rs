//! The words of all names, counted once, so that names which mean the same are found in buckets.
//!
//! Words are compared by a hash of their letters without case and without the s of a plural; two words that share one by
//! chance only make a finding that is looked at again before it is told.

use crate::wall::{Note, Wall};
use diag::Span;
use emd::Kind;
use foldhash::{HashMap, HashSet};
use std::cell::OnceCell;
use std::sync::LazyLock;

pub struct Vocabulary<'a> {
    /// Events, commands and read models, in the order of the text.
    pub names: Vec<Name>,
    /// Words of names and properties of at least five letters.
    words: Vec<Word<'a>>,
    counts: Counts,
    /// Words for things that people have several words for, with their group.
    things: Vec<(Word<'a>, usize)>,
    /// The same of the glossary, by group.
    explained: HashMap<usize, Word<'a>>,
    alike: OnceCell<Vec<(Name, Name)>>,
}

/// A name as the sum of its words, whatever their order.
#[derive(Clone, Copy)]
pub struct Name {
    /// The number of its note.
    pub note: usize,
    /// Of the words themselves.
    pub plain: u64,
    /// Of what they mean: words of one group of synonyms count the same.
    pub meant: u64,
}

#[derive(Clone, Copy)]
pub struct Word<'a> {
    pub text: &'a str,
    pub hash: u64,
    /// The number of its note, and where in the line it stands.
    pub note: usize,
    pub start: usize,
    pub is_property: bool,
}

impl Word<'_> {
    pub fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }
}

/// How often hashes occur, counted up to 255, in a table that may take two words for one.
struct Counts {
    table: Vec<u8>,
    mask: usize,
}

impl Counts {
    fn sized(notes: usize) -> Counts {
        let size = (64 * notes).max(1024).next_power_of_two();
        Counts { table: vec![0; size], mask: size - 1 }
    }

    fn place(&self, hash: u64) -> usize {
        // The upper bits are the better mixed ones.
        (hash >> 20) as usize & self.mask
    }

    fn add(&mut self, hash: u64) {
        let place = self.place(hash);
        self.table[place] = self.table[place].saturating_add(1);
    }

    fn of(&self, hash: u64) -> u8 {
        self.table[self.place(hash)]
    }
}

/// Words that people use for one thing. Verbs stand with their past.
const SYNONYMS: [&[&str]; 24] = [
    &["add", "added", "create", "created", "register", "registered", "insert", "inserted"],
    &["delete", "deleted", "remove", "removed", "erase", "erased", "discard", "discarded"],
    &["update", "updated", "change", "changed", "edit", "edited", "modify", "modified", "amend", "amended"],
    &["send", "sent", "dispatch", "dispatched"],
    &["begin", "begun", "start", "started", "initiate", "initiated"],
    &["finish", "finished", "complete", "completed", "finalise", "finalised", "finalize", "finalized"],
    &["buy", "bought", "purchase", "purchased"],
    &["fetch", "fetched", "retrieve", "retrieved"],
    &["assign", "assigned", "allocate", "allocated"],
    &["deny", "denied", "decline", "declined", "refuse", "refused", "reject", "rejected"],
    &["client", "customer"],
    &["cart", "basket", "trolley"],
    &["vendor", "supplier"],
    &["invoice", "bill"],
    &["employee", "worker"],
    &["doctor", "physician"],
    &["car", "vehicle"],
    &["picture", "photo", "image"],
    &["catalog", "catalogue"],
    &["cancelled", "canceled"],
    &["organisation", "organization"],
    &["colour", "color"],
    &["enrolled", "enroled"],
    &["authorise", "authorize", "authorised", "authorized"],
];

/// The groups from here on are things rather than deeds.
const THINGS: usize = 10;

/// The group of each word.
static GROUPS: LazyLock<HashMap<u64, usize>> = LazyLock::new(|| {
    let groups = SYNONYMS.iter().enumerate();
    groups.flat_map(|(group, words)| words.iter().map(move |word| (hash(word), group))).collect()
});

fn kind_number(kind: Kind) -> u64 {
    match kind {
        Kind::Event => 0,
        Kind::Command => 1,
        _ => 2,
    }
}

impl<'a> Vocabulary<'a> {
    pub fn of(wall: &Wall<'a>) -> Vocabulary<'a> {
        let mut vocabulary = Vocabulary {
            names: Vec::with_capacity(wall.notes.len()),
            words: Vec::with_capacity(4 * wall.notes.len()),
            counts: Counts::sized(wall.notes.len()),
            things: Vec::new(),
            explained: HashMap::default(),
            alike: OnceCell::new(),
        };
        for (number, note) in wall.notes.iter().enumerate() {
            match note.kind() {
                Kind::Event | Kind::Command | Kind::ReadModel => vocabulary.take(number, note, &GROUPS),
                Kind::Term => vocabulary.explain(number, note),
                _ => {}
            }
        }
        vocabulary
    }

    /// What the glossary explains is no slip, and the word to use.
    fn explain(&mut self, number: usize, note: &Note<'a>) {
        for (at, text) in words(crate::wall::term(note)) {
            let hash = hash(text);
            let start = note.read.name.span.start + at;
            let word = Word { text, hash, note: number, start, is_property: false };
            self.counts.add(hash);
            self.word(word);
            self.explained.extend(GROUPS.get(&hash).map(|group| (*group, word)));
        }
    }

    fn take(&mut self, number: usize, note: &Note<'a>, groups: &HashMap<u64, usize>) {
        let (mut plain, mut meant) = (0_u64, 0_u64);
        let start = note.read.name.span.start;
        for (at, text) in words(note.written()) {
            let hash = hash(text);
            plain = plain.wrapping_add(hash);
            let word = Word { text, hash, note: number, start: start + at, is_property: false };
            let group = groups.get(&hash).copied();
            meant = meant.wrapping_add(group.map_or(hash, |group| mixed(group as u64 + 1)));
            self.things.extend(group.filter(|group| *group >= THINGS).map(|group| (word, group)));
            self.word(word);
        }
        self.names.push(Name { note: number, plain, meant });
        for piece in &note.read.properties {
            let text = piece.span.of(note.raw);
            self.word(Word {
                text,
                hash: hash(text),
                note: number,
                start: piece.span.start,
                is_property: true,
            });
        }
    }

    fn word(&mut self, word: Word<'a>) {
        self.counts.add(word.hash);
        if word.text.len() >= SHORTEST {
            self.words.push(word);
        }
    }

    /// Names of one meaning in pairs: each with the first one before it in its context and of its kind.
    pub fn alike(&self, wall: &Wall<'a>) -> &[(Name, Name)] {
        self.alike.get_or_init(|| self.pairs(wall))
    }

    fn pairs(&self, wall: &Wall<'a>) -> Vec<(Name, Name)> {
        let mut first: HashMap<u64, u32> =
            HashMap::with_capacity_and_hasher(self.names.len(), Default::default());
        let mut found = Vec::new();
        for (number, name) in self.names.iter().enumerate() {
            let note = &wall.notes[name.note];
            let bucket = name.meant ^ mixed(4 * note.context as u64 + kind_number(note.kind()));
            let known = *first.entry(bucket).or_insert(u32::try_from(number).unwrap_or(u32::MAX));
            let Some(known) = self.names.get(known as usize).filter(|known| known.note != name.note) else {
                continue;
            };
            let before = &wall.notes[known.note];
            let same_place = before.kind() == note.kind() && before.context == note.context;
            if same_place && before.name() != note.name() {
                found.push((*known, *name));
            }
        }
        found
    }

    /// Words that are written once and look like a slip of the pen for one that is written more often.
    pub fn slips(&self) -> Vec<(Word<'a>, &'a str)> {
        let rare: Vec<&Word<'a>> =
            self.words.iter().filter(|word| self.counts.of(word.hash) == 1 && is_plain(word.text)).collect();
        if rare.is_empty() {
            return Vec::new();
        }
        let mut seen = HashSet::default();
        let usual = self.words.iter().filter(|word| self.counts.of(word.hash) > 1 && is_plain(word.text));
        let usual: Vec<&Word<'a>> = usual.filter(|word| seen.insert((word.hash, word.is_property))).collect();
        let mut by_part: HashMap<(u64, bool), Vec<&str>> = HashMap::default();
        for word in usual {
            let key = |part| (part, word.is_property);
            shortened(word.text, |part| by_part.entry(key(part)).or_default().push(word.text));
        }
        let mut found = Vec::new();
        for word in rare {
            let mut meant: Option<&str> = None;
            shortened(word.text, |part| {
                let near = by_part.get(&(part, word.is_property)).into_iter().flatten().take(MOST_NEAR);
                meant = meant.or(near.copied().find(|other| is_slip(word.text, other)));
            });
            found.extend(meant.map(|meant| (*word, meant)));
        }
        found
    }

    /// Words of things that the same context calls by two names: the group's more usual word and the first other one.
    pub fn two_words_for_one(&self, wall: &Wall<'a>) -> Vec<(Word<'a>, &'a str)> {
        let mut uses: HashMap<(usize, usize), Vec<(Word<'a>, usize)>> = HashMap::default();
        let mut order = Vec::new();
        for (word, group) in &self.things {
            let key = (wall.notes[word.note].context, *group);
            let list = uses.entry(key).or_insert_with(|| {
                order.push(key);
                self.explained.get(group).map(|word| (*word, usize::MAX)).into_iter().collect()
            });
            match list.iter_mut().find(|(known, _)| known.hash == word.hash) {
                Some((_, times)) => *times = times.saturating_add(1),
                None => list.push((*word, 1)),
            }
        }
        let lists = order.iter().map(|key| &uses[key]).filter(|list| list.len() > 1);
        lists
            .filter_map(|list| {
                // The first of the most usual ones.
                let usual = list.iter().rev().max_by_key(|(_, times)| *times)?.0;
                let other = list.iter().find(|(word, _)| word.hash != usual.hash)?.0;
                Some((other, usual.text))
            })
            .collect()
    }
}

/// Shorter words are too near to too many others.
const SHORTEST: usize = 6;
const LONGEST: usize = 24;
/// So many words may share a part before the rest is not looked at.
const MOST_NEAR: usize = 8;

fn is_plain(word: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The hashes of a word and of it without each of its letters.
fn shortened(word: &str, mut part: impl FnMut(u64)) {
    let letters = word.as_bytes();
    part(letters_hash(letters));
    let mut rest = [0_u8; LONGEST];
    let length = letters.len() - 1;
    for left_out in 0..letters.len() {
        rest[..left_out].copy_from_slice(&letters[..left_out]);
        rest[left_out..length].copy_from_slice(&letters[left_out + 1..]);
        part(letters_hash(&rest[..length]));
    }
}

/// One letter more or less, or two swapped, within the word: an end that differs is grammar (`order`, `orders`), and a
/// letter that is another one mostly makes another word (`identify`, `identity`).
fn is_slip(word: &str, usual: &str) -> bool {
    const BOTH_RIGHT: [&str; 2] = ["contact", "contract"];
    let (word, usual) = (word.to_ascii_lowercase(), usual.to_ascii_lowercase());
    let sorted = |text: &str| {
        let mut letters: Vec<u8> = text.bytes().collect();
        letters.sort_unstable();
        letters
    };
    let swapped = sorted(&word) == sorted(&usual);
    word != usual
        && word.bytes().next() == usual.bytes().next()
        && (swapped || word.len() != usual.len() && word.bytes().last() == usual.bytes().last())
        && !(BOTH_RIGHT.contains(&&*word) && BOTH_RIGHT.contains(&&*usual))
        && crate::words::distance(&word, &usual) == Some(1)
}

/// The words of a name and where they start.
pub fn words(name: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    name.split([' ', '-', '_']).filter_map(move |word| {
        let at = start;
        start += word.len() + 1;
        (!word.is_empty()).then_some((at, word))
    })
}

/// The same for `item`, `Items` and `ITEM`, and for `delivery` and `deliveries`.
pub fn hash(word: &str) -> u64 {
    const IES: u64 = 0x9E37_79B9_7F4A_7C15;
    let bytes = word.as_bytes();
    match bytes {
        [stem @ .., b'i', b'e', b's'] | [stem @ .., b'y'] if stem.len() > 2 => letters_hash(stem) ^ IES,
        [.., b's' | b'u' | b'i', b's'] => letters_hash(bytes),
        [stem @ .., b's'] if stem.len() > 2 => letters_hash(stem),
        _ => letters_hash(bytes),
    }
}

/// Upper and lower case of a letter differ in one bit, which is set here.
fn letters_hash(letters: &[u8]) -> u64 {
    const CASE: u64 = u64::from_ne_bytes([0x20; 8]);
    let (chunks, rest) = letters.as_chunks::<8>();
    let mut hash = 0;
    for chunk in chunks {
        hash = mixed(hash ^ (u64::from_le_bytes(*chunk) | CASE));
    }
    let rest = rest.iter().fold(1, |word, byte| word << 8 | u64::from(*byte | 0x20));
    mixed(hash ^ rest)
}

fn mixed(word: u64) -> u64 {
    let product = u128::from(word ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
    (product as u64) ^ (product >> 64) as u64
}
