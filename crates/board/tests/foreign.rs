//! Records that unmodified Yjs clients write (bytes in `data/foreign.json`, made by `data/foreign.mjs`): reading is
//! total, and writing to such a record makes it a proper one.

mod common;
use board::command::Splice;
use board::layout::layout;
use board::{At, Change, Command, LineId, Point};
use common::Peer;

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn data() -> serde_json::Value {
    serde_json::from_str(include_str!("data/foreign.json")).unwrap()
}

/// A person who has received this document.
fn reading(name: &str) -> Peer {
    let mut ann = Peer::new(1);
    ann.replica.merge(&bytes(data()[name].as_str().unwrap())).unwrap();
    ann
}

fn a() -> LineId {
    LineId("a".into())
}

#[test]
fn a_line_is_read_whatever_holds_its_text() {
    for name in [
        "only a shared text",
        "the text as plain string",
        "a plain object",
        "a bare shared text",
        "a bare string",
        "a pair as shared array",
        "a place of strings",
        "a place that is no number",
        "line breaks inside",
    ] {
        assert_eq!(reading(name).text(), "Todo Added", "{name}");
    }
}

#[test]
fn fields_of_odd_shapes_are_ignored() {
    for name in ["a place of strings", "a place that is no number", "nested junk"] {
        let ann = reading(name);
        let line = ann.board().line(&a()).unwrap();
        assert_eq!((line.pos, &line.ord), (None, &None), "{name}");
    }
    assert_eq!(reading("no text at all").text(), "");
    assert_eq!(reading("a number and null for lines").board().lines.len(), 0);
    let place = Some(Point { x: 1.0, y: 2.0 });
    assert_eq!(reading("a pair as shared array").board().line(&a()).unwrap().pos, place);
    assert_eq!(reading("a plain object").board().line(&a()).unwrap().pos, place);
}

#[test]
fn owners_in_a_circle_lose_no_line() {
    assert_eq!(reading("owners in a circle").text(), "One\nTwo\nThree\nFour");
}

#[test]
fn a_person_with_odd_fields_is_a_person_without_them() {
    let ann = reading("junk in the other maps");
    let people = &ann.board().people;
    assert!(people.values().all(|person| person.name.is_empty() && person.colour.is_empty()));
    assert_eq!(ann.board().format, board::FORMAT);
}

/// Every command works on every odd record, and others then read the same.
#[test]
fn odd_records_can_be_typed_in_moved_dragged_deleted_and_restored() {
    for (name, _) in data().as_object().unwrap().iter().filter(|(_, hex)| hex.is_string()) {
        let mut ann = reading(name);
        let Some(id) = ann.board().order.first().cloned() else {
            continue;
        };
        let text = ann.board().line(&id).unwrap().text.clone();
        let splice = Splice { at: 0, delete: 0, insert: "x ".into() };
        ann.run(Command::Type { line: id.clone(), splices: vec![splice] });
        assert_eq!(ann.board().line(&id).unwrap().text, format!("x {text}"), "{name}");
        ann.run(Command::Add { at: At::After(id.clone()), text: "New Event".into(), place: None });
        let row = ann.board().position(&id).unwrap();
        assert_eq!(ann.board().line(&ann.id(row + 1)).unwrap().text, "New Event", "{name}");
        ann.run(Command::Move { lines: vec![id.clone()], at: At::End });
        assert_eq!(ann.board().order.last(), Some(&id), "{name}");
        let by = Point { x: 5.0, y: 5.0 };
        ann.run(Command::Drop { lines: vec![id.clone()], by });
        assert_eq!(layout(ann.board()).frames.len(), layout(ann.board()).order.len());
        ann.run(Command::Remove { lines: vec![id.clone()] });
        assert!(ann.board().position(&id).is_none(), "{name}");
        ann.run(Command::Restore { lines: vec![id.clone()] });
        assert!(ann.board().position(&id).is_some(), "{name}");
        let mut bob = Peer::new(2);
        common::sync(&mut ann, &mut bob);
        assert_eq!(bob.board().lines, ann.board().lines, "{name}");
    }
}

#[test]
fn an_embed_counts_as_one_letter() {
    let mut ann = reading("an embed in the text");
    assert_eq!(ann.text(), "Todo\u{FFFC} Added");
    ann.splice(6, 0, "was ");
    assert_eq!(ann.text(), "Todo\u{FFFC} was Added");
}

#[test]
fn what_a_yjs_client_does_to_a_board_is_followed_step_by_step() {
    let data = data();
    let updates = data["a session"].as_array().unwrap();
    let mut ann = Peer::new(1);
    let mut texts = Vec::new();
    for update in updates {
        ann.replica.merge(&bytes(update.as_str().unwrap())).unwrap();
        texts.push((ann.text(), ann.changes().len()));
    }
    let texts: Vec<(&str, usize)> = texts.iter().map(|(text, n)| (text.as_str(), *n)).collect();
    assert_eq!(
        texts,
        [
            ("a Event\nb Event\nc Event", 3),
            ("a😀 Event\nb Event\nc Event", 1),
            ("a😀 Event\nc Event\nb Event", 1),
            ("a😀 Event\nb Event", 1),
            ("again\nb Event", 1),
            ("b Event", 1),
        ]
    );
}

#[test]
fn typing_of_others_is_told_as_the_splices_it_was() {
    let data = data();
    let updates = data["a session"].as_array().unwrap();
    let mut ann = Peer::new(1);
    ann.replica.merge(&bytes(updates[0].as_str().unwrap())).unwrap();
    ann.changes();
    ann.replica.merge(&bytes(updates[1].as_str().unwrap())).unwrap();
    let splice = Splice { at: 1, delete: 0, insert: "😀".into() };
    assert_eq!(ann.changes(), [Change::Text(a(), vec![splice])]);
}

#[test]
fn bytes_that_are_no_update_are_an_error_and_change_nothing() {
    let mut ann = Peer::new(1);
    ann.write("One Event");
    ann.changes();
    let good = ann.replica.snapshot();
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..2_000 {
        let mut bad = good.clone();
        bad.truncate(random.usize(..good.len()));
        if ann.replica.merge(&bad).is_ok() {
            continue;
        }
        assert_eq!(ann.text(), "One Event");
    }
    assert!(ann.replica.merge(&[1]).is_err());
    assert!(ann.replica.diff(&[9, 9]).is_err());
    assert!(ann.changes().is_empty());
}

/// Bytes changed at random: the validator or the decoder refuses them, or they are merged; nothing breaks.
#[test]
fn mutated_updates_are_refused_or_merged() {
    let mut ann = Peer::new(1);
    ann.write("One Event\n// @pivotal\nTwo Event");
    let before = ann.replica.snapshot();
    ann.replica.outgoing();
    ann.splice(3, 2, "xyz\nfoo");
    let updates = [ann.replica.outgoing().pop().unwrap(), ann.replica.snapshot()];
    let mut merged = 0;
    for seed in 0..6_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut update = updates[seed as usize % 2].clone();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..update.len());
            match random.u8(..3) {
                0 => update[at] = random.u8(..),
                1 => drop(update.remove(at)),
                _ => update.insert(at, random.u8(..)),
            }
        }
        if board::wire::validate(&update, &board::wire::Limits::LIVE).is_err() {
            continue;
        }
        let mut bob = Peer::new(2);
        bob.replica.merge(&before).unwrap();
        merged += u32::from(bob.replica.merge(&update).is_ok());
        bob.splice(0, 0, "a");
        let fresh = bob.replica.snapshot();
        let fresh = board::Replica::open(9, bob.me.clone(), || 1, [&fresh[..]]).unwrap();
        assert_eq!(fresh.board().order, bob.board().order, "seed {seed}");
    }
    assert!(merged > 100, "{merged} were merged");
}
