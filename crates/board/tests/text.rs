//! The text pane: every splice reads exactly as typed, and lines keep their identity.

mod common;
use board::{At, Command};
use common::{Peer, two};

#[test]
fn enter_at_the_end_of_a_line_makes_a_line_after_it() {
    let mut ann = Peer::new(1);
    ann.write("One Event\nTwo Event");
    let (one, two) = (ann.id(0), ann.id(1));
    ann.splice(9, 0, "\n");
    assert_eq!(ann.text(), "One Event\n\nTwo Event");
    assert_eq!((ann.id(0), ann.id(2)), (one, two));
}

#[test]
fn enter_at_the_beginning_of_a_line_makes_a_line_before_it() {
    let mut ann = Peer::new(1);
    ann.write("One Event\nTwo Event");
    let two = ann.id(1);
    ann.splice(10, 0, "\n");
    assert_eq!(ann.text(), "One Event\n\nTwo Event");
    assert_eq!(ann.id(2), two);
}

#[test]
fn the_first_letters_on_an_empty_board_make_lines() {
    let mut ann = Peer::new(1);
    ann.splice(0, 0, "# Board\nOne Event");
    assert_eq!(ann.text(), "# Board\nOne Event");
}

#[test]
fn undoing_a_creation_takes_the_line_away_and_redoing_brings_it_back() {
    let mut ann = Peer::new(1);
    ann.write("One Event");
    ann.run(Command::Add { at: At::End, text: "Two Event".into(), place: None });
    assert_eq!(ann.text(), "One Event\nTwo Event");
    assert!(ann.replica.undo());
    assert_eq!(ann.text(), "One Event");
    assert!(ann.replica.redo());
    assert_eq!(ann.text(), "One Event\nTwo Event");
}

#[test]
fn two_people_see_the_same() {
    let (mut ann, mut bob) = two("One Event\nTwo Event");
    ann.splice(3, 0, "!");
    bob.splice(19, 0, "?\nThree Event");
    common::sync(&mut ann, &mut bob);
    assert_eq!(ann.text(), "One! Event\nTwo Event?\nThree Event");
    assert_eq!(ann.text(), bob.text());
}

#[test]
fn cutting_and_pasting_a_line_keeps_its_identity() {
    let mut ann = Peer::new(1);
    ann.write("One Event\nTwo Event\nThree Event");
    let one = ann.id(0);
    ann.splice(0, 10, "");
    assert_eq!(ann.text(), "Two Event\nThree Event");
    ann.splice(10, 0, "One Event\n");
    assert_eq!(ann.text(), "Two Event\nOne Event\nThree Event");
    assert_eq!(ann.id(1), one);
}
