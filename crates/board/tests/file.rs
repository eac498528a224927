//! The `.squall` file: the same board again, or an error that says what is wrong.

mod common;
use board::file::{FileError, Flaw, Squall, read};
use board::runs::{About, MAIN, NewStep, Runs};
use board::{At, Board, Command, Level, Point, Replica, Step};
use common::Peer;
use proptest::prelude::*;

/// The board that a file opens as.
fn opened(squall: &Squall) -> Board {
    let mut replica = Replica::new(7, Default::default(), || 1);
    replica.apply(&squall.ops(), Step::Untracked);
    replica.board().clone()
}

/// The file of a board that was never run.
fn write(board: &Board) -> String {
    board::file::write(board, &Runs::default())
}

fn again(board: &Board) -> Board {
    opened(&read(&write(board)).unwrap())
}

#[test]
fn a_board_opens_as_the_same_board() {
    let mut ann = Peer::new(1);
    ann.write("# Board\n\nOrder \"Placed\" \\ 😀\u{2028} // id\n// @pivotal\nOrder Paid\nGone Soon");
    ann.run(Command::Introduce { name: "Änn \u{7}".into(), colour: "#102030".into() });
    ann.run(Command::SetLevel(Level::SoftwareDesign));
    ann.run(Command::Drop { lines: vec![ann.id(2)], by: Point { x: 0.1, y: -1e-7 } });
    ann.run(Command::Group { lines: vec![ann.id(2), ann.id(4)] });
    ann.run(Command::Lock { lines: vec![ann.id(4)], locked: true });
    ann.run(Command::Remove { lines: vec![ann.id(5)] });
    let there = again(ann.board());
    assert_eq!(there.text(), ann.text());
    assert_eq!((there.level, &there.people), (Level::SoftwareDesign, &ann.board().people));
    for id in &ann.board().order {
        assert_eq!(there.line(id), ann.board().line(id));
    }
    assert_eq!(there.lines.len(), ann.board().order.len(), "what was deleted is not in the file");
    assert_eq!(write(&there), write(ann.board()));
}

#[test]
fn every_line_of_the_board_is_a_line_of_the_file() {
    let mut ann = Peer::new(1);
    ann.write("Order Placed\nOrder Paid");
    let file = write(ann.board());
    assert_eq!(file.lines().filter(|line| line.starts_with("{\"id\": ")).count(), 2);
    assert!(serde_json::from_str::<serde_json::Value>(&file).is_ok());
}

proptest! {
    #[test]
    fn what_is_written_is_read_and_written_again_as_the_same_text(
        lines in prop::collection::vec((".{0,12}|// @pivotal", any::<Option<(f32, f32)>>(), any::<bool>()), 0..12),
        name in ".{0,8}",
    ) {
        let mut ann = Peer::new(1);
        for (text, place, locked) in lines {
            let place = place.map(|(x, y)| Point { x: f64::from(x), y: f64::from(y) });
            let made = ann.run(Command::Add { at: At::End, text, place }).touched;
            ann.run(Command::Lock { lines: made, locked });
        }
        ann.run(Command::Introduce { name, colour: "#abcdef".into() });
        let file = write(ann.board());
        let there = again(ann.board());
        prop_assert_eq!(&there.order, &ann.board().order);
        prop_assert_eq!(write(&there), file);
    }

    #[test]
    fn no_input_makes_it_panic(text in ".{0,60}", cut in 0usize..400, put in ".{0,3}") {
        let _ = read(&text);
        let mut ann = Peer::new(1);
        ann.write("Order Placed\n// @pivotal\nOrder Paid");
        ann.run(Command::Drop { lines: vec![ann.id(0)], by: Point { x: 1.0, y: 1.0 } });
        let mut file = write(ann.board());
        let at = (0..=cut.min(file.len())).rev().find(|at| file.is_char_boundary(*at)).unwrap();
        file.insert_str(at, &put);
        if let Ok(squall) = read(&file) {
            opened(&squall);
        }
        let _ = read(&file[..at]);
    }
}

#[test]
fn a_file_of_a_newer_squall_is_refused_with_its_version() {
    let error = read("{\"squall\": 2, \"pages\": []}").unwrap_err();
    assert_eq!(error, FileError::Newer { version: 2 });
    assert!(error.to_string().contains("newer"));
}

#[test]
fn what_this_version_does_not_know_is_skipped() {
    let file = r##"{"squall":1,"future":{"a":[1]},"lines":[{"id":"a","text":"Order Placed","x":null}]}"##;
    assert_eq!(opened(&read(file).unwrap()).text(), "Order Placed");
}

#[test]
fn a_damaged_or_hostile_file_is_an_error_with_a_place() {
    let line = |lines: &str| read(&format!("{{\"squall\":1,\"lines\":[{lines}]}}")).unwrap_err();
    let flaw = |nth, flaw| FileError::Line { nth, flaw };
    let ok = r#"{"id":"a","text":""}"#;
    assert_eq!(line(r#"{"text":"x"}"#), flaw(1, Flaw::Id));
    assert_eq!(line("7"), flaw(1, Flaw::Id));
    assert_eq!(line(&format!("{ok},{ok}")), flaw(2, Flaw::Twice));
    assert_eq!(line(&format!("{ok},{{\"id\":\"b\"}}")), flaw(2, Flaw::NoText));
    for pos in ["[1]", "[1,\"2\"]", "[1,2,3]", "[1e10,0]", "7", "null"] {
        assert_eq!(line(&format!(r#"{{"id":"a","text":"","pos":{pos}}}"#)), flaw(1, Flaw::Place), "{pos}");
    }
    assert_eq!(line(r#"{"id":"a","text":"","ord":7}"#), flaw(1, Flaw::Field));
    let circle = r#"{"id":"a","text":"","of":"b"},{"id":"b","text":"","of":"a"}"#;
    assert_eq!(line(circle), flaw(1, Flaw::Circle));
    assert_eq!(read(""), Err(FileError::Syntax { line: 1 }));
    assert_eq!(read("{\n\"squall\": 1,\n\"lines\": [}"), Err(FileError::Syntax { line: 3 }));
    for foreign in
        ["{}", "[]", "{\"squall\":\"1\",\"lines\":[]}", "{\"squall\":0,\"lines\":[]}", "{\"squall\":1}"]
    {
        assert_eq!(read(foreign), Err(FileError::Foreign), "{foreign}");
    }
    assert!(read(&"[".repeat(1 << 20)).is_err());
    assert_eq!(read(&" ".repeat((16 << 20) + 1)), Err(FileError::TooBig));
    assert!(read(r#"{"squall":1,"lines":[{"id":"a","text":"","pos":[1e999,0]}]}"#).is_err());
}

#[test]
fn the_runs_of_a_board_are_in_its_file() {
    let mut ann = Peer::new(1);
    ann.write("Order Placed");
    let model = Some(("f1".to_owned(), "Order Placed\n\"quoted\"".to_owned()));
    let step = |n: u32| NewStep { step: format!("{{\"n\":{n}}}"), model: model.clone() };
    let begun =
        ann.replica.runs().begin("r1", About { name: "Friday 😀".into(), seed: u64::MAX, by: "Ann".into() });
    ann.run_as(Command::Run(begun.unwrap()), Step::Untracked);
    for run in [MAIN, "r1"] {
        let taken = ann.replica.runs().take(run, vec![step(1), step(2)], &mut || 7).unwrap();
        ann.run_as(Command::Run(taken), Step::Untracked);
    }
    let file = board::file::write(ann.board(), &ann.replica.runs());
    let squall = read(&file).unwrap();
    assert_eq!(squall.runs, ann.replica.runs());
    assert_eq!(squall.runs.get("r1").unwrap().len(), 2);
    let mut replica = Replica::new(7, Default::default(), || 1);
    replica.apply(&squall.ops(), Step::Untracked);
    assert_eq!(replica.runs(), ann.replica.runs());
    assert_eq!(board::file::write(replica.board(), &replica.runs()), file);
}

#[test]
fn runs_that_make_no_sense_are_left_out() {
    let file = r#"{"squall":1,"lines":[],"runs":{"main/x":"1","a/b/c":"2","":"3","main/00000001-0000000A":"4",
        "main/ffffffff-00000000":"5","main":7,"main/model/":"6","r/00000001-00000000":"{}"}}"#;
    let squall = read(file).unwrap();
    let known: Vec<_> = squall.runs.entries().collect();
    assert_eq!(known, [("r/00000001-00000000".to_owned(), "{}".to_owned())]);
    assert!(read(r#"{"squall":1,"lines":[],"runs":[1]}"#).unwrap().runs.iter().next().is_none());
}
