//! The wall: places in flow and on a free board, drops.

mod common;
use board::geometry::bounds;
use board::layout::{Frame, Layout, Shape, drop, layer, layout};
use board::{At, Board, Command, LineId, Point};
use common::Peer;
use emd::Kind;

/// The samples, and a board that has one of everything.
fn boards() -> Vec<(String, Peer)> {
    let everything = ("everything".to_owned(), include_str!("data/everything.emd").to_owned());
    let texts = common::samples().into_iter().chain([everything]);
    texts.map(|(name, text)| (name, flowing(&text))).collect()
}

fn flowing(text: &str) -> Peer {
    let mut ann = Peer::new(1);
    ann.write(text);
    ann
}

fn kind(board: &Board, id: &LineId) -> Kind {
    board.line(id).unwrap().kind
}

/// Overlaps that the notation does not mean: only actors and hotspots may lie on others.
fn overlaps(board: &Board, layout: &Layout) -> Vec<String> {
    let small = |id: &LineId| matches!(kind(board, id), Kind::Actor | Kind::Hotspot | Kind::Opportunity);
    let mut found = Vec::new();
    let order = &layout.order;
    for (at, a) in order.iter().enumerate() {
        let over: Vec<&LineId> =
            order[at + 1..].iter().filter(|b| layout.frames[a].overlaps(&layout.frames[*b])).collect();
        for b in over {
            let meant = match (small(a), small(b)) {
                (false, false) => false,
                (true, true) => kind(board, a) == Kind::Actor && kind(board, b) == Kind::Hotspot,
                // One host each: checked below.
                _ => true,
            };
            if !meant {
                let text = |id: &LineId| board.line(id).unwrap().text.clone();
                found.push(format!("{} / {}", text(a), text(b)));
            }
        }
    }
    for id in order.iter().filter(|id| small(id)) {
        let hosts =
            order.iter().filter(|other| !small(other) && layout.frames[*other].overlaps(&layout.frames[id]));
        if hosts.count() > 1 {
            found.push(format!("{} lies on two", board.line(id).unwrap().text));
        }
    }
    found
}

fn frame_of(peer: &Peer, layout: &Layout, row: usize) -> Frame {
    layout.frames[&peer.id(row)]
}

/// The commands and events, as they are read on the wall: row by row, from left to right.
fn reads_in_text_order(board: &Board, layout: &Layout) -> bool {
    let commands: Vec<Frame> = layout
        .order
        .iter()
        .filter(|id| kind(board, id) == Kind::Command)
        .map(|id| layout.frames[id])
        .collect();
    commands.windows(2).all(|pair| {
        let (a, b) = (pair[0], pair[1]);
        b.at.x > a.at.x && b.at.y == a.at.y || b.at.y > a.at.y
    })
}

/// Regions hold a sticky whole or not at all; lines of pivotal events run between stickies, or behind a screen.
fn crossings(board: &Board, layout: &Layout) -> Vec<String> {
    let mut found = Vec::new();
    for region in &layout.regions {
        for id in &layout.order {
            let frame = layout.frames[id];
            let whole = region.shape != Shape::Pivotal && region.frame.with(&frame) == region.frame;
            let small = region.shape == Shape::Pivotal
                && (layer(kind(board, id)) == 1 || kind(board, id) == Kind::Screen);
            if region.frame.overlaps(&frame) && !whole && !small {
                found.push(format!(
                    "{:?} {} / {}",
                    region.shape,
                    board.line(&region.line).unwrap().text,
                    board.line(id).unwrap().text
                ));
            }
        }
    }
    found
}

#[test]
fn every_board_flows_without_unmeant_overlap_in_text_order() {
    for (name, ann) in boards() {
        let layout = layout(ann.board());
        assert_eq!(overlaps(ann.board(), &layout), Vec::<String>::new(), "{name}");
        assert_eq!(crossings(ann.board(), &layout), Vec::<String>::new(), "{name}");
        assert!(reads_in_text_order(ann.board(), &layout), "{name}");
    }
}

#[test]
fn titles_are_as_long_as_what_they_say() {
    for (name, ann) in boards() {
        let layout = layout(ann.board());
        for id in &layout.order {
            let line = ann.board().line(id).unwrap();
            let letter = match line.kind {
                Kind::Heading(1) => 18.0,
                Kind::Heading(_) | Kind::Chapter | Kind::Lane | Kind::Context => 13.0,
                _ => continue,
            };
            let said = emd::line(&line.text).name.text.chars().count() as f64 * letter;
            assert!(layout.frames[id].width >= said, "{name}: {}", line.text);
        }
    }
}

#[test]
fn the_todo_list_fits_the_screen() {
    let ann = flowing(&common::samples()["sample-todolist"]);
    let all = bounds(layout(ann.board()).frames.values()).unwrap();
    assert!(all.width <= 1960.0 && all.height <= 1480.0, "{all:?}");
}

#[test]
fn random_boards_flow_without_unmeant_overlap() {
    const LINES: [&str; 21] = [
        "Todo Added",
        "Add Todo ->",
        "Todo List*",
        "// @policy Whenever Todo Added, Tell Ann",
        "// @constraint Todo",
        "// @actor Ann",
        "// @system Mail",
        "// @hotspot Who?",
        "// @ui Page",
        "// @opportunity More",
        "# Board",
        "## Part",
        "// @term Todo: a thing",
        "// a note",
        "",
        "// @pivotal",
        "// @chapter Returns",
        "// @lane Warehouse",
        "// @context Stock",
        "// @scenario It works",
        "// @given Todo Added",
    ];
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let count = random.usize(1..80);
        let lines: Vec<&str> = (0..count).map(|_| LINES[random.usize(..LINES.len())]).collect();
        let ann = flowing(&lines.join("\n"));
        let layout = layout(ann.board());
        let stickies = ann.board().order.iter().filter(|id| kind(ann.board(), id).is_on_wall());
        assert_eq!(stickies.count(), layout.frames.len(), "seed {seed}");
        assert_eq!(overlaps(ann.board(), &layout), Vec::<String>::new(), "seed {seed}: {lines:#?}");
        assert_eq!(crossings(ann.board(), &layout), Vec::<String>::new(), "seed {seed}: {lines:#?}");
    }
}

#[test]
fn a_hotspot_lies_on_the_upper_right_of_the_sticky_before_it_and_an_actor_on_its_command() {
    let ann = flowing("// @actor Ann\nAdd Todo ->\nTodo Added\n// @hotspot Why?");
    let layout = layout(ann.board());
    let frame = |row| frame_of(&ann, &layout, row);
    assert!(frame(3).overlaps(&frame(2)) && frame(3).centre().x > frame(2).centre().x);
    assert!(frame(3).centre().y < frame(2).centre().y);
    assert!(frame(0).overlaps(&frame(1)) && frame(0).centre().y > frame(1).centre().y);
    assert!(frame(0).centre().x < frame(1).centre().x);
}

#[test]
fn the_first_free_drag_writes_the_places_of_all_stickies_and_tidy_takes_them_back() {
    let mut ann = flowing("# Board\nAdd Todo ->\n\nTodo Added\n// @pivotal");
    let before = layout(ann.board());
    let event = ann.id(3);
    ann.run(Command::Drop { lines: vec![event.clone()], by: Point { x: 7.0, y: 300.0 } });
    assert!(ann.board().is_free());
    let after = layout(ann.board());
    for id in &after.order {
        let expected = match id == &event {
            true => before.frames[id].moved(Point { x: 7.0, y: 300.0 }),
            false => before.frames[id],
        };
        assert_eq!(after.frames[id], expected);
        assert!(ann.board().line(id).unwrap().pos.is_some());
    }
    ann.run(Command::Tidy);
    assert!(!ann.board().is_free());
    assert_eq!(layout(ann.board()).frames, before.frames);
    ann.replica.undo();
    ann.replica.undo();
    assert_eq!(layout(ann.board()).frames, before.frames);
}

#[test]
fn the_order_changes_only_when_a_centre_is_passed() {
    let mut ann = flowing("One Event\nTwo Event\nThree Event");
    let places = layout(ann.board());
    let first = ann.id(0);
    let short = drop(ann.board(), &places, std::slice::from_ref(&first), Point { x: 210.0, y: 0.0 });
    assert_eq!((short.at, short.mark), (None, None));
    let by = Point { x: 230.0, y: 30.0 };
    let far = drop(ann.board(), &places, std::slice::from_ref(&first), by);
    assert_eq!(far.at, Some(At::After(ann.id(1))));
    assert!(far.mark.is_some());
    ann.run(Command::Drop { lines: vec![first], by });
    assert_eq!(ann.text(), "Two Event\nOne Event\nThree Event");
    ann.replica.undo();
    assert_eq!(ann.text(), "One Event\nTwo Event\nThree Event");
    assert!(!ann.board().is_free(), "one gesture, one step");
}

#[test]
fn a_selection_moves_as_a_block() {
    let mut ann = flowing("One Event\nTwo Event\nThree Event\nFour Event");
    let lines = vec![ann.id(0), ann.id(1)];
    ann.run(Command::Drop { lines, by: Point { x: 460.0, y: 0.0 } });
    assert_eq!(ann.text(), "Three Event\nOne Event\nTwo Event\nFour Event");
}

#[test]
fn a_new_line_on_a_free_board_gets_a_clear_place_beside_its_neighbour() {
    let mut ann = flowing("One Event\nTwo Event\nThree Event");
    let two = ann.id(1);
    ann.run(Command::Drop { lines: vec![two], by: Point { x: 0.0, y: 500.0 } });
    ann.splice(9, 0, "\nNew Event");
    assert_eq!(ann.text(), "One Event\nNew Event\nTwo Event\nThree Event");
    let places = layout(ann.board());
    let (one, new) = (frame_of(&ann, &places, 0), frame_of(&ann, &places, 1));
    assert!(ann.board().line(&ann.id(1)).unwrap().pos.is_some());
    assert_eq!(new.at, Point { x: one.right() + 20.0, y: one.at.y });
    assert_eq!(overlaps(ann.board(), &places), Vec::<String>::new());
}

#[test]
fn moving_a_line_in_the_text_of_a_free_board_places_its_sticky_beside_the_new_neighbour() {
    let mut ann = flowing("One Event\nTwo Event\nThree Event");
    let three = ann.id(2);
    ann.run(Command::Drop { lines: vec![ann.id(0)], by: Point { x: 0.0, y: 500.0 } });
    ann.run(Command::Move { lines: vec![three.clone()], at: At::After(ann.id(0)) });
    assert_eq!(ann.text(), "One Event\nThree Event\nTwo Event");
    let places = layout(ann.board());
    assert_eq!(places.frames[&three].at.y, places.frames[&ann.id(0)].at.y);
}

#[test]
fn a_sticky_added_where_a_person_pointed_lies_there() {
    let mut ann = flowing("One Event");
    let place = Point { x: 700.0, y: 80.0 };
    let plan = ann.run(Command::Add { at: At::End, text: "Two Event".into(), place: Some(place) });
    let places = layout(ann.board());
    assert_eq!(places.frames[&plan.touched[0]].at, place);
    assert!(ann.board().is_free());
}

#[test]
fn an_actor_lies_on_top_of_its_command_though_it_comes_first_in_the_text() {
    let ann = flowing("// @actor Ann\nAdd Todo ->\nTodo Added");
    let stacking = layout(ann.board()).stacking(ann.board());
    assert_eq!(stacking, [ann.id(1), ann.id(2), ann.id(0)]);
}

#[test]
fn a_board_of_events_reads_as_a_timeline_in_rows() {
    let text: Vec<String> = (0..60).map(|nth| format!("Thing {nth} Happened")).collect();
    let ann = flowing(&text.join("\n"));
    let layout = layout(ann.board());
    let frames: Vec<Frame> = layout.order.iter().map(|id| layout.frames[id]).collect();
    assert!(frames.windows(2).all(|pair| {
        let (a, b) = (pair[0].at, pair[1].at);
        b.y == a.y && b.x > a.x || b.y > a.y && b.x == 0.0
    }));
    let all = bounds(&frames).unwrap();
    assert!(all.width / all.height > 1.0 && all.width / all.height < 2.5, "{all:?}");
}

#[test]
fn what_is_pasted_onto_a_free_board_stays_together_and_lies_on_nothing() {
    let mut ann = flowing("One Event\nTwo Event\nThree Event");
    ann.run(Command::Drop { lines: vec![ann.id(2)], by: Point { x: 30.0, y: 300.0 } });
    let text: Vec<String> = (0..40).map(|nth| format!("Pasted {nth}")).collect();
    let made =
        ann.run(Command::Paste { at: At::After(ann.id(0)), text: text.join("\n"), place: None }).touched;
    let places = layout(ann.board());
    assert_eq!(overlaps(ann.board(), &places), Vec::<String>::new());
    let block = bounds(made.iter().map(|id| &places.frames[id])).unwrap();
    assert!(block.width <= 1960.0, "{block:?}");
    let others = [ann.id(0), ann.id(41), ann.id(42)];
    assert!(others.iter().all(|id| !block.overlaps(&places.frames[id])), "nothing lies among them");
}

#[test]
fn what_is_pasted_at_a_point_lies_from_there_on_as_it_would_flow() {
    let mut ann = flowing("One Event");
    let place = Point { x: 5_000.0, y: 40.0 };
    let text = "// @actor Ann\nAdd Todo ->\nTodo Added\nTodo List*".to_owned();
    let made = ann.run(Command::Paste { at: At::End, text, place: Some(place) }).touched;
    let places = layout(ann.board());
    let block = bounds(made.iter().map(|id| &places.frames[id])).unwrap();
    assert_eq!(block.at, place);
    assert_eq!(overlaps(ann.board(), &places), Vec::<String>::new());
    assert!(
        places.frames[&made[3]].at.y > places.frames[&made[1]].at.y,
        "the read model is under its command"
    );
}
