//! Chapters, lanes, contexts and pivotal events: where they lie, and what a drop into them does.

mod common;
use board::layout::{Frame, Layout, Region, Shape, drop, layout};
use board::{At, Command, LineId, Point};
use common::Peer;

const TEXT: &str = "Loose Event\n\
                    // @chapter Ordering\n\
                    Order Placed\n\
                    // @lane Customer\n\
                    Order Paid\n\
                    Order Cancelled\n\
                    // @lane Warehouse\n\
                    Stock Reserved\n\
                    // @chapter Returns\n\
                    Parcel Returned";

fn board(text: &str) -> (Peer, Layout) {
    let mut ann = Peer::new(1);
    ann.write(text);
    let layout = layout(ann.board());
    (ann, layout)
}

fn row(ann: &Peer, text: &str) -> LineId {
    let board = ann.board();
    board.order.iter().find(|id| board.line(id).unwrap().text.ends_with(text)).unwrap().clone()
}

fn region<'a>(ann: &Peer, layout: &'a Layout, text: &str) -> &'a Region {
    let id = row(ann, text);
    layout.regions.iter().find(|region| region.line == id).unwrap()
}

fn holds(frame: &Frame, other: &Frame) -> bool {
    frame.with(other) == *frame
}

/// The stickies (without titles) that lie in a region, in text order.
fn inside(ann: &Peer, layout: &Layout, text: &str) -> Vec<String> {
    let frame = region(ann, layout, text).frame;
    let inside = layout.order.iter().filter(|id| holds(&frame, &layout.frames[*id]));
    inside
        .map(|id| ann.board().line(id).unwrap().text.clone())
        .filter(|text| !text.starts_with("//"))
        .collect()
}

/// Drops a sticky so that its centre comes to lie there; answers where the mark said it would go.
fn drop_at(ann: &mut Peer, what: &[&str], to: Point) -> Option<At> {
    let places = layout(ann.board());
    let lines: Vec<LineId> = what.iter().map(|text| row(ann, text)).collect();
    let from = places.frames[&lines[0]].centre();
    let by = Point { x: to.x - from.x, y: to.y - from.y };
    let outcome = drop(ann.board(), &places, &lines, by);
    assert_eq!(outcome.at.is_some(), outcome.mark.is_some());
    ann.run(Command::Drop { lines, by });
    outcome.at
}

fn names(ann: &Peer) -> Vec<String> {
    ann.board().texts().map(|text| text.trim_start_matches("// @").to_owned()).collect()
}

#[test]
fn a_chapter_holds_its_lines_and_lanes_and_nothing_else() {
    let (ann, layout) = board(TEXT);
    let ordering = ["Order Placed", "Order Paid", "Order Cancelled", "Stock Reserved"];
    assert_eq!(inside(&ann, &layout, "Ordering"), ordering);
    assert_eq!(inside(&ann, &layout, "Customer"), ["Order Paid", "Order Cancelled"]);
    assert_eq!(inside(&ann, &layout, "Warehouse"), ["Stock Reserved"]);
    assert_eq!(inside(&ann, &layout, "Returns"), ["Parcel Returned"]);
    let frame = |text| region(&ann, &layout, text).frame;
    assert!(holds(&frame("Ordering"), &frame("Customer")) && holds(&frame("Ordering"), &frame("Warehouse")));
    assert!(
        !frame("Ordering").overlaps(&frame("Returns")) && !frame("Customer").overlaps(&frame("Warehouse"))
    );
}

#[test]
fn bands_are_equally_wide_and_each_begins_with_its_title_at_the_left_edge() {
    let (ann, layout) = board(TEXT);
    let (ordering, returns) =
        (region(&ann, &layout, "Ordering").frame, region(&ann, &layout, "Returns").frame);
    assert_eq!((ordering.at.x, ordering.width), (returns.at.x, returns.width));
    for name in ["Ordering", "Customer", "Warehouse", "Returns"] {
        let (band, title) = (region(&ann, &layout, name).frame, layout.frames[&row(&ann, name)]);
        let corner = Point { x: title.at.x - band.at.x, y: title.at.y - band.at.y };
        assert!(
            (0.0..60.0).contains(&corner.x) && corner.y == (0.0_f64).max(corner.y) && corner.y < 60.0,
            "{name}"
        );
    }
}

#[test]
fn a_context_outlines_its_lines_up_to_the_next_context() {
    let (ann, layout) = board(
        "Loose Event\n// @context Ordering\nOrder Placed\nOrder Paid\n// @context Stock\nStock Reserved",
    );
    assert_eq!(inside(&ann, &layout, "Ordering"), ["Order Placed", "Order Paid"]);
    assert_eq!(inside(&ann, &layout, "Stock"), ["Stock Reserved"]);
    assert!(layout.regions.iter().all(|region| region.shape == Shape::Context));
}

#[test]
fn a_pivotal_event_has_a_line_after_it_over_the_full_height_of_its_row() {
    let (ann, layout) = board("Add ->\nOne Event\nTwo Event\n// @pivotal\nAdd Next ->\nThree Event");
    let [line] = &layout.regions[..] else { panic!("one line") };
    assert_eq!((line.shape, &line.line), (Shape::Pivotal, &ann.id(2)));
    let frame = |row: usize| layout.frames[&ann.id(row)];
    assert!(line.frame.at.x > frame(2).right() && line.frame.right() < frame(4).at.x);
    assert!(line.frame.at.y < frame(1).at.y && line.frame.bottom() > frame(2).bottom());
}

#[test]
fn on_a_free_board_a_region_follows_its_lines() {
    let (mut ann, before) = board(TEXT);
    let id = row(&ann, "Order Paid");
    ann.run(Command::Drop { lines: vec![id.clone()], by: Point { x: -30.0, y: 0.0 } });
    let after = layout(ann.board());
    assert!(ann.board().is_free());
    let lane = region(&ann, &after, "Customer").frame;
    assert!(holds(&lane, &after.frames[&id]));
    assert!(lane.at.x < region(&ann, &before, "Customer").frame.at.x);
    assert_eq!(inside(&ann, &after, "Warehouse"), ["Stock Reserved"]);
}

#[test]
fn a_drop_into_a_lane_takes_the_sticky_into_it_between_its_neighbours() {
    let (mut ann, layout) = board(TEXT);
    let (paid, cancelled) = (layout.frames[&row(&ann, "Paid")], layout.frames[&row(&ann, "Cancelled")]);
    let between = Point { x: (paid.right() + cancelled.at.x) / 2.0, y: paid.centre().y };
    let at = drop_at(&mut ann, &["Parcel Returned"], between);
    assert_eq!(at, Some(At::After(row(&ann, "Order Paid"))));
    assert_eq!(names(&ann)[3..7], ["lane Customer", "Order Paid", "Parcel Returned", "Order Cancelled"]);
}

#[test]
fn a_drop_behind_the_last_of_a_lane_stays_in_that_lane() {
    let (mut ann, layout) = board(TEXT);
    let last = layout.frames[&row(&ann, "Stock Reserved")];
    let behind = Point { x: last.right() + 150.0, y: last.centre().y };
    drop_at(&mut ann, &["Order Placed"], behind);
    assert_eq!(names(&ann)[5..8], ["lane Warehouse", "Stock Reserved", "Order Placed"]);
}

#[test]
fn a_drop_beside_the_last_of_the_widest_lane_goes_to_its_end() {
    for free in [false, true] {
        let (mut ann, _) = board(TEXT);
        if free {
            ann.run(Command::Drop {
                lines: vec![row(&ann, "Parcel Returned")],
                by: Point { x: 1.0, y: 1.0 },
            });
        }
        let last = layout(ann.board()).frames[&row(&ann, "Cancelled")];
        drop_at(&mut ann, &["Stock Reserved"], Point { x: last.right() + 120.0, y: last.centre().y });
        assert_eq!(names(&ann)[3..7], ["lane Customer", "Order Paid", "Order Cancelled", "Stock Reserved"]);
    }
}

#[test]
fn the_first_free_drag_leaves_the_bands_as_they_are() {
    let (mut ann, before) = board(TEXT);
    ann.run(Command::Drop { lines: vec![row(&ann, "Loose Event")], by: Point { x: 3.0, y: -30.0 } });
    assert!(ann.board().is_free());
    assert_eq!(layout(ann.board()).regions, before.regions);
}

#[test]
fn bands_that_people_put_side_by_side_are_as_wide_as_what_lies_in_them() {
    let (mut ann, _) = board("// @chapter One\nOne Event\n// @chapter Two\nTwo Event");
    let two = vec![ann.id(2), ann.id(3)];
    let up = layout(ann.board()).frames[&ann.id(2)].at.y;
    ann.run(Command::Drop { lines: two, by: Point { x: 2_000.0, y: -up } });
    let places = layout(ann.board());
    let (one, two) = (region(&ann, &places, "One").frame, region(&ann, &places, "Two").frame);
    assert!(!one.overlaps(&two) && one.width < 600.0 && two.at.x > 1_900.0);
}

#[test]
fn a_drop_into_an_empty_chapter_takes_the_sticky_after_its_title() {
    let (mut ann, layout) =
        board("Order Placed\nOrder Paid\n// @chapter Returns\n// @chapter Archive\nAll Archived");
    let title = layout.frames[&row(&ann, "Returns")].centre();
    drop_at(&mut ann, &["Order Placed"], title);
    assert_eq!(
        names(&ann),
        ["Order Paid", "chapter Returns", "Order Placed", "chapter Archive", "All Archived"]
    );
}

#[test]
fn a_drop_into_a_context_takes_the_sticky_into_it() {
    let (mut ann, layout) =
        board("Loose Event\n// @context Ordering\nOrder Placed\n// @context Stock\nStock Reserved");
    let at = layout.frames[&row(&ann, "Order Placed")];
    drop_at(&mut ann, &["Loose Event"], Point { x: at.right(), y: at.centre().y });
    assert_eq!(names(&ann)[..3], ["context Ordering", "Order Placed", "Loose Event"]);
}

#[test]
fn a_selection_goes_into_a_band_as_a_block_with_what_belongs_to_it() {
    let (mut ann, layout) = board(&TEXT.replace("Order Paid", "Order Paid\n// @pivotal"));
    let at = layout.frames[&row(&ann, "Parcel Returned")];
    let behind = Point { x: at.right() + 30.0, y: at.centre().y };
    drop_at(&mut ann, &["Order Paid", "Order Cancelled"], behind);
    let end = ["chapter Returns", "Parcel Returned", "Order Paid", "pivotal", "Order Cancelled"];
    assert_eq!(names(&ann)[names(&ann).len() - 5..], end);
    ann.replica.undo();
    assert_eq!(ann.text(), TEXT.replace("Order Paid", "Order Paid\n// @pivotal"));
    assert!(!ann.board().is_free());
}

#[test]
fn a_drop_outside_of_all_regions_leaves_the_sticky_in_its_own() {
    let (mut ann, _) = board(TEXT);
    let at = drop_at(&mut ann, &["Stock Reserved"], Point { x: 9_000.0, y: 9_000.0 });
    assert_eq!(at, None);
    assert_eq!(ann.text(), TEXT);
}

#[test]
fn the_order_within_a_lane_still_follows_who_passed_whom() {
    let (mut ann, layout) = board(TEXT);
    let cancelled = layout.frames[&row(&ann, "Cancelled")].centre();
    let at = drop_at(&mut ann, &["Order Paid"], Point { x: cancelled.x + 10.0, ..cancelled });
    assert_eq!(at, Some(At::After(row(&ann, "Cancelled"))));
    assert_eq!(names(&ann)[3..7], ["lane Customer", "Order Cancelled", "Order Paid", "lane Warehouse"]);
}

#[test]
fn what_hangs_on_a_sticky_or_waits_for_it_stays_with_it_when_another_is_dropped_beside() {
    let text =
        "One Event\n// @hotspot Why?\n// @opportunity More\n// @actor Ann\nAdd ->\nTwo Event\nThree Event";
    let (mut ann, layout) = board(text);
    let (one, add) = (layout.frames[&row(&ann, "One Event")], layout.frames[&row(&ann, "Add ->")]);
    let between = Point { x: (one.right() + add.at.x) / 2.0, y: add.centre().y };
    let at = drop_at(&mut ann, &["Two Event"], between);
    assert_eq!(at, Some(At::Before(row(&ann, "Ann"))));
    let told = ["One Event", "hotspot Why?", "opportunity More", "Two Event", "actor Ann", "Add ->"];
    assert_eq!(names(&ann)[..6], told);
    ann.replica.undo();
    let at = drop_at(&mut ann, &["Three Event"], between);
    assert_eq!(at, Some(At::After(row(&ann, "More"))), "it comes from another row");
    assert_eq!(names(&ann)[3..6], ["Three Event", "actor Ann", "Add ->"]);
}

#[test]
fn a_point_in_a_lane_is_between_the_lines_that_lie_around_it() {
    let (ann, layout) = board(TEXT);
    let frame = |text: &str| layout.frames[&row(&ann, text)];
    let at = |point: Point| board::layout::at(ann.board(), &layout, point);
    let paid = frame("Order Paid");
    let behind = Point { x: paid.right() + 5.0, y: paid.centre().y };
    assert_eq!(at(behind), Some(At::After(row(&ann, "Order Paid"))));
    assert_eq!(at(frame("Warehouse").centre()), Some(At::After(row(&ann, "Warehouse"))));
    assert_eq!(at(Point { x: 0.0, y: -500.0 }), None);
}

#[test]
fn wherever_a_sticky_is_dropped_it_lies_after_what_the_mark_said() {
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let (mut ann, layout) = board(TEXT);
        let stickies = ["Loose Event", "Order Placed", "Order Paid", "Stock Reserved", "Parcel Returned"];
        let what = stickies[random.usize(..stickies.len())];
        let all = board::geometry::bounds(layout.frames.values()).unwrap();
        let to = Point { x: all.at.x + random.f64() * all.width, y: all.at.y + random.f64() * all.height };
        let before = ann.text();
        let (at, id) = (drop_at(&mut ann, &[what], to), row(&ann, what));
        let here = ann.board().position(&id).unwrap();
        match at {
            None => assert_eq!(ann.text(), before, "seed {seed}"),
            Some(At::After(other)) => assert_eq!(ann.id(here - 1), other, "seed {seed}"),
            Some(At::Before(other)) => assert_eq!(ann.id(here + 1), other, "seed {seed}"),
            Some(at) => panic!("seed {seed}: {at:?}"),
        }
    }
}

#[test]
fn a_new_title_on_a_free_board_lies_below_all_and_what_comes_after_it_under_it() {
    let (mut ann, _) = board("One Event\nTwo Event");
    ann.run(Command::Drop { lines: vec![ann.id(0)], by: Point { x: 5.0, y: 5.0 } });
    ann.run(Command::Add { at: At::End, text: "// @chapter Returns".into(), place: None });
    ann.run(Command::Add { at: At::End, text: "Three Event".into(), place: None });
    let places = layout(ann.board());
    let frame = |row: usize| places.frames[&ann.id(row)];
    assert!(frame(2).at.y > frame(0).bottom().max(frame(1).bottom()));
    assert_eq!(frame(3).at, Point { x: frame(2).at.x, y: frame(2).bottom() + 20.0 });
    assert!(!region(&ann, &places, "Returns").frame.overlaps(&frame(0)));
}
