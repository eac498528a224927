//! What the search finds, as caret comments under the stickies, with the way there in brackets. A case is a file in
//! `search`; `UPDATE_EXPECT=1` writes the findings into the files.

use emd::Kind;
use protocol::insight::{Found, Insight, Searched};
use sim::model::Model;
use sim::search::{BOUND, Search, search};
use std::path::{Path, PathBuf};

fn found(text: &str, bound: u64) -> Searched {
    search(&Model::of_text(text), bound)
}

fn comment(one: &Insight) -> String {
    let what = match one.what {
        Found::NeverSucceeds => "NeverSucceeds",
        Found::Stuck => "Stuck",
        Found::Loop => "Loop",
    };
    format!("// ^^^^ {what}: {} [{}]\n", one.question, one.path.join(" > "))
}

fn annotated(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| emd::line(line).kind != Kind::Caret).collect();
    let searched = found(&lines.join("\n"), BOUND);
    assert!(!searched.bounded, "a case that reaches the bound proves nothing");
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        out += line;
        out.push('\n');
        out.extend(searched.insights.iter().filter(|one| one.sticky == Some(index)).map(comment));
    }
    out
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "emd")).collect()
}

#[test]
fn every_case_finds_what_stands_in_it() {
    for path in files("tests/search") {
        let text = std::fs::read_to_string(&path).unwrap();
        let now = annotated(&text);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &now).unwrap();
        } else {
            assert_eq!(text, now, "{}", path.display());
        }
    }
}

#[test]
fn the_boards_that_are_there_to_be_played_have_no_dead_ends() {
    for name in ["coffee-shop", "web-shop", "todolist"] {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/assets").join(name).with_extension("emd");
        let searched = found(&std::fs::read_to_string(path).unwrap(), BOUND);
        assert_eq!(searched.insights, [], "{name}");
    }
}

/// A thing with many independent events has two to the power of their number of states.
fn explosion(events: usize) -> String {
    let mut text = "# Explosion\n".to_owned();
    for event in 0..events {
        text += &format!(
            "Do Thing{event} -> // thingId\n// @forbids Thing Done{event}\nThing Done{event} // thingId\n"
        );
    }
    text += "Undo Thing -> // thingId\n// @requires Thing Done0\n// @forbids Thing Done0\nThing Undone // thingId\n";
    text += "Wait Thing -> // thingId\n";
    for event in 0..events {
        text += &format!("// @requires Thing Done{event}\n");
    }
    text + "Thing Waited // thingId\n"
}

#[test]
fn a_search_ends_at_its_bound_and_claims_only_what_is_certain() {
    let searched = found(&explosion(60), 1_000);
    assert!(searched.bounded && searched.states <= 1_000);
    assert_eq!(searched.insights, [], "Wait Thing succeeds, far beyond the bound");
    let searched = found(&explosion(8), BOUND);
    assert!(!searched.bounded);
    assert_eq!(searched.insights.len(), 1, "Undo Thing");
}

#[test]
fn more_conditions_than_can_be_told_apart_are_a_bound_too() {
    assert!(found(&explosion(200), 100).bounded);
}

#[test]
fn a_search_in_slices_finds_the_same() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/stuck.emd"))
        .unwrap();
    let model = Model::of_text(&text);
    let mut slices = Search::new(&model, BOUND);
    while !slices.advance(1) {
        let (done, of) = slices.progress();
        assert!(done <= of);
    }
    assert_eq!(slices.finish(), search(&model, BOUND));
}
