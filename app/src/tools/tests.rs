//! Gestures as stories: inputs in, effects out, no browser.

use super::*;

fn id(name: &str) -> LineId {
    LineId(name.into())
}

fn at(x: f64, y: f64) -> Screen {
    Screen { x, y }
}

struct Hand {
    state: State,
    selection: Vec<LineId>,
    effects: Vec<Effect>,
}

impl Hand {
    fn new() -> Hand {
        Hand { state: State::Idle, selection: Vec::new(), effects: Vec::new() }
    }

    fn does(mut self, input: Input) -> Hand {
        let touching = |_: Area| vec![id("a"), id("b")];
        let view = View {
            camera: Camera { x: 0.0, y: 0.0, zoom: 0.5 },
            selection: &self.selection,
            touching: &touching,
        };
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
        self.does(Input::Down { at: at(x, y), on: on.map(id), held: Held::default() })
    }

    fn moves(self, x: f64, y: f64) -> Hand {
        self.does(Input::Move { at: at(x, y), held: Held::default() })
    }

    fn up(self, x: f64, y: f64) -> Hand {
        self.does(Input::Up { at: at(x, y), held: Held::default() })
    }
}

#[test]
fn a_click_selects_one_sticky() {
    let hand = Hand::new().down(10.0, 10.0, Some("a")).up(11.0, 10.0);
    assert_eq!(hand.effects, vec![Effect::Select(vec![id("a")])]);
    assert_eq!(hand.state, State::Idle);
}

#[test]
fn a_drag_writes_once_at_its_end_in_wall_pixels() {
    let hand = Hand::new().down(10.0, 10.0, Some("a")).moves(60.0, 10.0);
    assert!(matches!(hand.state, State::Dragging { .. }));
    let hand = hand.up(110.0, 30.0);
    let by = Point { x: 200.0, y: 40.0 };
    assert_eq!(hand.effects, vec![Effect::Unghost, Effect::Drop { lines: vec![id("a")], by }]);
}

#[test]
fn a_shaking_hand_does_not_drag() {
    let hand = Hand::new().down(10.0, 10.0, Some("a")).moves(12.0, 12.0).up(12.0, 12.0);
    assert_eq!(hand.effects, vec![Effect::Select(vec![id("a")])]);
}

#[test]
fn escape_in_a_drag_leaves_no_trace() {
    let hand = Hand::new().down(10.0, 10.0, Some("a")).moves(90.0, 10.0).does(Input::Cancel);
    assert_eq!(hand.effects, vec![Effect::Unghost]);
    assert_eq!(hand.up(90.0, 10.0).effects, vec![]);
}

#[test]
fn a_selection_is_carried_as_a_block() {
    let mut hand = Hand::new();
    hand.selection = vec![id("a"), id("b")];
    let hand = hand.down(0.0, 0.0, Some("b")).moves(20.0, 0.0);
    assert!(matches!(&hand.effects[..], [Effect::Ghost { lines, .. }] if *lines == vec![id("a"), id("b")]));
}

#[test]
fn a_click_on_the_wall_sets_the_insertion_point() {
    let hand = Hand::new().down(50.0, 60.0, None).up(50.0, 60.0);
    let spot = Effect::Insertion(Point { x: 100.0, y: 120.0 });
    assert_eq!(hand.effects, vec![Effect::Select(vec![]), spot]);
}

#[test]
fn a_marquee_selects_what_it_touches_and_escape_gives_the_old_selection_back() {
    let hand = Hand::new().down(0.0, 0.0, None).moves(50.0, 50.0);
    assert_eq!(hand.selection, vec![id("a"), id("b")]);
    let hand = hand.does(Input::Cancel);
    assert_eq!(hand.selection, Vec::<LineId>::new());
}

#[test]
fn a_chosen_kind_is_written_where_the_next_click_goes() {
    let hand = Hand::new().does(Input::Arm(Kind::Command)).down(20.0, 20.0, Some("a")).up(20.0, 20.0);
    let around = Point { x: 40.0, y: 40.0 };
    assert_eq!(hand.effects, vec![Effect::Write { kind: Kind::Command, around }]);
}

#[test]
fn the_hand_pulls_the_wall_also_over_stickies() {
    let held = Held { hand: true, ..Held::default() };
    let hand = Hand::new().does(Input::Down { at: at(0.0, 0.0), on: Some(id("a")), held }).moves(5.0, 7.0);
    assert_eq!(hand.effects, vec![Effect::Pan { dx: 5.0, dy: 7.0 }]);
}
