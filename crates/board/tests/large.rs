//! What a large board costs, counted and not timed.

mod common;
use board::command::Splice;
use board::geometry::Grid;
use board::layout::layout;
use board::{At, Change, Command, Point, Step};
use common::{Peer, sync};

fn large(lines: usize) -> Peer {
    let text: Vec<String> = (0..lines).map(|nth| format!("Todo {nth} Added // todoId")).collect();
    let mut ann = Peer::new(1);
    ann.write(&text.join("\n"));
    ann.changes();
    ann.replica.outgoing();
    ann
}

#[test]
fn a_keystroke_on_a_board_of_5000_lines_changes_one_line_and_sends_a_few_bytes() {
    let mut ann = large(5_000);
    let id = ann.id(2_500);
    let splice = Splice { at: 4, delete: 0, insert: "!".into() };
    ann.run(Command::Type { line: id.clone(), splices: vec![splice.clone()] });
    assert_eq!(ann.changes(), [Change::Text(id, vec![splice])]);
    let sent: usize = ann.replica.outgoing().iter().map(Vec::len).sum();
    assert!(sent < 40, "{sent} bytes");
}

#[test]
fn enter_on_a_board_of_5000_lines_is_one_step_and_one_change() {
    let mut ann = large(5_000);
    let end = board::text::offset(ann.board(), &ann.id(2_500), u32::MAX).unwrap();
    let plan = ann.splice(end as usize, 0, "\n");
    assert_eq!(plan.ops.len(), 1);
    let changes = ann.changes();
    assert!(matches!(&changes[..], [Change::Added(id)] if *id == ann.id(2_501)), "{changes:?}");
}

#[test]
fn a_move_over_5000_lines_writes_one_key() {
    let mut ann = large(5_000);
    let plan = ann.run(Command::Move { lines: vec![ann.id(0)], at: At::End });
    assert_eq!(plan.ops.len(), 1);
    assert_eq!(ann.changes().len(), 1);
}

#[test]
fn a_position_in_a_line_is_one_of_the_text() {
    let ann = large(300);
    let text = ann.text();
    for row in [0, 7, 299] {
        let offset = board::text::offset(ann.board(), &ann.id(row), 5).unwrap();
        assert!(text[offset as usize..].starts_with(&format!("{row} Added // todoId")));
    }
}

#[test]
fn keys_stay_short_however_many_lines_are_typed_after_each_other() {
    let mut ann = large(1);
    let mut end = ann.text().len();
    for _ in 0..2_000 {
        ann.splice(end, 0, "\nx");
        end += 2;
    }
    let longest = ann.board().lines.values().filter_map(|line| line.ord.as_ref()).map(String::len);
    assert!(longest.max().unwrap() <= 11);
}

#[test]
fn a_paste_of_5000_lines_onto_a_free_board_is_one_step_and_lies_on_nothing() {
    let mut ann = large(50);
    ann.run(Command::Drop { lines: vec![ann.id(0)], by: Point { x: 7.0, y: 7.0 } });
    let before = ann.text();
    let list: Vec<String> = (0..5_000).map(|nth| format!("- Thing {nth} happened")).collect();
    let at = At::After(ann.id(20));
    ann.run(Command::Paste { at, text: list.join("\r\n"), place: None });
    assert_eq!(ann.board().order.len(), 5_050);
    let places = layout(ann.board());
    let mut grid = Grid::default();
    for id in &places.order {
        let frame = places.frames[id];
        assert!(ann.board().line(id).unwrap().pos.is_some());
        let lies_on =
            grid.near(&frame).into_iter().find(|other| places.frames[*other].overlaps(&frame)).cloned();
        assert_eq!(lies_on, None);
        grid.insert(id, &frame);
    }
    ann.replica.undo();
    assert_eq!(ann.text(), before);
}

/// The bytes that a drag leaves in the document of somebody who only keeps it (a server).
#[test]
fn a_drag_leaves_a_few_bytes_of_history() {
    let mut ann = Peer::new(1);
    ann.write("One Event\nTwo Event");
    let id = ann.id(0);
    ann.run(Command::Drop { lines: vec![id.clone()], by: Point { x: 1.0, y: 300.0 } });
    let mut server = Peer::new(2);
    sync(&mut ann, &mut server);
    let before = server.replica.snapshot().len();
    let drags = 200;
    for nth in 0..drags {
        let by = Point { x: f64::from(nth % 7) - 3.0, y: f64::from(nth % 5) - 2.0 };
        ann.run_as(Command::Drop { lines: vec![id.clone()], by }, Step::New);
        for update in ann.replica.outgoing() {
            server.replica.merge(&update).unwrap();
        }
    }
    let grown = server.replica.snapshot().len() - before;
    assert!(grown <= 15 * drags as usize, "{grown} bytes for {drags} drags");
    assert_eq!(server.board().lines, ann.board().lines);
}

#[test]
fn a_board_of_5000_lines_is_not_much_larger_than_was_measured() {
    let ann = large(5_000);
    let bytes = ann.replica.snapshot().len();
    assert!(bytes < 800_000, "{bytes}");
}
