//! Who is here: names, colours, and what each one shows of themselves. Presence only; nothing of it is stored.

use board::{LineId, Point};

/// What a page tells the others about its person, many times a second.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Presence {
    pub person: String,
    pub name: String,
    pub colour: String,
    /// The pointer, in wall pixels.
    pub cursor: Option<Point>,
    pub selection: Vec<LineId>,
    /// The caret in the text pane or in a sticky.
    pub caret: Option<crate::presence::Caret>,
    /// A drag under way: which stickies, how far.
    pub drag: Option<(Vec<LineId>, Point)>,
}

/// Another page on this board.
#[derive(Clone, PartialEq, Debug)]
pub struct Peer {
    pub client: u64,
    pub presence: Presence,
}

/// Colours for people: readable under white text and apart from the stickies' fills.
pub const COLOURS: [&str; 8] =
    ["#7c3aed", "#0f766e", "#b45309", "#be123c", "#1d4ed8", "#4d7c0f", "#a21caf", "#0e7490"];

/// Only colours of the form `#rrggbb` reach a style attribute.
pub fn safe_colour(colour: &str) -> &str {
    let valid =
        colour.len() == 7 && colour.starts_with('#') && colour.bytes().skip(1).all(|b| b.is_ascii_hexdigit());
    if valid { colour } else { COLOURS[0] }
}

/// Up to two letters for an avatar or the foot of a sticky; the style sheet makes capitals of them, which here would
/// need a table of all alphabets.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).collect()
}

/// A friendly name until the person gives a better one.
pub fn guest_name(seed: u64) -> String {
    const FIRST: [&str; 12] = [
        "Amber", "Brisk", "Calm", "Clever", "Eager", "Gentle", "Lively", "Lucky", "Merry", "Quiet", "Sunny",
        "Witty",
    ];
    const SECOND: [&str; 12] = [
        "Badger", "Falcon", "Finch", "Fox", "Heron", "Lark", "Lynx", "Marten", "Otter", "Owl", "Robin",
        "Swift",
    ];
    format!("{} {}", FIRST[(seed % 12) as usize], SECOND[((seed / 12) % 12) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_take_the_first_and_the_last_word() {
        assert_eq!(initials("Maria von Klein"), "MK");
        assert_eq!(initials("ada"), "a");
        assert_eq!(initials("  "), "");
    }

    #[test]
    fn a_colour_that_is_none_never_reaches_a_style() {
        assert_eq!(safe_colour("#12ab9F"), "#12ab9F");
        assert_eq!(safe_colour("red;background:url(x)"), COLOURS[0]);
    }
}
