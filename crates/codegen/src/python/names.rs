//! Names and texts as Python has them.
//!
//! Invariants: a name is an identifier that Python does not change, is no keyword, and is given once in its scope; a
//! text in quotes or a comment ends where it is meant to.

use foldhash::HashSet;
use sim::model::words;

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Names that are given once in a scope: who comes later gets a number.
#[derive(Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which some names have a meaning already.
    pub fn with(taken: &[&str]) -> Scope {
        Scope { taken: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    pub fn name(&mut self, wanted: String) -> String {
        let mut name = wanted.clone();
        if KEYWORDS.contains(&wanted.as_str()) || self.taken.contains(&name) {
            name.push('_');
        }
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        name
    }
}

/// `TODOList` as `todo_list`.
pub fn snake(name: &str) -> String {
    begun(&lowered(name), "name")
}

/// The same where letters are missing, or come late.
pub fn lowered(name: &str) -> String {
    let mut said = String::new();
    for character in words(name).chars() {
        match character {
            one if is_letter(one) => said.extend(one.to_lowercase()),
            _ if said.ends_with('_') || said.is_empty() => {}
            _ => said.push('_'),
        }
    }
    said.truncate(said.trim_end_matches('_').len());
    said
}

/// The name of a package: short enough for files and tables that are called after it, and known to every registry.
/// Empty where no letter of it can be used.
pub fn package(name: &str, noun: &str) -> String {
    const MOST: usize = 40;
    let said: String =
        lowered(name).chars().filter(|one| one.is_ascii_alphanumeric() || *one == '_').take(MOST).collect();
    match said.trim_matches('_') {
        "" => String::new(),
        // Windows has devices of that name.
        device if !crate::path::is_safe(device) => format!("{noun}_{device}"),
        name => begun(name, noun),
    }
}

/// `Todo Added` as `TodoAdded`.
pub fn pascal(name: &str) -> String {
    let mut said = String::new();
    for word in name.split(|one: char| !is_letter(one)) {
        let mut characters = word.chars();
        said.extend(characters.next().into_iter().flat_map(char::to_uppercase));
        said.push_str(characters.as_str());
    }
    begun(&said, "Name")
}

/// More characters do not help anybody; a file of such a name, whatever the alphabet, is one that systems can have.
const LONGEST: usize = 80;

/// An identifier begins with a letter.
fn begun(said: &str, otherwise: &str) -> String {
    let said: String = said.chars().take(LONGEST).collect();
    match said.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{otherwise}_{said}"),
        Some(_) => said,
    }
}

/// Letters and digits that stay what they are when Python normalises identifiers.
fn is_letter(character: char) -> bool {
    let one = u32::from(character);
    character.is_ascii_alphanumeric()
        || matches!(one, 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x12F | 0x134..=0x13E | 0x141..=0x148 | 0x14A..=0x17E)
        || matches!(one, 0x391..=0x3A9 | 0x3B1..=0x3C9 | 0x410..=0x44F | 0x4E00..=0x9FA5)
        || matches!(one, 0x3041..=0x3096 | 0x30A1..=0x30FA)
}

/// A text as a literal in double quotes.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// Within double quotes, one or three.
pub fn escaped(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\\' => said.extend(['\\', character]),
            '\n' => said.push_str("\\n"),
            '\t' => said.push_str("\\t"),
            one if is_hidden(one) && u32::from(one) < 0x100 => {
                said.push_str(&format!("\\x{:02x}", u32::from(one)))
            }
            one if is_hidden(one) && u32::from(one) < 0x1_0000 => {
                said.push_str(&format!("\\u{:04x}", u32::from(one)));
            }
            one => said.push(one),
        }
    }
    said
}

/// A text for a line of prose or a comment.
pub fn plain(text: &str) -> String {
    text.chars().map(|one| if is_hidden(one) { ' ' } else { one }).collect()
}

/// Controls, line ends of any kind, and marks that turn the direction of text around them.
fn is_hidden(one: char) -> bool {
    one.is_control() || matches!(u32::from(one), 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x2069 | 0xFEFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_identifiers() {
        for (name, wanted_snake, wanted_pascal) in [
            ("TODOList", "todo_list", "TODOList"),
            ("todoId", "todo_id", "TodoId"),
            ("Due Date", "due_date", "DueDate"),
            ("web-shop", "web_shop", "WebShop"),
            ("2nd", "name_2nd", "Name_2nd"),
            ("größe", "größe", "Größe"),
            ("ﬁn 👍", "n", "N"),
            ("👍", "name", "Name"),
            ("", "name", "Name"),
        ] {
            assert_eq!(snake(name), wanted_snake, "{name}");
            assert_eq!(pascal(name), wanted_pascal, "{name}");
        }
    }

    #[test]
    fn packages_are_short_and_plain() {
        let package = |name: &str| package(name, "service");
        assert_eq!(package("TODO List"), "todo_list");
        assert_eq!(package("2nd"), "service_2nd");
        assert_eq!(package("aux"), "service_aux");
        assert_eq!(package("日本語"), "");
        assert_eq!(package(&"long ".repeat(40)).len(), 39);
    }

    #[test]
    fn names_are_given_once_and_keywords_never() {
        let mut scope = Scope::with(&["short"]);
        let names = ["class", "short", "a", "a", "a"].map(|name| scope.name(name.into()));
        assert_eq!(names, ["class_", "short_", "a", "a_", "a_2"]);
    }

    #[test]
    fn quotes_end_where_they_are_meant_to() {
        assert_eq!(quoted("a\"\"\"\\\n\u{7f}\u{2028}é"), r#""a\"\"\"\\\n\x7f\u2028é""#);
        assert_eq!(plain("a\nb\u{202e}c"), "a b c");
    }
}
