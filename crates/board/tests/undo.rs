//! Undo takes back what one did oneself, and nobody else's text.

mod common;
use board::command::Splice;
use board::{At, Command, LineId, Point, Step};
use common::{Peer, sync, two};

fn typing(line: &LineId, at: u32, insert: &str) -> Command {
    Command::Type { line: line.clone(), splices: vec![Splice { at, delete: 0, insert: insert.into() }] }
}

fn add(text: &str) -> Command {
    Command::Add { at: At::End, text: text.into(), place: None }
}

#[test]
fn undoing_my_typing_leaves_theirs() {
    let (mut ann, mut bob) = two("Todo Added");
    let id = ann.id(0);
    ann.run(typing(&id, 0, "A"));
    sync(&mut ann, &mut bob);
    bob.run(typing(&id, 11, "B"));
    sync(&mut ann, &mut bob);
    assert!(ann.replica.undo());
    assert_eq!(ann.text(), "Todo AddedB");
}

#[test]
fn undoing_a_creation_keeps_what_others_typed_into_it_for_redo_and_restore() {
    let (mut ann, mut bob) = two("One Event");
    ann.run(add("Two Event"));
    sync(&mut ann, &mut bob);
    let two = bob.id(1);
    bob.run(typing(&two, 9, "s by Bob"));
    sync(&mut ann, &mut bob);
    ann.replica.undo();
    sync(&mut ann, &mut bob);
    assert_eq!(bob.text(), "One Event");
    bob.run(Command::Restore { lines: vec![two] });
    sync(&mut ann, &mut bob);
    assert_eq!(ann.text(), "One Event\nTwo Events by Bob");
}

#[test]
fn typing_in_one_go_is_one_step() {
    let mut ann = Peer::new(1);
    ann.run(add(""));
    let id = ann.id(0);
    for (at, letter) in ["T", "o", "d", "o"].iter().enumerate() {
        let step = if at == 0 { Step::New } else { Step::Extend };
        ann.run_as(typing(&id, at as u32, letter), step);
    }
    ann.run(typing(&id, 4, "!"));
    ann.replica.undo();
    assert_eq!(ann.text(), "Todo");
    ann.replica.undo();
    assert_eq!(ann.text(), "");
    assert_eq!(ann.board().order.len(), 1);
}

#[test]
fn typing_that_was_under_way_survives_a_deletion() {
    let (mut ann, mut bob) = two("Todo Added");
    let id = ann.id(0);
    ann.run(Command::Remove { lines: vec![id.clone()] });
    bob.run(typing(&id, 10, " // todoId"));
    sync(&mut ann, &mut bob);
    assert_eq!((ann.text(), bob.text()), (String::new(), String::new()));
    ann.run(Command::Restore { lines: vec![id] });
    assert_eq!(ann.text(), "Todo Added // todoId");
}

#[test]
fn a_line_that_two_delete_at_once_is_gone_once_and_returns_whole() {
    let (mut ann, mut bob) = two("One Event\nTwo Event");
    let id = ann.id(0);
    ann.run(Command::Remove { lines: vec![id.clone()] });
    bob.run(Command::Remove { lines: vec![id.clone()] });
    sync(&mut ann, &mut bob);
    assert_eq!((ann.text(), bob.text()), ("Two Event".into(), "Two Event".into()));
    bob.run(Command::Restore { lines: vec![id] });
    sync(&mut ann, &mut bob);
    assert_eq!((ann.text(), bob.text()), (bob.text(), "One Event\nTwo Event".into()));
}

/// Ann or Bob is the one whose deletion wins: both ways round.
fn both_delete(text: &str, rows: &[usize]) -> [(Peer, Peer); 2] {
    let make = || {
        let (mut ann, mut bob) = two(text);
        ann.run(typing(&ann.id(0), 0, "A"));
        bob.run(typing(&bob.id(1), 0, "B"));
        sync(&mut ann, &mut bob);
        let lines: Vec<LineId> = rows.iter().map(|row| ann.id(*row)).collect();
        ann.run(Command::Remove { lines: lines.clone() });
        bob.now += 5.0;
        bob.run(Command::Remove { lines: lines[..1].to_vec() });
        sync(&mut ann, &mut bob);
        (ann, bob)
    };
    let (first, (ann, bob)) = (make(), make());
    [first, (bob, ann)]
}

#[test]
fn a_sticky_that_two_delete_at_once_comes_back_when_the_first_one_undoes() {
    for (mut first, mut second) in both_delete("One Event\nTwo Event\n// @pivotal", &[1]) {
        assert_eq!(first.text(), "AOne Event");
        assert!(first.replica.undo());
        sync(&mut first, &mut second);
        let back = "AOne Event\nBTwo Event\n// @pivotal";
        assert_eq!((first.text(), second.text()), (back.into(), back.into()));
        assert!(first.replica.redo());
        sync(&mut first, &mut second);
        assert_eq!((first.text(), second.text()), ("AOne Event".into(), "AOne Event".into()));
        assert!(first.replica.undo());
        assert_eq!(first.text(), back);
    }
}

#[test]
fn undoing_a_deletion_that_another_shares_leaves_the_step_before_it_alone() {
    let [(mut ann, mut bob), _] = both_delete("One Event\nTwo Event\nThree Event", &[1, 2]);
    assert!(ann.replica.undo());
    sync(&mut ann, &mut bob);
    assert_eq!(bob.text(), "AOne Event\nBTwo Event\nThree Event");
    assert!(ann.replica.undo());
    assert_eq!(ann.text(), "One Event\nBTwo Event\nThree Event");
}

#[test]
fn a_deletion_that_another_repeats_after_an_undo_of_mine_comes_back_all_the_same() {
    let (mut ann, mut bob) = two("One Event\nTwo Event");
    let two = ann.id(1);
    ann.run(Command::Remove { lines: vec![two.clone()] });
    ann.run(typing(&ann.id(0), 0, "A"));
    bob.now += 5.0;
    bob.run(Command::Remove { lines: vec![two] });
    sync(&mut ann, &mut bob);
    ann.replica.undo();
    assert_eq!(ann.text(), "One Event");
    ann.replica.undo();
    sync(&mut ann, &mut bob);
    assert_eq!((ann.text(), bob.text()), ("One Event\nTwo Event".into(), "One Event\nTwo Event".into()));
}

#[test]
fn a_sticky_that_two_drag_at_once_is_one_sticky_in_one_place() {
    let (mut ann, mut bob) = two("One Event\nTwo Event\nThree Event");
    let id = ann.id(0);
    ann.run(Command::Drop { lines: vec![id.clone()], by: Point { x: 500.0, y: 0.0 } });
    bob.run(Command::Drop { lines: vec![id.clone()], by: Point { x: 230.0, y: 0.0 } });
    sync(&mut ann, &mut bob);
    assert_eq!(ann.board().lines, bob.board().lines);
    assert_eq!(ann.board().order.len(), 3);
    let pos = ann.board().line(&id).unwrap().pos.unwrap();
    assert!([500.0, 230.0].contains(&pos.x) && pos.y == 0.0, "{pos:?}");
}

#[test]
fn splitting_a_line_while_another_types_in_it_loses_no_letter() {
    let (mut ann, mut bob) = two("Todo Added Event");
    let id = ann.id(0);
    ann.splice(4, 1, "\n");
    bob.run(typing(&id, 16, "!!"));
    sync(&mut ann, &mut bob);
    assert_eq!(ann.text(), bob.text());
    assert_eq!(ann.text(), "Todo!!\nAdded Event");
    ann.replica.undo();
    assert_eq!(ann.text(), "Todo Added Event!!");
}

#[test]
fn two_offline_pastes_at_one_place_do_not_mix() {
    for seed in 0..50 {
        let (mut ann, mut bob) = two("One Event\nTwo Event");
        ann.random = fastrand::Rng::with_seed(seed);
        bob.random = fastrand::Rng::with_seed(seed + 1_000);
        let lines = |name: &str| (0..10).map(|nth| format!("{name} {nth}\n")).collect::<String>();
        ann.splice(10, 0, &lines("Ann"));
        // Bob types his, line by line.
        let mut at = 10;
        for line in lines("Bob").split_inclusive('\n') {
            bob.splice(at, 0, line);
            at += line.len();
        }
        sync(&mut ann, &mut bob);
        let text = ann.text();
        assert_eq!(text, bob.text());
        let (a, b) = (lines("Ann"), lines("Bob"));
        let expected = [format!("One Event\n{a}{b}Two Event"), format!("One Event\n{b}{a}Two Event")];
        assert!(expected.contains(&text), "seed {seed}: {text}");
    }
}

#[test]
fn undo_has_nothing_to_do_where_others_did_everything() {
    let (mut ann, mut bob) = two("One Event");
    bob.run(add("Two Event"));
    sync(&mut ann, &mut bob);
    assert!(!ann.replica.can_undo());
    assert!(!ann.replica.undo());
    assert_eq!(ann.text(), "One Event\nTwo Event");
}

#[test]
fn a_removed_sticky_takes_its_annotations_along_and_brings_them_back() {
    let mut ann = Peer::new(1);
    ann.write("One Event\n// @pivotal\nTwo Event\n// @pivotal");
    let one = ann.id(0);
    ann.run(Command::Remove { lines: vec![one.clone()] });
    assert_eq!(ann.text(), "Two Event\n// @pivotal");
    ann.run(Command::Restore { lines: vec![one] });
    assert_eq!(ann.text(), "One Event\n// @pivotal\nTwo Event\n// @pivotal");
    ann.replica.undo();
    assert_eq!(ann.text(), "Two Event\n// @pivotal");
}
