//! What LES takes for a name: its regular expressions, by hand.

/// Empty or spaces only.
pub fn is_blank(text: &str) -> bool {
    text.trim_matches(' ').is_empty()
}

/// `^[A-Za-z][\w]*[\s]*[\w ]*[A-Za-z]$`, where `^` and `$` match at every line's start and end.
pub fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let starts = std::iter::once(0)
        .chain(bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1));
    starts.into_iter().any(|start| name_from(bytes, start))
}

/// The same without a space in it.
pub fn is_property_name(text: &str) -> bool {
    !text.contains(' ') && is_name(text)
}

fn name_from(bytes: &[u8], start: usize) -> bool {
    let run = |from: usize, belongs: fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| belongs(**byte)).count()
    };
    let ends = |end: usize| {
        let at_line_end = end == bytes.len() || bytes[end] == b'\n';
        at_line_end && end >= start + 2 && bytes[end - 1].is_ascii_alphabetic()
    };
    if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let word = run(start, is_word);
    let space = run(word, is_space);
    let rest = run(space, |byte| is_word(byte) || byte == b' ');
    ends(word) || ends(rest)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

/// The event of a precondition; `None` where it is none that LES knows.
pub fn condition_event(text: &str) -> Option<&str> {
    let (event, word) = text.split_once(' ')?;
    matches!(word, "MustHaveHappened" | "MustNotHaveHappened").then_some(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_starts_and_ends_with_a_letter_and_has_one_gap_before_more_words() {
        for name in ["ab", "TodoAdded", "a_1b", "two words", "a  b c d", "x1\nab", "a\tb"] {
            assert!(is_name(name), "{name:?}");
        }
        for name in ["", "a", "a1", "a_", "1ab", "é", "aé", "a-b", " ab", "ab ", "a b\tc", "a\n"] {
            assert!(!is_name(name), "{name:?}");
        }
        assert!(!is_property_name("two words"));
    }
}
