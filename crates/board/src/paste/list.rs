//! Lists: bullets, numbers, boxes to tick.

const BULLETS: [char; 11] = ['-', '*', '+', '•', '◦', '▪', '‣', '·', '●', '–', '—'];
const BOXES: [&str; 7] = ["[ ]", "[x]", "[X]", "[]", "☐", "☑", "☒"];

/// The items of a list without their marks; an indented line reads on in its item. `None` if nothing has a mark.
pub fn items(text: &str) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut marked = false;
    let mut in_item = false;
    for line in text.lines() {
        if let Some(item) = without_mark(line.trim()) {
            marked = true;
            in_item = true;
            lines.push(item.to_owned());
            continue;
        }
        let reads_on = in_item && line.starts_with([' ', '\t']) && !line.trim().is_empty();
        match lines.last_mut().filter(|_| reads_on) {
            Some(last) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            None => {
                in_item = false;
                lines.push(line.to_owned());
            }
        }
    }
    marked.then(|| lines.join("\n"))
}

/// The line without the marks of a list before it; `None` if it has none.
pub fn without_mark(line: &str) -> Option<&str> {
    let mut rest = line;
    while let Some(less) = without_one(rest) {
        rest = less;
    }
    (rest.len() < line.len()).then_some(rest)
}

fn without_one(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = if let Some(rest) = line.strip_prefix(BULLETS) {
        rest
    } else if line.starts_with("o\t") {
        // The second bullet of a word processor.
        &line[1..]
    } else if let Some(rest) = BOXES.iter().find_map(|mark| line.strip_prefix(mark)) {
        rest
    } else if (1..=3).contains(&digits) {
        line[digits..].strip_prefix(['.', ')'])?
    } else {
        return None;
    };
    // "-5 degrees", "3.14", "*": what follows a mark is a gap and a word.
    let rest = after.trim_start();
    (rest.len() < after.len() && !rest.is_empty()).then_some(rest)
}
