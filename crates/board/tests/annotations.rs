//! Annotations belong to the sticky line before them and go where it goes.

mod common;
use board::{At, Command, LineId, Point};
use common::{Peer, sync, two};

fn owner(peer: &Peer, row: usize) -> Option<LineId> {
    peer.board().line(&peer.id(row)).unwrap().of.clone()
}

#[test]
fn a_typed_annotation_belongs_to_the_sticky_before_it() {
    let mut ann = Peer::new(1);
    ann.write("One Event\nTwo Event");
    ann.splice(9, 0, "\n// @pivotal");
    assert_eq!(ann.text(), "One Event\n// @pivotal\nTwo Event");
    assert_eq!(owner(&ann, 1), Some(ann.id(0)));
}

#[test]
fn an_annotation_typed_letter_by_letter_stays_in_its_row() {
    let mut ann = Peer::new(1);
    ann.write("One Event\n\n\nTwo Event");
    let mut expected = ann.text();
    for (nth, letter) in "// @pivotal".chars().enumerate() {
        ann.splice(11 + nth, 0, &letter.to_string());
        expected.insert(11 + nth, letter);
        assert_eq!(ann.text(), expected);
    }
    assert_eq!(owner(&ann, 2), Some(ann.id(0)));
    assert_eq!(owner(&ann, 1), Some(ann.id(0)), "what lies between goes along");
}

#[test]
fn moving_the_owner_takes_its_annotations_along_in_one_write() {
    let mut ann = Peer::new(1);
    ann.write("One Event\n// @pivotal\n// @personal name\nTwo Event");
    let one = ann.id(0);
    let plan = ann.run(Command::Move { lines: vec![one], at: At::End });
    assert_eq!(ann.text(), "Two Event\nOne Event\n// @pivotal\n// @personal name");
    let _ = plan;
}

#[test]
fn cutting_only_the_owner_gives_its_annotations_to_the_sticky_above() {
    let mut ann = Peer::new(1);
    ann.write("One Event\nTwo Event\n// @pivotal\nThree Event");
    ann.splice(10, 10, "");
    assert_eq!(ann.text(), "One Event\n// @pivotal\nThree Event");
    assert_eq!(owner(&ann, 1), Some(ann.id(0)));
}

#[test]
fn cutting_a_sticky_with_its_annotations_and_pasting_them_elsewhere_keeps_all_of_them() {
    let mut ann = Peer::new(1);
    ann.write("One Event\n// @pivotal\nTwo Event\n");
    let ids = (ann.id(0), ann.id(1));
    ann.splice(0, 22, "");
    assert_eq!(ann.text(), "Two Event\n");
    ann.splice(10, 0, "One Event\n// @pivotal\n");
    assert_eq!(ann.text(), "Two Event\nOne Event\n// @pivotal\n");
    assert_eq!((ann.id(1), ann.id(2)), ids);
    assert_eq!(owner(&ann, 2), Some(ann.id(1)));
}

#[test]
fn a_sticky_between_a_sticky_and_its_annotation_takes_the_annotation_over() {
    let mut ann = Peer::new(1);
    ann.write("One Event\n// @pivotal");
    ann.splice(10, 0, "Two Event\n");
    assert_eq!(ann.text(), "One Event\nTwo Event\n// @pivotal");
    assert_eq!(owner(&ann, 2), Some(ann.id(1)));
}

#[test]
fn an_annotation_added_while_another_moves_the_sticky_goes_along() {
    let (mut ann, mut bob) = two("One Event\nTwo Event");
    ann.run(Command::Move { lines: vec![ann.id(0)], at: At::End });
    bob.splice(9, 0, "\n// @pivotal");
    sync(&mut ann, &mut bob);
    assert_eq!(ann.text(), "Two Event\nOne Event\n// @pivotal");
    assert_eq!(ann.text(), bob.text());
}

#[test]
fn copies_have_their_own_annotations() {
    let mut ann = Peer::new(1);
    ann.write("One Event\n// @pivotal\nTwo Event");
    let lines = vec![ann.id(0)];
    let plan = ann.run(Command::Duplicate { lines, by: Point { x: 30.0, y: 30.0 } });
    assert_eq!(ann.text(), "One Event\n// @pivotal\nOne Event\n// @pivotal\nTwo Event");
    assert_eq!(plan.touched, [ann.id(2)]);
    assert_eq!(owner(&ann, 3), Some(ann.id(2)));
}

#[test]
fn an_annotation_shows_its_owner_even_where_nobody_said_so() {
    let mut ann = Peer::new(1);
    ann.write("// @pivotal\nOne Event\n// @pivotal");
    let board = ann.board();
    assert_eq!(board.owner(&ann.id(2)), Some(&ann.id(1)));
    assert_eq!(board.owner(&ann.id(0)), None);
}

#[test]
fn a_scenario_is_one_card_that_takes_its_steps_along() {
    let mut ann = Peer::new(1);
    ann.write("One Event\n// @scenario It works\n// @given One Event\n// @then Two Event\nTwo Event");
    let card = ann.id(1);
    assert_eq!((owner(&ann, 2), owner(&ann, 3)), (Some(card.clone()), Some(card.clone())));
    let layout = board::layout::layout(ann.board());
    assert_eq!(layout.order, [ann.id(0), card.clone(), ann.id(4)]);
    ann.run(Command::Move { lines: vec![card.clone()], at: At::End });
    assert_eq!(
        ann.text(),
        "One Event\nTwo Event\n// @scenario It works\n// @given One Event\n// @then Two Event"
    );
    ann.run(Command::Remove { lines: vec![card] });
    assert_eq!(ann.text(), "One Event\nTwo Event");
}
