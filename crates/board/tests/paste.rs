//! Pasted text: `tests/data/paste/NAME.in.txt` becomes `NAME.out.emd`. A new case is two new files.

mod common;
use board::paste::read;
use board::{At, Command, Level};
use common::Peer;
use proptest::prelude::*;

fn paste(text: &str) -> Command {
    Command::Paste { at: At::End, text: text.into(), place: None }
}

#[test]
fn each_text_of_the_corpus_becomes_its_lines() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/paste");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Some(name) = path.to_str().unwrap().strip_suffix(".in.txt").map(str::to_owned) else {
            continue;
        };
        let text = std::fs::read_to_string(&path).unwrap();
        let expected = std::fs::read_to_string(format!("{name}.out.emd")).unwrap();
        assert_eq!(read(&text).trim_end_matches('\n'), expected.trim_end_matches('\n'), "{name}");
        count += 1;
    }
    assert!(count >= 12);
}

#[test]
fn the_samples_stay_as_they_are_to_the_letter() {
    for (name, text) in common::samples() {
        assert_eq!(read(&text), text, "{name}");
    }
}

/// Texts of the signs that mean something here.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["([-*•#\"\t\r\n a-zA1.)>/]|\\[ \\]|//|->|\n\n|\u{A0}|\u{FEFF}|\u{2028}){0,40}", "(?s).{0,40}",]
}

proptest! {
    #[test]
    fn reading_what_was_read_changes_nothing(text in text()) {
        let once = read(&text);
        prop_assert_eq!(read(&once), once);
    }

    #[test]
    fn no_word_is_lost(text in "(- |[0-9]\\. |\t|\n|[a-np-z]{1,5} ?){0,30}") {
        let letters = |text: &str| text.chars().filter(|sign| sign.is_ascii_lowercase()).collect::<String>();
        prop_assert_eq!(letters(&read(&text)), letters(&text));
    }
}

#[test]
fn a_pasted_list_is_one_sticky_an_item_and_one_step_to_undo() {
    let mut ann = Peer::new(1);
    ann.write("Order Placed");
    let plan = ann.run(paste("- Order paid\r\n- Order shipped\r\n\r\n"));
    assert_eq!(ann.text(), "Order Placed\nOrder paid\nOrder shipped");
    assert_eq!(plan.touched.len(), 2);
    ann.replica.undo();
    assert_eq!(ann.text(), "Order Placed");
}

#[test]
fn event_markdown_on_an_empty_board_is_checked_like_code_and_a_list_is_not() {
    let level = |text: &str| {
        let mut ann = Peer::new(1);
        ann.run(paste(text));
        ann.board().level
    };
    assert_eq!(level("Add Item -> // name\nItem Added // name"), Level::SoftwareDesign);
    assert_eq!(level("- Order paid\n- Order shipped"), Level::BigPicture);
}
