//! Scenarios and how they come out. A case is a board in `scenarios`, and beside it what is said of its scenarios;
//! `UPDATE_EXPECT=1` writes what was said.

use proptest::prelude::*;
use protocol::scenario::Verdict;
use sim::scenario::Scenarios;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let files = std::fs::read_dir(folder).expect("cases").map(|entry| entry.expect("a case").path());
    let mut cases: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "emd")).collect();
    cases.sort();
    cases
}

fn said(verdicts: &[Verdict]) -> String {
    let mut out = String::new();
    for verdict in verdicts {
        let word = if verdict.passed { "passed" } else { "failed" };
        let _ = writeln!(out, "{} {word}: {}", verdict.sticky + 1, verdict.name);
        for line in &verdict.lines {
            let _ = writeln!(out, "    {} {}", line.line + 1, line.expected);
            if !line.holds {
                let _ = writeln!(out, "    but {}\n    {}", line.actual, line.words);
            }
        }
    }
    out
}

#[test]
fn every_case_comes_out_as_written() {
    assert!(cases().len() >= 5);
    for case in cases() {
        let text = std::fs::read_to_string(&case).expect("a board");
        let found = said(&Scenarios::of_text(&text).verdicts());
        let expected = case.with_extension("txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&expected, &found).expect("written");
            continue;
        }
        assert_eq!(found, std::fs::read_to_string(&expected).unwrap_or_default(), "{case:?}");
    }
}

#[test]
fn a_line_that_holds_says_the_same_twice() {
    for case in cases() {
        let text = std::fs::read_to_string(&case).expect("a board");
        for verdict in Scenarios::of_text(&text).verdicts() {
            assert_eq!(verdict.passed, verdict.lines.iter().all(|line| line.holds), "{verdict:?}");
            for line in &verdict.lines {
                assert_eq!(line.holds, line.words.is_empty(), "{line:?}");
                assert!(!line.holds || line.expected == line.actual, "{line:?}");
            }
        }
    }
}

#[test]
fn the_same_scenarios_come_out_alike_from_eml() {
    for case in cases() {
        let text = std::fs::read_to_string(&case).expect("a board");
        let solution = eml::lower(&emd::parse(&text), eml::Profile::Squall).solution;
        let yaml = eml::yaml(&solution, &[], eml::Profile::Squall);
        let again = eml::read(&yaml).expect("EML");
        let results = |verdicts: Vec<Verdict>| -> Vec<(String, Vec<bool>)> {
            let all = verdicts.into_iter();
            all.map(|one| (one.name, one.lines.iter().map(|line| line.holds).collect())).collect()
        };
        let from_text = results(Scenarios::of_text(&text).verdicts());
        assert_eq!(results(Scenarios::new(&again, None).verdicts()), from_text, "{case:?}");
    }
}

/// Parts of boards, put together at random: whatever a board says, playing it ends.
const PARTS: [&str; 24] = [
    "// @scenario ",
    "// @given ",
    "// @when ",
    "// @then ",
    "// @then rejected",
    "// @expect ",
    "Todo Added",
    "Add Todo",
    "TODO List*",
    "Add Todo ->",
    " // ",
    "todoId: 1",
    "todoId",
    ", ",
    ": ",
    "\"",
    "\n",
    "\n",
    "\n",
    "// @policy Whenever Todo Added, Add Todo",
    "// @type done: boolean",
    "// @context A.B",
    "A.B.",
    "\u{e9}",
];

proptest! {
    #[test]
    fn whatever_a_board_says_its_scenarios_are_played(parts in prop::collection::vec(0..PARTS.len(), 0..60)) {
        let text: String = parts.into_iter().map(|part| PARTS[part]).collect();
        let scenarios = Scenarios::of_text(&text);
        prop_assert_eq!(scenarios.verdicts().len(), scenarios.len());
    }
}
