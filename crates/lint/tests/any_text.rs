//! Any text: no panic, every byte kept, findings that point into it, YAML that reads back.

use eml::Profile;
use lint::{Level, Options};
use proptest::prelude::*;

/// Parts that mean something, put where they are least expected.
const PARTS: [&str; 41] = [
    "//",
    "->",
    "*",
    "#",
    ",",
    " ",
    "\n",
    "\r\n",
    "\t",
    "Id",
    "// @",
    "// @context ",
    "// @requires ",
    "// @type a: ",
    "// @exists aId in ",
    "// @derived ",
    "// @event ",
    "// @policy Whenever ",
    "// @scenario A",
    "// @given ",
    "// @when ",
    "// @then rejected: ",
    "// @expect ",
    "// @term Todo List: ",
    "// @system ",
    "email",
    "Todo Added",
    "Add Todo -> ",
    "List* // ",
    "todoId",
    "password",
    "## ",
    "\u{e9}",
    "\u{1f389}",
    "\u{0}",
    "\u{2028}",
    "\"",
    "'",
    "// ^^ A: b",
    "İ",
    "ß",
];

fn mutate(random: &mut fastrand::Rng, text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let first = random.usize(..lines.len());
    let last = lines.len().min(first + 1 + random.usize(..6));
    let mut bytes = lines[first..last].join("\n").into_bytes();
    for _ in 0..random.usize(1..5) {
        let at = random.usize(..=bytes.len());
        match random.u8(..4) {
            0 => drop(bytes.drain(at..(at + random.usize(..4)).min(bytes.len()))),
            1 => bytes.insert(at, random.u8(..)),
            _ => {
                let part = PARTS[random.usize(..PARTS.len())];
                bytes.splice(at..at, part.bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn check(text: &str, with_yaml: bool) {
    complete(text);
    assert_eq!(emd::parse(text).text(), text);
    let lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    for profile in [Profile::Les, Profile::Squall] {
        let level = Level::SoftwareDesign;
        let report = lint::inspect(&lines, &Options { profile, level });
        for one in &report.diagnostics {
            let Some(line) = one.line else { continue };
            let fits = lines[line].get(one.span.start..one.span.end).is_some();
            assert!(fits, "{one:?} does not fit {text:?}");
            for edit in one.fixes.iter().flat_map(|fix| &fix.edits) {
                let fits = match edit {
                    diag::Edit::Replace { line, span, text } => {
                        lines[*line].get(span.start..span.end).is_some() && !text.contains('\n')
                    }
                    diag::Edit::Insert { line, text } => *line <= lines.len() && !text.contains('\n'),
                    diag::Edit::Delete { line } => *line < lines.len(),
                };
                assert!(fits, "{one:?} cannot be mended in {text:?}");
            }
        }
        if with_yaml {
            let solution = &report.lowered.solution;
            let errors: Vec<_> = report.errors().cloned().collect();
            let yaml = eml::yaml(solution, &errors, profile);
            let again = eml::read(&yaml).unwrap_or_else(|error| panic!("{error:?}\n{text:?}\n{yaml}"));
            assert_eq!(eml::yaml(&again, &errors, profile), yaml, "{text:?}");
        }
    }
}

/// What may be typed replaces a part of the line, wherever the caret stands.
fn complete(text: &str) {
    let lines: Vec<&str> = text.split('\n').collect();
    let line = text.len() % lines.len();
    let column = text.len() / 3 % (lines[line].len() + 1);
    for one in emd::complete(&lines, line, column) {
        let fits = lines[line].get(one.replaces.start..one.replaces.end).is_some();
        assert!(fits && !one.insert.contains('\n'), "{one:?} at {line}:{column} of {text:?}");
    }
}

#[test]
fn two_hundred_thousand_mutations_of_the_corpus_are_read() {
    let corpus = include_str!("conformance/emd.jsonl").lines().map(|line| {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        case["input"].as_str().expect("a text").to_owned()
    });
    let corpus: Vec<String> = corpus.collect();
    let mut random = fastrand::Rng::with_seed(2018);
    for round in 0..200_000 {
        let text = mutate(&mut random, &corpus[round % corpus.len()]);
        check(&text, round % 20 == 0);
    }
}

proptest! {
    #[test]
    fn any_characters_are_read(text in any::<String>()) {
        check(&text, true);
    }

    #[test]
    fn any_words_are_the_same_after_yaml(words in prop::collection::vec(any::<String>(), 1..4)) {
        let solution = eml::Solution {
            version: eml::VERSION.to_owned(),
            name: words.join(" "),
            contexts: words.iter().map(|name| eml::Context { name: name.clone(), ..Default::default() }).collect(),
            ..Default::default()
        };
        let again = eml::read(&eml::yaml(&solution, &[], Profile::Les)).expect("YAML");
        prop_assert_eq!(&again.name, &solution.name);
        for (again, name) in again.contexts.iter().zip(&words) {
            prop_assert_eq!(&again.name, name);
        }
    }
}

#[test]
fn words_that_yaml_takes_for_something_else_are_quoted() {
    for name in [
        "yes",
        "No",
        "1",
        "1.5",
        "1e3",
        "0x1",
        "null",
        "~",
        "true",
        "a: b",
        "a #b",
        "- a",
        "",
        " a ",
        "a\nb",
        "@a",
        "%a",
        "2020-01-01",
        "=",
        "<<",
        "\u{feff}a",
        "\u{85}",
        "\u{7f}",
        "0o7",
        ".inf",
        "y",
        "!a",
        "&a",
        "*a",
        "a:",
        "\"",
        "'",
        "{a}",
        "[a]",
        "a, b",
        "`a`",
        "|",
        ">",
        "---",
        "...",
    ] {
        let solution = eml::Solution { name: name.to_owned(), ..Default::default() };
        let yaml = eml::yaml(&solution, &[], Profile::Les);
        assert_eq!(eml::read(&yaml).map(|one| one.name).as_deref(), Ok(name), "{yaml}");
    }
}
