//! How names are made from other names. What counts as a letter's upper case is what LES takes for it.

use std::borrow::Cow;

/// A name in EML: the one in EMD without its spaces.
pub fn spaceless(name: &str) -> Cow<'_, str> {
    match name.contains(' ') {
        true => Cow::Owned(name.replace(' ', "")),
        false => Cow::Borrowed(name),
    }
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

pub fn lower_first(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next();
    first.map(|first| simple(first, first.to_lowercase())).into_iter().chain(characters).collect()
}

pub fn upper_first(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(upper);
    first.into_iter().chain(characters).collect()
}

/// The id of a stream: `Todo` has `todoId`.
pub fn stream_id(stream: &str) -> String {
    let mut id = lower_first(stream);
    id.push_str("Id");
    id
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
pub fn key(property: &str) -> Option<String> {
    let cut = property.len().checked_sub(2)?;
    let whole = (0..=cut).rev().find(|at| property.is_char_boundary(*at)).unwrap_or(0);
    let mut stem = property[..whole].to_owned();
    // Bytes of a character that was cut in two.
    stem.extend(std::iter::repeat_n(char::REPLACEMENT_CHARACTER, cut - whole));
    Some(lower_first(&stem) + "Id")
}

/// The part of a parameter's name that names a stream's id: `fromUserId` -> `userId`. `None` where LES crashes.
pub fn id_part(parameter: &str) -> Option<String> {
    match first_capital(parameter) {
        Some(at) if at + 2 == parameter.len() => Some(parameter.to_owned()),
        Some(at) => Some(lower_first(&parameter[at..])),
        None => (parameter.len() == 1).then(|| parameter.to_owned()),
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
    fn a_key_is_cut_and_lowered() {
        assert_eq!(key("TodoId").as_deref(), Some("todoId"));
        assert_eq!(key("todoXY").as_deref(), Some("todoId"));
        assert_eq!(key("id").as_deref(), Some("Id"));
        assert_eq!(key("a"), None);
    }
}
