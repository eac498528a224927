//! How the chosen file differs from the one that was downloaded last. The earlier one is kept nowhere: the text that it
//! was made of is, and the generator makes it again. Another generator than the one of the last download would make
//! another file; then nothing is told.

use super::build::{Build, Known};
use super::generator::ask;
use crate::browser;
use elements::{afterwards, remembered};
use leptos::prelude::*;
use protocol::ship::{Ask, Say};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    pub path: String,
    pub parts: Vec<Part>,
}

/// Lines that stand together and have the same fate, in the order of reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// From this line of the file on.
    From(usize),
    Same(String),
    Removed(String),
    Added(String),
}

/// What a difference is asked for: another hash of the file is another question.
#[derive(Clone, PartialEq)]
struct Wanted {
    path: String,
    before: String,
    taken: String,
    now: Option<String>,
}

pub fn follow(build: Build) {
    let wanted = remembered(move || {
        let path = build.chosen.get()?;
        let last = build.last.get()?;
        let (before, taken) = (last.text.clone()?, last.hash(&path)?.clone());
        let Known::Here(files) = build.known.get() else { return None };
        let now = files.into_iter().find(|file| file.path == path).map(|file| file.hash);
        (now.as_ref() != Some(&taken)).then_some(Wanted { path, before, taken, now })
    });
    afterwards(move || match wanted.get() {
        Some(one) => fetch(build, wanted, one),
        None => build.difference.set(None),
    });
}

fn fetch(build: Build, wanted: Memo<Option<Wanted>>, one: Wanted) {
    let (text, target) = (build.of.with_value(|lines| lines.text.clone()), build.target.get_untracked());
    let Wanted { path, before, taken: hash, .. } = one.clone();
    let question = Ask::Difference { before, hash, text, target, path };
    browser::spawn(async move {
        let parts = match ask(question).await {
            Ok(Say::Text(lines)) => Some(parts(&lines)),
            _ => None,
        };
        if wanted.try_get_untracked().flatten().as_ref() == Some(&one) {
            build.difference.try_set(parts.map(|parts| Difference { path: one.path, parts }));
        }
    });
}

/// Reads what `diff -u` writes.
fn parts(lines: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in lines.lines() {
        let mut signs = line.chars();
        let (mark, rest) = (signs.next().unwrap_or(' '), signs.as_str());
        match (mark, parts.last_mut()) {
            ('@', _) => parts.push(Part::From(first_line(rest))),
            ('-', Some(Part::Removed(text)))
            | ('+', Some(Part::Added(text)))
            | (' ', Some(Part::Same(text))) => {
                text.push('\n');
                text.push_str(rest);
            }
            ('-', _) => parts.push(Part::Removed(rest.to_owned())),
            ('+', _) => parts.push(Part::Added(rest.to_owned())),
            (' ', _) => parts.push(Part::Same(rest.to_owned())),
            // That no newline ends the file is no line of it.
            _ => {}
        }
    }
    parts
}

/// `@ -3,7 +4,8 @@` begins at line 4 of what the file is now; where nothing is left of it, at its first.
fn first_line(hunk: &str) -> usize {
    let digits = hunk.split_once('+').map_or("", |(_, after)| after);
    let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().unwrap_or(1).max(1)
}

impl Difference {
    /// How many lines came, and how many went.
    pub fn counts(&self) -> (usize, usize) {
        self.parts.iter().fold((0, 0), |(added, removed), part| match part {
            Part::Added(text) => (added + text.split('\n').count(), removed),
            Part::Removed(text) => (added, removed + text.split('\n').count()),
            _ => (added, removed),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_fate_stand_together() {
        let lines =
            "@@ -3,4 +4,4 @@\n a\n-b\n-\n+c\n \n e\n@@ -9 +9,2 @@\n+--x\n\\ No newline at end of file\n";
        let read = parts(lines);
        let wanted = [
            Part::From(4),
            Part::Same("a".into()),
            Part::Removed("b\n".into()),
            Part::Added("c".into()),
            Part::Same("\ne".into()),
            Part::From(9),
            Part::Added("--x".into()),
        ];
        assert_eq!(read, wanted);
        assert_eq!(Difference { path: "a".into(), parts: read }.counts(), (2, 2));
    }

    #[test]
    fn whatever_is_said_is_read() {
        assert_eq!(parts(""), []);
        assert_eq!(
            parts("@\n@@ -1,2 +0,0 @@\n-x\né\n"),
            [Part::From(1), Part::From(1), Part::Removed("x".into())]
        );
    }
}
