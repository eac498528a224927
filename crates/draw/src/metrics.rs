//! How wide words are, and where lines break. Widths are those of Inter at weight 550, in thousandths of the size:
//! near enough for other weights and for the fonts that stand in for it.

/// From the space to the tilde.
const ASCII: [u16; 95] = [
    259, 313, 509, 641, 648, 999, 658, 319, 371, 371, 530, 670, 311, 464, 311, 375, 652, 419, 620, 631, 661,
    607, 635, 574, 635, 635, 311, 322, 670, 670, 670, 535, 991, 718, 658, 735, 722, 604, 588, 749, 745, 274,
    578, 695, 565, 917, 758, 768, 644, 771, 650, 648, 657, 738, 718, 1011, 710, 705, 646, 371, 375, 371, 479,
    466, 344, 571, 621, 580, 621, 589, 384, 623, 607, 257, 257, 564, 257, 894, 606, 606, 621, 621, 392, 544,
    347, 607, 581, 834, 563, 582, 562, 448, 352, 448, 670,
];

fn thousandths(character: char) -> u16 {
    let code = u32::from(character);
    match code {
        0x20..=0x7e => ASCII[(code - 0x20) as usize],
        0xa0 => 259,
        0xc0..=0xde => 666,
        0xdf..=0xff => 563,
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x100..=0x24f | 0x370..=0x3ff | 0x1e00..=0x1eff => 640,
        0x400..=0x42f => 759,
        0x430..=0x45f => 607,
        0x2014 | 0x2026 => 960,
        0x2010..=0x2027 => 498,
        // Chinese, Japanese, Korean, signs and emoji are squares.
        0x1100..=0x11ff | 0x2e80..=0xffff | 0x1f000.. => 1000,
        _ => 650,
    }
}

/// The width of a text set in this size.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|character| f64::from(thousandths(character))).sum::<f64>() * size / 1000.0
}

/// Whether every word has room on a line of its own.
pub fn words_fit(text: &str, room: f64, size: f64) -> bool {
    text.split_whitespace().all(|word| width(word, size) <= room)
}

/// Lines no wider than the room, broken between words; a word that is wider still is broken where it must be.
pub fn wrap(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = f64::INFINITY;
    let space = width(" ", size);
    for word in text.split_whitespace() {
        let wide = width(word, size);
        match lines.last_mut().filter(|_| used + space + wide <= room) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
                used += space + wide;
            }
            None => used = push_word(&mut lines, word, room, size),
        }
    }
    lines
}

/// Starts a line with a word and breaks it as often as it needs; the answer is how much of the last line it takes.
fn push_word(lines: &mut Vec<String>, word: &str, room: f64, size: f64) -> f64 {
    let mut line = String::new();
    let mut used = 0.0;
    for character in word.chars() {
        let wide = f64::from(thousandths(character)) * size / 1000.0;
        if used + wide > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        line.push(character);
        used += wide;
    }
    lines.push(line);
    used
}

/// The same number of lines, as even as possible.
pub fn balanced(text: &str, room: f64, size: f64) -> Vec<String> {
    let lines = wrap(text, room, size);
    if lines.len() < 2 || !words_fit(text, room, size) {
        return lines;
    }
    let (mut least, mut most) = (room / lines.len() as f64, room);
    let mut best = lines;
    for _ in 0..8 {
        let middle = (least + most) / 2.0;
        let tried = wrap(text, middle, size);
        if tried.len() == best.len() && words_fit(text, middle, size) {
            most = middle;
            best = tried;
        } else {
            least = middle;
        }
    }
    best
}

/// As much of a text as has room, with an ellipsis where something is missing.
pub fn clipped(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let room = room - width("…", size);
    let mut used = 0.0;
    let fits = text.chars().take_while(|character| {
        used += f64::from(thousandths(*character)) * size / 1000.0;
        used <= room
    });
    let kept: String = fits.collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_hold_all_of_them() {
        let lines = wrap("Add TODO List Item to the list", 80.0, 16.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| width(line, 16.0) <= 80.0), "{lines:?}");
        assert_eq!(lines.join(" "), "Add TODO List Item to the list");
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken_and_nothing_is_lost() {
        let lines = wrap("Donaudampfschifffahrtsgesellschaft", 60.0, 14.0);
        assert!(lines.len() > 3 && lines.iter().all(|line| width(line, 14.0) <= 60.0), "{lines:?}");
        assert_eq!(lines.concat(), "Donaudampfschifffahrtsgesellschaft");
    }

    #[test]
    fn two_lines_are_about_equally_long() {
        let text = "Add TODO List Item";
        let room = width("Add TODO List", 21.0) + 1.0;
        assert_eq!(wrap(text, room, 21.0), ["Add TODO List", "Item"]);
        assert_eq!(balanced(text, room, 21.0), ["Add TODO", "List Item"]);
    }

    #[test]
    fn a_clipped_text_ends_with_dots() {
        assert_eq!(clipped("short", 100.0, 10.0), "short");
        let clipped = clipped("a long list of properties", 60.0, 10.0);
        assert!(clipped.ends_with('…') && width(&clipped, 10.0) <= 60.0, "{clipped}");
    }
}
