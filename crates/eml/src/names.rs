//! How names are made from other names. What counts as a letter's upper case is what LES takes for it.

use crate::lower::Profile;
use crate::model::Text;
use smol_str::SmolStrBuilder;
use std::hash::{Hash, Hasher};

/// A name in EML: the one in EMD without its spaces.
pub fn spaceless(name: &str) -> Text {
    match name.contains(' ') {
        true => name.split(' ').collect(),
        false => Text::new(name),
    }
}

/// `AddItem` as `Add Item`: without its spaces it is the same name again.
pub fn spaced(name: &str) -> String {
    let mut said = String::with_capacity(name.len() + 4);
    let mut before: Option<char> = None;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        let next_is_small = characters.peek().is_some_and(|next| next.is_lowercase());
        let begins = before.is_some_and(|before| {
            character.is_uppercase()
                && (before.is_lowercase()
                    || before.is_ascii_digit()
                    || before.is_uppercase() && next_is_small)
        });
        if begins {
            said.push(' ');
        }
        said.push(character);
        before = Some(character);
    }
    said
}

/// A name to look up by. Upper and lower case do not matter in our own profile.
#[derive(Clone, Copy, Debug)]
pub struct Folded<'a> {
    name: &'a str,
    exact: bool,
}

impl<'a> Folded<'a> {
    pub fn new(name: &'a str, profile: Profile) -> Self {
        Folded { name, exact: profile == Profile::Les }
    }

    /// In both profiles the same but for upper and lower case.
    pub fn always(name: &'a str) -> Self {
        Folded { name, exact: false }
    }
}

impl PartialEq for Folded<'_> {
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.name, other.name);
        one == other
            || !self.exact
                && match one.is_ascii() && other.is_ascii() {
                    true => one.eq_ignore_ascii_case(other),
                    false => one.to_lowercase() == other.to_lowercase(),
                }
    }
}

impl Eq for Folded<'_> {}

impl Hash for Folded<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.name.is_ascii() || self.exact {
            true => hash_folded(self.name.as_bytes(), state),
            false => hash_folded(self.name.to_lowercase().as_bytes(), state),
        }
    }
}

/// One bit tells an upper from a lower letter, so names that differ in it only hash alike. A few that differ in more
/// do too, which is no harm.
fn hash_folded<H: Hasher>(name: &[u8], state: &mut H) {
    const CASE: u64 = u64::from_ne_bytes([0x20; 8]);
    let (words, rest) = name.as_chunks::<8>();
    for word in words {
        state.write_u64(u64::from_le_bytes(*word) | CASE);
    }
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    state.write_u64(rest | CASE);
}

/// One character to one, as LES does it: what would become several characters stays as it is.
fn simple<I: Iterator<Item = char>>(character: char, mut mapped: I) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}

fn upper(character: char) -> char {
    simple(character, character.to_uppercase())
}

pub fn lower_first(name: &str) -> Text {
    lower_first_with(name, "")
}

fn lower_first_with(name: &str, end: &str) -> Text {
    let mut built = SmolStrBuilder::new();
    let mut characters = name.chars();
    if let Some(first) = characters.next() {
        built.push(simple(first, first.to_lowercase()));
    }
    built.push_str(characters.as_str());
    built.push_str(end);
    built.finish()
}

pub fn upper_first(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(upper);
    first.into_iter().chain(characters).collect()
}

/// The id of a stream: `Todo` has `todoId`.
pub fn stream_id(stream: &str) -> Text {
    lower_first_with(stream, "Id")
}

/// Where the first character stands that is its own upper case: a capital, but also a digit, `_` or a sign.
pub fn first_capital(name: &str) -> Option<usize> {
    let mut characters = name.char_indices();
    characters.find(|(_, character)| upper(*character) == *character).map(|(at, _)| at)
}

/// The read model that knows the ids of a parameter: `fromUserId` is looked up in `UserLookup`.
pub fn lookup(parameter: &str) -> Option<String> {
    let stem = parameter.strip_suffix("Id")?;
    let part = first_capital(parameter).and_then(|at| stem.get(at..));
    let part = part.filter(|part| !part.is_empty()).unwrap_or(stem);
    Some(title(part) + "Lookup")
}

/// Every word's first letter upper-cased, where a word starts after anything but letters, digits and `_`.
fn title(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .map(|character| {
            let written = if inside { character } else { upper(character) };
            inside = match character.is_ascii() {
                true => character.is_ascii_alphanumeric() || character == '_',
                false => !character.is_whitespace(),
            };
            written
        })
        .collect()
}

/// The key that a read model's first property stands for: its last two bytes cut, its first letter lowered, `Id`
/// appended. `None` where there are no two bytes to cut, on which LES crashes.
pub fn key(property: &str) -> Option<Text> {
    let cut = property.len().checked_sub(2)?;
    if let Some(stem) = property.get(..cut) {
        return Some(stream_id(stem));
    }
    // Bytes of a character that was cut in two.
    let whole = (0..=cut).rev().find(|at| property.is_char_boundary(*at)).unwrap_or(0);
    let mut stem = property[..whole].to_owned();
    stem.extend(std::iter::repeat_n(char::REPLACEMENT_CHARACTER, cut - whole));
    Some(stream_id(&stem))
}

/// The part of a parameter's name that names a stream's id: `fromUserId` -> `userId`. `None` where LES crashes.
pub fn id_part(parameter: &str) -> Option<Text> {
    match first_capital(parameter) {
        Some(at) if at + 2 == parameter.len() => Some(parameter.into()),
        Some(at) => Some(lower_first(&parameter[at..])),
        None => (parameter.len() == 1).then(|| parameter.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lookup_is_named_by_the_part_from_the_first_capital_on() {
        assert_eq!(lookup("fromUserId").as_deref(), Some("UserLookup"));
        assert_eq!(lookup("userId").as_deref(), Some("UserLookup"));
        assert_eq!(lookup("x_userId").as_deref(), Some("_userLookup"));
        assert_eq!(lookup("a1bId").as_deref(), Some("1bLookup"));
        assert_eq!(lookup("Id").as_deref(), Some("Lookup"));
        assert_eq!(lookup("user"), None);
    }

    #[test]
    fn a_name_gets_spaces_where_its_words_begin() {
        assert_eq!(spaced("AddItem"), "Add Item");
        assert_eq!(spaced("TODOList2Go"), "TODO List2 Go");
        assert_eq!(spaced("add item"), "add item");
    }

    #[test]
    fn a_key_is_cut_and_lowered() {
        assert_eq!(key("TodoId").as_deref(), Some("todoId"));
        assert_eq!(key("todoXY").as_deref(), Some("todoId"));
        assert_eq!(key("id").as_deref(), Some("Id"));
        assert_eq!(key("a"), None);
    }
}
