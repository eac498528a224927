//! How large the letters of a sticky may be, so that its name is read whole.
//!
//! Reckoned from the widths of the letters, not measured: a wall of thousands is drawn without asking the browser for
//! its layout once. The reckoning is a little generous, so that what it promises holds; a test in real browsers
//! compares the two. A name shrinks by the steps of its kind; below the last step its words may be broken; what is
//! still too long is cut, and the caller shows the whole of it elsewhere.

use emd::Kind;

/// The room for a name, in pixels of the wall.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Room {
    pub width: f64,
    pub height: f64,
}

/// How a name is written into its room.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Letters {
    pub pixels: u8,
    /// A word is wider than the room: it may be broken anywhere.
    pub broken: bool,
    /// Not even the smallest letters show all of it.
    pub cut: bool,
}

/// Lines are so much higher than letters.
const LINE: f64 = 1.25;

/// The sizes of letters for a kind, the largest first, each up to so many characters.
const fn steps(kind: Kind) -> &'static [(u8, usize)] {
    const ANY: usize = usize::MAX;
    match kind {
        Kind::Actor => &[(14, ANY), (13, ANY), (12, ANY), (11, ANY)],
        Kind::Note => &[(14, ANY), (13, ANY), (12, ANY)],
        Kind::Scenario(_) => &[(15, ANY), (13, ANY), (12, ANY)],
        Kind::Term => &[(16, 40), (14, ANY), (13, ANY), (12, ANY)],
        Kind::Heading(1) => &[(34, ANY), (30, ANY), (26, ANY), (22, ANY), (19, ANY), (16, ANY), (14, ANY)],
        Kind::Heading(_) => &[(24, ANY), (21, ANY), (18, ANY), (16, ANY), (14, ANY)],
        Kind::Chapter | Kind::Lane | Kind::Context => &[(20, ANY), (17, ANY), (15, ANY), (13, ANY)],
        _ => &[(24, 13), (21, 23), (18, 39), (16, 79), (14, ANY)],
    }
}

/// From afar the small print is gone, and names may be as large as they fit.
const FROM_AFAR: &[(u8, usize)] = &[
    (28, usize::MAX),
    (26, usize::MAX),
    (24, usize::MAX),
    (21, usize::MAX),
    (18, usize::MAX),
    (16, usize::MAX),
    (14, usize::MAX),
];

/// The letters for a name in a room.
pub fn letters(kind: Kind, name: &str, room: Room) -> Letters {
    of_steps(steps(kind), name, room)
}

/// The letters for the same name where only names can be read.
pub fn letters_from_afar(kind: Kind, name: &str, room: Room) -> Letters {
    match kind {
        Kind::Actor
        | Kind::Note
        | Kind::Heading(_)
        | Kind::Chapter
        | Kind::Lane
        | Kind::Context
        | Kind::Scenario(_) => letters(kind, name, room),
        _ => of_steps(FROM_AFAR, name, room),
    }
}

fn of_steps(steps: &[(u8, usize)], name: &str, room: Room) -> Letters {
    let count = name.chars().count();
    let fitting = steps.iter().filter(|(_, most)| count <= *most).find(|(pixels, _)| {
        let size = f64::from(*pixels);
        lines(name, room.width / size, false).is_some_and(|lines| lines as f64 * LINE * size <= room.height)
    });
    if let Some((pixels, _)) = fitting {
        return Letters { pixels: *pixels, broken: false, cut: false };
    }
    let pixels = steps.last().map_or(14, |(pixels, _)| *pixels);
    let size = f64::from(pixels);
    let lines = lines(name, room.width / size, true).unwrap_or(usize::MAX);
    Letters { pixels, broken: true, cut: lines as f64 * LINE * size > room.height }
}

/// So many of the words, joined by commas, fill at most so many lines; the count of the others takes part in it.
pub fn how_many<'a>(
    words: impl ExactSizeIterator<Item = &'a str>,
    width: f64,
    most: usize,
    pixels: f64,
) -> usize {
    let all = words.len();
    let room = width / pixels;
    let mut shown = 0;
    let mut text = String::new();
    for word in words {
        text.push_str(word);
        shown += 1;
        let rest = if shown < all { ", +99" } else { "" };
        if lines(&format!("{text}{rest}"), room, true).is_none_or(|lines| lines > most) {
            return shown - 1;
        }
        text.push_str(", ");
    }
    all
}

/// How many lines a text takes in a room of so many ems; `None` if a word is too wide and may not be broken.
fn lines(text: &str, room: f64, may_break: bool) -> Option<usize> {
    let mut lines = 1;
    let mut filled = 0.0;
    for word in text.split_inclusive(char::is_whitespace) {
        let (own, whole) = (wide(word.trim_end()), wide(word));
        if filled + own > room && filled > 0.0 {
            lines += 1;
            filled = 0.0;
        }
        if own > room {
            if !may_break {
                return None;
            }
            // Broken lines are filled but for less than one letter.
            let more = (own / (room - 1.0).max(1.0)).floor();
            lines += more as usize;
            filled = own - more * (room - 1.0).max(1.0);
            continue;
        }
        filled += whole;
    }
    Some(lines)
}

fn wide(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

/// The width of a letter in ems: Inter at the weight of names, by classes of about equal letters.
fn letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' | '!' | '.' | ',' | ':' | ';' | 'I' | '`' | ' ' => 0.3,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '\\' | '"' | '-' => 0.42,
        'a' | 'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 0.59,
        'e' | 'E' | 'F' | 'J' | 'L' => 0.62,
        'm' | 'w' => 0.91,
        'M' | 'W' | '@' | '%' | '…' | '—' => 1.05,
        'A' | 'B' | 'K' | 'P' | 'R' | 'S' | 'T' | 'V' | 'X' | 'Y' | 'Z' => 0.71,
        'C' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' | '&' | '#' | '+' | '<' | '>' | '=' | '~' => 0.79,
        '\0'..='\u{7F}' => 0.645,
        '\u{80}'..='\u{24F}' => 0.72,
        '\u{250}'..='\u{10FF}' => 0.8,
        // Wide scripts and emoji.
        _ => 1.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Room = Room { width: 172.0, height: 160.0 };

    fn pixels(name: &str) -> u8 {
        letters(Kind::Event, name, PAPER).pixels
    }

    #[test]
    fn letters_shrink_with_the_length_of_the_name() {
        assert_eq!(pixels("Order Placed"), 24);
        assert_eq!(pixels("Order Placed Again"), 21);
        assert_eq!(pixels("Order Placed By The Customer"), 18);
        assert_eq!(pixels(&"Order Placed ".repeat(5)), 16);
        assert_eq!(pixels(&"Order Placed ".repeat(9)), 14);
    }

    #[test]
    fn a_long_word_shrinks_before_it_is_broken() {
        let internationalised = letters(Kind::Event, "Internationalised", PAPER);
        assert!(internationalised.pixels < 21 && !internationalised.broken);
        let whole = letters(Kind::Event, "Donaudampfschifffahrtsgesellschaft", PAPER);
        assert_eq!((whole.pixels, whole.broken, whole.cut), (14, true, false));
    }

    #[test]
    fn only_what_no_letters_can_show_is_cut() {
        assert!(!letters(Kind::Event, &"word ".repeat(30), PAPER).cut);
        assert!(letters(Kind::Event, &"word ".repeat(80), PAPER).cut);
    }

    #[test]
    fn a_list_shows_what_fills_its_lines_and_counts_the_rest() {
        let names = ["todoId", "description", "dateCreated", "isComplete", "colour", "priority", "assignee"];
        assert_eq!(how_many(names.into_iter().take(2), 172.0, 2, 11.5), 2);
        let shown = how_many(names.into_iter(), 172.0, 2, 11.5);
        assert!((3..7).contains(&shown), "{shown}");
    }
}
