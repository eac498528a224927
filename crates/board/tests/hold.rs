//! Aligning, groups, locks, properties: what a hand on the wall may do to stickies.

mod common;
use board::command::Splice;
use board::layout::layout;
use board::{At, Change, Command, Edge, LineId, Point};
use common::{Peer, sync, two};
use emd::Kind;

const TEXT: &str = "Add Todo ->\nTodo Added\n// @pivotal\nTodo List*\n// @actor Ann";

fn flowing(text: &str) -> Peer {
    let mut ann = Peer::new(1);
    ann.write(text);
    ann
}

fn ids(ann: &Peer, rows: &[usize]) -> Vec<LineId> {
    rows.iter().map(|row| ann.id(*row)).collect()
}

fn groups(ann: &Peer) -> Vec<Option<String>> {
    ann.board()
        .order
        .iter()
        .map(|id| ann.board().line(id).unwrap().group.as_deref().map(str::to_owned))
        .collect()
}

#[test]
fn each_sticky_goes_to_the_edge_that_the_outermost_has() {
    for edge in [Edge::Left, Edge::Right, Edge::Top, Edge::Bottom] {
        let mut ann = flowing("# Title\nOne Event\n// @hotspot Why?\n// @actor Ann\nAdd ->");
        let lines = ids(&ann, &[1, 2, 3]);
        let before = layout(ann.board());
        ann.run(Command::Align { lines: lines.clone(), edge });
        let after = layout(ann.board());
        let side = |id: &LineId| {
            let frame = after.frames[id];
            match edge {
                Edge::Left => frame.at.x,
                Edge::Right => -frame.right(),
                Edge::Top => frame.at.y,
                Edge::Bottom => -frame.bottom(),
            }
        };
        let outermost = lines.iter().map(side).fold(f64::INFINITY, f64::min);
        assert!(lines.iter().all(|id| side(id) == outermost), "{edge:?}");
        assert!(
            lines.iter().any(|id| after.frames[id] == before.frames[id]),
            "one is there already: {edge:?}"
        );
        let others = [ann.id(0), ann.id(4)];
        assert!(others.iter().all(|id| after.frames[id] == before.frames[id]), "the rest stays: {edge:?}");
        assert!(ann.board().is_free());
        assert_eq!(ann.replica.undo().then(|| ann.board().is_free()), Some(false), "one step");
    }
}

#[test]
fn aligning_what_is_in_line_changes_nothing_and_annotations_have_no_place() {
    let mut ann = flowing("One Event\n// @pivotal\nTwo Event");
    let plan = ann.run(Command::Align { lines: ids(&ann, &[0, 1, 2]), edge: Edge::Top });
    assert!(plan.ops.is_empty() && !ann.board().is_free());
}

#[test]
fn a_group_is_a_word_that_its_stickies_share() {
    let mut ann = flowing(TEXT);
    ann.changes();
    ann.run(Command::Group { lines: ids(&ann, &[0, 1, 2]) });
    let groups_now = groups(&ann);
    assert!(groups_now[0].is_some() && groups_now[0] == groups_now[1]);
    assert_eq!(groups_now[2..], [None, None, None], "an annotation goes with its sticky anyway");
    let mut changes = ann.changes();
    changes.sort_by_key(|change| format!("{change:?}"));
    let mut held = vec![Change::Held(ann.id(0)), Change::Held(ann.id(1))];
    held.sort_by_key(|change| format!("{change:?}"));
    assert_eq!(changes, held);
    assert!(ann.plan(&Command::Group { lines: ids(&ann, &[0, 1]) }).ops.is_empty(), "it is one already");
    assert!(ann.plan(&Command::Group { lines: ids(&ann, &[3]) }).ops.is_empty(), "one is no group");
    ann.run(Command::Ungroup { lines: ids(&ann, &[0]) });
    assert!(groups(&ann).iter().all(Option::is_none));
}

#[test]
fn copies_of_a_group_are_a_group_of_their_own_and_unlocked() {
    let mut ann = flowing(TEXT);
    ann.run(Command::Group { lines: ids(&ann, &[0, 1]) });
    ann.run(Command::Lock { lines: ids(&ann, &[1]), locked: true });
    let copies =
        ann.run(Command::Duplicate { lines: ids(&ann, &[0, 1, 3]), by: Point { x: 30.0, y: 30.0 } }).touched;
    let group = |id: &LineId| ann.board().line(id).unwrap().group.clone();
    assert_eq!(copies.len(), 3);
    assert!(group(&copies[0]).is_some() && group(&copies[0]) == group(&copies[1]));
    assert_ne!(group(&copies[0]), group(&ann.id(0)));
    assert_eq!(group(&copies[2]), None);
    assert!(copies.iter().all(|id| !ann.board().line(id).unwrap().locked));
}

#[test]
fn a_locked_sticky_is_left_alone_by_the_wall_until_it_is_unlocked() {
    let mut ann = flowing(TEXT);
    let event = ann.id(1);
    ann.run(Command::Lock { lines: vec![event.clone(), ann.id(2)], locked: true });
    let lines = vec![event.clone()];
    let splices = vec![Splice { at: 0, delete: 0, insert: "x".into() }];
    for command in [
        Command::Drop { lines: lines.clone(), by: Point { x: 500.0, y: 0.0 } },
        Command::Align { lines: lines.clone(), edge: Edge::Left },
        Command::SetKind { lines: lines.clone(), kind: Kind::Command },
        Command::SetProperties { line: event.clone(), properties: vec!["a".into()] },
        Command::Type { line: event.clone(), splices: splices.clone() },
        Command::Remove { lines: lines.clone() },
        Command::Remove { lines: vec![ann.id(2)] },
    ] {
        assert!(ann.plan(&command).ops.is_empty(), "{command:?}");
    }
    ann.run(Command::Lock { lines, locked: false });
    ann.run(Command::Type { line: event.clone(), splices });
    assert_eq!(ann.board().line(&event).unwrap().text, "xTodo Added");
}

#[test]
fn of_a_selection_the_unlocked_go_and_the_locked_stay() {
    let mut ann = flowing("One Event\nTwo Event\nThree Event");
    ann.run(Command::Lock { lines: ids(&ann, &[1]), locked: true });
    ann.run(Command::Remove { lines: ids(&ann, &[0, 1]) });
    assert_eq!(ann.text(), "Two Event\nThree Event");
}

#[test]
fn typing_in_the_text_still_reaches_a_locked_sticky() {
    let mut ann = flowing("One Event\nTwo Event");
    ann.run(Command::Lock { lines: ids(&ann, &[0]), locked: true });
    ann.splice(0, 3, "First");
    assert_eq!(ann.text(), "First Event\nTwo Event");
    ann.run(Command::Move { lines: ids(&ann, &[0]), at: At::End });
    assert_eq!(ann.text(), "Two Event\nFirst Event");
}

#[test]
fn tidying_leaves_locked_stickies_where_they_lie_and_nothing_lies_on_them() {
    let mut ann = flowing("One Event\nTwo Event\nThree Event");
    ann.run(Command::Drop { lines: ids(&ann, &[1]), by: Point { x: -150.0, y: 60.0 } });
    ann.run(Command::Lock { lines: ids(&ann, &[1]), locked: true });
    let before = layout(ann.board()).frames[&ann.id(1)];
    ann.run(Command::Tidy);
    let after = layout(ann.board());
    assert_eq!(after.frames[&ann.id(1)], before);
    for row in [0, 2] {
        assert!(!after.frames[&ann.id(row)].overlaps(&before));
    }
    ann.run(Command::Lock { lines: ids(&ann, &[1]), locked: false });
    ann.run(Command::Tidy);
    assert!(!ann.board().is_free());
}

#[test]
fn moving_a_locked_line_in_the_text_of_a_free_board_leaves_its_sticky_in_its_place() {
    let mut ann = flowing("One Event\nTwo Event\nThree Event");
    let one = ann.id(0);
    ann.run(Command::Drop { lines: vec![one.clone()], by: Point { x: 0.0, y: 500.0 } });
    ann.run(Command::Lock { lines: vec![one.clone()], locked: true });
    let before = layout(ann.board()).frames[&one];
    ann.run(Command::Move { lines: vec![one.clone()], at: At::End });
    assert_eq!(layout(ann.board()).frames[&one], before);
}

#[test]
fn properties_are_written_where_the_kind_has_them_and_the_rest_of_the_line_stays() {
    let mut ann = flowing("Todo Added // todoId\n// @pivotal");
    let (line, properties) = (ann.id(0), vec!["todoId".to_owned(), "text".to_owned()]);
    ann.run(Command::SetProperties { line: line.clone(), properties: properties.clone() });
    assert_eq!(ann.text(), "Todo Added // todoId, text\n// @pivotal");
    assert!(ann.plan(&Command::SetProperties { line: line.clone(), properties }).ops.is_empty());
    ann.run(Command::SetProperties { line, properties: Vec::new() });
    assert_eq!(ann.text(), "Todo Added\n// @pivotal");
}

#[test]
fn two_people_who_group_and_lock_at_once_end_with_the_same_board() {
    let (mut ann, mut bob) = two(TEXT);
    ann.run(Command::Group { lines: ids(&ann, &[0, 1]) });
    bob.run(Command::Group { lines: ids(&bob, &[1, 3]) });
    ann.run(Command::Lock { lines: ids(&ann, &[1]), locked: true });
    bob.run(Command::Drop { lines: ids(&bob, &[1]), by: Point { x: 9.0, y: 9.0 } });
    sync(&mut ann, &mut bob);
    assert_eq!(ann.board().lines, bob.board().lines);
    assert!(ann.board().line(&ann.id(1)).unwrap().locked);
}
