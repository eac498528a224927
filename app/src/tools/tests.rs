//! Gestures as stories: inputs in, effects out, no browser.

use super::*;
use board::layout::Frame;

fn id(name: &str) -> LineId {
    LineId(name.into())
}

fn ids(names: &str) -> Vec<LineId> {
    names.split_whitespace().map(id).collect()
}

fn at(x: f64, y: f64) -> Screen {
    Screen { x, y }
}

/// Stickies of 200 x 200 by name: a, b and c in a row, of which `grouped` belong together and `locked` are locked.
#[derive(Default)]
struct Paper {
    grouped: &'static str,
    locked: &'static str,
}

const ROW: [(&str, f64); 3] = [("a", 0.0), ("b", 400.0), ("c", 800.0)];

impl Paper {
    fn frame(line: &LineId) -> Frame {
        let x = ROW.iter().find(|(name, _)| *name == &*line.0).map_or(0.0, |(_, x)| *x);
        Frame { at: Point { x, y: 0.0 }, width: 200.0, height: 200.0 }
    }
}

impl Wall for Paper {
    fn touching(&self, area: Area) -> Vec<LineId> {
        let touches = |x: f64| x < area.x + area.width && x + 200.0 > area.x && area.y < 200.0;
        let touched = ROW.iter().filter(|(_, x)| touches(*x)).map(|(name, _)| id(name));
        touched.filter(|line| !self.is_locked(line)).collect()
    }

    fn group(&self, line: &LineId) -> Vec<LineId> {
        let group = ids(self.grouped);
        if group.contains(line) { group } else { vec![line.clone()] }
    }

    fn is_locked(&self, line: &LineId) -> bool {
        ids(self.locked).contains(line)
    }

    fn snap(&self, lines: &[LineId], by: Point) -> Snap {
        let others: Vec<Frame> = ROW
            .iter()
            .map(|(name, _)| id(name))
            .filter(|id| !lines.contains(id))
            .map(|id| Self::frame(&id))
            .collect();
        snap(&Self::frame(&lines[0]), by, &others, 16.0)
    }
}

struct Hand {
    paper: Paper,
    state: State,
    selection: Vec<LineId>,
    effects: Vec<Effect>,
    held: Held,
}

impl Hand {
    fn new() -> Hand {
        Hand::on(Paper::default())
    }

    fn on(paper: Paper) -> Hand {
        Hand { paper, state: State::Idle, selection: Vec::new(), effects: Vec::new(), held: Held::default() }
    }

    fn holding(mut self, held: Held) -> Hand {
        self.held = held;
        self
    }

    fn with(mut self, names: &str) -> Hand {
        self.selection = ids(names);
        self
    }

    /// At a zoom of 50 %: one pixel of the screen is two of the wall.
    fn does(mut self, input: Input) -> Hand {
        let camera = Camera { x: 0.0, y: 0.0, zoom: 0.5 };
        let view = View { camera, selection: &self.selection, wall: &self.paper };
        let (state, effects) = step(self.state, input, &view);
        for effect in &effects {
            if let Effect::Select(selection) = effect {
                self.selection = selection.clone();
            }
        }
        self.state = state;
        self.effects = effects;
        self
    }

    fn down(self, x: f64, y: f64, on: Option<&str>) -> Hand {
        let held = self.held;
        self.does(Input::Down { at: at(x, y), on: on.map(id), held })
    }

    fn moves(self, x: f64, y: f64) -> Hand {
        let held = self.held;
        self.does(Input::Move { at: at(x, y), held })
    }

    fn up(self, x: f64, y: f64) -> Hand {
        let held = self.held;
        self.does(Input::Up { at: at(x, y), held })
    }

    fn click(self, x: f64, y: f64, on: &str) -> Hand {
        self.down(x, y, Some(on)).up(x, y)
    }

    fn way(&self) -> Option<Point> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Ghost { snap, .. } => Some(snap.by),
            Effect::Drop { by, .. } | Effect::Duplicate { by, .. } => Some(*by),
            _ => None,
        })
    }
}

const SHIFT: Held = Held { shift: true, alt: false, command: false, hand: false, right: false, touch: false };
const ALT: Held = Held { alt: true, shift: false, ..SHIFT };
const CTRL: Held = Held { command: true, shift: false, ..SHIFT };
const RIGHT: Held = Held { right: true, shift: false, ..SHIFT };
const TOUCH: Held = Held { touch: true, shift: false, ..SHIFT };

// ---- clicks

#[test]
fn a_click_selects_one_sticky() {
    let hand = Hand::new().down(10.0, 10.0, Some("a")).up(11.0, 10.0);
    assert_eq!(hand.effects, vec![Effect::Select(ids("a"))]);
    assert_eq!(hand.state, State::Idle);
}

#[test]
fn shift_and_click_adds_a_sticky_and_takes_it_out_again() {
    let hand = Hand::new().with("a").holding(SHIFT).click(210.0, 10.0, "b");
    assert_eq!(hand.selection, ids("a b"));
    assert_eq!(hand.click(10.0, 10.0, "a").selection, ids("b"));
}

#[test]
fn a_click_on_the_wall_sets_the_insertion_point() {
    let hand = Hand::new().down(50.0, 160.0, None).up(50.0, 160.0);
    let spot = Effect::Insertion(Point { x: 100.0, y: 320.0 });
    assert_eq!(hand.effects, vec![Effect::Select(vec![]), spot]);
}

#[test]
fn a_chosen_kind_is_written_where_the_next_click_goes() {
    let hand = Hand::new().does(Input::Arm(Kind::Command)).down(20.0, 20.0, Some("a")).up(20.0, 20.0);
    let around = Point { x: 40.0, y: 40.0 };
    assert_eq!(hand.effects, vec![Effect::Write { kind: Kind::Command, around }]);
}

#[test]
fn a_click_on_a_member_selects_its_group_and_inside_the_group_the_member() {
    let grouped = Paper { grouped: "a b", ..Paper::default() };
    let hand = Hand::on(grouped).click(10.0, 10.0, "a");
    assert_eq!(hand.selection, ids("a b"));
    let hand = hand.with("a").click(210.0, 10.0, "b");
    assert_eq!(hand.selection, ids("b"), "who has gone into the group stays there");
}

// ---- dragging

#[test]
fn a_drag_writes_once_at_its_end_in_wall_pixels() {
    let hand = Hand::new().down(10.0, 10.0, Some("a")).moves(60.0, 90.0);
    assert!(matches!(hand.state, State::Dragging { .. }));
    let hand = hand.up(110.0, 140.0);
    let by = Point { x: 200.0, y: 260.0 };
    assert_eq!(hand.effects, vec![Effect::Unghost, Effect::Drop { lines: ids("a"), by }]);
}

#[test]
fn a_shaking_hand_does_not_drag() {
    let hand = Hand::new().down(10.0, 10.0, Some("a")).moves(12.0, 12.0).up(12.0, 12.0);
    assert_eq!(hand.effects, vec![Effect::Select(ids("a"))]);
}

#[test]
fn escape_in_a_drag_leaves_no_trace() {
    let hand = Hand::new().with("c").down(10.0, 10.0, Some("a")).moves(90.0, 10.0);
    assert_eq!(hand.selection, ids("a"));
    let hand = hand.does(Input::Cancel);
    assert_eq!(hand.effects, vec![Effect::Unghost, Effect::Select(ids("c"))]);
    assert_eq!(hand.up(90.0, 10.0).effects, vec![]);
}

#[test]
fn a_selection_is_carried_as_a_block() {
    let hand = Hand::new().with("a b").down(210.0, 0.0, Some("b")).moves(290.0, 90.0).up(290.0, 90.0);
    assert!(matches!(&hand.effects[1], Effect::Drop { lines, .. } if *lines == ids("a b")));
}

#[test]
fn alt_makes_the_drag_a_copy() {
    let hand = Hand::new().holding(ALT).down(0.0, 0.0, Some("a")).moves(50.0, 150.0);
    assert!(matches!(&hand.effects[..], [.., Effect::Ghost { copy: true, .. }]));
    let by = Point { x: 100.0, y: 300.0 };
    let hand = hand.up(50.0, 150.0);
    assert_eq!(hand.effects, vec![Effect::Unghost, Effect::Duplicate { lines: ids("a"), by }]);
}

#[test]
fn a_member_pulls_its_whole_group() {
    let grouped = Paper { grouped: "a b", ..Paper::default() };
    let hand = Hand::on(grouped).down(10.0, 10.0, Some("b")).moves(60.0, 140.0).up(60.0, 140.0);
    assert!(matches!(&hand.effects[1], Effect::Drop { lines, .. } if *lines == ids("a b")));
}

#[test]
fn locked_stickies_are_selected_by_a_click_and_stay_when_others_are_carried() {
    let hand = Hand::on(Paper { locked: "b", ..Paper::default() }).click(210.0, 10.0, "b");
    assert_eq!(hand.selection, ids("b"));
    let hand = hand.with("a b").down(10.0, 10.0, Some("a")).moves(60.0, 140.0).up(60.0, 140.0);
    assert!(matches!(&hand.effects[1], Effect::Drop { lines, .. } if *lines == ids("a")));
    let hand = hand.down(210.0, 10.0, Some("b")).moves(260.0, 60.0);
    assert!(matches!(hand.state, State::Marquee { .. }), "to pull at a locked sticky is to pull at the wall");
}

// ---- snapping

#[test]
fn what_comes_near_an_edge_falls_in_with_it_and_a_guide_shows_the_line() {
    // 16 px before the left edge of b, far below the row.
    let hand = Hand::new().down(0.0, 0.0, Some("a")).moves(193.0, 300.0);
    assert_eq!(hand.way(), Some(Point { x: 400.0, y: 600.0 }));
    let [.., Effect::Ghost { snap, .. }] = &hand.effects[..] else { panic!("{:?}", hand.effects) };
    let guide = Guide { from: Point { x: 400.0, y: 0.0 }, to: Point { x: 400.0, y: 800.0 } };
    assert!(snap.guides.contains(&guide), "{:?}", snap.guides);
    assert_eq!(
        hand.up(193.0, 300.0).way(),
        Some(Point { x: 400.0, y: 600.0 }),
        "it is dropped where it was seen"
    );
}

#[test]
fn nothing_snaps_while_ctrl_is_held() {
    let hand = Hand::new().holding(CTRL).down(0.0, 0.0, Some("a")).moves(193.0, 300.0);
    assert_eq!(hand.way(), Some(Point { x: 386.0, y: 600.0 }));
}

#[test]
fn centres_fall_in_with_centres() {
    let (small, large) = (
        Frame::new(0.0, 0.0, 100.0, 100.0),
        Frame { at: Point { x: 500.0, y: 0.0 }, width: 200.0, height: 200.0 },
    );
    let pulled = snap(&small, Point { x: 547.0, y: 400.0 }, &[large], 8.0);
    assert_eq!(pulled.by, Point { x: 550.0, y: 400.0 });
    assert_eq!(pulled.guides.len(), 1);
    assert_eq!(snap(&small, Point { x: 530.0, y: 400.0 }, &[large], 8.0).guides, vec![]);
}

// ---- marquee

#[test]
fn a_marquee_selects_what_it_touches_and_escape_gives_the_old_selection_back() {
    let hand = Hand::new().with("c").down(0.0, 120.0, None).moves(250.0, 50.0);
    assert_eq!(hand.selection, ids("a b"));
    let hand = hand.does(Input::Cancel);
    assert_eq!(hand.selection, ids("c"));
}

#[test]
fn shift_draws_a_marquee_also_on_a_sticky_and_keeps_what_was_selected() {
    let hand = Hand::new().with("c").holding(SHIFT).down(10.0, 10.0, Some("a")).moves(250.0, 50.0);
    assert!(matches!(hand.state, State::Marquee { .. }));
    assert_eq!(hand.selection, ids("c a b"));
}

#[test]
fn a_marquee_takes_whole_groups_and_leaves_locked_stickies() {
    let paper = Paper { grouped: "b c", locked: "a" };
    let hand = Hand::on(paper).down(0.0, 120.0, None).moves(250.0, 50.0);
    assert_eq!(hand.selection, ids("b c"));
}

// ---- the hand

#[test]
fn the_hand_pulls_the_wall_also_over_stickies_and_escape_puts_it_back() {
    let held = Held { hand: true, ..Held::default() };
    let hand = Hand::new().holding(held).down(0.0, 0.0, Some("a")).moves(5.0, 7.0);
    assert_eq!(hand.effects, vec![Effect::Pan { dx: 5.0, dy: 7.0 }]);
    let hand = hand.moves(9.0, 9.0).does(Input::Cancel);
    assert_eq!(hand.effects, vec![Effect::Pan { dx: -9.0, dy: -9.0 }]);
}

#[test]
fn the_right_button_pulls_the_wall_or_asks_for_the_menu() {
    let hand = Hand::new().holding(RIGHT).down(0.0, 0.0, Some("a")).moves(30.0, 0.0);
    assert_eq!(hand.effects, vec![Effect::Pan { dx: 30.0, dy: 0.0 }]);
    assert_eq!(hand.up(30.0, 0.0).effects, vec![]);
    let hand = Hand::new().holding(RIGHT).click(10.0, 10.0, "a");
    let menu = Effect::Menu { at: at(10.0, 10.0), on: Some(id("a")) };
    assert_eq!(hand.effects, vec![Effect::Select(ids("a")), menu]);
}

#[test]
fn the_menu_of_a_selected_sticky_is_about_the_whole_selection() {
    let hand = Hand::new().with("a b").holding(RIGHT).click(10.0, 10.0, "a");
    assert_eq!(hand.selection, ids("a b"));
}

// ---- fingers

#[test]
fn one_finger_pulls_the_wall_where_it_is_empty_and_a_sticky_where_one_lies() {
    let hand = Hand::new().holding(TOUCH).down(0.0, 300.0, None).moves(20.0, 300.0);
    assert_eq!(hand.effects, vec![Effect::Pan { dx: 20.0, dy: 0.0 }]);
    let hand = Hand::new().holding(TOUCH).down(10.0, 10.0, Some("a")).moves(60.0, 140.0);
    assert!(matches!(hand.state, State::Dragging { .. }));
}

#[test]
fn a_second_finger_ends_a_drag_without_a_trace_and_a_pan_where_it_is() {
    let hand = Hand::new().holding(TOUCH).down(10.0, 10.0, Some("a")).moves(60.0, 140.0).does(Input::Pinch);
    assert_eq!(hand.effects, vec![Effect::Unghost, Effect::Select(vec![])]);
    let hand = Hand::new().holding(TOUCH).down(0.0, 300.0, None).moves(20.0, 300.0).does(Input::Pinch);
    assert_eq!((hand.state, hand.effects), (State::Idle, vec![]));
}

#[test]
fn a_finger_that_rests_asks_for_the_menu_and_one_that_moves_does_not() {
    let hand = Hand::new().holding(TOUCH).down(10.0, 10.0, Some("a")).does(Input::Rest);
    let menu = Effect::Menu { at: at(10.0, 10.0), on: Some(id("a")) };
    assert_eq!(hand.effects, vec![Effect::Select(ids("a")), menu]);
    assert_eq!(hand.up(10.0, 10.0).effects, vec![]);
    let hand = Hand::new().holding(TOUCH).down(10.0, 10.0, Some("a")).moves(60.0, 140.0).does(Input::Rest);
    assert!(matches!(hand.state, State::Dragging { .. }));
}
